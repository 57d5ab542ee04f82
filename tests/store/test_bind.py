"""Parameters are bound as terms, in the outermost group and nowhere else."""

import pytest
from hypothesis import example, given, settings, strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import Node, OxigraphStore, QueryFault
from kg.store.bind import with_terms

NODES = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30).map(Literal),
    st.text("\"'\\\\\n\r\t{}<>?$.;#", max_size=30).map(Literal),
    st.builds(Literal, st.text(max_size=9).filter(str.isprintable), language=st.sampled_from(("en", "de-at"))),
    st.from_regex(r"https://example\.org/[a-z0-9/~-]{0,9}", fullmatch=True).map(NamedNode),
)


@given(NODES, NODES)
@example(Literal('") } } ; DROP ALL #'), Literal("\\\\"))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_bound_term_is_found_and_nothing_else(one: Node, other: Node) -> None:
    """
    Whatever a text holds, it stays inside its term: the one row with both terms comes back.
    """
    name = NamedNode("https://example.org/s")
    held = {one, other, Literal("decoy")}
    store = OxigraphStore.in_memory(Quad(name, name, term) for term in held)
    query = "SELECT ?one ?other WHERE { ?s ?p ?one . ?s ?p ?other }"
    assert ((one, other),) == store.select(with_terms(query, {"other": other, "one": one})).rows


@pytest.mark.parametrize(
    "head",
    [
        "SELECT ?x WHERE ",
        "SELECT ?x ",
        "# { not here\nSELECT ?x WHERE ",
        "PREFIX a: <https://example.org/(> SELECT ?x WHERE ",
        "SELECT ?x (EXISTS { ?a ?b ?c } AS ?y) WHERE ",
        "SELECT ?x ('{' AS ?y) ('''{'{''' AS ?z) (\"\\\"(\" AS ?w) WHERE ",
    ],
)
def test_outermost_group_is_found(head: str) -> None:
    """
    A brace in a comment, an IRI, a text or an expression opens no group.
    """
    query = with_terms(head + "{ VALUES ?x { 1 2 } }", {"x": Literal(2)})
    assert head + "{ FILTER(" == query[: len(head) + 9]
    assert [Literal(2)] == [row[0] for row in OxigraphStore.in_memory().select(query).rows]


def test_term_is_the_same_and_not_only_equal() -> None:
    """
    A number is not the same term as its text, nor a text as one with a language.
    """
    query = 'SELECT ?x WHERE { VALUES ?x { 1 "1" 1.0 "1"@en } }'
    for term in (Literal(1), Literal("1"), Literal("1", language="en")):
        assert ((term,),) == OxigraphStore.in_memory().select(with_terms(query, {"x": term})).rows


def test_query_without_a_group_binds_nothing() -> None:
    """
    Where there is no group, the asker is told.
    """
    with pytest.raises(QueryFault, match="no WHERE group"):
        with_terms("DESCRIBE <https://example.org/x>", {"x": Literal(1)})
