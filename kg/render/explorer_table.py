"""What the page of an explorer holds beside nodes and edges: rows of a table, papers, and what its script asks.

Everything that people read stands here once, as text for the template; the script takes it from the page.
"""

from collections.abc import Iterable, Mapping, Sequence

from kg.evidence.problem import printable
from kg.rdf.namespaces import EPK, TERM
from kg.render.explorer_edges import edge_data, edge_ends, edge_look, edge_words_used
from kg.render.explorer_findings import FindingText
from kg.render.explorer_layout import COLUMNS
from kg.render.explorer_looks import Looks, drawn_looks
from kg.render.explorer_nodes import Things, node_data, node_labels
from kg.render.explorer_rows import MOST_ROWS, edge_rows, name
from kg.render.explorer_view import ShownEdge, View
from kg.render.papers import Numbers, finding_keys, finding_path, paper_section, papers_of


def _terms(view: View, looks: Iterable[ShownEdge]) -> list[str]:
    """Every term that an edge names beside its ends, sorted by label."""
    found = {term for edge in looks for term in (*edge.conditions, edge.species, *edge.exercises)} - {""}
    return sorted(found, key=lambda iri: (name(view, iri).lower(), iri))


def page_data(view: View, things: Things, told: Looks, numbers: Numbers) -> dict[str, object]:
    """What the template and the script need beside labels and ends; `numbers` has the number of each finding."""
    drawn = drawn_looks(told)
    terms, words = Numbers(_terms(view, drawn.edges)), edge_words_used(drawn.edges)
    keys = finding_keys(view.findings)
    studies = papers_of(view.findings)
    order = Numbers(studies)
    return {
        "view": view,
        "table": edge_rows(view, things, told, numbers),
        "most_rows": MOST_ROWS,
        "node_labels": node_labels,
        "edge_ends": edge_ends,
        "findings_title": "The findings behind the links",
        "papers": [paper_section(found, keys, numbers) for found in studies.values()],
        "data": {
            "nodes": node_data(things, told), "edges": edge_data(view, drawn, numbers),
            "terms": [[printable(iri.removeprefix(TERM)), name(view, iri)] for iri in terms],
            "within": {terms[iri]: sorted(terms.of(found)) for iri, found in view.within.items() if iri in terms},
            "looks": [edge_look(edge, terms, words) for edge in drawn.edges],
            "words": list(map(printable, words)),
            "findings": [order[one.study] for one in view.findings],
            "papers": [[printable(one.reference), *_laboratory(one)] for one, *_ in studies.values()],
            "blockers": _said(view.blockers, view),
            "conflicts": [numbers.of(one.findings) for one in view.conflicts],
            "columns": COLUMNS, "start": dict(view.start), "term": TERM, "ontology": EPK,
            "prefix": next((printable(one.iri.removesuffix(finding_path(keys[one.iri]))) for one in view.findings), ""),
        },
    }  # fmt: skip


def _said(sentences: Mapping[str, Sequence[str]], view: View) -> dict[str, list[str]]:
    """The sentences on the nodes of a view."""
    return {printable(iri): list(map(printable, told)) for iri, told in sentences.items() if iri in view.nodes}


def _laboratory(one: FindingText) -> tuple[str, bool]:
    """What a paper counts as where laboratories are counted, and whether it is one that is recorded."""
    return printable(one.laboratory or one.study), bool(one.laboratory)
