"""What the page of an explorer holds beside nodes and edges: rows of a table, papers, and what its script asks.

Everything that people read stands here once, as text for the template; the script takes it from the page.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kg.evidence.problem import printable
from kg.rdf.namespaces import EPK, TERM
from kg.render.explorer_findings import FindingText
from kg.render.explorer_layout import COLUMNS
from kg.render.explorer_view import ShownEdge, View
from kg.render.explorer_words import edge_words
from kg.render.papers import Numbers, finding_keys, finding_path, paper_section, papers_of

#: So many rows of the table stand in one part, which opens by itself only if there is no other.
_ROWS = 1000


def edge_terms(view: View) -> list[str]:
    """Every term that an edge names beside its ends, sorted by label."""
    found = {term for edge in view.edges for term in (*edge.conditions, edge.species, *edge.exercises)} - {""}
    return sorted(found, key=lambda iri: (name(view, iri).lower(), iri))


def name(view: View, iri: str) -> str:
    """The label of a term that an edge names."""
    return printable(view.names.get(iri, iri.removeprefix(TERM).replace("-", " ")))


def page_data(view: View, terms: Numbers, words: Numbers, numbers: Numbers) -> dict[str, object]:
    """What the template and the script need beside nodes and edges."""
    labels = {iri: node.label for iri, node in view.nodes.items()}
    told = {finding.iri: finding for finding in view.findings}
    made: dict[tuple[str, ...], Markup] = {}
    keys = finding_keys(view.findings)
    studies = papers_of(view.findings)
    order = Numbers(studies)
    return {
        "view": view,
        "rows": [_row(number, edge, view, labels, told, numbers, made) for number, edge in enumerate(view.edges)],
        "most_rows": _ROWS,
        "findings_title": "The findings behind the links",
        "papers": [paper_section(found, keys, numbers) for found in studies.values()],
        "data": {
            "terms": [[printable(iri.removeprefix(TERM)), name(view, iri)] for iri in terms],
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


class Row(NamedTuple):
    """An edge as a row of the table: its number, what was found, and its cells in their order."""

    number: int
    words: str
    cells: Markup
    studies: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    references: str


def _row(
    number: int,
    edge: ShownEdge,
    view: View,
    labels: Mapping[str, str],
    told: Mapping[str, FindingText],
    numbers: Mapping[str, int],
    made: dict[tuple[str, ...], Markup],
) -> Row:
    """An edge as a row of the table; `made` keeps cells that were made, since many rows have the same."""
    studies: dict[str, list[tuple[int, str]]] = {}
    for one in edge.findings:
        if one in told:
            studies.setdefault(told[one].reference, []).append((numbers[one], one.rpartition("/")[2]))
    unplaced = f" + {edge.unplaced} unplaced" if edge.unplaced else ""
    cells = (
        ", ".join([name(view, one) for one in edge.exercises]),
        "" if edge.bout == "none" else edge.bout.replace("-", " "),
        ", ".join([name(view, one) for one in edge.conditions if one]),
        name(view, edge.species) if edge.species else "",
        edge.rung.replace("-", " "),
        f"{edge.laboratories}{unplaced}" if edge.references else "",
        ", ".join(edge.read),
        edge.telling,
    )
    if cells not in made:
        made[cells] = Markup("<td>") + Markup("<td>").join(map(printable, cells))
    found = tuple((reference, tuple(own)) for reference, own in studies.items())
    return Row(number, edge_words(edge, labels), made[cells], found, "" if found else "; ".join(edge.references))
