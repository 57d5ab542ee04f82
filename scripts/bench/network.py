"""
Measures the graph measures against NetworkX's, in one run, with equal results, at 10,000 and 100,000 edges.

    .venv/bin/python scripts/bench/network.py [--only paths|pairs|betweenness] [--edges 10000 100000]

Each NetworkX call is written as its documentation has it. Processor time is taken, since the machine may be busy: the
least of five calls of ours, and of three of NetworkX at 10,000 edges, one beyond. Results that differ end the run.
Needs the extra `analysis`.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

import networkx as nx

from kg.analysis import adamic_adar, betweenness, count_paths

R = TypeVar("R")
LAYERS, SEED = 5, 1


def timed(call: Callable[[], R], times: int) -> tuple[float, R]:
    """The least processor time of several calls, and the last result."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        result = call()
        seconds.append(time.process_time() - start)
    return min(seconds), result


def compare(
    name: str, edges: int, ours: Callable[[], R], theirs: Callable[[], R], same: Callable[[R, R], bool]
) -> None:
    """Prints both times and their ratio; ends the run if the results are not the same."""
    quick, mine = timed(ours, 5)
    slow, other = timed(theirs, 3 if edges <= 10_000 else 1)
    if not same(mine, other):
        raise SystemExit(f"{name}: the results differ")
    print(f"{name:<66} {quick * 1000:9.1f} ms {slow:9.2f} s   1 : {slow / quick:,.0f}", flush=True)


def close(mine: dict, other: dict) -> bool:
    """Whether the same keys have the same numbers, up to the order of adding."""
    return mine.keys() == other.keys() and all(
        abs(mine[key] - value) <= 1e-9 + 1e-9 * value for key, value in other.items()
    )


def layered(edges: int, width: int) -> nx.DiGraph:
    """A random graph of five layers of so many nodes, each edge from one layer to the next."""
    chance = random.Random(SEED)  # noqa: S311 - a graph, not a secret
    graph = nx.DiGraph()
    graph.add_nodes_from(range(LAYERS * width))
    while graph.number_of_edges() < edges:
        layer = graph.number_of_edges() % (LAYERS - 1)
        graph.add_edge(layer * width + chance.randrange(width), (layer + 1) * width + chance.randrange(width))
    return graph


def paths(edges: int) -> None:
    """Paths of at most four edges from some nodes of the first layer to all of the last, counted pair by pair."""
    width = 100 if edges <= 10_000 else 500
    graph = layered(edges, width)
    sources, targets = list(range(20 if edges <= 10_000 else 10)), list(range((LAYERS - 1) * width, LAYERS * width))

    def theirs() -> dict[tuple[int, int], int]:
        found: Counter[tuple[int, int]] = Counter()
        for source in sources:
            found.update((path[0], path[-1]) for path in nx.all_simple_paths(graph, source, targets, cutoff=LAYERS - 1))
        return found

    def ours() -> dict[tuple[int, int], int]:
        return count_paths(graph, sources, targets, cutoff=LAYERS - 1)

    name = f"{sum(ours().values()):,} paths, {edges:,} edges, {len(graph):,} nodes"
    compare(f"{name} : all_simple_paths", edges, ours, theirs, lambda mine, other: mine == other)


def pairs(edges: int) -> None:
    """The index of every two nodes without an edge; of NetworkX's, the zeros are not kept."""
    graph = nx.gnm_random_graph(edges // 10, edges, seed=SEED)

    def theirs() -> Iterable[tuple[int, int, float]]:
        return [triple for triple in nx.adamic_adar_index(graph) if triple[2]]

    def same(mine: Iterable[tuple[int, int, float]], other: Iterable[tuple[int, int, float]]) -> bool:
        keyed = ({(min(a, b), max(a, b)): score for a, b, score in side} for side in (mine, other))
        return close(*keyed)

    name = f"{len(adamic_adar(graph)):,} scores, {edges:,} edges, {len(graph):,} nodes"
    compare(f"{name} : adamic_adar_index", edges, lambda: adamic_adar(graph), theirs, same)
    seconds, _ = timed(lambda: list(adamic_adar(graph)), 5)
    print(f"  the same as a list of triples: {seconds * 1000:.1f} ms")


def shortest(edges: int) -> None:
    """The betweenness of all of two thousand nodes, exact on both sides."""
    graph = nx.gnm_random_graph(2_000, edges, seed=SEED, directed=True)
    name = f"betweenness, {edges:,} edges, {len(graph):,} nodes : betweenness_centrality"
    compare(name, edges, lambda: betweenness(graph), lambda: nx.betweenness_centrality(graph), close)


MEASURES = {"paths": paths, "pairs": pairs, "betweenness": shortest}


def main() -> None:
    """Measures everything, or what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=sorted(MEASURES))
    parser.add_argument("--edges", type=int, nargs="+", default=[10_000, 100_000])
    given = parser.parse_args()
    for name, measure in MEASURES.items():
        if given.only in (None, name):
            for edges in given.edges:
                measure(edges)


if __name__ == "__main__":
    main()
