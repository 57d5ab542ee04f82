"""How alike two nodes are by the neighbours they share: the index of Adamic and Adar, for every pair at once.

One sparse product holds what NetworkX works out pair by pair. Pairs that share nothing have the index 0 and are left
out: of fifty million pairs some two million are left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.analysis.libraries import library

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class PairScores(Generic[T]):
    """Pairs of nodes with a score each, as columns (`first` and `second` are places in `nodes`); iterated, triples."""

    nodes: tuple[T, ...]
    first: "NDArray[np.int32]"
    second: "NDArray[np.int32]"
    score: "NDArray[np.float64]"

    def __len__(self) -> int:
        return len(self.score)

    def __iter__(self) -> Iterator[tuple[T, T, float]]:
        columns = (self.first.tolist(), self.second.tolist(), self.score.tolist())
        for first, second, score in zip(*columns, strict=True):
            yield self.nodes[first], self.nodes[second], score


def adamic_adar(graph: "nx.Graph[T]") -> PairScores[T]:
    """
    The Adamic–Adar index of every two nodes that share a neighbour and have no edge between them.

    As `networkx.adamic_adar_index` gives it for the graph without directions and parallel edges. All other pairs have
    the index 0.

    >>> import networkx as nx
    >>> [(u, v, round(score, 3)) for u, v, score in adamic_adar(nx.path_graph(3))]
    [(0, 2, 1.443)]
    """
    import networkx as nx

    plain = nx.Graph(graph) if graph.is_directed() or graph.is_multigraph() else graph
    return _by_product(library("scipy.sparse"), plain)


def _by_product(sparse: Any, graph: "nx.Graph[T]") -> PairScores[T]:
    """
    The index by one product of the weighted with the plain adjacency matrix.

    Minus infinity on the diagonal of the first factor strikes out each pair that has an edge.
    """
    import numpy as np

    at = {node: index for index, node in enumerate(graph)}
    sizes = np.fromiter((len(around) for _, around in graph.adjacency()), dtype=np.int32, count=len(at))
    ends = (at[node] for _, around in graph.adjacency() for node in around)
    columns = np.fromiter(ends, dtype=np.int32, count=int(sizes.sum()))
    rows = np.repeat(np.arange(len(at), dtype=np.int32), sizes)
    loops = rows == columns
    weights = 1 / np.log(np.maximum(sizes + np.bincount(rows[loops], minlength=len(at)), 2))
    rows, columns = rows[~loops], columns[~loops]
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(at))))).astype(np.int32)
    every = np.arange(len(at) + 1, dtype=np.int32)
    struck = np.insert(weights[columns], starts[:-1], -np.inf), np.insert(columns, starts[:-1], every[:-1])
    shape = (len(at), len(at))
    edges = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=shape)
    shared = sparse.csr_array((*struck, starts + every), shape=shape) @ edges
    first = np.repeat(every[:-1], np.diff(shared.indptr))
    kept = np.flatnonzero((shared.data > 0) & (first < shared.indices))
    return PairScores(tuple(graph), first[kept], shared.indices[kept], shared.data[kept])
