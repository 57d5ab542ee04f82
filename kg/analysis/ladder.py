"""The ladder: how each mechanism is known, cell by cell, from what the papers tell.

The rules have put each piece of evidence on its rung; here the pieces are gathered into papers, laboratories and cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analysis.rung import Cell, Evidence, Observation, Rung, RungStudy, gather
from kg.analysis.strength import AGAINST, MARKS, RUNGS
from kg.evidence.vocabulary import Vocabulary
from kg.query.answer import Answer, ask
from kg.query.question import ANY, bundled_question
from kg.query.vocabulary import store_vocabulary
from kg.rdf.namespaces import word
from kg.store.protocol import Store

QUESTION = "ladder"
FINDINGS = "ladder-findings"
#: A finding stands on the rung "measured" by itself, whatever was relieved beside it.
_MEASURED = word("rung-measured").value
_SHOWN = "shown by"


@dataclass(frozen=True, repr=False)
class Ladder:
    """The cells, the best known first; `searched` says what was searched to find them."""

    cells: tuple[Cell, ...]
    searched: str
    answer: Answer

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __repr__(self) -> str:
        return f"<Ladder of {len(self)} cells>"

    def _repr_html_(self) -> str:
        from kg.analysis.ladder_words import COLUMNS, rows
        from kg.query.show import html_table

        return html_table("How each mechanism is known", COLUMNS, rows(self), self.searched)

    def cell(self, mechanism: str, condition_class: str, species_group: str) -> Cell | None:
        """The cell with these IRIs, if any paper tells of it."""
        return next((cell for cell in self.cells if cell.key == (mechanism, condition_class, species_group)), None)


def climb(
    store: Store, mechanism: str = ANY, condition: str = ANY, species: str = ANY, *, findings: bool = True
) -> Ladder:
    """
    The ladder of all cells, or of those within a mechanism, condition and species (ids, labels or synonyms).

    Without `findings`, the evidence does not carry the findings behind it, and one query is saved.
    """
    given = {"of_mechanism": mechanism, "in_condition": condition, "in_species": species}
    terms = known_terms(store, *given.values())
    answer = ask(store, bundled_question(QUESTION), given, vocabulary=terms)
    behind = _observations(store, mechanism, terms) if findings and answer.rows else {}
    rows: dict[tuple[str, str, str], list[Any]] = {}
    for row in answer:
        rows.setdefault((row.mechanism.iri, row.condition_class.iri, row.species_group.iri), []).append(row)
    cells = [_cell(cell, behind) for cell in rows.values()]
    return Ladder(tuple(sorted(cells, key=lambda cell: (cell.strength, cell.key))), answer.searched, answer)


def known_terms(store: Store, *named: str) -> Vocabulary:
    """The vocabulary of a store, read once for several questions; empty where no term was named."""
    return store_vocabulary(store) if any(term != ANY for term in named) else Vocabulary()


def _observations(store: Store, mechanism: str, terms: Vocabulary) -> Mapping[str, tuple[Observation, ...]]:
    """The findings behind each piece of evidence. One that was read in two places stands twice."""
    found: dict[str, list[Observation]] = {}
    for row in ask(store, bundled_question(FINDINGS), {"of_mechanism": mechanism}, vocabulary=terms):
        found.setdefault(row.evidence, []).append(
            Observation(
                row.finding, row.part, row.measured, row.result, row.said, row.site,
                row.read, row.source, row.page, row.file or "", row.line,
            )
        )  # fmt: skip
    return {evidence: tuple(observations) for evidence, observations in found.items()}


def _cell(rows: list[Any], behind: Mapping[str, tuple[Observation, ...]]) -> Cell:
    """The cell of the rows that share mechanism, condition class and species group."""
    first = rows[0]
    sides: dict[str, dict[str, list[Any]]] = {"rung": {}, "mark": {}, "against": {}}
    for row in rows:
        side, _, name = row.rung.iri.rpartition("/")[2].partition("-")
        sides[side].setdefault(name, []).append(row)
    species = {row.species.iri: row.species for row in rows}
    rungs, marks, against = (
        {name: Rung(name, _studies(sides[side].get(name, ()), behind)) for name in names}
        for side, names in (("rung", RUNGS), ("mark", MARKS), ("against", AGAINST))
    )
    return Cell(
        first.mechanism, first.condition_class, first.species_group,
        tuple(species[iri] for iri in sorted(species)), rungs, marks, against,
    )  # fmt: skip


def _studies(rows: Iterable[Any], behind: Mapping[str, tuple[Observation, ...]]) -> tuple[RungStudy, ...]:
    """The papers of some rows, each once."""
    return gather(
        RungStudy(row.study, row.ref, row.doi, row.read, _named(row.laboratory), (_evidence(row, behind),))
        for row in rows
    )


def _named(laboratory: str | None) -> tuple[str, ...]:
    return () if laboratory is None else (laboratory,)


def _evidence(row: Any, behind: Mapping[str, tuple[Observation, ...]]) -> Evidence:
    alone = None if row.alone is None else row.alone == "tested"
    return Evidence(
        row.evidence, row.species, row.what, row.route, row.reaches, row.benefit, alone, bool(row.single_arm),
        tuple(seen for seen in behind.get(row.evidence, ()) if seen.part == _SHOWN or row.rung.iri != _MEASURED),
    )  # fmt: skip
