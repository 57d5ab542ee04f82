"""Parameters bound as terms: whatever a text holds, it stays inside its term."""

from hypothesis import example, given, settings, strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.store.protocol import Node
from kg.store.values import with_values

NODES = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30).map(Literal),
    st.text("\"'\\\\\n\r\t{}<>?$.;#", max_size=30).map(Literal),
    st.builds(Literal, st.text(max_size=9).filter(str.isprintable), language=st.sampled_from(("en", "de-at"))),
    st.from_regex(r"https://example\.org/[a-z0-9/~-]{0,9}", fullmatch=True).map(NamedNode),
)


@given(NODES, NODES)
@example(Literal('") } } ; DROP ALL #'), Literal("\\\\"))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_bound_term_comes_back_from_the_query(one: Node, other: Node) -> None:
    """
    A query that gives back its parameters gives back exactly what was bound, in one row.
    """
    query = with_values("SELECT ?one ?other WHERE { }", {"other": other, "one": one})
    solutions = Store().query(query)

    assert isinstance(solutions, QuerySolutions)
    assert [(one, other)] == [(row["one"], row["other"]) for row in solutions]
