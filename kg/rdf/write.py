"""Quads as files: N-Quads for machines, TriG for people, plain triples for tools without graphs; and their digest."""

import hashlib
from collections.abc import Iterable

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize

from kg.rdf.namespaces import PREFIXES


def sorted_nquads(quads: Iterable[Quad]) -> bytes:
    """The quads as canonical N-Quads (RDFC-1.0, W3C Recommendation 2024), one a line, in code point order."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = {serialize([quad], format=RdfFormat.N_QUADS) or b"" for quad in dataset}
    return b"".join(sorted(lines))


def trig(quads: Iterable[Quad]) -> bytes:
    """The quads as TriG, graph by graph and subject by subject, with short names."""
    ordered = sorted(set(quads), key=lambda q: (str(q.graph_name), str(q.subject), _type_first(q), str(q.object)))
    return serialize(ordered, format=RdfFormat.TRIG, prefixes=PREFIXES) or b""


def union(quads: Iterable[Quad]) -> bytes:
    """The triples of all graphs as N-Triples; a triple of two graphs stands twice."""
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def _type_first(quad: Quad) -> str:
    return "" if quad.predicate.value.endswith("#type") else str(quad.predicate)


def digest(nquads: bytes) -> str:
    """The SHA-256 of canonical N-Quads: the same for every serialisation of the same graph."""
    return hashlib.sha256(nquads).hexdigest()
