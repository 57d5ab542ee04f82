"""Pages as HTML: long ones in parts, each link as its page writes it, everything escaped by the one template."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from kg.evidence.problem import printable
from kg.render.page import page_environment
from kg.render.site.addresses import Addresses
from kg.render.site.inline import inline, line_items, table_rows
from kg.render.site.parts import Block, Cell, Drawing, Facts, Lines, Link, Row, Section, SitePage, Table, Text, plain

#: About how many bytes of HTML a page may have; measured pages stay below 100,000.
MOST = 70_000
NAVIGATION = (
    ("index.html", "Home"),
    ("ladder.html", "Evidence ladder"),
    ("gaps.html", "Gaps"),
    ("conflicts.html", "Conflicts"),
    ("audit.html", "Review against papers"),
    ("doses.html", "Doses"),
    ("timeline.html", "Timeline"),
    ("questions.html", "Questions"),
    ("sparql.html", "SPARQL"),
    ("lists.html", "Lists"),
    ("glossary.html", "Glossary"),
    ("about.html", "About"),
)
#: What a link, a cell and a line take beside their words, about.
_LINK, _CELL, _LINE = 70, 10, 36


@dataclass(frozen=True)
class Shown:
    """A part of a page as it is shown; most pages have one part."""

    page: SitePage
    part: int
    sections: tuple[Section, ...]
    others: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the whole page."""
        return printable(self.page.title)

    @property
    def parts(self) -> int:
        """How many parts the page has."""
        return len(self.others)

    @property
    def path(self) -> str:
        """Where this part stands."""
        return self.others[self.part - 1]

    @property
    def root(self) -> str:
        """What leads from this page to the folder of the site."""
        return "../" * self.path.count("/")

    @property
    def json(self) -> str:
        """Where the page stands as JSON."""
        return twin(self.page.path, "json")

    @property
    def ttl(self) -> str:
        """Where what the page is about stands as Turtle."""
        return twin(self.page.path, "ttl")

    @property
    def schema(self) -> dict[str, object]:
        """What search engines read of the page, in the words of schema.org."""
        about = {"@id": self.page.about[0]} if self.page.about else {}
        own = {name: value for name, value in self.page.schema.items() if value not in ("", [], ())}
        return {"@context": "https://schema.org", "name": self.title, "inLanguage": "en", **about, **own}


def twin(path: str, ending: str) -> str:
    """Where a page stands in another form."""
    return path.removesuffix("html") + ending


def in_parts(page: SitePage) -> tuple[Shown, ...]:
    """A page in as many parts as keep each within the limit; a table or a list goes on in the next part."""
    parts: list[list[Section]] = [[]]
    room = MOST
    for section in page.sections:
        for number, (block, fresh, size) in enumerate(_pieces(section.blocks, room)):
            if fresh:
                parts.append([])
                room = MOST
            room -= size
            own = parts[-1]
            if own and own[-1].heading == section.heading and not (fresh and number == 0):
                own[-1] = replace(own[-1], blocks=(*own[-1].blocks, block))
            else:
                own.append(Section(section.heading, (block,), section.id if number == 0 else ""))
    kept = [part for part in parts if part] or [[]]
    stem = page.path.removesuffix(".html")
    names = (page.path, *(f"{stem}.{number}.html" for number in range(2, len(kept) + 1)))
    return tuple(Shown(page, number, tuple(part), names) for number, part in enumerate(kept, 1))


def _pieces(blocks: Iterable[Block], room: int) -> Iterator[tuple[Block, bool, int]]:
    """The blocks, cut where a page is full: each piece, whether a new page begins with it, and how large it is."""
    for block in blocks:
        rows = _rows(block)
        if rows is None:
            size = _size(block)
            fresh = size > room and room < MOST
            room = (MOST if fresh else room) - size
            yield block, fresh, size
            continue
        begun, taken, fresh = 0, 0, False
        for number, row in enumerate(rows):
            size = _row_size(row)
            if size > room and room < MOST:
                if number > begun:
                    yield _cut(block, begun, number), fresh, taken
                begun, taken, fresh, room = number, 0, True, MOST
            taken += size
            room -= size
        yield _cut(block, begun, len(rows)), fresh, taken


def _rows(block: Block) -> Sequence[Row | Cell] | None:
    match block:
        case Table():
            return block.rows
        case Lines():
            return block.items
        case _:
            return None


def _cut(block: Block, begin: int, end: int) -> Block:
    match block:
        case Table():
            return replace(block, rows=block.rows[begin:end])
        case Lines():
            start = None if block.start is None else block.start + begin
            return Lines(block.items[begin:end], start, block.levels[begin:end])
        case _:
            return block


def _row_size(row: "Row | Cell") -> int:
    if isinstance(row, Row):
        return _CELL + sum(_CELL + _cell_size(one) for one in row.cells)
    return _LINE + _cell_size(row)


def _cell_size(one: Cell) -> int:
    links = [part for part in one if isinstance(part, Link)]
    return len(escape(plain(one)).encode("utf-8", "replace")) + sum(_LINK + len(link.to) // 2 for link in links)


def _size(block: Block) -> int:
    match block:
        case Facts():
            return sum(60 + len(name) + _cell_size(value) for name, value in block.items)
        case Drawing():
            return sum(90 + len(mark.tip) + len(mark.text) + len(mark.to) // 2 for mark in block.marks)
        case Text():
            return _cell_size(block.words)
        case _:
            return 500


class Shower:
    """What turns parts of pages into HTML, and has the style and the script that they share."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._environment = page_environment("site")
        # a sign that turns the line stands as an escape in data too: people read the source of a page
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}

    @property
    def assets(self) -> dict[str, bytes]:
        """The files that all pages share."""
        page = self._environment.globals["page"]
        return {"site.css": str(page.css).encode(), "site.js": str(page.js[-1]).encode()}  # type: ignore[attr-defined]

    def html(self, shown: Shown) -> bytes:
        """A part of a page."""

        def href(to: str) -> str:
            whole = shown.page.path + to if to.startswith("#") else to
            return self._addresses.href(whole, shown.path)

        template = self._environment.get_template(shown.page.template)
        text = template.render(
            shown=shown, href=href, navigation=NAVIGATION, inline=partial(inline, href=href),
            table_rows=partial(table_rows, href=href), line_items=partial(line_items, href=href),
        )  # fmt: skip
        return (text + "\n").encode("utf-8", "replace")
