"""What the endpoint says of itself: SPARQL 1.1 Service Description, and VoID for the graph behind it."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.namespaces import iri
from kg.store.protocol import Store

_SD, _VOID, _FORMATS = (
    "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#", "http://www.w3.org/ns/formats/"
)  # fmt: skip
_SIZES = "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_WRITTEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def describe(store: Store, url: str) -> Iterator[Triple]:
    """The description of the endpoint at `url`; the default graph is the union of the named ones, which are listed."""
    service, dataset, union = (NamedNode(f"{url}#{part}") for part in ("service", "dataset", "union"))
    yield Triple(service, iri("rdf:type"), _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(url))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for written in _WRITTEN:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + written))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, iri("rdf:type"), _sd("Dataset"))
    yield Triple(dataset, iri("rdf:type"), _void("Dataset"))
    yield Triple(dataset, _void("sparqlEndpoint"), NamedNode(url))
    yield Triple(dataset, _sd("defaultGraph"), union)
    yield Triple(union, iri("rdf:type"), _sd("Graph"))
    for number, (name, size) in enumerate(store.select(_SIZES).rows, start=1):
        if isinstance(name, NamedNode) and isinstance(size, Literal):
            yield from _named(dataset, NamedNode(f"{url}#graph-{number}"), name, size)


def _named(dataset: NamedNode, part: NamedNode, name: NamedNode, size: Literal) -> Iterator[Triple]:
    held = NamedNode(f"{part.value}-triples")
    yield Triple(dataset, _sd("namedGraph"), part)
    yield Triple(part, iri("rdf:type"), _sd("NamedGraph"))
    yield Triple(part, _sd("name"), name)
    yield Triple(part, _sd("graph"), held)
    yield Triple(held, iri("rdf:type"), _sd("Graph"))
    yield Triple(held, _void("triples"), size)


def _sd(local: str) -> NamedNode:
    return NamedNode(_SD + local)


def _void(local: str) -> NamedNode:
    return NamedNode(_VOID + local)
