"""Groups of what is measured together: who counts as together, how stable a group is, and whether it is more than chance."""

import random

import networkx as nx
import pytest

import kg
from kg.analysis import GroupsFault, TooFew, group_network, groups
from kg.analysis.together import communities, measured_together, resampled, weights
from kg.store.open import open_store


def network_of(
    papers: dict[str, dict[str, str]], blocked: tuple[tuple[str, str, str], ...] = ()
) -> "nx.MultiDiGraph[str]":
    """A network at the level of markers: each paper's markers and the mechanisms (spaces between) they speak for."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(level="marker")
    common = {"sign": "no-significant-change", "agents": (), "exercises": ("run",)}
    for paper, markers in papers.items():
        for marker, mechanisms in markers.items():
            graph.add_edge("run", marker, key=paper, relation="moves", studies=(paper,), **common)
            for mechanism in mechanisms.split():
                graph.add_edge(marker, mechanism, key="marks", relation="marks", studies=(), **common)
    for paper, mechanism, agent in blocked:
        graph.add_edge(
            mechanism, "touch", key=paper, relation="needed", studies=(paper,), **{**common, "agents": (agent,)}
        )
    nx.set_node_attributes(graph, {node: node for node in graph}, "label")
    return graph


def grouped(graph: "nx.MultiDiGraph[str]", resamples: int = 100, seed: int = 0) -> object:
    papers = sorted({paper for _, _, edge in graph.edges(data=True) for paper in edge["studies"]})
    return group_network(graph, {paper: paper.upper() for paper in papers}, resamples=resamples, seed=seed)


def test_one_marker_of_two_mechanisms_measures_nothing_together() -> None:
    """
    Both were spoken for by one marker in p; in q by two, and by a blocker of one beside a marker of the other in r.
    """
    graph = network_of({"p": {"k": "m n"}, "q": {"k": "m n", "l": "n"}, "r": {"l": "n"}}, (("r", "m", "drug"),))
    table = measured_together(graph)
    assert {("m", "n"): 2} == weights(table, table.names)
    assert ("q", "r") == table.papers_of(("m", "n"))


def test_no_change_counts_as_measured() -> None:
    """
    What was looked at side by side does not depend on what came out.
    """
    table = measured_together(network_of({"p": {"k": "m", "l": "n"}}))
    assert {("m", "n"): 1} == weights(table, table.names)


@pytest.fixture(scope="module")
def two_camps() -> "nx.MultiDiGraph[str]":
    """Twenty papers of two camps, each of which measures three of its own four mechanisms."""
    papers = {}
    for n in range(20):
        camp = "ab"[n % 2]
        papers[f"p{n:02}"] = {f"k{camp}{(n // 2 + k) % 4}": f"{camp}{(n // 2 + k) % 4}" for k in range(3)}
    return network_of(papers)


def test_camps_are_found_and_come_back(two_camps: "nx.MultiDiGraph[str]") -> None:
    """
    Two groups, each with its own papers, in every resample, and more than chance.
    """
    found = grouped(two_camps)
    assert [{"a0", "a1", "a2", "a3"}, {"b0", "b1", "b2", "b3"}] == [{m.iri for m in g.members} for g in found.groups]
    assert [1.0, 1.0] == [group.stability for group in found.groups]
    assert tuple(f"P{n:02}" for n in range(0, 20, 2)) == found.groups[0].papers
    assert found.chance is not None and found.chance <= 0.05
    assert "The groups are more than chance makes" in found.notes[2]
    assert all(pair.same_group and 1.0 == pair.share for pair in found.pairs)


def test_groups_are_the_same_whatever_the_order_of_what_went_in(two_camps: "nx.MultiDiGraph[str]") -> None:
    """
    Edges shuffled before they are read change nothing.
    """
    edges = list(two_camps.edges(keys=True, data=True))
    random.Random(5).shuffle(edges)
    shuffled: nx.MultiDiGraph[str] = nx.MultiDiGraph(level="marker")
    for source, target, key, data in edges:
        shuffled.add_edge(source, target, key=key, **data)
    nx.set_node_attributes(shuffled, {node: node for node in shuffled}, "label")
    assert grouped(two_camps) == grouped(shuffled)


def test_what_meets_by_chance_is_said_to(two_camps: "nx.MultiDiGraph[str]") -> None:
    """
    Mechanisms dealt to papers by lot make groups, and the note says that chance makes such.
    """
    chance = random.Random(1)
    papers = {f"p{n}": {f"k{m}": f"m{m}" for m in chance.sample(range(8), 3)} for n in range(20)}
    found = grouped(network_of(papers))
    assert found.chance is not None and found.chance > 0.05
    assert "The groups are no more than chance makes" in found.notes[2]


def test_mechanism_of_one_paper_has_no_stability(two_camps: "nx.MultiDiGraph[str]") -> None:
    """
    It is drawn only together with all that its paper measured; that it stays is no news.
    """
    graph = two_camps.copy()
    for end, relation in ((("run", "kz"), "moves"), (("kz", "z"), "marks")):
        graph.add_edge(
            *end, key="z", relation=relation, sign="rises", agents=(), studies=("p00",) if relation == "moves" else ()
        )
    nx.set_node_attributes(graph, {"kz": "kz", "z": "z"}, "label")
    found = grouped(graph)
    single = next(member for group in found.groups for member in group.members if member.iri == "z")
    assert (1, None) == (single.papers, single.stays)
    assert {None} == {pair.share for pair in found.pairs if "z" in (pair.one, pair.two)}


def test_few_papers_are_too_small() -> None:
    """
    Groups are listed with their papers; no share is told, and the note says too small.
    """
    found = grouped(network_of({"p": {"k": "m", "l": "n"}, "q": {"k": "m", "l": "n"}}))
    assert (0, None) == (found.resamples, found.chance)
    assert [None] == [group.stability for group in found.groups]
    assert ("P", "Q") == found.groups[0].papers
    assert "Too small: 2 papers by 2 mechanisms" in found.notes[2]


def test_nothing_measured_together_is_one_clear_word() -> None:
    """
    No edges, no groups; too few resamples are told as well.
    """
    with pytest.raises(GroupsFault, match=r"no paper there measured two mechanisms.*without edges has no groups"):
        grouped(network_of({"p": {"k": "m"}, "q": {"l": "n"}}))
    with pytest.raises(TooFew, match=r"number of resamples is at least 100.*it is -1"):
        groups(open_store(None), resamples=-1)
    assert ((), 0.0) == communities({}, 0)


def test_resamples_are_repeated_by_their_seed(two_camps: "nx.MultiDiGraph[str]") -> None:
    """
    One seed, one series; another seed, another.
    """
    table = measured_together(network_of({f"p{n}": {"k": "m", f"l{n}": f"n{n}"} for n in range(9)}))
    one, again, other = ([drawn for drawn, _ in resampled(table, 5, seed)] for seed in (0, 0, 1))
    assert one == again and one != other


def test_bundled_groups_list_their_papers_and_judge_themselves() -> None:
    """
    Every group of the bundled graph has papers behind it; the note agrees with the share of permutations.
    """
    found = kg.open().groups(resamples=100)
    assert all(group.papers and len(group.members) > 1 for group in found.groups)
    assert all(" [" in paper for group in found.groups for paper in group.papers)
    assert found.chance is not None
    assert ("no more than chance" in found.notes[2]) == (found.chance > 0.05)
    assert found.papers == sum(1 for _ in {paper for pair in found.pairs for paper in pair.papers})
