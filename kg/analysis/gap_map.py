"""The map of gaps: each mechanism against condition class, exercise, outcome, species or start, by group of species.

The ladder says what stands in a cell and the gaps say what is missing; here each piece of evidence keeps all that it
can be counted by, so that one pass over the pieces fills any map, and an empty cell is one that the pass did not meet.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.analysis.gap_data import Count
from kg.analysis.gaps import GapCondition, GapRow, Gaps, find_gaps
from kg.analysis.ladder import climb
from kg.analysis.network import network
from kg.analysis.rung import NOT_STATED, Cell, Evidence, RungStudy
from kg.analysis.strength import AGAINST, MARKS, RUNGS
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.query.read_terms import read_terms
from kg.query.terms import Terms
from kg.rdf.namespaces import TERM
from kg.store.protocol import Store

SETTINGS = "ladder-settings"
#: The questions behind a map.
QUESTIONS = ("ladder", "ladder-findings", SETTINGS, "gap-cells", "gap-detections", "gaps")
#: What stands in the columns; the first is a condition class, of which gaps are counted.
AXES = ("condition", "exercise", "outcome", "species", "start")
#: Steps that say that a study examined the mechanism with exercise: what stands on one counts in `0 of n`.
EXAMINED = (*RUNGS, "against-kept", "against-moved")
#: All steps: rungs with exercise, marks without it, and what speaks against.
STEPS = (*RUNGS, *(f"mark-{name}" for name in MARKS), *(f"against-{name}" for name in AGAINST))
#: What stands for the group of mechanisms that no wider one holds.
_OTHER = "-"
_BY = ("exercise", "start", "bout")


@dataclass(frozen=True, slots=True)
class MapPiece:
    """
    A piece of evidence on one mechanism and class, with all that it can be counted by.

    `steps` gives for each rung, mark or side that it stands on the outcome domains it speaks of there.
    """

    mechanism: str
    narrower: tuple[str, ...]
    condition: Term
    species: Term
    group: Term
    evidence: Evidence
    study: RungStudy
    steps: Mapping[str, tuple[Term, ...]]
    signs: tuple[str, ...]
    exercise: tuple[Term, ...] = ()
    start: tuple[Term, ...] = ()
    bout: tuple[Term, ...] = ()

    def on(self, axis: str, step: str) -> tuple[Term, ...]:
        """The columns of an axis in which the piece stands with a step."""
        by = {
            "condition": (self.condition,),
            "species": (self.species,),
            "exercise": self.exercise,
            "start": self.start,
        }
        return self.steps.get(step, ()) if axis == "outcome" else by[axis]


class MapRow(NamedTuple):
    """A mechanism, a wider one that holds several (`group`), or a narrower one beneath it (`part`), with its gap."""

    term: Term
    kind: str
    within: str
    gap: GapRow | None = None


class MapColumn(NamedTuple):
    """A value of an axis and a group of species."""

    value: Term
    group: Term


@dataclass(frozen=True)
class GapMap:
    """All that a map of gaps shows."""

    rows: tuple[MapRow, ...]
    columns: Mapping[str, tuple[MapColumn, ...]]
    pieces: tuple[MapPiece, ...]
    gaps: Mapping[tuple[str, str], GapCondition]
    counts: Mapping[tuple[str, str, str], Count]
    ranked: Gaps

    @property
    def searched(self) -> str:
        """What was searched for gaps."""
        return self.ranked.searched

    def studies(self, axis: str, column: MapColumn) -> dict[str, str]:
        """The papers that examined any mechanism with exercise in a column, each with how far it was read."""
        return {
            piece.study.study.iri: piece.study.depth
            for piece in self.pieces
            if piece.group.iri == column.group.iri
            for step in EXAMINED
            if step in piece.steps and column.value in piece.on(axis, step)
        }

    def standing(self, row: str, axis: str, column: MapColumn) -> Iterator[tuple[str, MapPiece]]:
        """Each step that stands in a cell, with its piece of evidence."""
        for piece in self.pieces:
            if piece.group.iri == column.group.iri and row in (piece.mechanism, *piece.narrower):
                yield from ((step, piece) for step in piece.steps if column.value in piece.on(axis, step))


def read_gap_map(store: Store) -> GapMap:
    """The map of gaps of a store."""
    terms = read_terms(store)
    ladder, gaps = climb(store), find_gaps(store)
    counts = [Count(*row) for row in ask(store, bundled_question("gap-cells"))]
    pieces = tuple(_pieces(ladder, _settings(store), _signs(store), terms))
    rows = tuple(_rows(counts, {row.mechanism.iri: row for row in gaps.rows if row.mechanism}, terms, pieces))
    return GapMap(
        rows,
        {axis: tuple(_columns(axis, pieces, counts)) for axis in AXES},
        pieces,
        {(mechanism.iri, cell.condition.iri): cell for mechanism, cell in gaps.cells},
        {
            (count.mechanism.iri, count.condition.iri, count.species.iri if count.species else ""): count
            for count in counts
            if count.condition
        },
        gaps,
    )


Settings = Mapping[tuple[str, str], Mapping[tuple[str, str], tuple[Term, ...]]]


def _settings(store: Store) -> Settings:
    """By mechanism and piece of evidence, by what and step: the values it is counted by."""
    found: dict[tuple[str, str], dict[tuple[str, str], dict[Term, None]]] = {}
    for row in ask(store, bundled_question(SETTINGS)):
        step = row.rung.iri.rpartition("/")[2].removeprefix("rung-")
        key = (row.by, step if row.by == "outcome" else "")
        found.setdefault((row.mechanism.iri, row.evidence), {}).setdefault(key, {})[row.value] = None
    return {of: {key: tuple(values) for key, values in by.items()} for of, by in found.items()}


def _signs(store: Store) -> dict[str, dict[str, set[str]]]:
    """Which way each mechanism went in a finding, by finding and mechanism."""
    found: dict[str, dict[str, set[str]]] = {}
    for _, mechanism, data in network(store, level="mechanism", telling="paper").edges(data=True):
        if data["relation"] == "moves":
            for finding in data["findings"]:
                found.setdefault(finding, {}).setdefault(mechanism, set()).add(data["sign"])
    return found


def _pieces(
    cells: Iterable[Cell], settings: Settings, signs: Mapping[str, Mapping[str, set[str]]], terms: Terms
) -> Iterator[MapPiece]:
    for cell in cells:
        own = {TERM + id for id in terms.beneath(cell.mechanism.iri.removeprefix(TERM))}
        found: dict[tuple[str, str], MapPiece] = {}
        for step, study, evidence in _standing(cell):
            by = settings.get((cell.mechanism.iri, evidence.iri), {})
            key = (study.study.iri, evidence.iri)
            domains = by.get(("outcome", step), ())
            if key in found:
                found[key] = replace(found[key], steps={**found[key].steps, step: domains})
                continue
            went = {
                sign for at, moved in signs.get(evidence.iri, {}).items() if at in own for sign in moved
            }  # fmt: skip
            found[key] = MapPiece(
                cell.mechanism.iri,
                tuple(term.iri for term in by.get(("narrower mechanism", ""), ())),
                cell.condition_class, evidence.species, cell.species_group, evidence, study, {step: domains},
                tuple(sorted(went)), *(by.get((name, ""), ()) for name in _BY),
            )  # fmt: skip
        yield from (found[key] for key in sorted(found))


def _standing(cell: Cell) -> Iterator[tuple[str, RungStudy, Evidence]]:
    for side, held in (("", cell.rungs), ("mark-", cell.marks), ("against-", cell.against)):
        for name, rung in held.items():
            yield from ((side + name, study, piece) for study in rung.studies for piece in study.evidence)


def _rows(
    counts: Iterable[Count], gaps: Mapping[str, GapRow], terms: Terms, pieces: Iterable[MapPiece]
) -> Iterator[MapRow]:
    """Wider mechanisms first, each with those it holds; then those within none; narrower ones beneath their own."""
    own = {count.mechanism.iri: count.mechanism for count in counts}
    used = {part for piece in pieces for part in piece.narrower}
    wider: dict[str, list[Term]] = {}
    for mechanism in sorted(own.values(), key=lambda term: (term.lower(), term.iri)):
        above = [id for id in terms.vocabulary.terms[mechanism.iri.removeprefix(TERM)].broader if TERM + id not in own]
        wider.setdefault(min(above, default=""), []).append(mechanism)
    for group in sorted(wider, key=lambda wide: (not wide, terms.vocabulary.label(wide).lower() if wide else "")):
        held = TERM + group if group else _OTHER
        if len(wider) > 1 or group:
            yield MapRow(Term(terms.vocabulary.label(group) if group else "other mechanisms", held), "group", "")
        for mechanism in wider[group]:
            yield MapRow(mechanism, "mechanism", held, gaps.get(mechanism.iri))
            beneath = terms.beneath(mechanism.iri.removeprefix(TERM)) - {mechanism.iri.removeprefix(TERM)}
            for id in sorted(beneath, key=lambda part: (terms.vocabulary.label(part).lower(), part)):
                if TERM + id in used:
                    yield MapRow(Term(terms.vocabulary.label(id), TERM + id), "part", mechanism.iri)


def _columns(axis: str, pieces: Iterable[MapPiece], counts: Iterable[Count]) -> Iterator[MapColumn]:
    """The columns of an axis, the most studied first; classes have one for each group, others where studied."""
    groups = {piece.group.iri: piece.group for piece in pieces}
    groups |= {count.species.iri: count.species for count in counts if count.species}
    studied: dict[Term, dict[str, set[str]]] = {}
    if axis == "condition":
        studied = {
            count.condition: {count.species.iri: set() for count in counts if count.species}
            for count in counts
            if count.condition
        }
    examined: dict[Term, set[str]] = {}
    for piece in pieces:
        for step in piece.steps:
            for value in piece.on(axis, step):
                studied.setdefault(value, {}).setdefault(piece.group.iri, set()).add(piece.study.study.iri)
                if step in EXAMINED:
                    examined.setdefault(value, set()).add(piece.study.study.iri)
    held: dict[str, set[str]] = {}
    for piece in pieces:
        held.setdefault(piece.group.iri, set()).add(piece.study.study.iri)
    for value in sorted(studied, key=lambda term: (-len(examined.get(term, ())), term.lower(), term.iri)):
        for group in sorted(studied[value], key=lambda iri: (iri == NOT_STATED, -len(held.get(iri, ())), iri)):
            yield MapColumn(value, groups[group])
