"""Which pages of `kg.render` stand at which address. A new page is a line in `PAGES` and a function of a store."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is made from a graph, once for each state of it."""

    path: str
    title: str
    about: str
    make: Callable[[Store], str]
    media: str = "text/html"
    #: Whether it is made from the curated files that ship with kg, and so only beside the graph made from them.
    bundled: bool = False


def _terms(store: Store) -> str:
    from kg.query.read_terms import read_terms
    from kg.rdf.mappings import load_mappings
    from kg.rdf.ontology import bundled_ontology
    from kg.render.terms import render_terms

    return render_terms(read_terms(store), load_mappings(bundled_ontology()))


def _report(_: Store) -> str:
    from kg.evidence.load import load_pack
    from kg.query.report import report_pack, report_terms
    from kg.render.report import report_lines
    from kg.store.open import Project

    project = Project.bundled()
    packs = [load_pack(path, project.ontology.vocabulary).usable() for path in project.packs]
    reports = [report_pack(pack, project.ontology, None) for pack in packs]
    return "\n".join(report_lines(reports, report_terms(project.ontology))) + "\n"


def _explorer(store: Store) -> str:
    from kg.render import render_explorer, view_of

    return render_explorer(view_of(store))


def _gap_map(store: Store) -> str:
    from kg.render import read_gap_page, render_gap_map

    return render_gap_map(read_gap_page(store))


PAGES = (
    Page("/explorer", "Explorer", "exercise, mechanisms and relief as a network to look at and filter", _explorer),
    Page("/gap-map", "Gap map", "what was examined where, and what nobody has examined", _gap_map),
    Page("/terms", "Terms", "the vocabulary as a tree: what each word means, and how many studies name it", _terms),
    Page("/report", "Completeness", "what the packs carry of their documents, and how deep the papers were read",
         _report, "text/plain", bundled=True),
)  # fmt: skip
