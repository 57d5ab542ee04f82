"""Weighted maximum coverage by greedy choice, with bounds: which few studies close most of what is open.

Kept apart from what a study is, so that it can be held against the best choice on small cases. A place offers units; a
study takes units of one place, as many as the place can hold and one that needs a blocker. Units of a place share
nothing, so the best study of a place is found exactly, and the choice of places is greedy.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: What greedy choice reaches at least, as a share of the best choice of so many sets (Nemhauser, Wolsey, Fisher 1978).
GUARANTEE = 1 - 1 / math.e
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Unit:
    """What one study may take up at a place, the gaps that it would close, and what settles a tie (the lower first)."""

    name: str
    closes: frozenset[int]
    blocker: bool = False
    tie: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a study can be done: how much it can hold, and what there is to take up."""

    name: str
    holds: int
    units: tuple[Unit, ...]
    tie: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One study chosen: where, with what, what it closes, how much that weighs, and the best of the other places."""

    place: str
    units: tuple[str, ...]
    closes: frozenset[int]
    weight: float
    runner_up: tuple[str, float] | None


@dataclass(frozen=True, slots=True)
class Cover:
    """The studies in their order, what they close together, and what no choice of so many could exceed."""

    choices: tuple[Choice, ...]
    weight: float
    at_most: float


def cover(places: Sequence[Place], weights: Mapping[int, float], number: int) -> Cover:
    """The studies that greedy choice takes, `number` at most; it ends when nothing is left to close."""
    left, chosen, closed = set(weights), list[Choice](), 0.0
    at_most = math.inf
    while True:
        at_most = min(at_most, _total([closed, *_packs(places, weights, left)[:number]]))
        best = sorted((_best(place, weights, left) for place in places), key=lambda found: found[0])
        best = [found for found in best if found[1].weight > 0]
        if not best or len(chosen) == number:
            return Cover(tuple(chosen), closed, at_most)
        choice = best[0][1]
        second = (best[1][1].place, best[1][1].weight) if len(best) > 1 else None
        chosen.append(Choice(choice.place, choice.units, choice.closes, choice.weight, second))
        left -= choice.closes
        closed = _total([closed, choice.weight])


def _best(place: Place, weights: Mapping[int, float], left: set[int]) -> tuple[tuple[object, ...], Choice]:
    """The best study of a place, and where it stands among those of other places: by weight, number closed, tie."""
    taken: list[Unit] = []
    for unit in _in_order(place, weights, left):
        if len(taken) < place.holds and not (unit.blocker and any(other.blocker for other in taken)):
            taken.append(unit)
    closes = frozenset(gap for unit in taken for gap in unit.closes & left)
    weight = _total([weights[gap] for gap in closes])
    choice = Choice(place.name, tuple(unit.name for unit in taken), closes, weight, None)
    return (-weight, -len(closes), place.tie, place.name), choice


def _in_order(place: Place, weights: Mapping[int, float], left: set[int]) -> list[Unit]:
    """The units of a place that close anything, the heaviest first."""
    useful = [unit for unit in place.units if unit.closes & left]
    return sorted(useful, key=lambda unit: (-_gain(unit, weights, left), -len(unit.closes & left), unit.tie, unit.name))


def _packs(places: Sequence[Place], weights: Mapping[int, float], left: set[int]) -> list[float]:
    """
    What studies could close at best, the heaviest first: the units of each place in packs as large as it holds.

    Any so many studies close no more than the sum of the first so many: a place gives at most its heaviest units, as
    many as its studies hold, and what two places share is counted twice here.
    """
    packs = []
    for place in places:
        gains = [_gain(unit, weights, left) for unit in _in_order(place, weights, left)]
        packs += [_total(gains[at : at + place.holds]) for at in range(0, len(gains), place.holds)]
    return sorted(packs, reverse=True)


def _gain(unit: Unit, weights: Mapping[int, float], left: set[int]) -> float:
    return _total([weights[gap] for gap in unit.closes & left])


def _total(numbers: Sequence[float]) -> float:
    return round(math.fsum(numbers), _DIGITS)
