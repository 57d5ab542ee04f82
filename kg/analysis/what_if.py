"""What would be concluded without some papers: which conclusions fall, lose a rung or stand, and which gaps appear.

The graph is derived again without them, so that whatever the rules conclude is what they would have concluded.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.analysis.conclusions import CellKey, Conclusion, Hold, conclude, holds
from kg.analysis.conflicts import find_conflicts
from kg.analysis.gap_words import in_condition, sentence
from kg.analysis.gaps import find_gaps
from kg.analysis.ladder import QUESTION
from kg.analysis.matrix import Level, read_matrix
from kg.analysis.subset import Account, Curated, Whole, Without, left_out, read_accounts
from kg.query.answer import Answer
from kg.query.header import Header
from kg.query.question import Question, bundled_question
from kg.rdf.namespaces import BASE
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Node, Store

FALLS, LOSES_RUNG, LOSES_MARK = "falls", "loses a rung", "loses a mark"
LOSES_AGAINST, ON_LESS, STANDS = "loses evidence against", "stands on fewer papers", "stands"
APPEARS, VANISHES = "gap appears", "gap vanishes"
DISAGREE, AGREE = "conflict appears", "conflict vanishes"
#: In this order they are told.
FATES = (FALLS, LOSES_RUNG, LOSES_MARK, LOSES_AGAINST, APPEARS, VANISHES, DISAGREE, AGREE, ON_LESS, STANDS)
_BRIDGE = "bridge"
_NOTHING = Conclusion()


class Change(NamedTuple):
    """What becomes of the conclusion in one cell."""

    fate: str
    cell: CellKey
    before: Conclusion
    after: Conclusion


class Aside(NamedTuple):
    """A gap or conflict that appears or vanishes, read aloud; the class of a conflict stands by its label."""

    fate: str
    mechanism: str | None
    condition_class: str
    reads: str


@dataclass(frozen=True)
class WhatIf:
    """The graph without some papers, beside the graph that has them."""

    store: Store
    rest: OxigraphStore
    gone: tuple[Account, ...]
    stay: tuple[Account, ...]
    changes: tuple[Change, ...]
    asides: tuple[Aside, ...]

    def answer(self, *, everything: bool = False) -> Answer:
        """What changes as rows, and with `everything` also what stands as it was."""
        rows = [
            (FATES.index(change.fate), _row(change)) for change in self.changes if everything or change.fate != STANDS
        ]
        rows += [(FATES.index(aside.fate), _aside_row(aside)) for aside in self.asides]
        ordered = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
        return Answer(_question(_CHANGES), _CHANGES.columns, ordered, self.store)

    def summary(self) -> str:
        """What was left out and what came of it, in a line."""
        gone, stay = (len({one.publication for one in side}) for side in (self.gone, self.stay))
        left = f"Without {gone} paper{'' if gone == 1 else 's'} ({stay} stay), {len(self.changes)} conclusions"
        return f"{left}: {'; '.join(f'{fate} {self.count(fate)}' for fate in FATES if self.count(fate))}."

    def count(self, fate: str) -> int:
        """How many conclusions, gaps or conflicts share a fate."""
        return [*(change.fate for change in self.changes), *(aside.fate for aside in self.asides)].count(fate)


def suppose(store: Whole, without: Without, tell: Callable[[int, int], None] | None = None) -> WhatIf:
    """
    What would be concluded without some papers; `tell` hears how many rules have run again.

    Raises `SubsetFault` where they cannot be left out.
    """
    publications, accounts = left_out(store, without), read_accounts(store)
    rest = Curated.of(store).without(publications, tell)
    before, after = conclude(read_matrix(store)), conclude(read_matrix(rest))
    changes = [
        Change(_fate(before[cell], after.get(cell, _NOTHING)), cell, before[cell], after.get(cell, _NOTHING))
        for cell in before
    ]
    return WhatIf(
        store=store,
        rest=rest,
        gone=tuple(one for one in accounts if one.publication in publications),
        stay=tuple(one for one in accounts if one.publication not in publications),
        changes=tuple(changes),
        asides=(*_gap_changes(store, rest), *_conflict_changes(store, rest)),
    )


@dataclass(frozen=True)
class Each:
    """On which single paper, and on which single laboratory, each conclusion hangs; the strongest first."""

    store: Store
    holds: tuple[Hold, ...]

    def answer(self) -> Answer:
        """One row a rung or mark."""
        return Answer(_question(_EACH), _EACH.columns, tuple(map(_hold_row, self.holds)), self.store)

    def summary(self) -> str:
        """How many hang on one paper, and how many on one laboratory, in a line."""
        papers = sum(len(hold.papers) == 1 for hold in self.holds)
        laboratories = sum(hold.laboratory is not None and len(hold.papers) > 1 for hold in self.holds)
        told = f"Of {len(self.holds)} rungs and marks, {papers} hang on one paper"
        return f"{told}, and {laboratories} more on several papers of one recorded laboratory."


def each_alone(store: Store) -> Each:
    """What hangs on one paper or laboratory alone, as if each were left out in turn."""
    found = holds(read_matrix(store), read_accounts(store))
    return Each(store, tuple(sorted(found, key=lambda hold: (hold.level.side, -hold.level.height, hold.cell))))


def _fate(before: Conclusion, after: Conclusion) -> str:
    if not after.papers:
        return FALLS
    if after.rung != before.rung:
        return LOSES_RUNG
    if after.mark != before.mark:
        return LOSES_MARK
    if after.against != before.against:
        return LOSES_AGAINST
    return STANDS if after.papers == before.papers else ON_LESS


def _gap_changes(store: Store, rest: Store) -> Iterator[Aside]:
    """Where another gap leads now, and where none does any more."""
    before, after = _gaps(store), _gaps(rest)
    for slot, (kind, mechanism, condition, reads) in after.items():
        if slot not in before or before[slot][0] != kind:
            yield Aside(APPEARS, mechanism, condition, reads)
    yield from (Aside(VANISHES, *told[1:]) for slot, told in before.items() if slot not in after)


def _gaps(store: Store) -> dict[tuple[str, ...], tuple[str, str | None, str, str]]:
    """The lowest gap and the bridge of each mechanism and class, and each gap of a class: kind, place, and in words."""
    found: dict[tuple[str, ...], tuple[str, str | None, str, str]] = {}
    gaps = find_gaps(store)
    for mechanism, cell in gaps.cells:
        place, reads = (mechanism.iri, cell.condition.iri), in_condition(cell)
        if cell.kinds:
            found[(*place, "kind")] = (str(cell.kinds[0]), *place, reads)
        if _BRIDGE in cell.detectors:
            found[(*place, _BRIDGE)] = (_BRIDGE, *place, f"untested bridge; {reads}")
    for row in gaps.rows:
        if row.of_class is not None and row.of_class.condition is not None:
            of = row.of_class.condition.iri
            found["", of, row.kind.iri] = (str(row.kind), None, of, sentence(row))
    return found


def _conflict_changes(store: Store, rest: Store) -> Iterator[Aside]:
    before, after = ({conflict.iri: conflict for conflict in find_conflicts(one)} for one in (store, rest))
    for fate, here, there in ((DISAGREE, after, before), (AGREE, before, after)):
        for name, conflict in here.items():
            if name not in there:
                yield Aside(fate, None, conflict.condition_class, f"{conflict.question}: {conflict.kind}")


_CHANGES = Header(
    summary="What would be concluded without some papers",
    columns=(
        "what", "mechanism", "condition_class", "species", "with_exercise", "then_with_exercise", "without_exercise",
        "then_without_exercise", "against", "then_against", "papers", "then_papers", "gap_or_conflict",
    ),
    empty="Every conclusion stands as it did, on as many papers.",
)  # fmt: skip
_EACH = Header(
    summary="On which single paper, and on which single laboratory, each conclusion hangs",
    columns=(
        "side", "rung", "mechanism", "condition_class", "species", "papers", "hangs_on_paper", "then",
        "hangs_on_laboratory", "then_without_laboratory",
    ),
    empty="Nothing is concluded of any mechanism in this graph.",
)  # fmt: skip


def _question(header: Header) -> Question:
    """What the rows answer; the SPARQL is that of the evidence they were counted from."""
    return Question("what-if", header, bundled_question(QUESTION).sparql)


def _row(change: Change) -> tuple[Node | None, ...]:
    before, after = change.before, change.after
    return (
        Literal(change.fate), *map(NamedNode, change.cell), _name(before.rung), _name(after.rung), _name(before.mark),
        _name(after.mark), _names(before.against), _names(after.against), Literal(len(before.papers)),
        Literal(len(after.papers)), None,
    )  # fmt: skip


def _aside_row(aside: Aside) -> tuple[Node | None, ...]:
    nothing = (None,) * (len(_CHANGES.columns) - 4)
    place = aside.condition_class
    return (
        Literal(aside.fate),
        NamedNode(aside.mechanism) if aside.mechanism else None,
        NamedNode(place) if place.startswith(BASE) else Literal(place),
        *nothing,
        Literal(aside.reads),
    )


def _hold_row(hold: Hold) -> tuple[Node | None, ...]:
    alone = len(hold.papers) == 1
    paper = f"{hold.papers[0].name} [{hold.papers[0].number}]"
    return (
        Literal(hold.level.side),
        Literal(hold.level.name),
        *map(NamedNode, hold.cell),
        Literal(len(hold.papers)),
        Literal(paper) if alone else None,
        (_name(hold.without_paper) or _NONE) if alone else None,
        Literal(hold.laboratory) if hold.laboratory else _NOT_RECORDED if alone else None,
        (_name(hold.without_laboratory) or _NONE) if hold.laboratory else None,
    )


_NONE, _NOT_RECORDED = Literal("nothing"), Literal("not recorded")


def _name(rung: Level | None) -> Literal | None:
    return Literal(rung.name) if rung else None


def _names(rungs: frozenset[Level]) -> Literal | None:
    return Literal(", ".join(rung.name for rung in sorted(rungs))) if rungs else None
