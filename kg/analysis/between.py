"""What stands between exercise and relief: the papers that tie a mechanism to both, and the network they make.

Kept as papers and ties, not as edges, so that the network can be made again from papers that are dealt out anew.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.centrality import betweenness, pagerank
from kg.analysis.network import CARRYING, carries
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.DiGraph[str]

MEASURES = ("degree", "betweenness", "pagerank")
#: A paper and a node that it ties to exercise or relief.
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ties:
    """The exercises that moved or needed a node in one paper, and the outcomes that were relieved with it."""

    exercises: tuple[str, ...]
    outcomes: tuple[str, ...]


def ties_of_papers(graph: "nx.MultiDiGraph[str]", level: str) -> dict[Cell, Ties]:
    """
    The ties of each paper to each node of a level, sorted.

    An outcome whose relief was lost when a mechanism was blocked ties it to the exercise that had relieved.
    """
    kinds = {iri: graph.nodes[iri]["kind"] for iri in graph}
    before: defaultdict[Cell, set[str]] = defaultdict(set)
    after: defaultdict[Cell, set[str]] = defaultdict(set)
    for source, target, edge in graph.edges(data=True):
        if level not in (kinds[source], kinds[target]) or edge["relation"] == "marks" or not carries(edge):
            continue
        for study in edge["studies"]:
            if kinds[target] == level:
                before[study, target].add(source)
            else:
                before[study, source] |= set(edge["exercises"])
                after[study, source].add(target)
    return {cell: Ties(tuple(sorted(before[cell])), tuple(sorted(after[cell]))) for cell in sorted({*before, *after})}


def papers_on(graph: "nx.MultiDiGraph[str]") -> dict[str, set[str]]:
    """The papers that looked at each node with exercise, whatever they found."""
    looked = {*CARRYING, "moved-without-relief", "kept-when-blocked"}
    papers: defaultdict[str, set[str]] = defaultdict(set)
    for source, target, edge in graph.edges(data=True):
        if edge["relation"] in looked and edge.get("exercises"):
            for end in (source, target):
                papers[end] |= set(edge["studies"])
    return papers


def called(store: Store) -> dict[str, str]:
    """What each study is called, with its number in the reference list, in the order of the numbers."""
    numbered = sorted({(row.ref, str(row.study), row.study.iri) for row in ask(store, bundled_question("studies"))})
    return {iri: f"{study} [{ref}]" for ref, study, iri in numbered}


def built(ties: Mapping[Cell, Ties], names: Sequence[str]) -> "Graph":
    """The network of exercises, nodes and outcomes in which each cell's ties are those of the node named for it."""
    import networkx as nx

    edges = set()
    for tie, name in zip(ties.values(), names, strict=True):
        edges |= {(exercise, name) for exercise in tie.exercises} | {(name, outcome) for outcome in tie.outcomes}
    graph: Graph = nx.DiGraph(between=tuple(sorted(set(names))))
    graph.add_nodes_from(sorted({*names, *(end for edge in edges for end in edge)}))
    graph.add_edges_from(sorted(edges))
    return graph


def _by_degree(graph: "Graph") -> dict[str, float]:
    return {name: float(graph.degree(name)) for name in graph.graph["between"]}


def _by_betweenness(graph: "Graph") -> dict[str, float]:
    """How many pairs of exercise and outcome each node joins; a pair that several join is shared out."""
    found = betweenness(graph, normalized=False)
    return {name: round(found[name], 9) for name in graph.graph["between"]}


def _by_pagerank(graph: "Graph") -> dict[str, float]:
    """The share of its steps that a walk from the exercises to relief spends at each node; no dead end is entered."""
    import networkx as nx

    between: tuple[str, ...] = graph.graph["between"]
    leading = [name for name in between if graph.out_degree(name) and graph.in_degree(name)]
    if not leading:
        return dict.fromkeys(between, 0.0)
    start = sorted({exercise for name in leading for exercise in graph.predecessors(name)})
    ends = {outcome for name in leading for outcome in graph.successors(name)}
    walked: Graph = nx.DiGraph(graph.subgraph({*start, *leading, *ends}))
    found = pagerank(walked, start)
    return {name: round(found.get(name, 0.0), 9) for name in between}


def measure(by: str) -> Callable[["Graph"], dict[str, float]]:
    """The measure of that name, of the nodes between exercise and relief."""
    return {"degree": _by_degree, "betweenness": _by_betweenness, "pagerank": _by_pagerank}[by]
