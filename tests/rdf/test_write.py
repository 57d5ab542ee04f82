"""Files of quads: sorted, canonical, the same for the same graph."""

import random

import pytest
from pyld import jsonld
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from kg.rdf.write import digest, sorted_nquads, trig
from kg.store import Graph

A, B, P, G = (NamedNode(f"http://example.org/{name}") for name in "abpg")


def test_nquads_are_sorted_and_complete(graph: Graph) -> None:
    """
    One line a quad, in code point order, nothing lost and nothing twice.
    """
    data = sorted_nquads(graph.quads)
    lines = data.splitlines()
    assert sorted(lines) == lines
    assert set(graph.quads) == set(parse(data, format=RdfFormat.N_QUADS))
    assert len(graph.quads) == len(lines)


def test_order_of_the_quads_changes_no_byte(graph: Graph) -> None:
    """
    The files depend on the graph, not on the order in which its quads arrive.
    """
    shuffled = list(graph.quads)
    random.Random(7).shuffle(shuffled)
    assert sorted_nquads(graph.quads) == sorted_nquads(shuffled)
    assert trig(graph.quads) == trig(shuffled)


def test_trig_says_the_same(graph: Graph) -> None:
    """
    The file for people holds the same quads as the file for machines.
    """
    assert set(graph.quads) == set(parse(trig(graph.quads), format=RdfFormat.TRIG))


@pytest.mark.parametrize("text", ["plain", 'quo"te', "line\nbreak", "tab\t", "back\\slash", "ünï", "𝔘"])
def test_canonical_form_agrees_with_an_independent_implementation(text: str) -> None:
    """
    RDFC-1.0 as PyLD computes it gives the same bytes, escapes and relabelled blank nodes included.
    """
    blank = BlankNode("anything")
    quads = [Quad(A, P, blank, G), Quad(blank, P, Literal(text), G), Quad(A, P, Literal("1", language="en"), G)]
    ours = sorted_nquads(quads).decode()
    theirs = jsonld.normalize(
        "\n".join(f"{quad} ." for quad in quads),
        {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"},
    )
    assert theirs == ours


def test_digest_tells_one_changed_quad(graph: Graph) -> None:
    """
    A release is named by its digest: one quad less is another digest.
    """
    assert digest(sorted_nquads(graph.quads)) != digest(sorted_nquads(graph.quads[1:]))
    assert 64 == len(digest(b""))


def test_dataset_of_one_quad_is_one_line() -> None:
    """
    The smallest case, spelled out.
    """
    quad = Quad(A, P, Literal("x"), G)
    assert b'<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .\n' == sorted_nquads([quad])
    assert 1 == len(Dataset([quad]))
