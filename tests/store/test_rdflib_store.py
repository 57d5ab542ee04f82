"""RDFLib keeps the contract of stores, and its planned queries mean what Oxigraph takes them to mean."""

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.rdf.namespaces import epk, iri
from kg.store import Graph, OxigraphStore, QueryFault, RdflibStore, Store
from kg.store.rdflib_store import dataset_of
from tests.contracts.store import StoreContract

TINY = """
PREFIX : <https://example.org/>
:one { :a :p 1 ; :q :b ; :r "x"@en . :b :p 2 ; :q :c . }
:two { :c :p 3 ; :s :d . :d :s :a , :b ; :flag false , true . :b :r "y" . }
:e :p 4 ; :q :a .
"""
QUADS = tuple(parse(TINY, format=RdfFormat.TRIG))


class TestRdflib(StoreContract):
    """RDFLib in memory; that it narrows as Oxigraph does, the patterns below show."""

    narrows = False

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, in_rdflib: RdflibStore) -> Store:
        return in_rdflib


@pytest.mark.parametrize(
    "pattern",
    [
        "?x :p ?y",
        "?x :p 1",
        "?x :q/:q ?y",
        "?x :q|:s ?y",
        "?x ^:q ?y",
        "?x :r ?y FILTER(STR(?y) = 'x')",
        "?x :p ?y . ?y2 :q ?x",
        "?x :p ?y OPTIONAL { ?x :q ?z }",
        "?x :p ?y OPTIONAL { ?x :q ?z FILTER(?y > 1) }",
        "?x :p ?y OPTIONAL { ?x :q ?z OPTIONAL { ?z :r ?w } }",
        "?x :p ?y { ?z :q ?w OPTIONAL { ?x :s ?w } }",
        "?x :p ?y { ?z :q ?x OPTIONAL { ?z :s ?y } }",
        "OPTIONAL { ?x :s ?z } ?x :p ?y . ?z :q ?w",
        "?x :p ?y MINUS { ?x :s ?z }",
        "?x :p ?y MINUS { ?x :q ?z . ?z :p ?y2 }",
        "?x :p ?y OPTIONAL { ?x :q ?z } MINUS { ?z :p ?w }",
        "?x :p ?y { ?x :q ?z MINUS { ?z :r ?y } }",
        "?x :p ?y FILTER NOT EXISTS { ?x :q ?z . ?z :r ?w }",
        "?x :p ?y FILTER EXISTS { ?x :q ?z FILTER(?y < 3) }",
        "?x :q ?z { { ?x :p ?y } UNION { ?z :p ?y } } ?x :p ?w",
        "{ ?x :q ?z BIND(1 AS ?w) } UNION { ?x :s ?z BIND(2 AS ?w) } ?z :p ?y",
        "?x :p ?y { ?x :q ?z FILTER(?y = 1) }",
        "?x :p ?y { ?x :q ?z BIND(COALESCE(?y, 7) AS ?w) }",
        "VALUES (?x ?y) { (:a 1) (:b UNDEF) } ?x :p ?y",
        "?x :p ?y VALUES (?x ?z) { (:a :b) (UNDEF :c) } ?x :q ?z",
        "?x :p ?y { SELECT ?x (COUNT(?y) AS ?w) { ?x :q ?y } GROUP BY ?x }",
        "?x :p ?y OPTIONAL { SELECT ?x (COUNT(?y) AS ?w) { ?x :q ?y } GROUP BY ?x }",
        "?x :p ?y { SELECT (COUNT(?x) AS ?w) { ?x :q ?z } }",
        "?x :p ?y { SELECT ?x (COUNT(?z) AS ?y) { ?x :q ?z } GROUP BY ?x }",
        "?x :p ?y { SELECT ?x ?w { ?x :q ?z OPTIONAL { ?z :r ?w } } }",
        "?x :p ?y { SELECT ?w (MAX(?y) AS ?z) { ?x :p ?y OPTIONAL { ?x :r ?w } } GROUP BY ?w }",
        "?z :q ?w { SELECT ?w (COUNT(?x) AS ?v) { { ?x :p ?y } UNION { ?x :q ?w } } GROUP BY ?w }",
        "?x :q ?z { SELECT DISTINCT ?z { ?z :p ?y } } ?x :p ?y",
        "?x :q ?z { SELECT ?z { ?z :p ?y } ORDER BY DESC(?y) LIMIT 1 } ?x :p ?y",
        "?x :flag ?y",
        "?x :flag ?y FILTER(?y)",
        "GRAPH ?z { ?x :p ?y }",
        "GRAPH :two { ?x :p ?y . ?z :s ?x }",
        "?x :p ?y GRAPH ?z { ?x :q ?w }",
        "?x :p ?y { ?x :q ?w } { ?w :q ?z } { ?z :p ?v }",
    ],
)
@pytest.mark.parametrize("bindings", [{}, {"x": NamedNode("https://example.org/a")}, {"y": Literal(2)}], ids=str)
def test_pattern_means_the_same(pattern: str, bindings: dict[str, NamedNode | Literal]) -> None:
    """
    What stands in a query means on RDFLib what it means on Oxigraph, however the plan turned it.
    """
    assert rows(OxigraphStore.in_memory(QUADS), pattern, bindings) == rows(
        RdflibStore.from_quads(QUADS), pattern, bindings
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "?x :p ?y { ?x :q ?z FILTER(!BOUND(?y)) }",
        "?x :p ?y { ?x :q ?z BIND(?y AS ?w) }",
        "?x :p ?y MINUS { ?other :s ?z }",
    ],
)
def test_group_does_not_see_outside(pattern: str) -> None:
    """
    An expression in a group sees the names of its group only, though the join is told more.
    """
    assert [] != rows(OxigraphStore.in_memory(QUADS), pattern) == rows(RdflibStore.from_quads(QUADS), pattern)


def test_minus_that_shares_nothing_takes_nothing() -> None:
    """
    A name bound beforehand is not shared by the right side of MINUS for that alone.
    """
    pattern, a = "?x :p ?y MINUS { ?other :s ?z }", NamedNode("https://example.org/a")
    tested = rows(OxigraphStore.in_memory(QUADS), f"{pattern} FILTER(?x = :a)")
    assert [] != tested == rows(RdflibStore.from_quads(QUADS), pattern, {"x": a})


def rows(store: Store, pattern: str, bindings: dict[str, NamedNode | Literal] | None = None) -> list[str]:
    query = f"PREFIX : <https://example.org/> SELECT ?v ?w ?x ?y ?z WHERE {{ {pattern} }}"
    return sorted(map(str, store.select(query, bindings).rows))


def test_terms_come_back_letter_by_letter() -> None:
    """
    Numbers as written, language, datatype, an empty text: RDFLib changes none of them.
    """
    terms = [
        NamedNode("https://example.org/µ"),
        Literal("01", datatype=iri("xsd:integer")),
        Literal("1.50", datatype=iri("xsd:decimal")),
        Literal("TRUE", datatype=iri("xsd:boolean")),
        Literal("rat", language="en-gb"),
        Literal(""),
        Literal("2020-13-41", datatype=NamedNode("https://example.org/day")),
    ]
    place = NamedNode("https://example.org/s")
    store = RdflibStore.from_quads(Quad(place, place, term) for term in terms)
    assert set(terms) == {term for (term,) in store.select("SELECT ?o WHERE { ?s ?p ?o }").rows}
    assert set(terms) == {triple.object for triple in store.construct("CONSTRUCT WHERE { ?s ?p ?o . ?s ?q ?r }")}


def test_dataset_is_a_whole_copy(graph: Graph) -> None:
    """
    Those who work in RDFLib get every quad, in its graph, and prefixes to write it with.
    """
    quads = graph.quads[::10]
    dataset = dataset_of(OxigraphStore.in_memory(quads))
    assert len(quads) == len(list(dataset.quads()))
    assert {quad.graph_name.value for quad in quads} == {str(name) for *_, name in dataset.quads()}
    assert "epk:Study" == dataset.namespace_manager.normalizeUri(epk("Study").value)


def test_blank_node_goes_in_and_is_refused_in_rows() -> None:
    """
    A file may hold blank nodes; a row may not, since they name nothing.
    """
    blank, name = BlankNode("x"), NamedNode("https://example.org/p")
    store = RdflibStore.from_quads([Quad(blank, name, blank, DefaultGraph())])
    assert ((name,),) == store.select("SELECT ?p WHERE { ?s ?p ?s }").rows
    with pytest.raises(QueryFault, match="blank node"):
        store.select("SELECT ?s WHERE { ?s ?p ?s }")


def test_same_triple_in_two_graphs_is_one() -> None:
    """
    The union of graphs is a set of triples.
    """
    name = NamedNode("https://example.org/a")
    quads = [Quad(name, name, name, NamedNode(f"https://example.org/{graph}")) for graph in ("one", "two")]
    assert ((name,),) == RdflibStore.from_quads(quads).select("SELECT ?s WHERE { ?s ?p ?o }").rows


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x WHERE { ?x nowhere:p ?y }", "Prefix not found"),
        ("ASK { ?s ?p ?o }", "not a SELECT query"),
        ("SELECT ?x WHERE { ?x ?p ?o LATERAL { ?o ?q ?r } }", "LATERAL|as RDFLib reads it"),
    ],
)
def test_query_that_rdflib_cannot_take_is_one_clear_fault(query: str, words: str) -> None:
    """
    An unknown prefix, another kind of query, a word of another dialect: the asker is told.
    """
    with pytest.raises(QueryFault, match=words):
        RdflibStore.from_quads(QUADS).select(query)
