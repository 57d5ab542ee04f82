"""How many ways lead from one set of nodes to another, counted without walking any of them.

In a graph without cycles a walk cannot meet a node twice, so every walk is a simple path, and walks are counted by
multiplying the adjacency matrix. Elsewhere walks and simple paths differ, and counting is refused.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from kg.analysis.libraries import library
from kg.evidence.problem import KgError

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T")
#: Whole numbers below this are exact as floating-point numbers, and so are their sums.
_EXACT = 2.0**53


class PathsNotCountable(KgError):
    """Paths of such a graph cannot be counted by steps."""


def count_paths(
    graph: "nx.Graph[T]", sources: Iterable[T], targets: Iterable[T], cutoff: int | None = None
) -> dict[tuple[T, T], int]:
    """
    The number of simple paths of at most `cutoff` edges from each source to each target; no path, no entry.

    As many as `networkx.all_simple_paths` yields for each pair: parallel edges count apart, and a node that is source
    and target has the path of no edge. The graph is directed and without cycles; else `PathsNotCountable`.

    >>> import networkx as nx
    >>> count_paths(nx.DiGraph([(0, 1), (1, 3), (0, 2), (2, 3)]), [0], [3])
    {(0, 3): 2}
    """
    starts, ends = dict.fromkeys(sources), dict.fromkeys(targets)
    unknown = [node for node in (*starts, *ends) if node not in graph]
    if unknown:
        raise PathsNotCountable(f"{unknown[0]!r} is no node of this graph")
    if cutoff is not None and cutoff < 0:
        raise PathsNotCountable(f"a path has no fewer than 0 edges; the cutoff is {cutoff}")
    if not graph.is_directed():
        raise _refusal("it has no direction")
    if not starts or not ends:
        return {}
    steps = len(graph) if cutoff is None else min(cutoff, len(graph))
    sparse = library("scipy.sparse", graph.number_of_edges())
    counted = _by_products(sparse, graph, starts, ends, steps) if sparse else None
    return _by_steps(graph, starts, ends, steps) if counted is None else counted


def _refusal(why: str) -> PathsNotCountable:
    return PathsNotCountable(
        f"paths are counted in a directed graph without cycles, and this is none: {why}; "
        "kg.analysis.acyclic(network) makes one"
    )


def _by_products(
    sparse: Any, graph: "nx.Graph[T]", starts: dict[T, None], ends: dict[T, None], steps: int
) -> dict[tuple[T, T], int] | None:
    """The counts by sparse products; None if a number is too large for them."""
    import numpy as np

    at = {node: index for index, node in enumerate(graph)}
    pairs = np.array([(at[edge[0]], at[edge[1]]) for edge in graph.edges()], dtype=np.int32).reshape(-1, 2)
    size, once = len(at), np.ones(len(pairs))
    edges = sparse.csr_array((once, (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    if edges.diagonal().any() or sparse.csgraph.connected_components(edges, connection="strong")[0] < size:
        raise _refusal("it has a cycle")
    rows, columns = [at[node] for node in starts], [at[node] for node in ends]
    reached = sparse.csr_array((np.ones(len(rows)), (range(len(rows)), rows)), shape=(len(rows), size))
    found = reached[:, columns]
    for _ in range(steps):
        reached = reached @ edges
        if not reached.nnz:
            break
        found = found + reached[:, columns]
        if max(reached.max(), found.max()) >= _EXACT:
            return None
    found = found.tocoo()
    sources, targets = list(starts), list(ends)
    counts = zip(found.row.tolist(), found.col.tolist(), found.data.tolist(), strict=True)
    return {(sources[row], targets[column]): int(count) for row, column, count in sorted(counts) if count}


def _by_steps(graph: "nx.Graph[T]", starts: dict[T, None], ends: dict[T, None], steps: int) -> dict[tuple[T, T], int]:
    """The same by whole numbers of any size, one step at a time."""
    import networkx as nx

    if not nx.is_directed_acyclic_graph(graph):
        raise _refusal("it has a cycle")
    onward: defaultdict[T, Counter[T]] = defaultdict(Counter)
    for edge in graph.edges():
        onward[edge[0]][edge[1]] += 1
    counts: dict[tuple[T, T], int] = {}
    for start in starts:
        reached, found = Counter({start: 1}), Counter({start: 1})
        for _ in range(steps):
            reached = _step(reached, onward)
            found.update(reached)
            if not reached:
                break
        counts |= {(start, end): found[end] for end in ends if found[end]}
    return counts


def _step(reached: Counter[T], onward: defaultdict[T, Counter[T]]) -> Counter[T]:
    """In how many ways each node is reached one edge later."""
    further: Counter[T] = Counter()
    for node, ways in reached.items():
        for neighbour, edges in onward.get(node, {}).items():
            further[neighbour] += ways * edges
    return further
