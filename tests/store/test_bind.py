"""Parameters are bound as terms, in the outermost group and nowhere else."""

import pytest
from pyoxigraph import Literal

from kg.store import OxigraphStore, QueryFault
from kg.store.bind import with_terms


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
