"""The cells of the map of gaps that are open, with what every order makes of them: the scores, and mere popularity.

A cell is open as long as no paper examined it with exercise. Popularity is what an order has to beat: how many papers
examined the mechanism anywhere, how many examined any mechanism in the class, and the two multiplied.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analysis.gap_data import Count, read_gaps
from kg.analysis.gaps import parts_of
from kg.analysis.score import DEFAULT, Score, bundled_scores, load_score
from kg.query.answer import Term
from kg.store.protocol import Store

OF_MECHANISM, OF_CLASS, OF_BOTH = "papers-of-mechanism", "papers-of-class", "papers-of-both"
#: What each popularity ranks by.
POPULARITY: Mapping[str, str] = {
    OF_MECHANISM: "Papers that examined the mechanism with exercise, in any class.",
    OF_CLASS: "Papers that examined any mechanism with exercise in the class.",
    OF_BOTH: "The two numbers of papers multiplied.",
}

#: A mechanism and a class of conditions, by their addresses.
CellName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OpenCells:
    """Every cell with its terms, and the value of each open one under each order, the higher the earlier."""

    terms: Mapping[CellName, tuple[Term, Term]]
    values: Mapping[str, Mapping[CellName, float]]

    @property
    def names(self) -> frozenset[CellName]:
        """The open cells."""
        return frozenset(next(iter(self.values.values()), ()))


def scores_with(first: str | Score) -> tuple[Score, ...]:
    """The score that was asked for, then the others that ship with the program, the default before them."""
    names = sorted(bundled_scores(), key=lambda name: (name != DEFAULT, name))
    if first in names:
        return tuple(map(load_score, sorted(names, key=lambda name: name != first)))
    own = first if isinstance(first, Score) else load_score(first)
    taken = own.name in names or own.name in POPULARITY
    return (replace(own, name=f"own-{own.name}") if taken else own, *map(load_score, names))


def read_open_cells(store: Store, scores: Sequence[Score]) -> OpenCells:
    """The cells of a graph."""
    data = read_gaps(store, papers=False)
    anywhere = {each.mechanism.iri: each.examined for each in data.counts if not each.condition and not each.species}
    cells = {name: each for each in data.counts if (name := _name(each)) is not None}
    still = {name: each for name, each in cells.items() if not each.examined}
    parts = {name: parts_of(each, data.detections.get(name, ())) for name, each in still.items()}
    return OpenCells(
        terms={name: (each.mechanism, each.condition) for name, each in cells.items() if each.condition},
        values={
            **{score.name: {name: score.of(each) for name, each in parts.items()} for score in scores},
            OF_MECHANISM: {name: anywhere.get(name[0], 0) for name in still},
            OF_CLASS: {name: each.out_of for name, each in still.items()},
            OF_BOTH: {name: anywhere.get(name[0], 0) * each.out_of for name, each in still.items()},
        },
    )


def within(names: Iterable[CellName], known: Iterable[str]) -> frozenset[CellName]:
    """The cells of whose mechanism and class anything is known."""
    known = frozenset(known)
    return frozenset(name for name in names if name[0] in known and name[1] in known)


def _name(count: Count) -> CellName | None:
    return (count.mechanism.iri, count.condition.iri) if count.condition and not count.species else None
