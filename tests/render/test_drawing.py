"""A drawing of triples: every arrow is there and says what it means, and nothing in it can run."""

import re
import xml.etree.ElementTree as ET

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.query import bundled_question, construct
from kg.rdf.namespaces import iri
from kg.render.drawing import MOST_EDGES, DrawingFault, draw
from kg.store import OxigraphStore

SVG = "{http://www.w3.org/2000/svg}"


def node(name: str) -> NamedNode:
    return NamedNode(f"https://example.org/{name}")


def edge(source: str, target: str, key: str = "moves") -> Triple:
    return Triple(node(source), node(key), node(target))


def titles(svg: str) -> list[str]:
    return [found.text or "" for found in ET.fromstring(svg).iter(f"{SVG}title")]  # noqa: S314 - our own drawing


def test_every_edge_is_an_arrow_that_says_so_in_words() -> None:
    """
    Two properties between the same nodes are two arrows; labels are words and not nodes.
    """
    triples = [
        edge("a", "b"),
        edge("a", "b", "needs"),
        edge("b", "c"),
        Triple(node("a"), iri("skos:prefLabel"), Literal("Walking")),
    ]
    svg = draw("A title", triples, {})
    assert {"A title", "Walking: moves b", "Walking: needs b", "b: moves c"} == set(titles(svg))
    assert 3 == len(re.findall("<rect x=", svg))


def test_what_follows_stands_to_the_right_and_circles_are_drawn() -> None:
    """
    Layers run with the arrows; nodes in a circle share a layer.
    """
    svg = draw("t", [edge("a", "b"), edge("b", "c"), edge("c", "b"), edge("c", "d")], {})
    x = {text: float(place) for place, text in re.findall(r'<tspan x="([\d.]+)" dy="0">(\w)</tspan>', svg)}
    assert x["a"] < x["b"] == x["c"] < x["d"]


def test_properties_differ_in_dash_and_not_only_in_colour() -> None:
    """
    Each property has a dash of its own, which the legend repeats beside its name.
    """
    svg = draw("t", [edge("a", "b", f"p{n}") for n in range(8)], {})
    dashes = re.findall(r'<path d="M20 [^>]*stroke-dasharray="([^"]*)"', svg)
    assert 8 == len(dashes) == len(set(dashes))


def test_hostile_labels_stay_text() -> None:
    """
    A label that is a script, that closes the element, or that turns the direction of text, is shown and not obeyed.
    """
    hostile = "</text><script>alert(1)</script>\u202e\"'&"
    svg = draw(hostile, [edge("a", "b")], {node("a"): hostile, node("moves"): hostile})
    tags = {found.tag.removeprefix(SVG) for found in ET.fromstring(svg).iter()}  # noqa: S314 - our own drawing
    assert {"svg", "title", "defs", "marker", "path", "rect", "text", "tspan"} == tags
    assert "\u202e" not in svg


def test_same_triples_give_the_same_bytes(store: OxigraphStore) -> None:
    """
    Whatever the order in which they come.
    """
    triples = construct(store, bundled_question("effect-network"))
    assert draw("t", triples, {}) == draw("t", reversed(triples), {})


def test_nothing_or_too_much_is_refused_with_the_cure() -> None:
    """
    No edge is no drawing; a thousand are no picture.
    """
    with pytest.raises(DrawingFault, match="there is no edge to draw"):
        draw("t", [Triple(node("a"), iri("rdf:type"), node("b"))], {})
    with pytest.raises(DrawingFault, match="too many to read; draw a part of them, or save as ttl"):
        draw("t", [edge(f"a{n}", "b") for n in range(MOST_EDGES + 1)], {})
