"""Any SPARQL 1.1 endpoint by its URL, with the same rows as a store in the process.

Queries see the union of the graphs. Where the endpoint's default graph holds all that its named graphs hold, it is
asked as it is; elsewhere the protocol's `default-graph-uri` names every graph, and `named-graph-uri` names them again,
so that GRAPH finds them (SPARQL 1.1 Protocol, section 2.1.4). Going through a list of graphs is slow on most engines.
"""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from functools import cached_property
from http.client import HTTPException, HTTPResponse

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.store.bind import with_terms
from kg.store.oxigraph import plain
from kg.store.protocol import Node, QueryFault, Solutions, StoreFault

_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
_APART = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
_QUADS = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_WORDS = 300


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An endpoint that sends its callers elsewhere is not the endpoint that was named."""

    def redirect_request(self, *_: object) -> None:
        return None


class RemoteStore:
    """A store behind a URL; it is asked, never written to."""

    def __init__(self, url: str, *, timeout: float = 60.0, most_bytes: int = 200_000_000) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise StoreFault(f"{url}: an endpoint begins with http:// or https://")
        self.url = url
        self.timeout = timeout
        self.most_bytes = most_bytes
        self._opener = urllib.request.build_opener(_NoRedirect)

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""
        return self._rows(with_terms(query, bindings or {}), self._graphs)

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT query."""
        data = self._post(query, _NTRIPLES, self._graphs)
        try:
            for quad in parse(data, format=RdfFormat.N_TRIPLES):
                yield quad.triple
        except SyntaxError as error:
            raise StoreFault(f"{self.url}: answers with what is not N-Triples, or with half of it: {error}") from error

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
        result = self._result(query, self._graphs)
        if not isinstance(result, QueryBoolean):
            raise QueryFault("is not an ASK query")
        return bool(result)

    def quads(self) -> Iterator[Quad]:
        """Every quad of the endpoint's named graphs."""
        for subject, predicate, object, graph in self._rows(_QUADS, ()).rows:
            if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(graph, NamedNode):
                yield Quad(subject, predicate, object, graph)  # type: ignore[arg-type]

    @cached_property
    def _graphs(self) -> tuple[str, ...]:
        """The graphs to be listed with a query: none where the default graph holds what all of them hold."""
        apart = self._result(_APART, ())
        if not isinstance(apart, QueryBoolean):
            raise StoreFault(f"{self.url}: answers an ASK with rows; is it a SPARQL endpoint?")
        if not apart:
            return ()
        rows = self._rows(_GRAPHS, ()).rows
        return tuple(node.value for (node,) in rows if isinstance(node, NamedNode))

    def _rows(self, query: str, graphs: tuple[str, ...]) -> Solutions:
        result = self._result(query, graphs)
        if not isinstance(result, QuerySolutions):
            raise QueryFault("is not a SELECT query")
        names = tuple(variable.value for variable in result.variables)
        try:
            return Solutions(names, tuple(tuple(plain(row[name]) for name in names) for row in result))
        except SyntaxError as error:
            raise self._half(error) from error

    def _result(self, query: str, graphs: tuple[str, ...]) -> QuerySolutions | QueryBoolean:
        try:
            return parse_query_results(self._post(query, _JSON, graphs), format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise self._half(error) from error

    def _half(self, error: SyntaxError) -> StoreFault:
        return StoreFault(f"{self.url}: answers with what is not a result, or with half of it: {error}")

    def _post(self, query: str, accept: str, graphs: tuple[str, ...]) -> bytes:
        kinds = ("default-graph-uri", "named-graph-uri")
        fields = [("query", query), *((kind, graph) for kind in kinds for graph in graphs)]
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self.url,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                return self._read(response, accept)
        except urllib.error.HTTPError as error:
            words = error.read(_WORDS).decode("utf-8", "replace").strip().replace("\n", " ")
            if error.code == 400:
                raise QueryFault(f"is refused by {self.url}: {words}") from error
            if 300 <= error.code < 400:
                place = error.headers.get("Location", "another place")
                raise StoreFault(f"{self.url}: leads to {place}; give that address if you trust it") from error
            raise StoreFault(f"{self.url}: answers with status {error.code}: {words}") from error
        except TimeoutError as error:
            raise StoreFault(f"{self.url}: did not answer within {self.timeout:g} seconds") from error
        except urllib.error.URLError as error:
            raise StoreFault(f"{self.url}: cannot be reached: {error.reason}") from error
        except (HTTPException, OSError) as error:
            raise StoreFault(f"{self.url}: broke off its answer: {error}") from error

    def _read(self, response: HTTPResponse, accept: str) -> bytes:
        kind = response.headers.get_content_type()
        if kind != accept:
            raise StoreFault(f"{self.url}: answers with {kind} where {accept} is due; is it a SPARQL endpoint?")
        data = response.read(self.most_bytes + 1)
        if len(data) > self.most_bytes:
            raise StoreFault(f"{self.url}: answers with more than {self.most_bytes:,} bytes; narrow the question")
        if len(data) < int(response.headers.get("Content-Length") or 0):
            raise StoreFault(f"{self.url}: broke off its answer after {len(data):,} bytes")
        return data
