"""Two readings of the same sentences: which were read as claims, in which frames, with which terms and citations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evidence import Vocabulary
from kg.evidence.field import Record
from kg.evidence.passage import find, fold
from kg.evidence.sentence import Sentence, Stretch, body
from kg.evidence.statement import Statement
from scripts.curation.figures import SILENT
from scripts.curation.passes import Passes
from scripts.curation.studies import Compared, related, shown

_DIRECTED = ("direction", "how", "sign")


@dataclass
class Sentences:
    """The pairs of readings by field, and the sentences that one pass alone reads as a claim."""

    compared: Compared
    both: int
    only_first: list[str]
    only_second: list[str]


def compare_statements(passes: Passes, text: str) -> Sentences:
    """Every sentence of the body, as the two passes read it, but those that hold a statement to be left out."""
    sentences, folded, terms = body(text, *passes.body), fold(text), passes.vocabulary
    ours, theirs = (_by_sentence(own, sentences, folded) for own in (passes.first_statements, passes.second_statements))
    found = Sentences(Compared(), 0, [], [])
    for index, sentence in enumerate(sentences):
        mine, others = ours.get(index, []), theirs.get(index, [])
        if passes.left_out & {statement.id for statement in mine}:
            continue
        where = f"{sentence.heading} {sentence.number}"
        if mine and others:
            found.both += 1
            _compare(where, mine, others, terms, found.compared)
        elif mine:
            found.only_first.append(f"{where}: {shown(statement.frame for statement in mine)}")
        elif others:
            found.only_second.append(f"{where}: {shown(statement.frame for statement in others)}")
    return found


def _by_sentence(
    statements: Iterable[Statement], sentences: tuple[Sentence, ...], folded: str
) -> Mapping[int, list[Statement]]:
    """The statements of each sentence; one whose passage runs on belongs to the sentence in which it begins."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        here = find(statement.passage, folded)
        stretch = Stretch(here.start, here.end)
        found.setdefault(next(i for i, s in enumerate(sentences) if s.shares(stretch)), []).append(statement)
    return found


def _compare(where: str, mine: list[Statement], others: list[Statement], terms: Vocabulary, compared: Compared) -> None:
    compared.add("frames of a sentence", where, *(shown(s.frame for s in own) for own in (mine, others)))
    compared.add("references of a sentence", where, *(shown(r for s in own for r in s.cites) for own in (mine, others)))
    compared.findings += len(mine)
    compared.second_findings += len(others)
    likely = sorted(
        (-likeness(a, b, terms), i, j) for i, a in enumerate(mine) for j, b in enumerate(others) if a.frame == b.frame
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in likely:
        if score < 0 and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            _compare_statement(f"{where}: {mine[i].id} = {others[j].id}", mine[i], others[j], compared)
    compared.only_first += [f"{where}: {s.id} ({s.frame})" for i, s in enumerate(mine) if i not in taken[0]]
    compared.only_second += [f"{where}: {s.id} ({s.frame})" for j, s in enumerate(others) if j not in taken[1]]


def _compare_statement(where: str, a: Statement, b: Statement, compared: Compared) -> None:
    slots, others = _slots(a.slots), _slots(b.slots)
    named = slots.keys() | others.keys()
    terms = [key for key in sorted(named) if key.split(".")[-1] not in (*_DIRECTED, "what", "value", "dose_dependent")]
    if a.frame not in ("number", "needed", "recommends"):
        compared.add("terms", where, *(shown(f"{key} {own.get(key, '')}" for key in terms) for own in (slots, others)))
    for key in sorted(named):
        if key.split(".")[-1] in _DIRECTED:
            compared.add("direction", where, slots.get(key, SILENT), others.get(key, SILENT))
    if a.frame == "number":
        compared.add("value", where, slots["value"], others["value"])
    compared.add("cites", where, shown(a.cites), shown(b.cites))
    if a.cites or b.cites:
        compared.add("cites_from (where one cites)", where, a.cites_from, b.cites_from)
    compared.add("certainty", where, a.certainty, b.certainty)
    compared.add("quantifier", where, a.quantifier or SILENT, b.quantifier or SILENT)
    contexts = [_slots(s.context) if s.context else {} for s in (a, b)]
    for key in ("condition", "species", "site", "modality", "bout"):
        compared.add(f"context: {key}", where, *(own.get(key, SILENT) for own in contexts))


def _slots(record: Record) -> dict[str, str]:
    """The slots of a frame as text, those of a frame inside it under the outer slot's name."""
    found: dict[str, str] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "frame" or value is None or value == ():
            continue
        if name == "value":
            found[name] = value.model_dump_json(exclude_none=True)
        elif isinstance(value, Record):
            found |= {f"{name}.{key}": inner for key, inner in _slots(value).items()}
        else:
            found[name] = shown(value) if isinstance(value, tuple) else str(value)
    return found


def likeness(a: Statement, b: Statement, terms: Vocabulary) -> float:
    """How likely two statements of one sentence and frame are one; numbers and needs by their place or value."""
    slots, others = _slots(a.slots), _slots(b.slots)
    same = sum(
        2 if value == others.get(key) else related(value, others.get(key, ""), terms) for key, value in slots.items()
    )
    if a.frame in ("number", "needed", "recommends"):
        return 2 * same + (a.passage == b.passage) + (a.passage.start[:12] == b.passage.start[:12]) + 0.5
    return same + (a.passage == b.passage) / 2 if same else 0
