"""What a page of the site is made of: sections of facts, tables, lines and drawings, in words and links.

One template shows all of it, and the JSON twin of a page is the same parts as data; so the two cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to something: the IRI of a thing with a page, a path of the site, or an address of the web."""

    text: str
    to: str


Cell = tuple[str | Link, ...]


def cell(*parts: str | Link) -> Cell:
    """A cell of its parts, empty ones left out."""
    return tuple(part for part in parts if part)


def joined(cells: Iterable[str | Link], between: str = ", ") -> Cell:
    """Words and links in one cell, with a text between them."""
    found: list[str | Link] = []
    for one in cells:
        found += [between, one] if found else [one]
    return tuple(found)


def plain(parts: Cell) -> str:
    """A cell as text."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; with an id it can be linked to."""

    cells: tuple[Cell, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is stated of each."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """
    A list; `start` is the number of its first line where lines are counted, and gives each an id such as L12.

    `levels` say how deep each item stands below the one before that stands less deep; without, all stand alike.
    """

    items: tuple[Cell, ...]
    start: int | None = None
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    words: Cell


@dataclass(frozen=True, slots=True)
class Code:
    """Something to copy."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One element of a drawing: its name, attributes, text, what it says when pointed at, and where it leads."""

    name: str
    attributes: Mapping[str, str | int | float]
    text: str = ""
    tip: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of marks; everything that it shows is said by a table beside it."""

    title: str
    width: int
    height: int
    marks: tuple[Mark, ...]
    legend: tuple[str, ...] = ()
    id: str = ""


Block = Table | Facts | Lines | Text | Code | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with blocks beneath it."""

    heading: str
    blocks: tuple[Block, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The file that something came from, the line where it begins, and in what way it came from there."""

    file: str
    path: str
    line: int | None
    how: str = "Curated in"


@dataclass(frozen=True)
class SitePage:
    """A page: where it stands, what it tells, which things of the graph it is about, and where that came from."""

    path: str
    kind: str
    title: str
    lead: Cell = ()
    sections: tuple[Section, ...] = ()
    about: tuple[str, ...] = ()
    source: SourceLine | None = None
    schema: Mapping[str, object] = field(default_factory=dict)
    also: str = ""
    #: A page that does more than tell has a template of its own, and data that only its script reads.
    template: str = "site.html"
    data: Mapping[str, object] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The page as JSON takes it."""
        source = self.source and {"file": self.source.path, "line": self.source.line}
        return {
            "kind": self.kind,
            "title": self.title,
            "about": list(self.about),
            "says": plain(self.lead),
            "from": source,
            "sections": [{"heading": one.heading, "content": list(map(_data, one.blocks))} for one in self.sections],
        }


def _data(block: Block) -> object:
    match block:
        case Table():
            rows = [[_cell_data(each) for each in row.cells] for row in block.rows]
            return {"caption": block.caption, "columns": list(block.columns), "rows": rows}
        case Facts():
            return {name: _cell_data(value) for name, value in block.items}
        case Lines():
            return [_cell_data(item) for item in block.items]
        case Text():
            return _cell_data(block.words)
        case Code():
            return {block.summary: block.text}
        case Drawing():
            return {"drawing": block.title}


def _cell_data(value: Cell) -> object:
    """A cell as data: its text, and beside it where it leads."""
    links = [part.to for part in value if isinstance(part, Link)]
    return {"text": plain(value), "links": links} if links else plain(value)


def facts(items: Iterable[tuple[str, Cell | str]]) -> Facts:
    """Facts of which those that are not stated are left out."""
    stated = ((name, (value,) if isinstance(value, str) else value) for name, value in items)
    return Facts(tuple((name, value) for name, value in stated if plain(value)))


def table(caption: str, columns: Sequence[str], rows: Iterable[Iterable[Cell | str]]) -> Table:
    """A table of rows of cells or texts."""
    made = (Row(tuple((one,) if isinstance(one, str) else one for one in row)) for row in rows)
    return Table(caption, tuple(columns), tuple(made))


def sections(*made: tuple[str, Iterable[Block]]) -> tuple[Section, ...]:
    """Sections of which those with nothing beneath them are left out."""
    kept = ((heading, tuple(block for block in blocks if not _empty(block))) for heading, blocks in made)
    return tuple(Section(heading, blocks) for heading, blocks in kept if blocks)


def _empty(block: Block) -> bool:
    match block:
        case Table():
            return not block.rows
        case Facts() | Lines():
            return not block.items
        case _:
            return False
