"""What the orders foresaw of the events of a back-test, all events together, beside chance and popularity."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.auc import Interval, Year, area, by_chance, detectable, resampled
from kg.analysis.event import ApartEvent, Event, RankedEvent
from kg.analysis.open_cells import OF_BOTH, POPULARITY
from kg.analysis.score import Score
from kg.evidence.problem import KgError


class BacktestFault(KgError):
    """A back-test has nothing to test on."""


@dataclass(frozen=True, slots=True)
class Order:
    """
    What one order foresaw: the area under its curve, and how far that lies beyond the order by papers of both.

    `interval` is of resampled events, `by_paper` and `beyond_interval` are of resampled papers with all their events.
    There is none for a single event or paper, or where all shares are alike; `tied` says that it told no cells apart.
    """

    name: str
    summary: str
    area: float
    interval: Interval | None
    by_paper: Interval | None
    beyond: float
    beyond_interval: Interval | None
    tied: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line of a file of later studies that made no event, and why."""

    line: int
    doi: str
    why: str


@dataclass(frozen=True, slots=True)
class Foresight:
    """
    What the orders foresaw, the asked-for score first, and of which events.

    `chance` is the interval of an order drawn by lot; `detectable` the smallest area that so many events could tell
    from one half, or None. `ends` is the last year of the graph where later studies were given from a file.
    """

    orders: tuple[Order, ...]
    events: tuple[RankedEvent, ...]
    apart: tuple[ApartEvent, ...]
    chance: Interval
    detectable: float | None
    ends: int | None = None
    aside: tuple[SetAside, ...] = ()

    @property
    def papers(self) -> frozenset[str]:
        """The papers by which the ranked events came about."""
        return frozenset(paper for each in self.events for paper in each.event.papers)


def judge(
    found: Iterable[RankedEvent | ApartEvent], scores: Sequence[Score], ends: int | None = None,
    aside: Iterable[SetAside] = (),
) -> Foresight:  # fmt: skip
    """What the orders foresaw of events; raises `BacktestFault` if none of them was ranked."""
    every = tuple(found)
    events = tuple(each for each in every if isinstance(each, RankedEvent))
    apart = tuple(each for each in every if isinstance(each, ApartEvent))
    if not events:
        why = "; ".join(f"{_name(each.event)} in {each.event.year}: {each.why}" for each in apart[:3])
        raise BacktestFault(
            f"of {len(apart)} event{'' if len(apart) == 1 else 's'} none could have been ranked from what was there "
            f"before ({why}{'; …' if len(apart) > 3 else ''}); a back-test needs earlier papers, or another graph"
        )
    years = _years(events)
    summaries = {**{score.name: score.summary for score in scores}, **POPULARITY}
    return Foresight(_orders(events, summaries), events, apart, by_chance(years), detectable(years), ends, tuple(aside))


def _orders(events: Sequence[RankedEvent], summaries: Mapping[str, str]) -> tuple[Order, ...]:
    shares = {name: [each.shares[name] for each in events] for name in summaries}
    beyond = {
        name: [one - other for one, other in zip(row, shares[OF_BOTH], strict=True)] for name, row in shares.items()
    }
    papers = groups_of_papers(events)
    own = resampled(list(shares.values()), [[at] for at in range(len(events))])
    by_paper, beside = resampled(list(shares.values()), papers), resampled(list(beyond.values()), papers)
    return tuple(
        Order(
            name=name,
            summary=summaries[name],
            area=area(shares[name]),
            interval=own[at],
            by_paper=by_paper[at],
            beyond=area(beyond[name]),
            beyond_interval=beside[at],
            tied=all(name in each.tied for each in events),
        )
        for at, name in enumerate(shares)
    )


def groups_of_papers(events: Sequence[RankedEvent]) -> list[list[int]]:
    """The places of the events in groups, of which no two share a paper."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, each in enumerate(events):
        papers, places = set(each.event.papers), [at]
        for other in [group for group in groups if group[0] & papers]:
            groups.remove(other)
            papers, places = papers | other[0], [*other[1], *places]
        groups.append((papers, places))
    return [places for _, places in groups]


def _years(events: Iterable[RankedEvent]) -> tuple[Year, ...]:
    """How many events of how many controls, year by year."""
    found: dict[int, Year] = {}
    for each in events:
        before = found.get(each.event.year, Year(0, each.controls))
        found[each.event.year] = Year(before.events + 1, each.controls)
    return tuple(found.values())


def _name(event: Event) -> str:
    return f"{event.mechanism} in {event.condition}"
