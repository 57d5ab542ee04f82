"""What is concluded of each mechanism in each condition class and species, and on whom each conclusion hangs.

A conclusion is the highest rung with exercise, the highest mark without it, and what stands against. Each piece of
evidence belongs to one paper, so that leaving a paper out takes its own evidence and adds none; what hangs on one paper
or laboratory is therefore seen in the matrix, and no rule need run again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.analysis.matrix import AGAINST, APART, WITH, Level, Matrix
from kg.analysis.subset import Account


class CellKey(NamedTuple):
    """A mechanism in a condition class and a species, each by its IRI."""

    mechanism: str
    condition_class: str
    species: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What stands in one cell, side by side; a side without evidence is None, or empty."""

    rung: Level | None = None
    mark: Level | None = None
    against: frozenset[Level] = frozenset()
    papers: frozenset[str] = frozenset()


class Hold(NamedTuple):
    """On what one side of a conclusion hangs, and which level is left without its one paper, or its one laboratory."""

    cell: CellKey
    level: Level
    papers: tuple[Account, ...]
    without_paper: Level | None
    laboratory: str | None
    without_laboratory: Level | None


Levels = Mapping[Level, frozenset[str]]


def conclude(matrix: Matrix) -> dict[CellKey, Conclusion]:
    """The conclusion of each cell in which anything stands, in the order of the cells."""
    return {cell: _conclusion(rungs) for cell, rungs in _by_cell(matrix).items()}


def holds(matrix: Matrix, accounts: Sequence[Account]) -> Iterator[Hold]:
    """On which single paper, and on which single laboratory, each rung and each mark hangs."""
    by_paper = {account.publication.value: account for account in accounts}
    for cell, levels in _by_cell(matrix).items():
        for level in (_top(levels, WITH), _top(levels, APART)):
            if level is not None:
                yield _hold(cell, levels, level, by_paper)


def _by_cell(matrix: Matrix) -> dict[CellKey, Levels]:
    found: dict[CellKey, dict[Level, frozenset[str]]] = {}
    for place in matrix.held:
        *cell, rung = place
        if isinstance(rung, Level):
            found.setdefault(CellKey(*map(str, cell)), {})[rung] = matrix.papers(place)
    return {cell: found[cell] for cell in sorted(found)}


def _conclusion(rungs: Levels) -> Conclusion:
    return Conclusion(
        rung=_top(rungs, WITH),
        mark=_top(rungs, APART),
        against=frozenset(rung for rung in rungs if rung.side == AGAINST),
        papers=frozenset[str]().union(*rungs.values()),
    )


def _top(rungs: Iterable[Level], side: str) -> Level | None:
    return max((rung for rung in rungs if rung.side == side), default=None)


def _hold(cell: CellKey, levels: Levels, level: Level, by_paper: Mapping[str, Account]) -> Hold:
    """A level hangs on a paper that is its only one, and on a recorded laboratory that all its papers are of."""
    papers = sorted(levels[level])
    laboratories = {by_paper[paper].laboratory for paper in papers}
    laboratory = next(iter(laboratories)) if len(laboratories) == 1 else None
    of_laboratory = {paper for paper, account in by_paper.items() if account.laboratory == laboratory}

    def left(gone: Collection[str]) -> Level | None:
        return _top((one for one, held in levels.items() if held - set(gone)), level.side)

    return Hold(
        cell=cell,
        level=level,
        papers=tuple(by_paper[paper] for paper in papers),
        without_paper=left(papers) if len(papers) == 1 else None,
        laboratory=laboratory,
        without_laboratory=left(of_laboratory) if laboratory else None,
    )
