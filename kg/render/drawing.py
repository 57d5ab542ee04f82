"""Triples as a drawing: one SVG, layers from left to right, that opens anywhere and holds no script.

Every arrow says its property in words, in a colour and in a dash of its own, so that colour is never alone. The same
triples give the same bytes: nodes and edges enter the network in sorted order, and no layout is left to chance.
"""

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

import networkx as nx
from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence.problem import KgError, printable
from kg.rdf.namespaces import iri

MOST_EDGES = 600
_LABELS = (iri("skos:prefLabel"), iri("rdfs:label"))
_WIDTH, _GAP, _ROW, _LINE, _EDGE = 190, 210, 14, 13, 20
#: Colours that stay apart for colour-blind readers (Okabe and Ito 2008), each with a dash of its own.
_STYLES = (
    ("#0072B2", ""), ("#D55E00", "7 3"), ("#666666", "2 3"), ("#009E73", "12 3"), ("#CC79A7", "7 3 2 3"),
    ("#B08800", "4 4"), ("#000000", "12 3 2 3"), ("#56B4E9", "1 4"),
)  # fmt: skip


class DrawingFault(KgError):
    """There is nothing to draw, or too much."""


@dataclass(frozen=True)
class _Box:
    """Where a node stands, and its lines of text."""

    x: float
    y: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 8


def draw(title: str, triples: Iterable[Triple], labels: Mapping[NamedNode, str]) -> str:
    """The triples between nodes as SVG; their labels are words on them and not nodes."""
    kept = sorted(set(triples), key=str)
    names = dict(labels)
    for triple in kept:
        if triple.predicate in _LABELS and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            names[triple.subject] = triple.object.value
    network: nx.MultiDiGraph[NamedNode] = nx.MultiDiGraph()
    for triple in kept:
        subject, object = triple.subject, triple.object
        named = isinstance(subject, NamedNode) and isinstance(object, NamedNode)
        if named and triple.predicate not in (*_LABELS, iri("rdf:type")):
            network.add_edge(subject, object, triple.predicate)  # type: ignore[arg-type]
    if not network.size():
        raise DrawingFault(f"{title}: there is no edge to draw")
    if network.size() > MOST_EDGES:
        raise DrawingFault(f"{title}: {network.size()} edges are too many to read; draw a part of them, or save as ttl")
    boxes = _boxes(network, names)
    styles = dict(zip(sorted({key for _, _, key in network.edges}, key=str), cycle(_STYLES), strict=False))
    width = max(box.x for box in boxes.values()) + _WIDTH + 20
    height = max(box.y + box.height for box in boxes.values()) + 20
    body = [*_legend(styles, names, height), *_arrows(network, boxes, styles, names), *map(_box, boxes.values())]
    return _page(title, width, height + _EDGE * len(styles) + 20, body)


def _boxes(network: "nx.MultiDiGraph[NamedNode]", names: Mapping[NamedNode, str]) -> dict[NamedNode, _Box]:
    """Layers by the longest way from a source (circles count as one), each in the order of its neighbours."""
    whole = nx.condensation(nx.DiGraph(network))
    layers = [
        sorted((node for part in generation for node in whole.nodes[part]["members"]), key=lambda n: _name(n, names))
        for generation in nx.topological_generations(whole)
    ]
    places: dict[NamedNode, float] = {}
    columns: list[list[tuple[NamedNode, _Box]]] = []
    for number, layer in enumerate(layers):
        y, column = 20.0, []
        for node in sorted(layer, key=lambda node: (_middle(network, node, places), _name(node, names))):
            box = _Box(20 + number * (_WIDTH + _GAP), y, tuple(textwrap.wrap(_name(node, names), 30)) or ("",))
            column.append((node, box))
            y += box.height + _ROW
        columns.append(column)
        places |= {node: box.y - y / 2 for node, box in column}
    lowest = max(column[-1][1].y for column in columns)
    return {node: replace(box, y=box.y + (lowest - column[-1][1].y) / 2) for column in columns for node, box in column}


def _middle(network: "nx.MultiDiGraph[NamedNode]", node: NamedNode, places: Mapping[NamedNode, float]) -> float:
    before = [places[other] for other in network.predecessors(node) if other in places]
    return sum(before) / len(before) if before else 0.0


def _name(node: NamedNode, names: Mapping[NamedNode, str]) -> str:
    return names.get(node) or node.value.rpartition("#")[2].rpartition("/")[2]


def _text(text: str) -> str:
    return html.escape(printable(text))


def _box(box: _Box) -> str:
    lines = "".join(
        f'<tspan x="{box.x + 6:g}" dy="{_LINE if n else 0}">{_text(line)}</tspan>' for n, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{_WIDTH}" height="{box.height:g}" rx="4" fill="#fff" stroke="#333"/>'
        f'<text x="{box.x + 6:g}" y="{box.y + 15:g}">{lines}</text>'
    )


def _arrows(
    network: "nx.MultiDiGraph[NamedNode]",
    boxes: Mapping[NamedNode, _Box],
    styles: Mapping[NamedNode, tuple[str, str]],
    names: Mapping[NamedNode, str],
) -> Iterable[str]:
    for source, target, key in sorted(network.edges, key=str):
        a, b = boxes[source], boxes[target]
        colour, dash = styles[key]
        shift = 4 * (sorted(network[source][target], key=str).index(key))
        x1, y1, x2, y2 = a.x + _WIDTH, a.y + a.height / 2 + shift, b.x, b.y + b.height / 2 + shift
        bend = max(abs(x2 - x1) / 2, 60)
        words = f"{_name(source, names)}: {_name(key, names)} {_name(target, names)}"
        yield (
            f'<path d="M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}" fill="none" '
            f'stroke="{colour}" stroke-dasharray="{dash}" marker-end="url(#tip)"><title>{_text(words)}</title></path>'
        )


def _legend(styles: Mapping[NamedNode, tuple[str, str]], names: Mapping[NamedNode, str], top: float) -> Iterable[str]:
    for number, (key, (colour, dash)) in enumerate(styles.items()):
        y = top + 10 + number * _EDGE
        yield (
            f'<path d="M20 {y:g}h60" stroke="{colour}" stroke-dasharray="{dash}" marker-end="url(#tip)"/>'
            f'<text x="92" y="{y + 4:g}">{_text(_name(key, names))}</text>'
        )


def _page(title: str, width: float, height: float, body: Sequence[str]) -> str:
    return "\n".join([
        (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="sans-serif" font-size="11" stroke-width="1.3">'),
        f"<title>{_text(title)}</title>",
        ('<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>'),
        '<rect width="100%" height="100%" fill="#fff"/>',
        *body,
        "</svg>\n",
    ])  # fmt: skip
