"""The vocabulary as a store holds it, so that terms are understood without reading the ontology's files."""

from pyoxigraph import NamedNode

from kg.evidence.vocabulary import TermEntry, Vocabulary
from kg.rdf.namespaces import SCHEME, TERM
from kg.store.protocol import Store

#: Every term with its scheme, its label and its synonyms.
TERMS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?scheme ?label ?other
WHERE { ?term skos:inScheme ?scheme ; skos:prefLabel ?label OPTIONAL { ?term skos:altLabel ?other } }
ORDER BY ?term ?other
"""


def store_vocabulary(store: Store) -> Vocabulary:
    """The terms of a store with scheme, label and synonyms."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for term, scheme, label, other in store.select(TERMS).rows:
        if isinstance(term, NamedNode) and term.value.startswith(TERM) and scheme is not None and label is not None:
            id = term.value.removeprefix(TERM)
            own = found.setdefault(id, (scheme.value.removeprefix(SCHEME), label.value, []))
            own[2].extend([other.value] if other is not None else [])
    return Vocabulary(
        {id: TermEntry(id, scheme, label, tuple(others)) for id, (scheme, label, others) in found.items()}
    )
