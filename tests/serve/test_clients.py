"""Clients that others wrote, and our own, get from `kg serve` what the store holds."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.cli import main
from kg.rdf.namespaces import EPK
from kg.store import OxigraphStore, RemoteStore, Store
from tests.contracts.store import StoreContract
from tests.servers.kg import kg_serving

STUDIES = f"SELECT ?s WHERE {{ ?s a <{EPK}Study> }} ORDER BY ?s"
BROADER = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> CONSTRUCT { ?a skos:broader ?b } { ?a skos:broader ?b }"


@pytest.fixture(scope="module")
def endpoint(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of a server with the limits that it has by itself."""
    log = tmp_path_factory.mktemp("clients") / "stderr"
    with kg_serving("--store", str(built), log=log) as (url, _):
        yield f"{url}sparql"
    assert "Traceback" not in log.read_text(), log.read_text()


class TestOwnRemoteStore(StoreContract):
    """Our own client, which keeps the contract of stores: every named question has the rows that Oxigraph gives."""

    narrows = False

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, endpoint: str) -> Store:
        return RemoteStore(endpoint)


def test_kg_query_asks_kg_serve(endpoint: str) -> None:
    """
    The endpoint is a place for --store.
    """
    ours, theirs = (
        CliRunner().invoke(main, ["query", "studies", "--format", "csv", *more], catch_exceptions=False).stdout
        for more in ((), ("--store", endpoint))
    )
    assert ours == theirs != ""


def wrapper(endpoint: str, query: str, format: str, method: str = GET, how: str = URLENCODED) -> Any:
    made = SPARQLWrapper(endpoint)
    made.setQuery(query)
    made.setReturnFormat(format)
    made.setMethod(method)
    made.setRequestMethod(how)
    return made


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_reads_every_format(endpoint: str, store: OxigraphStore, method: str, how: str) -> None:
    """
    Rows as JSON, XML and CSV, by GET, as a form and directly.
    """
    expected = [node.value for (node,) in store.select(STUDIES).rows if node]
    found = wrapper(endpoint, STUDIES, JSON, method, how).queryAndConvert()
    assert expected == [row["s"]["value"] for row in found["results"]["bindings"]]
    document = wrapper(endpoint, STUDIES, XML, method, how).queryAndConvert()
    assert expected == [node.firstChild.data for node in document.getElementsByTagName("uri")]
    assert ["s", *expected] == wrapper(endpoint, STUDIES, CSV, method, how).queryAndConvert().decode().split()


@pytest.mark.parametrize("format", [TURTLE, N3, "rdf+xml", "json-ld"])
def test_sparqlwrapper_reads_triples(endpoint: str, store: OxigraphStore, format: str) -> None:
    """
    CONSTRUCT comes in a format that the client reads.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the client's own, of RDFLib
        found = wrapper(endpoint, BROADER, format).queryAndConvert()
    triples = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert len(set(store.construct(BROADER))) == len(triples)


def test_sparqlwrapper_meets_refusals_as_its_own_exceptions(endpoint: str) -> None:
    """
    A broken query and one that would leave the graph are badly formed to the client, with our words.
    """
    for query, words in (("SELECT ?s { ?s", "error at"), ("ASK { SERVICE <http://a/> { ?s ?p ?o } }", "SERVICE asks")):
        with pytest.raises(QueryBadFormed, match=words):
            wrapper(endpoint, query, JSON).query()
    update = wrapper(endpoint, "DROP ALL", JSON, POST)
    with pytest.raises(Exception, match="403"):
        update.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format", ["json", "xml", "csv"])
def test_rdflib_asks_the_endpoint_like_a_graph_of_its_own(
    endpoint: str, store: OxigraphStore, method: Any, format: str
) -> None:
    """
    Patterns, SPARQL and length, through RDFLib's client.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=format))
        study = rdflib.URIRef(f"{EPK}Study")
        expected = {node.value for (node,) in store.select(STUDIES).rows if node}
        assert expected == {str(node) for node in graph.subjects(rdflib.RDF.type, study)}
        assert expected == {str(row[0]) for row in graph.query(STUDIES)}
