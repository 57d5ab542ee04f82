"""What stands in each place of mechanism, condition class, species and rung, and which places are empty.

One SELECT gives the evidence (`kg query ladder`); counting it is one pass, and an empty place is one that the
pass did not meet. Asking for each place by itself (FILTER NOT EXISTS over all combinations) looks through the evidence
once a place. Separate from the store, so that leaving out a paper is another pass and not another query.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, TypeAlias

from kg.analysis.ladder import QUESTION
from kg.analysis.strength import AGAINST as CAUTIONS, MARKS, RUNGS
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import WORD
from kg.store.protocol import Store

WITH, APART, AGAINST = "with exercise", "without exercise", "against"
#: The names of each side of the ladder from the weakest, and the side in words.
_SIDES = {"rung": (RUNGS[::-1], WITH), "mark": (MARKS, APART), "against": (CAUTIONS, AGAINST)}
#: One value on each axis.
Place: TypeAlias = tuple[Hashable, ...]


class Level(NamedTuple):
    """A rung with exercise, a mark without it, or evidence against; height orders those of one side, as told."""

    side: str
    height: int
    name: str


class Piece(NamedTuple):
    """One piece of evidence: the place it stands in, and the IRI of the paper that holds it."""

    place: Place
    paper: str


class Count(NamedTuple):
    """How much stands in one place."""

    evidence: int
    papers: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many pieces of evidence each paper has in each place; a place without evidence is not held."""

    held: Mapping[Place, Mapping[str, int]]

    @classmethod
    def of(cls, evidence: Iterable[Piece]) -> "Matrix":
        """The matrix of evidence, in one pass."""
        held: dict[Place, dict[str, int]] = {}
        for (place, paper), count in Counter(evidence).items():
            held.setdefault(place, {})[paper] = count
        return cls(held)

    def papers(self, place: Place) -> frozenset[str]:
        """The papers with evidence in a place."""
        return frozenset(self.held.get(place, ()))

    def count(self, place: Place) -> Count:
        """How much stands in a place."""
        found = self.held.get(place, {})
        return Count(sum(found.values()), len(found))

    def counts(self) -> dict[Place, Count]:
        """How much stands in each place that is not empty."""
        return {place: self.count(place) for place in self.held}

    def empty(self, *axes: Iterable[Hashable]) -> list[Place]:
        """The combinations of one value an axis where nothing stands, in the order of the axes."""
        return [place for place in product(*axes) if place not in self.held]

    def without(self, papers: Collection[str]) -> "Matrix":
        """The matrix that some papers leave behind: nothing is added, and what they alone held is empty."""
        kept = (
            (place, {paper: n for paper, n in found.items() if paper not in papers})
            for place, found in self.held.items()
        )
        return Matrix({place: found for place, found in kept if found})


def read_matrix(store: Store, **params: str) -> Matrix:
    """The matrix of a store, by mechanism, condition class, group of species (each an IRI) and level."""
    pieces = {
        (
            (row.mechanism.iri, row.condition_class.iri, row.species_group.iri, _level(row.rung)),
            row.study.iri,
            str(row.evidence),
        )
        for row in ask(store, bundled_question(QUESTION), params)
    }
    return Matrix.of(Piece(place, paper) for place, paper, _ in sorted(pieces))


def _level(word: Term) -> Level:
    side, _, name = word.iri.removeprefix(WORD).partition("-")
    order, told = _SIDES[side]
    return Level(told, order.index(name) + 1, str(word))
