"""What any store does: one contract; a backend subclasses it in a few lines and gives itself as a fixture."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pyoxigraph import Literal

from kg.evidence import Vocabulary
from kg.query import ask, bundled_names, bundled_question, construct
from kg.rdf.namespaces import epk, iri, term_iri
from kg.store import Graph, OxigraphStore, QueryFault, Store
from tests.query.test_questions import PINNED

STUDIES = "PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#> SELECT (COUNT(?s) AS ?n) WHERE { ?s a epk:Study }"
NARROWER = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?wide WHERE { ?term skos:broader ?wide } ORDER BY ?term"""

#: One term of each scheme, by which a question is narrowed.
ONE_TERM = {
    "condition": "diabetic-neuropathy",
    "mechanism": "opioid-system",
    "modality": "treadmill-running",
    "species": "rat",
}


def narrowed(params: Mapping[str, str]) -> dict[str, str]:
    """A value for each parameter that takes a term of one scheme."""
    schemes = {name: kind.removeprefix("term ") for name, kind in params.items()}
    return {name: ONE_TERM[scheme] for name, scheme in schemes.items() if scheme in ONE_TERM}


#: The rows of an answer, the same as texts, and what was searched.
Said = tuple[Any, list[dict[str, str]], str]


class StoreContract:
    """
    One store's promises; a subclass gives a store of the bundled graph as the fixture `any_store`.

    `narrows` is false for stores behind which Oxigraph itself answers: how it narrows an answer, one of them shows.
    """

    narrows = True

    def test_union_of_graphs_is_asked(self, any_store: Store, graph: Graph) -> None:
        """
        A query without GRAPH sees all named graphs: the vocabulary and the studies together.
        """
        studies = {
            quad.subject for quad in graph.quads if (quad.predicate, quad.object) == (iri("rdf:type"), epk("Study"))
        }
        ((count,),) = any_store.select(STUDIES).rows
        assert Literal(len(studies)) == count
        assert any_store.select(NARROWER).rows

    def test_binding_is_a_term_and_narrows(self, any_store: Store) -> None:
        """
        A bound variable keeps its value in every row.
        """
        rows = any_store.select(NARROWER, {"wide": term_iri("opioid-antagonist")}).rows
        assert {term_iri("opioid-antagonist")} == {wide for _, wide in rows}
        assert term_iri("naloxone") in {term for term, _ in rows}

    def test_hostile_text_stays_text(self, any_store: Store) -> None:
        """
        Quotes, braces and line breaks in a bound literal do not leave it.
        """
        query = (
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?s ?label WHERE { ?s skos:prefLabel ?label }"
        )
        hostile = Literal('" } UNION { ?s ?p ?label } #\n\\"')
        assert () == any_store.select(query, {"label": hostile}).rows

    def test_unbound_cell_is_none(self, any_store: Store) -> None:
        """
        A cell without a value is None, not an empty text.
        """
        query = "SELECT ?a ?b WHERE { VALUES (?a ?b) { (1 UNDEF) } }"
        (row,) = any_store.select(query).rows
        assert row == (Literal("1", datatype=iri("xsd:integer")), None)

    def test_construct_gives_triples(self, any_store: Store) -> None:
        """
        A CONSTRUCT query gives its triples.
        """
        query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
                   CONSTRUCT { ?b skos:narrower ?a } WHERE { ?a skos:broader ?b }"""
        assert any(triple.predicate == iri("skos:narrower") for triple in any_store.construct(query))

    def test_ask_is_decided(self, any_store: Store) -> None:
        """
        An ASK query is true or false, and no other query is one.
        """
        assert any_store.decide("ASK { ?s ?p ?o }") is True
        assert any_store.decide("ASK { ?s <https://example.org/nothing> ?o }") is False
        with pytest.raises(QueryFault):
            any_store.decide("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")

    def test_broken_query_is_refused(self, any_store: Store) -> None:
        """
        A syntax error is the asker's to put right.
        """
        with pytest.raises(QueryFault):
            any_store.select("SELECT ?s WHERE { ?s ?p")

    def test_graph_narrows(self, any_store: Store, store: OxigraphStore) -> None:
        """
        GRAPH finds the named graphs by their names.
        """
        query = """PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
                   SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a epk:Study } } ORDER BY ?g"""
        assert store.select(query).rows == any_store.select(query).rows != ()

    def test_no_group_without_a_row(self, any_store: Store) -> None:
        """
        GROUP BY over nothing gives no row, and counting nothing without GROUP BY gives nought.
        """
        nothing = "WHERE { ?s <https://example.org/nothing> ?o }"
        assert () == any_store.select(f"SELECT ?s (COUNT(?o) AS ?n) {nothing} GROUP BY ?s").rows
        assert ((Literal(0),),) == any_store.select(f"SELECT (COUNT(?o) AS ?n) {nothing}").rows

    def test_sub_select_keeps_its_names(self, any_store: Store) -> None:
        """
        A name that a sub-select does not select is another name than the same one outside, bound or not.
        """
        query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
                   SELECT ?term ?wide ?narrower WHERE {
                     ?term skos:broader ?wide .
                     { SELECT ?wide (COUNT(?term) AS ?narrower) { ?term skos:broader ?wide } GROUP BY ?wide } }"""
        rows = any_store.select(query, {"term": term_iri("naloxone")}).rows
        beneath = any_store.select(NARROWER, {"wide": term_iri("opioid-antagonist")}).rows
        assert ((term_iri("naloxone"), term_iri("opioid-antagonist"), Literal(len(beneath))),) == rows
        assert 1 < len(beneath)

    @pytest.mark.parametrize("name", [n for n in bundled_names() if bundled_question(n).is_construct])
    def test_constructed_graph_is_the_same_everywhere(self, name: str, any_store: Store, store: OxigraphStore) -> None:
        """
        Every store constructs the triples that Oxigraph constructs.
        """
        question = bundled_question(name)
        assert construct(store, question) == construct(any_store, question) != []

    @pytest.mark.parametrize("name", [n for n in bundled_names() if not bundled_question(n).is_construct])
    def test_named_question_has_the_same_rows_everywhere(
        self, name: str, any_store: Store, said_by_oxigraph: Callable[..., Said], vocabulary: Vocabulary
    ) -> None:
        """
        Every store gives the rows, labels and scope that Oxigraph gives, for any term and narrowed to one.
        """
        question = bundled_question(name)
        pinned = PINNED.get(name, {"in_scheme": "outcome"} if name == "terms" else {})
        both = [pinned, narrowed(question.header.params) | pinned]
        for given in both[: 2 if self.narrows and both[0] != both[1] else 1]:
            theirs = ask(any_store, question, given, vocabulary=vocabulary)
            assert said_by_oxigraph(name, **given) == (theirs.rows, theirs.texts(), theirs.searched)
