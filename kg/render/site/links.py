"""The links and ids of a page, wherever on it they stand."""

from collections.abc import Iterator

from kg.render.site.parts import Cell, Drawing, Facts, Lines, Link, Section, SitePage, Table, Text


def links_of(page: SitePage) -> Iterator[str]:
    """Where the links of a page lead."""
    yield from _of_cell(page.lead)
    for section in page.sections:
        yield from _of_section(section)


def ids_of(section: Section) -> Iterator[str]:
    """The ids in a section: its own, those of its rows and of its counted lines."""
    if section.id:
        yield section.id
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (row.id for row in block.rows if row.id)
        elif isinstance(block, Lines) and block.start is not None:
            yield from (f"L{block.start + number}" for number in range(len(block.items)))


def _of_section(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Table():
                yield from (to for row in block.rows for one in row.cells for to in _of_cell(one))
            case Facts():
                yield from (to for _, value in block.items for to in _of_cell(value))
            case Lines():
                yield from (to for item in block.items for to in _of_cell(item))
            case Text():
                yield from _of_cell(block.words)
            case Drawing():
                yield from (mark.to for mark in block.marks if mark.to)
            case _:
                pass


def _of_cell(cell: Cell) -> Iterator[str]:
    yield from (part.to for part in cell if isinstance(part, Link))
