"""A back-test as rows and as plain data: the orders, the events under each of them, and those that were not ranked."""

from kg.analysis.auc import DRAWS, Interval
from kg.analysis.backtest_text import interval, lines, number, signed
from kg.analysis.event import Event, RankedEvent
from kg.analysis.foresight import Foresight, Order
from kg.analysis.open_cells import OF_BOTH

ORDER_COLUMNS = ("order", "area", "interval", "by_paper", "beyond_papers_of_both", "its_interval", "ranks_by")
_TOLD = ("year", "mechanism", "condition_class", "first_examined_by", "ranked_among", "controls")
_BY_LOT = "An order drawn by lot; the interval is for so many events."


def order_rows(found: Foresight) -> list[list[str]]:
    """A row an order, in the order of `ORDER_COLUMNS`, and one for chance."""
    by_lot = ["by-lot", number(0.5), interval(found.chance), "", "", "", _BY_LOT]
    return [*(_order_row(order) for order in found.orders), by_lot]


def event_columns(found: Foresight, *, shares: bool = True) -> tuple[str, ...]:
    """The columns of `event_rows`."""
    keys = [order.name.replace("-", "_") for order in found.orders]
    told = [f"share_{key}" for key in keys] if shares else []
    return (*_TOLD, *(f"rank_{key}" if shares else key for key in keys), *told, "not_ranked")


def event_rows(found: Foresight, *, shares: bool = True) -> list[list[str]]:
    """A row an event; those that could not be ranked stand last and say why."""
    names = [order.name for order in found.orders]
    blank = [""] * (2 + len(names) * (2 if shares else 1))
    ranked = [
        [
            *_told(each.event), str(each.open), str(each.controls), *(f"{each.ranks[name]:g}" for name in names),
            *(number(each.shares[name]) for name in names if shares), "",
        ]
        for each in found.events
    ]  # fmt: skip
    return [*ranked, *([*_told(each.event), *blank, each.why] for each in found.apart)]


def as_data(found: Foresight) -> dict[str, object]:
    """All of it as JSON takes it; what has no number is null."""
    return {
        "demonstration": True,
        "events": len(found.events),
        "papers": len(found.papers),
        "not_ranked": len(found.apart),
        "graph_ends": found.ends,
        "by_lot": {"area": 0.5, "interval": _interval(found.chance)},
        "detectable": None if found.detectable is None else _rounded(found.detectable),
        "detectable_by": "normal approximation, variance of Hanley and McNeil 1982, power 80 %, two-sided 5 %",
        "resamples": DRAWS,
        "orders": [_order(order) for order in found.orders],
        "ranked": [_ranked(each) for each in found.events],
        "apart": [{**_event(each.event), "why": each.why} for each in found.apart],
        "set_aside": [{"line": each.line, "doi": each.doi, "why": each.why} for each in found.aside],
        "reads": list(lines(found)),
    }


def _order_row(order: Order) -> list[str]:
    beyond = "" if order.name == OF_BOTH else interval(order.beyond_interval, difference=True)
    summary = "Tells no cell from another." if order.tied else order.summary
    told = [order.name, number(order.area), interval(order.interval), interval(order.by_paper)]
    return [*told, signed(order.beyond), beyond, summary]


def _order(order: Order) -> dict[str, object]:
    return {
        "name": order.name,
        "summary": order.summary,
        "area": _rounded(order.area),
        "interval": _interval(order.interval),
        "interval_by_paper": _interval(order.by_paper),
        "beyond_papers_of_both": _rounded(order.beyond),
        "beyond_interval": _interval(order.beyond_interval),
        "tied": order.tied,
    }


def _ranked(each: RankedEvent) -> dict[str, object]:
    shares = {name: _rounded(share) for name, share in each.shares.items()}
    counts = {"ranked_among": each.open, "controls": each.controls}
    return {**_event(each.event), **counts, "ranks": dict(each.ranks), "shares": shares}


def _event(event: Event) -> dict[str, object]:
    return {
        "year": event.year,
        "mechanism": {"iri": event.mechanism.iri, "label": str(event.mechanism)},
        "condition_class": {"iri": event.condition.iri, "label": str(event.condition)},
        "first_examined_by": list(event.papers),
    }


def _told(event: Event) -> list[str]:
    return [str(event.year), str(event.mechanism), str(event.condition), ", ".join(event.papers)]


def _rounded(value: float) -> float:
    return round(value, 6)


def _interval(of: Interval | None) -> dict[str, float] | None:
    return None if of is None else {"low": _rounded(of.low), "high": _rounded(of.high)}
