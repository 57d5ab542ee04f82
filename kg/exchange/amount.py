"""Quantities, times and numbers as cells: as stated, never converted; a range stays a range."""

from collections.abc import Iterator
from decimal import Decimal

from kg.evidence.quantity import PValue, Quantity
from kg.evidence.study import Times
from kg.exchange.sheet import VALUES, Cell, Column

_RELATIONS = {"equal": "", "below": "<", "above": ">", "at-most": "<=", "at-least": ">="}


def plain(number: Decimal) -> str:
    """
    A decimal number with digits and a point only.

    >>> plain(Decimal("1.50"))
    '1.5'
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def bound(quantity: Quantity, side: str) -> str | None:
    """The low or high bound as stated, `>` or `<` before one that is not itself included; nothing for an open side."""
    number = quantity.low if side == "low" else quantity.high
    if number is None:
        return None
    sign = "" if quantity.exclude != side else ">" if side == "low" else "<"
    return sign + plain(number)


def number_part(quantity: Quantity) -> str | None:
    """
    The number of a quantity in the signs of the format; alternatives with `or`.

    >>> number_part(Quantity(low="20", high="30")), number_part(Quantity(low="3", open="high", exclude="low"))
    ('20..30', '>3')
    """
    low, high = bound(quantity, "low"), bound(quantity, "high")
    if low is not None and high is not None:
        return low if quantity.low == quantity.high else f"{low}..{high}"
    if low is not None:
        return low if quantity.exclude else f">={low}"
    if high is not None:
        return high if quantity.exclude else f"<={high}"
    return " or ".join(map(plain, quantity.one_of)) or None


def amount(quantity: Quantity | None, usual: str | None = None) -> str | None:
    """
    A quantity as stated: number, spread and unit, or the printed words where they make no number.

    The unit that the column is in (`usual`) is left out.

    >>> amount(Quantity(low="5", high="5", unit="week"), "week")
    '5'
    >>> amount(Quantity(low="9", high="12", unit="day"), "week")
    '9..12 day'
    """
    if quantity is None:
        return None
    parts = [number_part(quantity) or quantity.as_printed]
    if quantity.sd is not None:
        parts.append(f"(sd {plain(quantity.sd)})")
    if quantity.unit != usual:
        parts.append(quantity.unit)
    return " ".join(part for part in parts if part) or None


def times(at: Times | None) -> str | None:
    """
    Times with their clocks.

    >>> times(Times(after_injury=Quantity(low="7", high="7", unit="day")))
    'after_injury 7 day'
    """
    if at is None:
        return None
    told = ((clock, amount(getattr(at, clock))) for clock in type(at).model_fields)
    return VALUES.join(f"{clock} {value}" for clock, value in told if value is not None) or None


def p_value(p: PValue | None) -> str | None:
    """
    A p value as printed.

    >>> p_value(PValue(value="0.05", relation="below"))
    '<0.05'
    """
    return None if p is None else _RELATIONS[p.relation] + plain(p.value)


def quantity_columns(name: str, means: str, *, unit: bool) -> Iterator[Column]:
    """The columns of one quantity: as stated, its two bounds as numbers, and its unit if it has one."""
    yield Column(name, f"{means}, as stated.")
    yield Column(f"{name}_low", f"Its lower bound as a number; {_WITHOUT}.", "number")
    yield Column(f"{name}_high", f"Its upper bound as a number; {_WITHOUT}.", "number")
    if unit:
        yield Column(f"{name}_unit", "Its unit, a term.")


_WITHOUT = "empty where none is stated"


def quantity_cells(name: str, quantity: Quantity | None, *, unit: bool) -> dict[str, Cell]:
    """The cells of `quantity_columns`."""
    if quantity is None:
        return {}
    cells: dict[str, Cell] = {name: amount(quantity), f"{name}_low": quantity.low, f"{name}_high": quantity.high}
    return cells | ({f"{name}_unit": quantity.unit} if unit else {})
