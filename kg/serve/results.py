"""Answers to queries in the formats of the standards: rows, truth, triples."""

import json
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

from kg.rdf.namespaces import PREFIXES
from kg.store.protocol import Node, Solutions

_JSON = "application/sparql-results+json"
_ROWS = {
    _JSON: QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
_TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}
ROWS, TRIPLES = tuple(_ROWS), tuple(_TRIPLES)
TRUTH = tuple(media for media, format in _ROWS.items() if format in (QueryResultsFormat.JSON, QueryResultsFormat.XML))
#: Short names, for links, which cannot say what they accept.
SHORT: Mapping[str, str] = {
    "json": _JSON, "xml": "application/sparql-results+xml", "csv": "text/csv", "tsv": "text/tab-separated-values",
    "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json", "rdf": "application/rdf+xml",
}  # fmt: skip


def write_rows(found: Solutions, media: str) -> bytes:
    """Rows in the format that a media type names."""
    rows = [
        {name: _cell(node) for name, node in zip(found.variables, row, strict=True) if node is not None}
        for row in found.rows
    ]
    return _formatted({"head": {"vars": list(found.variables)}, "results": {"bindings": rows}}, media)


def write_truth(truth: bool, media: str) -> bytes:
    """Yes or no in the format that a media type names."""
    return _formatted({"head": {}, "boolean": truth}, media)


def write_triples(triples: Iterable[Triple], media: str) -> bytes:
    """Triples, each once, in the format that a media type names."""
    format = _TRIPLES[media]
    prefixes = PREFIXES if format.name != "N-Triples" else None
    return serialize(sorted(set(triples), key=str), format=format, prefixes=prefixes) or b""


def _cell(node: Node) -> dict[str, str]:
    """A term (SPARQL 1.1 Query Results JSON Format, section 3.2.2)."""
    if not isinstance(node, Literal):
        return {"type": "uri", "value": node.value}
    if node.language:
        return {"type": "literal", "value": node.value, "xml:lang": node.language}
    if node.datatype == Literal("").datatype:
        return {"type": "literal", "value": node.value}
    return {"type": "literal", "value": node.value, "datatype": node.datatype.value}


def _formatted(answer: object, media: str) -> bytes:
    """The engine reads JSON and writes the other formats, so that the rules for their marks are its and not ours."""
    data = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if _ROWS[media] == QueryResultsFormat.JSON:
        return data
    return parse_query_results(data, format=QueryResultsFormat.JSON).serialize(format=_ROWS[media]) or b""
