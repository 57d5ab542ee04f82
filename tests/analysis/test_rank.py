"""Ranks beside permutations that keep both margins: what a rank adds to the number of papers, and when nothing is known."""

from collections import Counter

import networkx as nx
import pytest
from hypothesis import given, settings, strategies as st

import kg
from kg.analysis import RankFault, TooFew, network, rank, rank_network
from kg.analysis.between import built, measure, papers_on, ties_of_papers
from kg.analysis.permuted import permutations, too_small
from kg.analysis.rank import spearman
from kg.store import OxigraphStore
from kg.store.open import open_store

QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def network_of(papers: dict[str, dict[str, tuple[str, str]]]) -> "nx.MultiDiGraph[str]":
    """A network of papers, each with mechanisms, each between an exercise and an outcome ("" for no relief)."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(level="mechanism")

    def tie(source: str, target: str, relation: str, paper: str, exercise: str) -> None:
        graph.add_edge(
            source, target, key=f"{relation} {paper}", relation=relation, sign="rises", studies=(paper,),
            exercises=(exercise,),
        )  # fmt: skip

    for paper, mechanisms in papers.items():
        for mechanism, (exercise, outcome) in mechanisms.items():
            graph.add_node(exercise, kind="exercise", label=exercise)
            graph.add_node(mechanism, kind="mechanism", label=mechanism)
            tie(exercise, mechanism, "moves", paper, exercise)
            if outcome:
                graph.add_node(outcome, kind="outcome", label=outcome)
                tie(mechanism, outcome, "changes-with-relief", paper, exercise)
                tie(exercise, outcome, "relieves", paper, exercise)
    return graph


def names_of(graph: "nx.MultiDiGraph[str]") -> dict[str, str]:
    return {
        paper: paper.upper() for paper in sorted({p for *_, edge in graph.edges(data=True) for p in edge["studies"]})
    }


@pytest.fixture(scope="module")
def wide() -> "nx.MultiDiGraph[str]":
    """Twelve papers; one mechanism of one paper is tied to an exercise and an outcome that no other has."""
    papers = {
        f"p{n}": {f"m{n % 6}": ("run", f"o{n % 3}"), f"m{(n + 1) % 6}": (f"e{n % 2}", "touch")} for n in range(11)
    }
    return network_of({**papers, "p11": {"m0": ("swim", "heat"), "m3": ("swim", "heat")}})


@QUICK
@given(
    st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), min_size=1, max_size=20),
    st.integers(0, 5),
)
def test_permutations_keep_both_margins(cells: set[tuple[str, str]], seed: int) -> None:
    """
    Each paper keeps its number of mechanisms, all different; each mechanism its number of papers; a seed repeats.
    """
    table = sorted(cells)
    drawn = list(permutations(table, 5, seed))
    assert drawn == list(permutations(table, 5, seed))
    for names in drawn:
        assert Counter(name for _, name in table) == Counter(names)
        assert len(table) == len({(paper, name) for (paper, _), name in zip(table, names, strict=True)})


def test_permutations_reach_other_tables() -> None:
    """
    Of two papers with one mechanism each, both ways of dealing come up.
    """
    assert {("u", "v"), ("v", "u")} == set(permutations([("a", "u"), ("b", "v")], 50, 1))


def test_measures_are_those_of_networkx_on_the_network_between() -> None:
    """
    Two exercises, two mechanisms, two outcomes: what stands between what, by hand.
    """
    graph = network_of(
        {"p": {"m": ("run", "touch"), "n": ("run", "heat")}, "q": {"m": ("swim", "touch"), "o": ("swim", "")}}
    )
    ties = ties_of_papers(graph, "mechanism")
    between = built(ties, [name for _, name in ties])
    assert {"m": 3.0, "n": 2.0, "o": 1.0} == measure("degree")(between)
    assert {"m": 2.0, "n": 1.0, "o": 0.0} == measure("betweenness")(between)
    walked = nx.DiGraph([("run", "m"), ("run", "n"), ("swim", "m"), ("m", "touch"), ("n", "heat")])
    expected = nx.pagerank(walked, personalization={"run": 0.5, "swim": 0.5}, tol=1e-12, max_iter=999)
    assert {"m": expected["m"], "n": expected["n"], "o": 0.0} == pytest.approx(measure("pagerank")(between), abs=1e-8)


def test_direct_way_from_exercise_to_relief_hides_no_mechanism(wide: "nx.MultiDiGraph[str]") -> None:
    """
    That exercise relieves is an edge of the network, and no shortest way past its mechanisms.
    """
    found = rank_network(wide, "betweenness", names_of(wide), permutations=100, seed=0)
    assert all(row.value > 0 for row in found.rows)


def test_lost_benefit_ties_the_mechanism_to_the_exercise_that_relieved(bundled: OxigraphStore) -> None:
    """
    In the bundled graph a mechanism that was only blocked stands between exercise and relief all the same.
    """
    graph = network(bundled)
    needed = {source for source, _, edge in graph.edges(data=True) if edge["relation"] == "needed"}
    ties = ties_of_papers(graph, "mechanism")
    assert needed
    for mechanism in needed:
        assert any(tie.exercises and tie.outcomes for (_, name), tie in ties.items() if name == mechanism)


@pytest.fixture(scope="module")
def bundled() -> OxigraphStore:
    return open_store(None)  # type: ignore[return-value]


def test_what_stands_out_is_named_and_what_does_not_is_not(wide: "nx.MultiDiGraph[str]") -> None:
    """
    Ties that permutations do not give are outside their middle 95 %; the note names them, above or below.
    """
    found = rank_network(wide, "degree", names_of(wide), permutations=200, seed=3)
    assert "" == found.too_small and 200 == found.permutations
    for row in found.rows:
        assert row.permuted is not None
        assert row.permuted.low <= row.permuted.mean <= row.permuted.high
        assert row.outside == (not row.permuted.low <= row.value <= row.permuted.high)
    assert found == rank_network(wide, "degree", names_of(wide), permutations=200, seed=3)


def test_ranks_that_say_more_than_papers_say_for_which() -> None:
    """
    Many mechanisms of two papers each, three of which alone carry many exercises and outcomes: they are named.
    """
    papers = {f"p{n}": {f"m{n // 2}": ("run", "touch")} for n in range(60)}
    papers |= {f"q{n}": {f"x{n // 6}": (f"e{n}", f"o{n}")} for n in range(18)}
    graph = network_of(papers)
    found = rank_network(graph, "degree", names_of(graph), permutations=200, seed=0)
    assert found.chance is not None and found.chance <= 0.05
    assert "x0 (above), x1 (above), x2 (above)" in found.notes[1]
    assert "They say more than how often each was studied for" in found.notes[1]


def test_table_too_small_gives_no_number() -> None:
    """
    Four papers: values and numbers of papers, and no permutation; the note says too small.
    """
    graph = network_of({f"p{n}": {f"m{n}": ("run", "touch")} for n in range(4)})
    found = rank_network(graph, "degree", names_of(graph), permutations=100, seed=0)
    assert 0 == found.permutations
    assert {None} == {row.permuted for row in found.rows}
    assert "Too small: 4 papers by 4 mechanisms; permutations need 5 of each" in found.notes[1]
    assert "too small: 0 papers by 0 mechanisms" in too_small([], "mechanisms")


def test_table_that_can_be_dealt_in_one_way_only_is_too_small() -> None:
    """
    Each of six papers has all six mechanisms: every table is the same, and nothing is compared.
    """
    papers = {f"p{n}": {f"m{k}": ("run", "touch") for k in range(6)} for n in range(6)}
    graph = network_of(papers)
    found = rank_network(graph, "degree", names_of(graph), permutations=100, seed=0)
    assert "fewer than 20 different networks" in found.too_small
    assert found.spearman is None and "none, one of the two is the same for all" in found.notes[0]


def test_papers_count_whatever_they_found(bundled: OxigraphStore) -> None:
    """
    A paper that measured a mechanism and saw no change studied it too; the papers that moved it are fewer.
    """
    graph = network(bundled)
    found = rank_network(graph, "degree", names_of(graph), permutations=100, seed=0)
    papers = papers_on(graph)
    assert all(len(row.moved_in) <= row.papers == len(papers[row.iri]) for row in found.rows)
    assert any(len(row.moved_in) < row.papers for row in found.rows)


@pytest.mark.parametrize("by", ["degree", "betweenness", "pagerank"])
def test_bundled_ranks_say_what_they_rest_on(bundled: OxigraphStore, by: str) -> None:
    """
    Rho with its n, the count outside, and the caution stand beside every ranking of the bundled graph.
    """
    found = rank(bundled, by, permutations=100)
    on_papers, on_permutations, caution = found.notes
    assert f"(n = {len(found.rows)} mechanisms)" in on_papers
    assert f"{sum(row.outside for row in found.rows)} of {len(found.rows)} mechanisms lie outside" in on_permutations
    assert ("no more than how often" in on_permutations) == (found.chance is not None and found.chance > 0.05)
    assert "much-studied node is not thereby an important one" in caution
    assert sorted((row.value for row in found.rows), reverse=True) == [row.value for row in found.rows]


def test_markers_are_ranked_too(bundled: OxigraphStore) -> None:
    """
    At the level of markers the rows are markers.
    """
    graph = network(bundled, level="marker")
    found = rank_network(graph, "degree", names_of(graph), permutations=100, seed=0)
    assert {"marker"} == {graph.nodes[row.iri]["kind"] for row in found.rows}


def test_bad_requests_are_one_clear_word(bundled: OxigraphStore) -> None:
    """
    An unknown measure, too few permutations, and a network without edges.
    """
    with pytest.raises(RankFault, match="degree, betweenness or pagerank, not 'fame'"):
        rank(bundled, "fame")
    with pytest.raises(TooFew, match=r"number of permutations is at least 100.*it is 0"):
        rank(bundled, permutations=0)
    with pytest.raises(RankFault, match=r"no mechanism stands between exercise and relief.*without edges has no ranks"):
        rank_network(nx.MultiDiGraph(level="mechanism"), "degree", {}, permutations=100, seed=0)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=9))
@QUICK
def test_spearman_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    """
    With ties; and none where a side is all the same.
    """
    one, two = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    if len(set(one)) == 1 or len(set(two)) == 1:
        assert spearman(one, two) is None
        return
    stats = pytest.importorskip("scipy.stats")
    assert stats.spearmanr(one, two).statistic == pytest.approx(spearman(one, two))


def test_knowledge_graph_ranks() -> None:
    """
    The same from Python's front door.
    """
    assert rank(open_store(None), permutations=100) == kg.open().rank(permutations=100)
