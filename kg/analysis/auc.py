"""How often an order puts what came above what did not: the area under the curve, and how sure one can be of it.

Plain arithmetic on numbers, apart from the graph, so that a reader can compute it again by hand. An *event* stands
against its *controls*; its share is how many of them it stands above, ties counting half. The area is the mean of the
shares, so that every event weighs the same.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from random import Random
from statistics import NormalDist
from typing import NamedTuple

#: So many resamples, so that the 2.5th and 97.5th of them are members of the row: (DRAWS + 1) / 40 is whole.
DRAWS = 1999
_SEED = 20212
LEVEL, POWER = 0.95, 0.8


class Interval(NamedTuple):
    """The middle 95 % of what was drawn."""

    low: float
    high: float


class Year(NamedTuple):
    """So many events of one year, each against so many controls."""

    events: int
    controls: int


def share_above(value: float, controls: Sequence[float]) -> float:
    """
    The share of the controls above which a value stands, ties counting half; `controls` are sorted and not empty.

    >>> share_above(2.0, [1.0, 2.0, 3.0, 4.0])
    0.375
    """
    return (bisect_left(controls, value) + bisect_right(controls, value)) / (2 * len(controls))


def middle_rank(value: float, values: Sequence[float]) -> float:
    """
    The rank of a value among sorted values of which it is one, the highest first; equal values share their mean rank.

    >>> [middle_rank(value, [0.2, 0.5, 0.5]) for value in (0.5, 0.2)]
    [1.5, 3.0]
    """
    return len(values) - (bisect_left(values, value) + bisect_right(values, value) - 1) / 2


def area(shares: Sequence[float]) -> float:
    """The mean share of one or more events."""
    return math.fsum(shares) / len(shares)


def resampled(rows: Sequence[Sequence[float]], groups: Sequence[Sequence[int]]) -> list[Interval | None]:
    """
    The interval of the mean of each row when groups of its places are drawn with replacement, the same in every row.

    None where there is nothing to resample: fewer than two groups, or the same number in each place.
    """
    draw = Random(_SEED)  # noqa: S311 - no secret
    several = len(groups) > 1
    drawn = [[at for group in draw.choices(groups, k=len(groups)) for at in group] for _ in range(DRAWS * several)]
    return [
        _middle(area([row[at] for at in places]) for places in drawn) if several and len(set(row)) > 1 else None
        for row in rows
    ]


def by_chance(years: Sequence[Year]) -> Interval:
    """The interval of the area when the cells of every year stand in an order drawn by lot."""
    draw = Random(_SEED)  # noqa: S311 - no secret
    return _middle(area([share for year in years for share in _by_lot(year, draw)]) for _ in range(DRAWS))


def detectable(years: Sequence[Year]) -> float | None:
    """
    The smallest area that would be told from one half with a power of 80 %, two-sided at 5 %; None if not even 1 is.

    Normal approximation with the variance of Hanley and McNeil (1982), year by year, on which decision record 19 has
    more. It takes events for independent.
    """
    needed = NormalDist().inv_cdf(0.5 + LEVEL / 2) * math.sqrt(_variance(0.5, years))
    beyond = NormalDist().inv_cdf(POWER)

    def told(tried: float) -> bool:
        return tried - 0.5 >= needed + beyond * math.sqrt(_variance(tried, years))

    if not told(1.0):
        return None
    low, high = 0.5, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if told(middle) else (middle, high)
    return high


def _variance(of: float, years: Iterable[Year]) -> float:
    """The variance of the area if its true value is `of`."""
    two_events, two_controls = of / (2 - of) - of * of, 2 * of * of / (1 + of) - of * of
    years = tuple(years)
    total = sum(year.events for year in years)
    parts = (
        year.events * (of * (1 - of) + (year.events - 1) * two_events + (year.controls - 1) * two_controls)
        / year.controls
        for year in years
    )  # fmt: skip
    return max(0.0, math.fsum(parts)) / total**2


def _by_lot(year: Year, draw: Random) -> list[float]:
    """The shares of the events of a year if lots decide the order."""
    placed = sorted(draw.sample(range(year.events + year.controls), year.events))
    return [(place - before) / year.controls for before, place in enumerate(placed)]


def _middle(drawn: Iterable[float]) -> Interval:
    ordered = sorted(drawn)
    edge = (len(ordered) + 1) // 40
    return Interval(ordered[edge - 1], ordered[-edge])
