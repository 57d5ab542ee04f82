"""How central a node is: on how many shortest paths it lies, and how often a walk from given nodes comes by.

Both mean what NetworkX means by them. igraph counts shortest paths in C; NetworkX's own PageRank already runs on
SciPy, so that nothing faster is put in its place.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, TypeVar

from kg.analysis.libraries import library
from kg.evidence.problem import KgError

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T")
#: The share of steps that follow an edge; the others start again. The value of Brin and Page, not tuned.
DAMPING = 0.85
#: The change of all shares together at which a walk has settled.
_SETTLED = 1e-12
_STEPS = 1_000


class CentralityFault(KgError):
    """A centrality that was asked for has no meaning on the graph."""


def betweenness(graph: "nx.Graph[T]", *, normalized: bool = True) -> dict[T, float]:
    """
    The betweenness of each node, as `networkx.betweenness_centrality` gives it; parallel edges are one.

    >>> import networkx as nx
    >>> betweenness(nx.path_graph(3))
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    igraph = library("igraph", graph.number_of_edges())
    return _by_igraph(igraph, graph, normalized) if igraph else _by_networkx(graph, normalized)


def _by_networkx(graph: "nx.Graph[T]", normalized: bool) -> dict[T, float]:
    import networkx as nx

    found: dict[T, float] = nx.betweenness_centrality(graph, normalized=normalized)
    return found


def _by_igraph(igraph: Any, graph: "nx.Graph[T]", normalized: bool) -> dict[T, float]:
    at = {node: index for index, node in enumerate(graph)}
    edges = [(at[edge[0]], at[edge[1]]) for edge in graph.edges()]
    twin = igraph.Graph(n=len(at), edges=edges, directed=graph.is_directed())
    counts = twin.simplify().betweenness()
    pairs = (len(at) - 1) * (len(at) - 2) / (1 if graph.is_directed() else 2)
    scale = 1 / pairs if normalized and pairs > 0 else 1.0
    return {node: count * scale for node, count in zip(at, counts, strict=True)}


def pagerank(graph: "nx.Graph[T]", start: Collection[T]) -> dict[T, float]:
    """
    The share of its steps that a walk spends at each node, if it starts again and again at the nodes of `start`.

    As `networkx.pagerank` gives it with that personalisation, run until it settles; parallel edges count apart.
    """
    import networkx as nx

    if not start or any(node not in graph for node in start):
        raise CentralityFault("a walk needs nodes of the graph to start from")
    if not library("scipy", graph.number_of_edges()):
        return _by_steps(graph, start)
    share: dict[T, float] = dict.fromkeys(start, 1 / len(set(start)))
    found: dict[T, float] = nx.pagerank(
        graph, alpha=DAMPING, personalization=share, max_iter=_STEPS, tol=_SETTLED / len(graph), weight=None
    )
    return found


def _by_steps(graph: "nx.Graph[T]", start: Collection[T]) -> dict[T, float]:
    """The same in plain Python, for a small graph."""
    begin = dict.fromkeys(graph, 0.0) | dict.fromkeys(start, 1 / len(set(start)))
    onward = {node: [edge[1] for edge in graph.edges(node)] for node in graph}
    shares = dict(begin)
    for _ in range(_STEPS):
        restart = 1 - DAMPING + DAMPING * sum(share for node, share in shares.items() if not onward[node])
        after = {node: restart * share for node, share in begin.items()}
        for node, share in shares.items():
            for neighbour in onward[node]:
                after[neighbour] += DAMPING * share / len(onward[node])
        if sum(abs(after[node] - shares[node]) for node in graph) < _SETTLED:
            break
        shares = after
    return shares
