"""Holds what a statement cites against what the text prints at the place that `cites_from` names."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.evidence.document import Loc
from kg.evidence.sentence import Sentence, Stretch
from kg.evidence.statement import Statement


class CitesFault(NamedTuple):
    """What is wrong with the citations of a statement, and at which of its keys."""

    loc: Loc
    message: str


def cites_fault(
    statement: Statement, passage: Stretch, sentences: Sequence[Sentence], numbers: Mapping[int, str]
) -> CitesFault | None:
    """Why the statement's cited set is not what its place prints, or nothing."""
    own = [index for index, sentence in enumerate(sentences) if sentence.shares(passage)]
    if not own:
        return CitesFault(("passage",), "lies in no sentence of the document's body")
    cited = frozenset(statement.cites)
    sets = [
        frozenset(numbers.get(number, f"[{number}]") for number in printed)
        for printed in printed_at(statement.cites_from, passage, sentences, own)
    ]
    part = any(cited < whole for whole in sets) and cited
    if cited in sets:
        unneeded = "leave it out: the statement cites all that its place prints"
        return CitesFault(("cites_part",), unneeded) if statement.cites_part else None
    if part and statement.cites_part:
        return None
    shown = " or ".join(", ".join(sorted(whole, key=_by_number)) or "nothing" for whole in sets)
    cure = "; if it speaks of a part of them, say in cites_part how that is told" if part else ""
    return CitesFault(("cites",), f"cites_from: {statement.cites_from}, and the text prints there {shown}{cure}")


def printed_at(place: str, passage: Stretch, sentences: Sequence[Sentence], own: Sequence[int]) -> list[frozenset[int]]:
    """
    The sets of numbers that a statement at a passage may mean; `own` are the sentences that the passage shares.

    In its own sentence a statement means the whole sentence's citations, or the first bracket behind the passage.
    """
    if place == "passage":
        inside = (c.numbers for index in own for c in sentences[index].citations if passage.holds(c))
        return [frozenset().union(*inside)]
    if place == "previous":
        return [sentences[own[0] - 1].cited if own[0] else frozenset()]
    if place == "next":
        return [sentences[own[-1] + 1].cited if own[-1] + 1 < len(sentences) else frozenset()]
    here = sentences[own[-1]]
    behind = [citation.numbers for citation in here.citations if citation.start >= passage.end]
    return list(dict.fromkeys([*behind[:1], here.cited]))


def _by_number(reference: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, reference))
    return int(digits or 0), reference
