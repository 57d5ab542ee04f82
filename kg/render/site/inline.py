"""A cell as HTML: its words escaped, its links as a page writes them. Apart from the template for speed."""

from collections.abc import Callable
from html import escape

from markupsafe import Markup

from kg.evidence.problem import printable
from kg.render.site.parts import Cell


def inline(cell: Cell, href: Callable[[str], str]) -> Markup:
    """
    The cell; a link that would lead nowhere is its words.

    >>> inline(("a < b",), str)
    Markup('a &lt; b')
    """
    words = [_words(part) if isinstance(part, str) else _link(_words(part.text), href(part.to)) for part in cell]
    return Markup("".join(words))  # noqa: S704 - each part is escaped here


def _words(text: str) -> str:
    return escape(printable(text))


def _link(words: str, address: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>' if address else words
