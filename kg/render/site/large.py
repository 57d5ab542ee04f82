"""Pages of a site that have a design of their own: the explorer and the map of gaps, which load their facts."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from kg.render.explorer import can_draw, explorer_files
from kg.render.explorer_findings import FindingText
from kg.render.explorer_narrow import view_of
from kg.render.explorer_rows import COLUMNS, by_reference, edge_cells, finding_word
from kg.render.explorer_view import ShownEdge, View, ViewFault
from kg.render.explorer_words import edge_words
from kg.render.gap_map import GapPage, gap_map_files, read_gap_page
from kg.render.page_files import Site
from kg.render.site.addresses import Addresses
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Lines, Link, Row, SitePage, Table, cell, joined, sections
from kg.render.site.shown import NAVIGATION
from kg.store.protocol import Store

#: Where each stands, what it is called, and what it is for.
LARGE = (
    ("explorer.html", "The explorer", "What does the whole network look like?"),
    ("gap-map.html", "The map of gaps", "Which mechanism was examined where, and where was none?"),
)


#: Where the links of the explorer stand as a table.
LINKS = "explorer-links.html"


@dataclass(frozen=True, slots=True)
class LargePages:
    """What the large pages show, as far as they can be made."""

    view: View | None
    gaps: GapPage | None

    @property
    def linked(self) -> tuple[tuple[str, str, str], ...]:
        """Those to which a link leads."""
        return tuple(one for one, held in zip(LARGE, (self.view, self.gaps), strict=True) if held)


def read_large(store: Store) -> LargePages:
    """What a store can show; without pyvis there is no explorer."""
    gaps = read_gap_page(store)
    return LargePages(_view(store) if can_draw() else None, gaps if gaps.grid.rows else None)


def _view(store: Store) -> View | None:
    with suppress(ViewFault):
        return view_of(store)
    return None


def large_files(pages: LargePages, model: SiteModel, addresses: Addresses) -> dict[str, bytes]:
    """The large pages with the files that they load."""
    gaps: dict[tuple[str, str], str] = {}
    for gap in model.of_class("Gap"):
        gaps.setdefault((model.one(gap, "mechanism"), model.one(gap, "conditionClass")), gap)

    def page_of(iri: str) -> str:
        return addresses.href(iri, LARGE[0][0]) if addresses.path(iri) else ""

    def gap_of(mechanism: str, condition: str) -> str:
        return page_of(gaps.get((mechanism, condition), ""))

    site = Site(NAVIGATION, page_of, gap_of)
    explorer = explorer_files(pages.view, site) if pages.view else {}
    return explorer | (gap_map_files(pages.gaps, site) if pages.gaps else {})


def links_page(view: View) -> SitePage:
    """Every link of the explorer as a row, each finding leading to its own place; and what happened under blockers."""
    told = {finding.iri: finding for finding in view.findings}
    rows = tuple(Row(_cells(view, edge, told), f"link-{number + 1}") for number, edge in enumerate(view.edges))
    columns = ("what was found", *(name.lower() for name in COLUMNS), "findings")
    blocked = tuple((sentence,) for sentences in view.blockers.values() for sentence in sentences)
    heading = "What happened when a mechanism was blocked in exercised subjects"
    return SitePage(
        LINKS,
        "overview",
        "The links of the network",
        cell(
            "What the ", Link("explorer", LARGE[0][0]), " draws, row by row. “No significant change” says that a study "
            "could not show a change; it does not show that there is none. What has no row was not measured there.",
        ),
        sections(("Links", [Table("An empty cell is not stated", columns, rows)]), (heading, [Lines(blocked)])),
        schema={"@type": "Dataset", "name": "The links of the network"},
    )  # fmt: skip


def _cells(view: View, edge: ShownEdge, told: Mapping[str, FindingText]) -> tuple[Cell, ...]:
    source, target = (Link(view.nodes[end].label, end) for end in (edge.source, edge.target))
    before, between, after = edge_words(edge.relation, edge.sign)
    found: list[str | Link] = []
    for reference, own in by_reference(edge, told).items():
        links = joined(Link(finding_word(one), one.iri) for one in own)
        found += ["; " if found else "", f"{reference}: ", *links]
    return (cell(before, source, between, target, after), *((one,) for one in edge_cells(view, edge)), cell(*found))
