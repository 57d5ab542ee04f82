"""The network on a small pack of which every edge is known, and as a file and back."""

import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings, strategies as st

from kg.analysis import (
    NetworkFault,
    acyclic,
    from_node_link,
    network,
    read_graphml,
    to_node_link,
    write_graphml,
)
from kg.analysis.network import COLUMNS, edge_rows
from kg.rdf.namespaces import TERM
from kg.store import OxigraphStore


def edges(graph: "nx.MultiDiGraph[str]", relation: str) -> set[tuple[str, ...]]:
    """The edges of a relation as (from, to, sign, species, bout, rung)."""
    return {
        (source.removeprefix(TERM), target.removeprefix(TERM), *(str(edge[name]).removeprefix(TERM) for name in ("sign", "species", "bout", "rung")))
        for source, target, edge in graph.edges(data=True)
        if edge["relation"] == relation
    }  # fmt: skip


def one(graph: "nx.MultiDiGraph[str]", source: str, target: str, relation: str) -> dict[str, Any]:
    """The attributes of the one edge between two terms."""
    (found,) = [e for e in graph[TERM + source][TERM + target].values() if e["relation"] == relation]
    return found


def same(one: "nx.MultiDiGraph[str]", other: "nx.MultiDiGraph[str]") -> bool:
    """Whether two networks hold the same, in the same order."""
    return (
        one.graph == other.graph
        and list(one.nodes(data=True)) == list(other.nodes(data=True))
        and list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    )


def test_mechanism_goes_as_the_sign_of_its_marker_says(network_store: OxigraphStore) -> None:
    """
    A fall of what stands against a mechanism is its rise; a marker without a sign says only that something moved.
    """
    assert {
        ("treadmill-running", "bdnf-signalling", "falls", "rat", "training", "changed-with-relief"),
        ("treadmill-running", "bdnf-signalling", "rises", "mouse", "training", "measured"),
        ("treadmill-running", "glycaemic-control", "rises", "rat", "training", "changed-with-relief"),
        ("treadmill-running", "serotonergic-system", "moved", "rat", "training", "changed-with-relief"),
        ("treadmill-running", "astrocyte-reactivity", "no-significant-change", "rat", "training", "measured"),
        ("treadmill-running", "astrocyte-reactivity", "falls", "mouse", "training", "measured"),
        ("swimming", "endocannabinoid-system", "rises", "rat", "acute", "measured"),
        ("swimming", "bdnf-signalling", "falls", "rat", "acute", "measured"),
        ("wheel-running", "endocannabinoid-system", "falls", "rat", "training", "measured"),
    } == edges(network(network_store), "moves")


def test_relief_and_its_absence_are_edges_of_their_own(network_store: OxigraphStore) -> None:
    """
    Changed with relief, moved without it, needed, kept: each stands, and none cancels another.
    """
    graph = network(network_store)
    assert {
        ("bdnf-signalling", "mechanical-allodynia", "falls", "rat", "training", "changed-with-relief"),
        ("glycaemic-control", "mechanical-allodynia", "rises", "rat", "training", "changed-with-relief"),
        ("serotonergic-system", "mechanical-allodynia", "moved", "rat", "training", "changed-with-relief"),
    } == edges(graph, "changes-with-relief")
    assert {
        ("bdnf-signalling", "mechanical-allodynia", "rises", "mouse", "training", "moved-without-relief"),
        ("astrocyte-reactivity", "mechanical-allodynia", "falls", "mouse", "training", "moved-without-relief"),
    } == edges(graph, "moved-without-relief")
    assert {("opioid-system", "mechanical-allodynia", "falls", "rat", "training", "needed")} == edges(graph, "needed")
    assert {("opioid-system", "mechanical-allodynia", "falls", "rat", "training", "kept-when-blocked")} == edges(
        graph, "kept-when-blocked"
    )


def test_relief_by_exercise_and_by_an_agent_are_told_apart(network_store: OxigraphStore) -> None:
    """
    A drug has no bout; what a mouse shows is not what a rat shows.
    """
    graph = network(network_store)
    assert {
        ("treadmill-running", "mechanical-allodynia", "falls", "rat", "training", ""),
        ("anandamide-given", "mechanical-allodynia", "falls", "rat", "none", "manipulation-relieves"),
    } == edges(graph, "relieves")
    assert {("treadmill-running", "mechanical-allodynia", "no-significant-change", "mouse", "training", "")} == edges(
        graph, "no-relief"
    )
    assert {("anandamide-given", "endocannabinoid-system", "rises", "rat", "none", "")} == edges(graph, "raises")
    assert {"agent"} == {
        graph.nodes[source]["kind"] for source, _, e in graph.edges(data=True) if e["relation"] == "lowers"
    }


def test_edge_carries_what_supports_it(network_store: OxigraphStore) -> None:
    """
    Findings, papers, laboratories, reading, routes and years; a paper without a laboratory is counted as unplaced.
    """
    needed = one(network(network_store), "opioid-system", "mechanical-allodynia", "needed")
    assert ["lost", "touch"] == sorted(finding.rpartition("/")[2] for finding in needed["findings"])
    assert ("Runner 2001 [1]",) == needed["references"]
    assert (1, 0) == (needed["laboratories"], needed["unplaced"])
    assert (("abstract",), (TERM + "subcutaneous",), (2001,)) == (needed["read"], needed["routes"], needed["years"])
    assert (TERM + "peripheral-nerve-injury", TERM + "spinal-nerve-ligation", TERM + "rodent") == (
        needed["condition_class"], needed["condition"], needed["species_group"],
    )  # fmt: skip
    assert (0, 1) == tuple(
        one(network(network_store), "swimming", "bdnf-signalling", "moves")[name]
        for name in ("laboratories", "unplaced")
    )


def test_markers_speak_for_mechanisms_at_their_level(network_store: OxigraphStore) -> None:
    """
    Exercise leads to what was measured, and the vocabulary from there to the mechanism, with the sign.
    """
    graph = network(network_store, level="marker")
    assert ("treadmill-running", "bdnf", "falls", "rat", "training", "changed-with-relief") in edges(graph, "moves")
    assert {
        ("bdnf", "bdnf-signalling", "rises"), ("blood-glucose", "glycaemic-control", "falls"),
        ("5-ht2a-receptor", "serotonergic-system", "moved"), ("anandamide", "endocannabinoid-system", "rises"),
        ("astrocyte-activation", "astrocyte-reactivity", "rises"),
    } == {edge[:3] for edge in edges(graph, "marks")}  # fmt: skip
    assert () == one(graph, "bdnf", "bdnf-signalling", "marks")["findings"]


def test_tellings_never_meet_in_a_network(network_store: OxigraphStore) -> None:
    """
    The paper's rise and the review's "no significant change" are two networks.
    """
    assert {("swimming", "endocannabinoid-system", "no-significant-change", "rat", "acute", "measured")} == edges(
        network(network_store, telling="review"), "moves"
    )


def test_network_is_narrowed_and_keeps_what_has_no_bout(network_store: OxigraphStore) -> None:
    """
    By species and condition with what lies within them, by bout; an agent's effect has none and stays.
    """
    assert {"mouse"} == {edge[3] for edge in edges(network(network_store, species="mouse"), "moves")}
    assert {"rat", "mouse"} == {edge[3] for edge in edges(network(network_store, species="rodent"), "moves")}
    assert {"wheel-running"} == {e[0] for e in edges(network(network_store, condition="diabetic neuropathy"), "moves")}
    acute = network(network_store, bout="acute")
    assert {"acute"} == {edge[4] for edge in edges(acute, "moves")}
    assert edges(acute, "relieves") == {edge for edge in edges(network(network_store), "relieves") if edge[4] == "none"}


def test_hierarchy_ties_terms_to_their_wider_ones(network_store: OxigraphStore) -> None:
    """
    Up to the top, each of the kind of the term beneath.
    """
    graph = network(network_store, hierarchy=True)
    assert {("bdnf-signalling", "neurotrophin-signalling"), ("treadmill-running", "exercise")} <= set(
        nx.transitive_closure(nx.DiGraph([edge[:2] for edge in sorted(edges(graph, "lies-within"))])).edges
    )
    assert "mechanism" == graph.nodes[TERM + "neurotrophin-signalling"]["kind"]


def test_projection_is_acyclic_and_holds_no_absence(network_store: OxigraphStore) -> None:
    """
    One edge a pair, layer by layer; neither agents nor what did not move.
    """
    for level in ("mechanism", "marker"):
        flat = acyclic(network(network_store, level=level))
        assert nx.is_directed_acyclic_graph(flat)
        assert {"exercise", "marker", "mechanism", "outcome"} >= {flat.nodes[iri]["kind"] for iri in flat}
    flat = acyclic(network(network_store, species="rat"))
    assert not flat.has_edge(TERM + "treadmill-running", TERM + "astrocyte-reactivity")
    assert 1 == flat.edges[TERM + "treadmill-running", TERM + "mechanical-allodynia"]["edges"]


def test_nodes_and_edges_are_sorted(store: OxigraphStore) -> None:
    """
    Two networks of the bundled graph are equal in their order too, and no key meets another.
    """
    graph = network(store)
    assert same(graph, network(store))
    assert sorted(graph) == list(graph)
    keys = [(source, target, key) for source, target, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    assert sorted(key[:2] for key in keys) == [key[:2] for key in keys]
    assert all(edge["findings"] and edge["studies"] and edge["references"] for _, _, edge in graph.edges(data=True))


def test_rows_have_a_cell_for_each_column(network_store: OxigraphStore) -> None:
    """
    Every edge is a row; terms stand by their label or id.
    """
    graph = network(network_store, hierarchy=True)
    rows = edge_rows(graph)
    assert graph.number_of_edges() == len(rows)
    assert {len(COLUMNS)} == {len(row) for row in rows}
    assert not [cell for row in rows for cell in row if "://" in cell]


@pytest.mark.parametrize(("name", "value"), [("level", "programme"), ("bout", "weekly"), ("telling", "both")])
def test_unknown_words_are_refused(network_store: OxigraphStore, name: str, value: str) -> None:
    """
    The message names what there is.
    """
    with pytest.raises(NetworkFault, match=f"{name} is .* or .*, not '{value}'"):
        network(network_store, **{name: value})  # type: ignore[arg-type]


def test_bundled_network_comes_back_from_both_forms(store: OxigraphStore) -> None:
    """
    Nothing is lost on the way to a file and back, at either level.
    """
    for level in ("mechanism", "marker"):
        graph = network(store, level=level, hierarchy=True)
        assert same(graph, read_graphml(write_graphml(graph)))
        assert same(graph, from_node_link(json.loads(json.dumps(to_node_link(graph)))))


_TEXT = st.text(st.characters(), max_size=12) | st.sampled_from(
    ['["a"]', '"', "", "\x00", "\r\n", "é𝄞", "<&>", " ", "1"]
)
_VALUE = st.recursive(
    _TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)
_HELD = st.dictionaries(st.sampled_from(["label", "kind", "findings", "read", "n"]), _VALUE, max_size=4)


@st.composite
def networks(draw: st.DrawFn) -> "nx.MultiDiGraph[str]":
    """Networks with any text, number or tuple anywhere."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**draw(_HELD))
    names = draw(st.lists(_TEXT, min_size=1, max_size=4, unique=True))
    graph.add_nodes_from((name, draw(_HELD)) for name in names)
    for _ in range(draw(st.integers(0, 4))):
        ends = draw(st.tuples(st.sampled_from(names), st.sampled_from(names)))
        graph.add_edge(*ends, key=draw(_TEXT), **draw(_HELD))
    return graph


@given(networks())
@settings(max_examples=60, deadline=None)
def test_any_network_comes_back(graph: "nx.MultiDiGraph[str]") -> None:
    """
    Whatever texts stand in it, and in whatever tuples.
    """
    for other in (read_graphml(write_graphml(graph)), from_node_link(json.loads(json.dumps(to_node_link(graph))))):
        assert same(graph, other)
        assert repr(list(graph.nodes(data=True))) == repr(list(other.nodes(data=True)))


@pytest.mark.parametrize("value", [None, ["a"], {"a": 1}, float("nan"), (1, float("inf")), b"a"])
def test_what_a_form_cannot_hold_is_refused(value: object) -> None:
    """
    A list would come back as a tuple, a missing value not at all; so neither is written.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label=value)
    for write in (write_graphml, to_node_link):
        with pytest.raises(NetworkFault, match="'label' holds"):
            write(graph)


@pytest.mark.parametrize("name", ["id", "source", "target", "key", "iri", "edge_key"])
def test_names_that_a_form_needs_are_refused(name: str) -> None:
    """
    An attribute of such a name would be taken for the form's own.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", **{name: "b"})
    for write in (write_graphml, to_node_link):
        with pytest.raises(NetworkFault, match=repr(name)):
            write(graph)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no graph", b"<x/>", b"<graphml/>",
        b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="a"/></graph></graphml>',
    ],
)  # fmt: skip
def test_other_graphml_is_refused(data: bytes) -> None:
    """
    What is no GraphML, and GraphML that was not written here, is one clear message.
    """
    with pytest.raises(NetworkFault, match="this is no GraphML"):
        read_graphml(data)


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"graph": {}, "nodes": [{}], "edges": []}, {"graph": 1, "nodes": [], "edges": []},
        {"graph": {}, "nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b", "key": "k"}]},
    ],
)  # fmt: skip
def test_other_json_is_refused(data: object) -> None:
    """
    What is no node-link form is one clear message, an edge without its node among it.
    """
    with pytest.raises(NetworkFault, match="this is no node-link form"):
        from_node_link(data)
