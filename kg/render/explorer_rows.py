"""The edges of an explorer as rows of a table, readable without scripts. Apart from the template for speed.

Many edges look alike in all but their ends and findings: what a look says is worked out, escaped and kept once.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from kg.evidence.problem import printable
from kg.rdf.namespaces import TERM
from kg.render.explorer_findings import FindingText
from kg.render.explorer_looks import Looks
from kg.render.explorer_nodes import Things
from kg.render.explorer_view import ShownEdge, View
from kg.render.explorer_words import edge_words

#: The columns between what was found and its findings.
COLUMNS = ("Exercise", "Bout", "Condition", "Species", "Rung", "Laboratories", "Read as", "Told by")
#: So many rows stand in one part, which opens by itself only if there is no other.
MOST_ROWS = 1000


class Part(NamedTuple):
    """Rows that stand in one table: the numbers of the first and the last, counted from one, and their HTML."""

    first: int
    last: int
    rows: Markup


class Rows(NamedTuple):
    """All rows: the columns in which something is stated, those in which nothing is, and the parts."""

    columns: tuple[str, ...]
    unstated: tuple[str, ...]
    parts: tuple[Part, ...]


def edge_rows(view: View, things: Things, looks: Looks, numbers: Mapping[str, int]) -> Rows:
    """The rows of a view; `numbers` has the number of each finding."""
    cells = [edge_cells(view, edge) for edge in looks.edges]
    kept = [at for at in range(len(COLUMNS)) if any(one[at] for one in cells)]
    said = ["".join([f"<td>{escape(one[at])}" for at in kept]) for one in cells]
    lines = _lines(things, looks, [_pattern(edge, one) for edge, one in zip(looks.edges, said, strict=True)])
    if numbers or any(edge.references for edge in looks.edges):
        told = {finding.iri: finding for finding in view.findings}
        lines = [line + _findings(edge, told, numbers) for line, edge in zip(lines, view.edges, strict=True)]
    starts = range(0, len(lines), MOST_ROWS)
    parts = (
        Part(start + 1, min(start + MOST_ROWS, len(lines)), Markup("\n".join(lines[start : start + MOST_ROWS])))  # noqa: S704 - each line is escaped here
        for start in starts
    )
    names = tuple(COLUMNS[at] for at in kept)
    return Rows(names, tuple(name.lower() for name in COLUMNS if name not in names), tuple(parts))


def edge_cells(view: View, edge: ShownEdge) -> tuple[str, ...]:
    """What the columns say of an edge; what is not stated is empty."""
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
    return tuple(map(printable, cells))


def name(view: View, iri: str) -> str:
    """The label of a term that an edge names."""
    return printable(view.names.get(iri, iri.removeprefix(TERM).replace("-", " ")))


def by_reference(edge: ShownEdge, told: Mapping[str, FindingText]) -> dict[str, list[FindingText]]:
    """The findings behind an edge, gathered under the reference of their paper."""
    found: dict[str, list[FindingText]] = {}
    for iri in edge.findings:
        if iri in told:
            found.setdefault(told[iri].reference, []).append(told[iri])
    return found


def finding_word(one: FindingText) -> str:
    """The word by which a finding is known within its study."""
    return one.iri.rpartition("/")[2]


def _pattern(edge: ShownEdge, said: str) -> tuple[str, str, str]:
    """A row before its source, between source and target, and after the target, up to its findings."""
    before, between, after = (_escaped(part) for part in edge_words(edge.relation, edge.sign))
    return f'">{before}', between, f"{after}</a>{said}<td>"


def _lines(things: Things, looks: Looks, patterns: Sequence[tuple[str, str, str]]) -> list[str]:
    labels = [_escaped(one.label) for one in things.all.values()]
    lines = []
    for number, (source, target, look) in enumerate(zip(looks.sources, looks.targets, looks.numbers, strict=True)):
        before, between, after = patterns[look]
        ends = f"{before}{labels[source]}{between}{labels[target]}{after}"
        lines.append(f'<tr id=e{number}><th scope=row><a href="#e{number}{ends}')
    return lines


def _findings(edge: ShownEdge, told: Mapping[str, FindingText], numbers: Mapping[str, int]) -> str:
    """Links to the findings by paper; the papers alone where the page holds no finding of them."""
    papers = by_reference(edge, told)
    if not papers:
        return _escaped("; ".join(edge.references))
    links = (
        (reference, ", ".join([f'<a href="#f{numbers[one.iri]}">{_escaped(finding_word(one))}</a>' for one in own]))
        for reference, own in papers.items()
    )
    return "; ".join([f"{_escaped(reference)}: {said}" for reference, said in links])


def _escaped(text: str) -> str:
    return escape(printable(text))
