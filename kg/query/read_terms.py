"""Reads the vocabulary of any store, by queries that every engine answers alike and quickly.

What would have to be subtracted inside a query is asked by itself and left out here.
"""

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.evidence.vocabulary import TermEntry, Vocabulary
from kg.query.terms import Scheme, Terms, Tie, Uses
from kg.rdf.namespaces import BASE, EPK, SCHEME, TERM
from kg.store.protocol import Store

_PREFIXES = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX epk: <{EPK}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_SCHEMES = """
SELECT ?scheme ?label ?definition
WHERE { ?scheme a skos:ConceptScheme ; skos:prefLabel ?label ; skos:definition ?definition } ORDER BY ?scheme
"""
_TERMS = """
SELECT ?term ?scheme ?label ?definition
WHERE { ?term skos:inScheme ?scheme ; skos:prefLabel ?label ; skos:definition ?definition } ORDER BY ?term
"""
_SYNONYMS = "SELECT ?term ?name WHERE { ?term skos:inScheme ?scheme ; skos:altLabel ?name } ORDER BY ?term STR(?name)"
_BROADER = "SELECT ?term ?wider WHERE { ?term skos:inScheme ?scheme ; skos:broader ?wider } ORDER BY ?term ?wider"
_TIES = """
SELECT ?term ?tie ?label ?other
WHERE {
  ?term skos:inScheme ?scheme . ?term ?tie ?other . ?other skos:inScheme ?its . ?tie rdfs:label ?label
  FILTER(?tie NOT IN (skos:broader, epk:within))
}
ORDER BY ?term STR(?label) ?other
"""
_WIDER_TIES = "SELECT ?narrow ?tie WHERE { ?narrow rdfs:subPropertyOf ?tie } ORDER BY ?narrow ?tie"
#: What the rules conclude is not counted as use.
_USES = """
SELECT DISTINCT ?term ?node
WHERE {
  ?term skos:inScheme ?scheme . ?node ?use ?term
  FILTER(?use NOT IN (epk:conditionClass, epk:lowersMechanism, epk:marker, epk:raisesMechanism))
}
"""
_DERIVED = "SELECT DISTINCT ?node WHERE { ?node epk:rule ?rule }"
_STUDY = re.compile(re.escape(BASE) + "pack/([^/]+)/(?:paper|review)/([^/]+)")
_STATEMENT = re.compile(re.escape(BASE) + "pack/([^/]+)/statement/([^/]+)")


def read_terms(store: Store) -> Terms:
    """The vocabulary of a store."""
    schemes = {id: Scheme(id, label, definition) for id, (label, definition) in _rows(store, _SCHEMES, SCHEME)}
    synonyms, broader = _pairs(store, _SYNONYMS), _pairs(store, _BROADER)
    entries, definitions = {}, {}
    for id, (scheme, label, definition) in _rows(store, _TERMS, TERM):
        own = scheme.removeprefix(SCHEME)
        entries[id] = TermEntry(id, own, label, synonyms.get(id, ()), broader.get(id, ()))
        definitions[id] = definition
    return Terms(schemes, Vocabulary(entries), definitions, _ties(store), _all_uses(store))


def _rows(store: Store, query: str, base: str) -> Iterator[tuple[str, list[str]]]:
    """The rows that are full and begin with a name below `base`: the rest of that name, and the other cells."""
    for first, *rest in store.select(_PREFIXES + query).rows:
        cells = [cell.value for cell in rest if cell is not None]
        if isinstance(first, NamedNode) and first.value.startswith(base) and len(cells) == len(rest):
            yield first.value.removeprefix(base), cells


def _pairs(store: Store, query: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for id, (other,) in _rows(store, query, TERM):
        found.setdefault(id, []).append(other.removeprefix(TERM))
    return {id: tuple(others) for id, others in found.items()}


def _ties(store: Store) -> dict[str, tuple[Tie, ...]]:
    rows = [(id, *cells) for id, cells in _rows(store, _TIES, TERM)]
    wider: dict[str, list[str]] = {}
    for narrow, (tie,) in _rows(store, _WIDER_TIES, ""):
        wider.setdefault(narrow, []).append(tie)
    implied = {(id, tie, node) for id, narrow, _, node in rows for tie in wider.get(narrow, ())}
    found: dict[str, list[Tie]] = {}
    for id, tie, label, node in rows:
        if (id, tie, node) not in implied:
            other = node.removeprefix(TERM)
            found.setdefault(id, []).append(Tie(label, other, incoming=False))
            found.setdefault(other, []).append(Tie(label, id, incoming=True))
    return {id: tuple(ties) for id, ties in found.items()}


def _all_uses(store: Store) -> dict[str, Uses]:
    studies: dict[str, set[tuple[str, str]]] = {}
    statements: dict[str, set[tuple[str, str]]] = {}
    derived = {node for node, _ in _rows(store, _DERIVED, "")}
    for id, (node,) in _rows(store, _USES, TERM):
        for pattern, found in ((_STUDY, studies), (_STATEMENT, statements)):
            if node not in derived and (place := pattern.match(node)):
                found.setdefault(id, set()).add((place[1], place[2]))
    named = sorted(studies.keys() | statements.keys())
    return {id: Uses(frozenset(studies.get(id, ())), frozenset(statements.get(id, ()))) for id in named}
