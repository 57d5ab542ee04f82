"""The IRIs of this project, made from ids in one place; nobody else writes an IRI."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from kg.evidence.reference import Publication

BASE = "https://w3id.org/exercise-pain-kg/"
EPK = BASE + "ontology#"
TERM = BASE + "term/"
SCHEME = BASE + "scheme/"
RULE = BASE + "rule/"
WORD = BASE + "word/"

PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "epk": EPK,
    "fabio": "http://purl.org/spar/fabio/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rule": RULE,
    "scheme": SCHEME,
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "term": TERM,
    "word": WORD,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(curie: str) -> NamedNode:
    """
    The IRI that a prefixed name stands for.

    >>> iri("skos:broader").value
    'http://www.w3.org/2004/02/skos/core#broader'
    """
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def epk(local: str) -> NamedNode:
    """A class or property of the ontology."""
    return NamedNode(EPK + local)


def word(local: str) -> NamedNode:
    """A word of one of the closed lists, such as the results of a finding."""
    return NamedNode(WORD + local)


def term_iri(id: str) -> NamedNode:
    """A term of the vocabulary."""
    return NamedNode(TERM + id)


def term_id(node: NamedNode) -> str | None:
    """The id of a term; None for anything that is not one."""
    return node.value.removeprefix(TERM) if node.value.startswith(TERM) else None


def pack_iri(pack: str) -> NamedNode:
    """A pack."""
    return NamedNode(f"{BASE}pack/{pack}")


def study_iri(pack: str, study: str, *, review: bool) -> NamedNode:
    """One teller's account of a study; the two tellings never share an IRI."""
    return NamedNode(f"{BASE}pack/{pack}/{'review' if review else 'paper'}/{study}")


def publication_iri(publication: "Publication", pack: str) -> NamedNode:
    """A publication: its DOI or PMID, so that one paper in two packs is one publication; else its place in the pack."""
    if publication.doi:
        return NamedNode("https://doi.org/" + quote(publication.doi.lower(), safe="/:;().-_"))
    if publication.pmid:
        return NamedNode(f"https://pubmed.ncbi.nlm.nih.gov/{publication.pmid}")
    return NamedNode(f"{BASE}pack/{pack}/reference/{publication.id}")


def graph_iri(name: str, pack: str | None = None) -> NamedNode:
    """A named graph: of a pack, or shared by all."""
    return NamedNode(f"{BASE}pack/{pack}/graph/{name}" if pack else f"{BASE}graph/{name}")


def child(parent: NamedNode, *steps: str | int) -> NamedNode:
    """A part of something, named by the steps that lead to it."""
    return NamedNode("/".join((parent.value, *map(str, steps))))
