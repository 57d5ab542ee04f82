"""An event of a back-test: the first examination of a cell with exercise, and where the orders had put it before.

It is ranked among the cells that were open before its year, and stands against those of them that were not examined in
that year. What became of these later is not asked, so that no later paper changes what is said of an earlier event.
Cells of which nothing was known are left out on both sides: as events they are told apart, and they are no controls.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.auc import middle_rank, share_above
from kg.analysis.open_cells import CellName, OpenCells
from kg.query.answer import Term

NOTHING_OF_MECHANISM = "no paper here had told anything of the mechanism"
NOTHING_OF_CLASS = "no paper here had subjects of the class"
NOTHING_BESIDE = "no other open cell was left to compare with"


@dataclass(frozen=True, slots=True)
class Event:
    """A cell, the year in which it was first examined, and by which papers."""

    mechanism: Term
    condition: Term
    year: int
    papers: tuple[str, ...]

    @property
    def cell(self) -> CellName:
        """Its cell."""
        return self.mechanism.iri, self.condition.iri


@dataclass(frozen=True, slots=True)
class RankedEvent:
    """
    An event with its rank among so many open cells under each order, and the share of its controls it stood above.

    `tied` names the orders that told none of the cells apart.
    """

    event: Event
    open: int
    controls: int
    ranks: Mapping[str, float]
    shares: Mapping[str, float]
    tied: frozenset[str]


@dataclass(frozen=True, slots=True)
class ApartEvent:
    """An event that nothing in the graph could have ranked, and why."""

    event: Event
    why: str


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by year, then by their terms."""
    return tuple(sorted(events, key=lambda event: (event.year, event.mechanism, event.condition, event.cell)))


def why_apart(event: Event, known: Collection[str]) -> str | None:
    """Why nothing could have ranked an event, where only some mechanisms and classes were known; None if it could."""
    if event.mechanism.iri not in known:
        return NOTHING_OF_MECHANISM
    return None if event.condition.iri in known else NOTHING_OF_CLASS


def rank_events(
    events: Sequence[Event], cells: OpenCells, names: frozenset[CellName]
) -> list[RankedEvent | ApartEvent]:
    """The events of one year among the open cells that could be ranked before it; each event is one of these."""
    controls = sorted(names - {event.cell for event in events})
    if not controls:
        return [ApartEvent(event, NOTHING_BESIDE) for event in events]
    beaten = {order: sorted(values[name] for name in controls) for order, values in cells.values.items()}
    whole = {order: sorted(values[name] for name in names) for order, values in cells.values.items()}
    tied = frozenset(order for order, values in whole.items() if values[0] == values[-1])
    return [
        RankedEvent(
            event=event,
            open=len(names),
            controls=len(controls),
            ranks={order: middle_rank(values[event.cell], whole[order]) for order, values in cells.values.items()},
            shares={order: share_above(values[event.cell], beaten[order]) for order, values in cells.values.items()},
            tied=tied,
        )
        for event in events
    ]
