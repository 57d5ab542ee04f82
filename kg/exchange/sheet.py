"""A flat table: columns that say what they mean, and rows of cells; an empty cell is always "not stated"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | Decimal | bool | None

#: Between the values of several groups, and between several values of one.
GROUPS, VALUES = " | ", ", "


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it means in a sentence, and the kind of its cells."""

    name: str
    means: str
    kind: Literal["text", "number", "count"] = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name; every row has a cell for every column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet(name: str, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Cell]]) -> Sheet:
    """A table of rows given by column name, in the order given; what a row does not name is empty."""
    names = [column.name for column in columns]
    return Sheet(name, columns, tuple(tuple(row.get(name) for name in names) for row in rows))


def listed(values: Iterable[str | None]) -> str | None:
    """
    Several values in one cell, each once, in the order given; nothing where none is stated.

    >>> listed(["30", None, "45", "30"])
    '30, 45'
    """
    return VALUES.join(dict.fromkeys(value for value in values if value is not None)) or None


def by_group(values: Iterable[str | None]) -> str | None:
    """
    The values of several groups in one cell: one if all have the same, else each in its place.

    >>> by_group(["rat", "rat"]), by_group(["20", None])
    ('rat', '20 | ')
    """
    each = list(values)
    if len(set(each)) <= 1:
        return each[0] if each else None
    return GROUPS.join(value or "" for value in each)
