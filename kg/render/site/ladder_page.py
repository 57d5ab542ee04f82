"""The ladder: one row a mechanism, class of conditions and species group, the best known first."""

from collections.abc import Iterator

from kg.analysis.ladder_words import NOT_EXAMINED, depths, review_rows, strongest
from kg.analysis.rung import Cell as LadderCell, Rung
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Link, Row, SitePage, Table, Text, joined, sections, table

COLUMNS = (
    "mechanism",
    "in",
    "species",
    "strongest with exercise",
    "needed",
    "tracks relief",
    "changed with relief",
    "measured",
    "lesion alters",
    "moving it relieves",
    "kept when blocked",
    "moved without relief",
    "moving it fails",
    "laboratories",
    "read",
)


def ladder_row(one: LadderCell) -> Row:
    """A cell of the ladder as a row; each number of a paper leads to the paper."""
    from kg.render.site.term_pages import cell_id

    mechanism = Link(str(one.mechanism), f"{one.mechanism.iri}#{cell_id(one)}")
    return Row(
        (
            (mechanism,),
            (Link(str(one.condition_class), one.condition_class.iri),),
            (str(one.species_group),),
            (strongest(one),),
            *map(_papers, one.everywhere),
            (one.laboratories.words.rpartition(" ")[0],),
            (depths(one.read_depths),),
        )
    )


def _papers(rung: Rung) -> Cell:
    return joined(Link(f"[{study.ref}]", study.study.iri) for study in rung.studies)


def ladder_pages(model: SiteModel) -> Iterator[SitePage]:
    """The ladder, and beside it what the review says."""
    lead = (
        "How each mechanism is known, from what the papers tell. The rung is the strongest that any paper stands on: "
        "measured, changed in a comparison that had relief, tracks relief within a study, or needed, since the benefit "
        "was lost or reduced when it was blocked. What is known without exercise and what speaks against stand beside "
        f"and are never weighed. “{NOT_EXAMINED}” is not the same as measured without a significant change."
    )
    yield SitePage(
        "ladder.html",
        "overview",
        "How each mechanism is known",
        (lead,),
        sections(
            ("The ladder", [Table("Mechanisms by class and species", COLUMNS, tuple(map(ladder_row, model.ladder)))]),
            ("The review beside the papers", [_review(model)]),
            ("What was searched", [Text((model.ladder.searched,))]),
        ),
        model.of_class("Assessment"),
        schema={"@type": "Dataset", "name": "How each mechanism is known"},
    )


def _review(model: SiteModel) -> Table:
    columns = ("mechanism", "in", "species", "papers show", "review says", "than papers", "says broadly", "than papers",
               "speaks of, no paper does", "leaves out", "claims")  # fmt: skip
    beside = list(model.reviewed)
    rows: Iterator[tuple[Cell | str, ...]] = (
        (
            (Link(cells[0], one.cell.mechanism.iri),),
            (Link(cells[1], one.cell.condition_class.iri),),
            *cells[2:],
        )
        for one, cells in zip(beside, review_rows(beside), strict=True)
    )
    return table("What the papers show, and what the review says", columns, rows)
