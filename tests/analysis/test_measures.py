"""The fast measures mean what NetworkX means by them: on graphs with loops, parallel edges, lone nodes, and none at all."""

import sys

import networkx as nx
import pytest
from hypothesis import given, settings, strategies as st

from kg.analysis import (
    CentralityFault,
    LibraryMissing,
    PathsNotCountable,
    adamic_adar,
    betweenness,
    count_paths,
    libraries,
    pagerank,
)

QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)
KINDS = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


@st.composite
def graphs(draw: st.DrawFn, kinds: tuple[type, ...] = KINDS, *, forward: bool = False) -> nx.Graph:
    """A graph of up to nine nodes whose names are not their places; with `forward`, edges lead to later nodes only."""
    size = draw(st.integers(0, 9))
    graph = draw(st.sampled_from(kinds))()
    nodes = [f"n{(node * 7) % 10}" for node in range(size)]
    graph.add_nodes_from(nodes)
    if size:
        ends = st.integers(0, size - 1)
        for a, b in draw(st.lists(st.tuples(ends, ends), max_size=24)):
            if not forward or a < b:
                graph.add_edge(nodes[a], nodes[b])
    return graph


@pytest.fixture(params=["fast", "plain"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the libraries, and as if none were installed."""
    if request.param == "plain":
        without_libraries(monkeypatch)
    return str(request.param)


def without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("igraph", "scipy", "scipy.sparse"):
        monkeypatch.setitem(sys.modules, name, None)


def close(expected: dict[str, float]) -> object:
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("cutoff", [None, 0, 1, 2, 3, 20])
def test_paths_are_as_many_as_networkx_lists(way: str, cutoff: int | None) -> None:
    """
    For every pair of nodes, and any cutoff in edges.
    """

    @QUICK
    @given(graphs((nx.DiGraph, nx.MultiDiGraph), forward=True))
    def check(graph: nx.DiGraph) -> None:
        listed = {(a, b): sum(1 for _ in nx.all_simple_paths(graph, a, b, cutoff=cutoff)) for a in graph for b in graph}
        assert {pair: count for pair, count in listed.items() if count} == count_paths(graph, graph, graph, cutoff)

    check()


def test_paths_are_counted_beyond_what_a_machine_number_holds(way: str) -> None:
    """
    Sixty times three parallel edges in a row make three to the sixtieth paths, counted to the last one.
    """
    graph = nx.MultiDiGraph([(step, step + 1) for step in range(60) for _ in range(3)])
    assert {(0, 60): 3**60} == count_paths(graph, [0], [60])
    assert {(0, 34): 3**34} == count_paths(graph, [0], [34], cutoff=34)
    assert {} == count_paths(graph, [0], [60], cutoff=59)


@pytest.mark.parametrize(
    ("graph", "why"),
    [
        (nx.DiGraph([(0, 1), (1, 0)]), "it has a cycle"),
        (nx.DiGraph([(0, 1), (1, 1)]), "it has a cycle"),
        (nx.Graph([(0, 1)]), "it has no direction"),
    ],
)
def test_paths_are_refused_where_walks_are_more_than_paths(way: str, graph: nx.DiGraph, why: str) -> None:
    """
    A cycle, a loop, or edges that lead both ways.
    """
    with pytest.raises(PathsNotCountable, match=f"without cycles, and this is none: {why}; .*acyclic"):
        count_paths(graph, [0], [1])


def test_paths_between_no_nodes_and_unknown_nodes() -> None:
    """
    Nothing from nowhere; a node that the graph has not, and a negative cutoff, are told.
    """
    graph = nx.DiGraph([(0, 1)])
    assert {} == count_paths(graph, [], [1])
    assert {} == count_paths(nx.DiGraph(), [], [])
    with pytest.raises(PathsNotCountable, match="7 is no node of this graph"):
        count_paths(graph, [0], [7])
    with pytest.raises(PathsNotCountable, match="no fewer than 0 edges; the cutoff is -1"):
        count_paths(graph, [0], [1], cutoff=-1)


@QUICK
@given(graphs())
def test_adamic_adar_is_that_of_networkx(graph: nx.Graph) -> None:
    """
    Every pair without an edge: the index where neighbours are shared, and none where it is 0.
    """
    listed = {frozenset((a, b)): score for a, b, score in nx.adamic_adar_index(nx.Graph(graph)) if score}
    assert close(listed) == {frozenset((a, b)): score for a, b, score in adamic_adar(graph)}
    assert len(listed) == len(adamic_adar(graph))


def test_betweenness_is_that_of_networkx(way: str) -> None:
    """
    Directed or not, normalised or not.
    """

    @QUICK
    @given(graphs(), st.booleans())
    def check(graph: nx.Graph, normalized: bool) -> None:
        assert close(nx.betweenness_centrality(graph, normalized=normalized)) == betweenness(
            graph, normalized=normalized
        )

    check()


def test_pagerank_is_that_of_networkx() -> None:
    """
    Personalised to some nodes, with NetworkX and in plain Python.
    """

    @QUICK
    @given(graphs(), st.integers(1, 3))
    def check(graph: nx.Graph, several: int) -> None:
        start = list(graph)[:several]
        if not start:
            return
        share = dict.fromkeys(start, 1 / len(start))
        expected = nx.pagerank(graph, personalization=share, tol=1e-14, max_iter=1000)
        assert close(expected) == pagerank(graph, start)
        with pytest.MonkeyPatch.context() as patch:
            without_libraries(patch)
            assert close(expected) == pagerank(graph, start)

    check()


def test_walk_needs_nodes_to_start_from() -> None:
    """
    No node, or one that the graph has not.
    """
    for graph, start in ((nx.DiGraph(), []), (nx.DiGraph([(0, 1)]), [2])):
        with pytest.raises(CentralityFault, match="needs nodes of the graph to start from"):
            pagerank(graph, start)


def test_large_graph_without_a_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One message with the number of edges and the command that cures it; a small graph does without.
    """
    without_libraries(monkeypatch)
    monkeypatch.setattr(libraries, "SMALL", 1)
    graph = nx.DiGraph([(0, 1), (1, 2)])
    for measure in (lambda: count_paths(graph, [0], [2]), lambda: betweenness(graph), lambda: pagerank(graph, [0])):
        with pytest.raises(
            LibraryMissing, match=r"2 edges .* needs \w+, .* pip install 'exercise-pain-kg\[analysis\]'"
        ):
            measure()
    with pytest.raises(LibraryMissing, match="this measure needs scipy"):
        adamic_adar(nx.Graph())
