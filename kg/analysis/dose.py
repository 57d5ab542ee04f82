"""Which doses of exercise were tried, how many programmes tell each part of theirs, and what came out there.

Nothing is averaged, summed or converted, and no dose is recommended.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.programme import Axis, Cell, Dose, Programme, Verdict
from kg.rdf.namespaces import word

#: Two quantities are set out together where so many programmes of so many studies tell both (decision record 15).
ENOUGH_PROGRAMMES = 5
ENOUGH_STUDIES = 3


@dataclass(frozen=True, slots=True)
class Reported:
    """How many of a cell's programmes tell something, of how many; how many of all were read in full."""

    programmes: int
    of: int
    studies: int
    read_in_full: int


@dataclass(frozen=True, slots=True)
class Tried:
    """
    A programme at a point, and the weeks of it in which that dose held, where they are told.

    `several` says that it tells other doses in the same quantity too: what came out belongs to all of them together.
    """

    programme: Programme
    phases: tuple[str, ...]
    several: bool

    @property
    def held(self) -> str:
        """When the dose held, in words; empty where it is the only one and no weeks are told."""
        weeks = [f"weeks {', '.join(self.phases)}"] if self.phases else []
        return "; ".join([*weeks, "one of several doses"] if self.several else weeks)


@dataclass(frozen=True, slots=True)
class DosePoint:
    """One dose, or two at once, and the programmes that had it."""

    cell: Cell
    doses: tuple[Dose, ...]
    tried: tuple[Tried, ...]

    def with_verdict(self, verdict: Verdict) -> tuple[Tried, ...]:
        """The programmes for which this came out."""
        return tuple(one for one in self.tried if one.programme.verdict is verdict)


@dataclass(frozen=True)
class DoseMap:
    """The programmes of exercise of a graph by cell, and what they tell of their doses."""

    programmes: tuple[Programme, ...]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells, in the order of their names."""
        names = ("told", "condition_class", "species_group", "bout")
        return tuple(sorted({one.cell for one in self.programmes}, key=lambda c: [getattr(c, name) for name in names]))

    def of(self, cell: Cell) -> tuple[Programme, ...]:
        """The programmes of a cell."""
        return tuple(one for one in self.programmes if one.cell == cell)

    @property
    def scope(self) -> str:
        """What was counted, in words: how many programmes of how many studies, and how deep these were read."""
        depths = Counter({one.study.iri: str(one.read) for one in self.programmes}.values())
        depth = ", ".join(f"{count} read as {name}" for name, count in sorted(depths.items()))
        programmes, studies = len({one.iri for one in self.programmes}), depths.total()
        return f"Counted {programmes} programmes and sessions of {studies} studies" + (f" ({depth})." if depth else ".")

    def sentences(self, *by: str) -> list[str]:
        """How many programmes tell each quantity, read aloud; given one or two, what came out at each dose in them."""
        from kg.analysis.dose_words import overview_sentences, point_sentences

        return point_sentences(self, by) if by else overview_sentences(self)

    def reported(self, cell: Cell, *quantities: str) -> Reported:
        """How many programmes of a cell tell all these quantities."""
        own = self.of(cell)
        telling = [one for one in own if all(map(one.tells, quantities))]
        full = sum(one.read.iri == word("full-text").value for one in own)
        return Reported(len(telling), len(own), len({one.study.iri for one in telling}), full)

    def points(self, cell: Cell, *quantities: str) -> tuple[DosePoint, ...]:
        """
        The doses of a cell in one or two quantities, the lowest first.

        One quantity is listed whatever the number of programmes. Two are set out only on pairs of axes on which
        `ENOUGH_PROGRAMMES` programmes of `ENOUGH_STUDIES` studies tell both; of other pairs there is no point.
        """
        found: dict[tuple[Dose, ...], dict[Programme, list[str]]] = {}
        for programme in self.of(cell):
            for readings in programme.together(quantities):
                weeks = found.setdefault(tuple(one.dose for one in readings), {}).setdefault(programme, [])
                weeks.extend(one.phase for one in readings if one.phase and one.phase not in weeks)
        points = [
            DosePoint(cell, doses, tuple(_tried(programme, weeks, quantities) for programme, weeks in tried.items()))
            for doses, tried in sorted(found.items(), key=lambda item: [dose.rank for dose in item[0]])
        ]
        return tuple(points) if len(quantities) == 1 else _enough(points)


def _tried(programme: Programme, weeks: list[str], quantities: Sequence[str]) -> Tried:
    return Tried(programme, tuple(weeks), any(map(programme.varies, quantities)))


def _enough(points: Iterable[DosePoint]) -> tuple[DosePoint, ...]:
    """The points that stand on axes on which enough programmes stand."""
    axes: dict[tuple[Axis, ...], list[DosePoint]] = {}
    for point in points:
        axes.setdefault(tuple(dose.axis for dose in point.doses), []).append(point)
    kept = []
    for own in axes.values():
        there = {one.programme.iri: one.programme.study.iri for point in own for one in point.tried}
        if len(there) >= ENOUGH_PROGRAMMES and len(set(there.values())) >= ENOUGH_STUDIES:
            kept.extend(own)
    return tuple(kept)
