"""Cells as HTML, and the rows and lines that hold them. Apart from the template for speed: a site has some 300,000."""

from collections.abc import Callable
from html import escape

from markupsafe import Markup

from kg.evidence.problem import printable
from kg.render.site.parts import Cell, Lines, Table

Href = Callable[[str], str]


def inline(cell: Cell, href: Href) -> Markup:
    """
    The cell; a link that would lead nowhere is its words.

    >>> inline(("a < b",), str)
    Markup('a &lt; b')
    """
    return Markup(_cell(cell, href))  # noqa: S704 - each part is escaped there


def table_rows(table: Table, href: Href) -> Markup:
    """The rows of a table, each on a line."""
    rows = (
        f"<tr{_id(row.id)}>{''.join([f'<td>{_cell(cell, href)}</td>' for cell in row.cells])}</tr>\n"
        for row in table.rows
    )
    return Markup("".join(rows))  # noqa: S704 - each cell and id is escaped


def line_items(lines: Lines, href: Href) -> Markup:
    """The items of a list, each on a line; where lines are counted, as code with an id such as L12."""
    items = (_cell(item, href) for item in lines.items)
    start = lines.start
    told = (
        (f"<li{level}>{item}</li>\n" for item, level in zip(items, _levels(lines), strict=True))
        if start is None
        else (f'<li id="L{number}"><code>{item}</code></li>\n' for number, item in enumerate(items, start))
    )
    return Markup("".join(told))  # noqa: S704 - each item is escaped


def _levels(lines: Lines) -> list[str]:
    """How each item says its level, if it is not the first."""
    return [f' class="level-{level}"' if level else "" for level in lines.levels or [0] * len(lines.items)]


def _cell(cell: Cell, href: Href) -> str:
    words = [_words(part) if isinstance(part, str) else _link(_words(part.text), href(part.to)) for part in cell]
    return "".join(words)


def _id(text: str) -> str:
    return f' id="{_words(text)}"' if text else ""


def _words(text: str) -> str:
    return escape(printable(text))


def _link(words: str, address: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>' if address else words
