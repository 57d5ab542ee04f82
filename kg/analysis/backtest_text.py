"""A back-test in words: on what it rests, how sure it is, what could not be ranked, and what leaks all the same."""

from collections.abc import Iterator, Sequence

from kg.analysis.auc import DRAWS, Interval
from kg.analysis.event import ApartEvent
from kg.analysis.foresight import Foresight, Order, SetAside

_MOST_LINES = 10
_RULES = """\
Nothing is fitted to these events. A share is how many of the open cells of that year an event stood above, ties \
counting half; the area is the mean share, and a rank is the mean rank of the cells that share it. Cells of \
whose mechanism or class nothing was known are left out on both sides."""
_LEAKS_OF_PAST = """\
Left out: the detector "stated", and all else that the review tells, for it was written when every event was \
known. So no cell is asked for, and the score "asked" leads with a part that is nought.
Leaks: the terms, which of them are cells, and what marks or moves what were written down from the review and \
from the papers of all years; a mechanism is among the cells because somebody came to write of it.
Leaks: the papers are those that the review chose, looking back. Early work that led nowhere may be missing, and \
a first year is the first among these papers only.
Leaks: rules and scores were written by people who had read it all; the weights were fixed before any score was run.
Limits: a year is the year of publication; abstracts do not tell all that was measured; events of one paper fall \
together, which the interval by paper heeds and the power does not."""
_LEAKS_OF_FILE = """\
The file says what counts as later; nobody curated it, and its comparisons were not checked. A search that began \
from the ranked list favours the list.
Limits: a cell without a line in the file was not examined, or nobody looked for it: the two look alike. Events \
of one paper fall together, which the interval by paper heeds and the power does not."""


def lines(found: Foresight) -> Iterator[str]:
    """What a reader must know beside the numbers, a line each."""
    yield _extent(found)
    yield _RULES
    yield _sureness(found)
    yield verdict(found)
    if found.apart:
        yield f"{_count(len(found.apart), 'event')} could not be ranked, and count in no number: {_apart(found.apart)}."
    yield from _aside(found.aside)
    yield from (_LEAKS_OF_PAST if found.ends is None else _LEAKS_OF_FILE).splitlines()


def verdict(found: Foresight) -> str:
    """Whether the first order foresaw more than lots and than papers alone."""
    first = found.orders[0]
    if first.tied:
        return f"The order {first.name} tells no cell from another; it foresees nothing."
    inside = found.chance.low <= first.area <= found.chance.high
    lots = "lies within what lots give" if inside else "lies outside what lots give in 95 % of draws"
    if inside and found.detectable is None:
        lots += ", as it must with so few events"
    return f"The order {first.name} {lots}, and {_beside_papers(first)}."


def number(value: float) -> str:
    """A share or an area."""
    return f"{value:.2f}"


def signed(value: float) -> str:
    """A difference, with its sign."""
    return f"{value:+.2f}".replace("-", "−")


def interval(of: Interval | None, *, difference: bool = False) -> str:
    """An interval, or that there is none."""
    spoken = signed if difference else number
    return "none" if of is None else f"{spoken(of.low)} to {spoken(of.high)}"


def _extent(found: Foresight) -> str:
    years = [each.event.year for each in found.events]
    span = f"of {years[0]}" if min(years) == max(years) else f"from {min(years)} to {max(years)}"
    after = "" if found.ends is None else f", after a graph that ends in {found.ends}"
    ranked, papers = _count(len(found.events), "ranked event"), _count(len(found.papers), "paper")
    return f"A demonstration on {ranked} {span}{after}, by {papers}; no score is chosen by it."


def _sureness(found: Foresight) -> str:
    told = (
        f"Lots give an area of 0.5, with so many events from {interval(found.chance)} in 95 % of draws. Intervals are "
        f"of {DRAWS} seeded resamples, 95 %: of events; by paper, and for differences, of papers."
    )
    if found.detectable is None:
        return f"{told} So few events could tell no area from 0.5 with a power of 80 %."
    return (
        f"{told} An area below {number(found.detectable)} had less than an 80 % chance to be told from 0.5 (normal "
        "approximation, variance of Hanley and McNeil, two-sided 5 %)."
    )


def _beside_papers(order: Order) -> str:
    """The order beside the one by papers of both."""
    if order.beyond_interval is None:
        return f"differs by {signed(order.beyond)} from the order by papers of both, without an interval"
    low, high = order.beyond_interval
    told = "is not told apart from" if low <= 0 <= high else "foresees more than" if low > 0 else "foresees less than"
    how_sure = interval(order.beyond_interval, difference=True)
    return f"{told} the order by papers of both (difference {signed(order.beyond)}, {how_sure})"


def _apart(apart: Sequence[ApartEvent]) -> str:
    by: dict[str, list[str]] = {}
    for each in apart:
        by.setdefault(each.why, []).append(f"{each.event.mechanism} in {each.event.condition} ({each.event.year})")
    return "; ".join(f"{why}: {', '.join(names)}" for why, names in by.items())


def _aside(aside: Sequence[SetAside]) -> Iterator[str]:
    by: dict[str, list[int]] = {}
    for each in aside:
        by.setdefault(each.why, []).append(each.line)
    for why, places in by.items():
        named = ", ".join(map(str, places[:_MOST_LINES])) + (", …" if len(places) > _MOST_LINES else "")
        yield f"{_count(len(places), 'line')} set aside, {why}: {named}."


def _count(of: int, noun: str) -> str:
    return f"{of} {noun}{'' if of == 1 else 's'}"
