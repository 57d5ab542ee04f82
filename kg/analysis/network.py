"""The network as NetworkX has it: exercise, markers, mechanisms, agents and outcomes, and what was found between them.

Built from one question (`network-edges`), one teller at a time. Nodes and edges go in sorted, so that whatever is
worked out from it comes out the same each time. `docs/decisions/0013-network.md` says what each attribute means.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.analysis.network_edges import MOVED, NO_BOUT, NetworkFault, Tie, bare_attributes, gather_edges
from kg.query.answer import ask
from kg.query.question import ANY, bundled_question
from kg.rdf.namespaces import TERM
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

#: The order in which paths lead; agents stand outside it.
LAYERS = ("exercise", "marker", "mechanism", "outcome")
#: Relations that carry a path from exercise to relief, where what they start from or lead to moved.
CARRYING = ("moves", "marks", "changes-with-relief", "tracks", "needed", "relieves")

#: Columns of the edges as rows.
COLUMNS = (
    "from", "relation", "to", "sign", "rung", "condition_class", "species", "bout", "references", "laboratories",
    "unplaced", "read",
)  # fmt: skip

__all__ = ["NetworkFault", "acyclic", "carries", "edge_rows", "network", "wider_terms"]


def network(
    store: Store,
    *,
    level: str = "mechanism",
    condition: str = ANY,
    species: str = ANY,
    bout: str = ANY,
    telling: str = "paper",
    hierarchy: bool = False,
) -> "nx.MultiDiGraph[str]":
    """
    The network of one teller: at the level of mechanisms, or of the markers that speak for them.

    Narrowed to a condition, a species or a bout, each with what lies within it. With `hierarchy`, each term is tied to
    its wider ones (`lies-within`).
    """
    import networkx as nx

    gathered = gather_edges(store, level=level, condition=condition, species=species, bout=bout, telling=telling)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(level=level, telling=telling)
    for iri, node in gathered.nodes.items():
        graph.add_node(iri, label=node.label, kind=node.kind)
    for tie, attributes in gathered.edges.items():
        graph.add_edge(tie.source, tie.target, key=_key(tie), **attributes)
    if hierarchy:
        _add_hierarchy(graph, store)
    return graph


def carries(edge: Mapping[str, object]) -> bool:
    """Whether a path may lead over an edge: it says that something moved, was needed or was relieved."""
    moved = edge["relation"] not in ("moves", "marks") or edge["sign"] in MOVED
    return edge["relation"] in CARRYING and moved


def acyclic(graph: "nx.MultiDiGraph[str]") -> "nx.DiGraph[str]":
    """
    What carries from exercise over markers and mechanisms to outcomes, layer by layer, one edge a pair: for counting.

    Agents, evidence against, and what did not move are left out; each edge says how many it stands for (`edges`).
    """
    import networkx as nx

    kinds = {iri: graph.nodes[iri]["kind"] for iri in graph}
    layer = {iri: LAYERS.index(kind) for iri, kind in kinds.items() if kind in LAYERS}
    flat: nx.DiGraph[str] = nx.DiGraph(**graph.graph)
    flat.add_nodes_from((iri, graph.nodes[iri]) for iri in sorted(layer))
    for source, target, edge in sorted(graph.edges(data=True), key=lambda one: one[:2]):
        if source in layer and target in layer and layer[source] < layer[target] and carries(edge):
            held = flat.get_edge_data(source, target, {"edges": 0, "studies": ()})
            studies = tuple(sorted({*held["studies"], *edge["studies"]}))
            flat.add_edge(source, target, edges=held["edges"] + 1, studies=studies)
    return flat


def edge_rows(graph: "nx.MultiDiGraph[str]") -> list[list[str]]:
    """The edges as rows of text, under `COLUMNS`."""
    rows = []
    for source, target, edge in graph.edges(data=True):
        ends = {"from": graph.nodes[source]["label"], "to": graph.nodes[target]["label"]}
        rows.append([_cell(({**edge, **ends}).get(name, "")) for name in COLUMNS])
    return rows


def _cell(value: object) -> str:
    """A value as one cell: several texts side by side, a term by its id."""
    return ", ".join(map(_cell, value)) if isinstance(value, tuple) else str(value).removeprefix(TERM)


def wider_terms(store: Store) -> dict[str, dict[str, str]]:
    """The terms directly above each term of a vocabulary, with their labels."""
    wider: dict[str, dict[str, str]] = {}
    for row in ask(store, bundled_question("terms")):
        if row.broader is not None:
            wider.setdefault(TERM + row.id, {})[row.broader.iri] = str(row.broader)
    return wider


def _key(tie: Tie) -> str:
    """A text that no other edge between the same two nodes has."""
    parts = (tie.relation, tie.sign, tie.condition_class, tie.species, tie.bout)
    return " ".join(part.removeprefix(TERM) for part in parts)


def _add_hierarchy(graph: "nx.MultiDiGraph[str]", store: Store) -> None:
    """Adds the wider terms of every node, and theirs."""
    wider, open_ = wider_terms(store), sorted(graph)
    while open_:
        iri = open_.pop(0)
        for above, label in sorted(wider.get(iri, {}).items()):
            if above not in graph:
                graph.add_node(above, label=label, kind=graph.nodes[iri]["kind"])
                open_.append(above)
            tie = Tie(iri, above, "lies-within", "", ANY, ANY, NO_BOUT)
            graph.add_edge(iri, above, key=_key(tie), **bare_attributes(tie))
