"""A cell as HTML: its words escaped, its links as a page writes them. Apart from the template for speed."""

from collections.abc import Callable

from markupsafe import Markup, escape

from kg.evidence.problem import printable
from kg.render.site.parts import Cell

_LINK = Markup('<a href="{}">{}</a>')


def inline(cell: Cell, href: Callable[[str], str]) -> Markup:
    """
    The cell; a link that would lead nowhere is its words.

    >>> inline(("a < b",), str)
    Markup('a &lt; b')
    """
    return Markup("").join(
        escape(printable(part)) if isinstance(part, str) else _link(part.text, href(part.to)) for part in cell
    )


def _link(text: str, address: str) -> Markup:
    words = escape(printable(text))
    return _LINK.format(address, words) if address else words
