"""A remote store whose engine is not Oxigraph: Apache Jena keeps the contract too."""

import urllib.error
import urllib.parse
import urllib.request

import pytest
from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from kg.rdf.namespaces import graph_iri
from kg.store import RemoteStore, Store
from tests.contracts.store import StoreContract

ANYTHING = "ASK { ?s ?p ?o }"


class TestJena(StoreContract):
    """Jena behind a URL."""

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, jena: str) -> Store:
        return RemoteStore(jena)


def asked(url: str, **fields: str) -> bool:
    with urllib.request.urlopen(f"{url}?{urllib.parse.urlencode(fields)}", timeout=20) as response:
        result = parse_query_results(response.read(), format=QueryResultsFormat.JSON)
    assert isinstance(result, QueryBoolean)
    return bool(result)


def test_its_default_graph_is_not_the_union(jena: str) -> None:
    """
    This server's own default graph is empty: rows come back only because the store names the graphs to be merged.
    """
    assert not asked(jena, query=ANYTHING)
    assert asked(jena, query=ANYTHING, **{"default-graph-uri": graph_iri("vocabulary").value})
    assert not asked(jena, query=ANYTHING, **{"default-graph-uri": "http://example.org/no-such-graph"})


def test_what_is_no_query_is_refused_by_status(jena: str) -> None:
    """
    The server speaks the protocol's own language of refusal.
    """
    with pytest.raises(urllib.error.HTTPError, match="400"):
        asked(jena, query="ASK {")
