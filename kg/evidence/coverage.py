"""Checks a pack against the text of its document: is every passage where it is said to be, and unchanged?

Separate from the other checks because the text is not part of the project; a pack can be checked without it. That
nothing of the text is left out is proved in `kg.evidence.carried`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evidence.carried import UNCARRIED, Carried, Carrier, Placed, check_carried
from kg.evidence.document import Loc
from kg.evidence.field import Record
from kg.evidence.file import FileFault, read_limited
from kg.evidence.pack import Pack
from kg.evidence.passage import Found, Passage, PassageFault, find, fold
from kg.evidence.problem import KgError, Problem
from kg.evidence.sentence import Stretch, paragraphs

#: The text of an article is far smaller.
MAX_SOURCE_BYTES = 20_000_000
STATEMENTS = "review/statements.yaml"
DISCREPANCIES = "review/discrepancies.yaml"


class SourceFault(KgError):
    """The document's text cannot be read."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the comparison with the text found; `carried` is absent where the pack does not name the body to prove."""

    problems: tuple[Problem, ...]
    found: int
    passages: int
    same_text: bool
    carried: Carried | None = None


def read_source(path: Path) -> str:
    """The text of a document, as it is in the file."""
    try:
        return read_limited(path, MAX_SOURCE_BYTES).decode("utf-8")
    except FileFault as fault:
        raise SourceFault(f"{path}: {fault}") from fault
    except UnicodeDecodeError as error:
        raise SourceFault(f"{path}: is not UTF-8 text") from error


def check_source(pack: Pack, text: str) -> Coverage:
    """Every passage of the pack looked up in the text, and every sentence of the text looked up in the pack."""
    folded = fold(text)
    whole = [stretch for stretch, _ in paragraphs(text)]
    problems: list[Problem] = []
    carriers: list[Carrier] = []
    places = list(passages(pack))
    found = 0
    for place in places:
        document = pack.located[place.file].document
        try:
            here = find(place.passage, folded)
        except PassageFault as fault:
            problems.append(document.problem("E031", place.loc, str(fault)))
            continue
        stretch = Stretch(here.start, here.end)
        carriers.append(Carrier(place, stretch))
        problems += _digest_faults(pack, place, here)
        found += place.passage.sha in (None, here.sha)
        if not any(paragraph.holds(stretch) for paragraph in whole):
            message = "runs on into another paragraph; end it sooner, in words that come first where you mean them"
            problems.append(document.problem("E035", place.loc, message))
    same = hashlib.sha256(text.encode()).hexdigest() == pack.meta.document.sha256
    carried = check_carried(pack, pack.uncarried, text, carriers) if pack.uncarried else None
    problems += carried.problems if carried else ()
    return Coverage(tuple(sorted(problems)), found, len(places), same, carried)


def _digest_faults(pack: Pack, place: Placed, here: Found) -> Iterator[Problem]:
    document, sha = pack.located[place.file].document, place.passage.sha
    if sha is None:
        message = f"has no sha; in this text it is {here.sha}"
        yield document.problem("E032", place.loc, message, warning=True)
    elif sha != here.sha:
        message = f"the text has changed: sha is {sha}, in this text {here.sha}"
        yield document.problem("E032", (*place.loc, "sha"), message)


def passages(pack: Pack) -> Iterator[Placed]:
    """Every passage of a pack, with its file and its place there."""
    for file, study in pack.written.items():
        yield from (Placed(file, loc, passage, study) for loc, passage in _inside(study, ()))
    for statement in pack.statements.values():
        loc: Loc = (pack.index(STATEMENTS, statement.id), "passage")
        yield Placed(STATEMENTS, loc, statement.passage, statement)
    for index, line in enumerate(pack.uncarried.sentences if pack.uncarried else ()):
        yield Placed(UNCARRIED, ("sentences", index, "passage"), line.passage, line)
    for discrepancy in pack.discrepancies.values():
        start: Loc = (pack.index(DISCREPANCIES, discrepancy.id),)
        yield from (Placed(DISCREPANCIES, loc, passage, discrepancy) for loc, passage in _inside(discrepancy, start))


def _inside(value: object, loc: Loc) -> Iterator[tuple[Loc, Passage]]:
    if isinstance(value, Passage):
        yield loc, value
    elif isinstance(value, Record):
        for name, field in type(value).model_fields.items():
            yield from _inside(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*loc, key))
