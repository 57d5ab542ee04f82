"""The review beside the ladder: which rungs it speaks of, and whether that is more or less than the papers support.

What the review says lifts no rung. A claim is compared with a finished cell and changes nothing in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.analysis.ladder import Ladder, climb, known_terms
from kg.analysis.rung import NOT_STATED, Cell, Rung
from kg.analysis.strength import AGAINST, MARKS, RUNGS
from kg.query.answer import Term, ask
from kg.query.question import ANY, bundled_question
from kg.rdf.namespaces import word
from kg.store.protocol import Store

QUESTION = "ladder-review"
#: What a claim is beside the papers.
MORE, LESS, SAME, SILENT = "more", "less", "same", "silent"
_NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One thing that the review says of a cell: `side` and `name` are the rung, mark or side that it speaks of.

    It speaks `broadly` if of a broader condition or mechanism, or of no condition; `said_of` names its conditions.
    """

    side: str
    name: str
    rung: Term
    broadly: bool
    said_of: str | None
    species: Term
    frame: Term | str
    names: str
    certainty: Term | None
    references: int
    passage: str | None
    place: str

    @property
    def hedged(self) -> bool:
        """Whether the review itself takes it back in part; a telling of a study is not hedged."""
        return self.certainty is not None and self.certainty.iri == word("hedged").value


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What the review speaks of on the rungs, beside the papers: `than_papers` is more, less, same or silent.

    `hedged` says that every claim of that rung is; `nobody`, that the review also says that nobody has looked.
    """

    than_papers: str
    claimed: str | None = None
    hedged: bool = False
    nobody: bool = False


@dataclass(frozen=True)
class ReviewedCell:
    """A cell of the ladder, and what the review claims of it."""

    cell: Cell
    claims: tuple[Claim, ...]

    @cached_property
    def direct(self) -> Verdict:
        """What the review says of this condition class itself."""
        return _verdict(self.cell, [claim for claim in self.claims if not claim.broadly])

    @cached_property
    def broad(self) -> Verdict:
        """What it says of something broader, or without a condition."""
        return _verdict(self.cell, [claim for claim in self.claims if claim.broadly])

    @property
    def more(self) -> tuple[str, ...]:
        """Marks and evidence against of which the review speaks and no paper here."""
        return tuple(rung for rung, held, said in self._beside() if said and not held)

    @property
    def less(self) -> tuple[str, ...]:
        """Marks and evidence against that papers hold and the review does not speak of."""
        return tuple(rung for rung, held, said in self._beside() if held and not said)

    def _beside(self) -> Iterator[tuple[str, bool, bool]]:
        said = {(claim.side, claim.name) for claim in self.claims}
        for side, names, held in (("mark", MARKS, self.cell.marks), ("against", AGAINST, self.cell.against)):
            for name in names:
                yield f"{side}-{name}", bool(held[name]), (side, name) in said


@dataclass(frozen=True)
class ReviewedLadder:
    """The ladder with the review beside it; cells of which only the review speaks come last."""

    cells: tuple[ReviewedCell, ...]
    ladder: Ladder

    def __iter__(self) -> Iterator[ReviewedCell]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def compare_review(
    store: Store, mechanism: str = ANY, condition: str = ANY, species: str = ANY, *, findings: bool = True
) -> ReviewedLadder:
    """The ladder, each cell with what the review claims of it."""
    ladder = climb(store, mechanism, condition, species, findings=findings)
    where = {"of_mechanism": mechanism, "in_condition": condition}
    question = bundled_question(QUESTION)
    terms = known_terms(store, mechanism, condition, species)
    rows = list(ask(store, question, where, vocabulary=terms))
    asked = rows if species == ANY else ask(store, question, where | {"in_species": species}, vocabulary=terms)
    cells = (*ladder.cells, *_only_claimed(ladder, asked))
    return ReviewedLadder(tuple(ReviewedCell(cell, _claims_on(cell, rows)) for cell in cells), ladder)


def _only_claimed(ladder: Ladder, rows: Iterable[Any]) -> list[Cell]:
    """Cells of which the review speaks directly and no paper tells; a species left open asks for no cell of its own."""
    held = {cell.key for cell in ladder.cells}
    places = {key[:2] for key in held}
    found: dict[tuple[str, str, str], Cell] = {}
    for row in rows:
        key = (row.mechanism.iri, row.condition_class.iri, row.species_group.iri)
        open_species = row.species_group.iri == NOT_STATED and key[:2] in places
        if not row.broadly and key not in held and not open_species:
            found[key] = _empty(row.mechanism, row.condition_class, row.species_group)
    return [found[key] for key in sorted(found)]


def _empty(mechanism: Term, condition_class: Term, species_group: Term) -> Cell:
    rungs, marks, against = ({name: Rung(name) for name in names} for names in (RUNGS, MARKS, AGAINST))
    return Cell(mechanism, condition_class, species_group, (), rungs, marks, against)


def _claims_on(cell: Cell, rows: Iterable[Any]) -> tuple[Claim, ...]:
    """The claims of a cell: of its mechanism and class, in its species or in none stated."""
    kin = {cell.species_group.iri, NOT_STATED}
    found = {
        row.claim: _claim(row)
        for row in rows
        if (row.mechanism.iri, row.condition_class.iri) == cell.key[:2] and row.species_group.iri in kin
    }
    return tuple(found.values())


def _claim(row: Any) -> Claim:
    side, _, name = row.rung.iri.rpartition("/")[2].partition("-")
    return Claim(
        side, name, row.rung, row.broadly, row.said_of, row.species, row.frame, row.names, row.certainty,
        row.references, row.passage or row.table, f"{row.file}:{row.line}",
    )  # fmt: skip


def _verdict(cell: Cell, claims: Iterable[Claim]) -> Verdict:
    """The strongest rung claimed, against the strongest that a paper stands on."""
    spoken = [claim for claim in claims if claim.side == "rung"]
    claimed = next((name for name in RUNGS if any(claim.name == name for claim in spoken)), None)
    nobody = any(claim.name == _NOBODY for claim in spoken)
    if claimed is None:
        return Verdict(LESS if cell.highest else SAME, None, False, nobody) if nobody else Verdict(SILENT)
    hedged = all(claim.hedged for claim in spoken if claim.name == claimed)
    held = RUNGS.index(cell.highest) if cell.highest else len(RUNGS)
    place = RUNGS.index(claimed)
    return Verdict(MORE if place < held else LESS if place > held else SAME, claimed, hedged, nobody)
