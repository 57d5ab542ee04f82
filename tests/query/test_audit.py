"""The check queries: silent on the bundled graph, and each finds the fault it is there for."""

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.query.audit import graph_faults
from kg.rdf.namespaces import PREFIXES, graph_iri
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.store import OxigraphStore

HEAD = (
    "\n".join(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())
    + "\n@prefix ex: <http://example.org/> .\n"
)
#: For each check, a few triples in which it must find exactly one fault.
FAULTY = {
    "broader-circle": "ex:a skos:broader ex:a .",
    "concept-without-definition": 'ex:a a skos:Concept ; skos:prefLabel "a" ; skos:inScheme ex:s .',
    "derived-without-source": "ex:a a epk:Bridge ; epk:rule ex:r . ex:r a epk:Rule .",
    "finding-without-reading": "ex:f a epk:Finding ; epk:inStudy ex:s . ex:s epk:publication ex:p .",
    "label-twice": 'ex:a skos:inScheme ex:s ; skos:prefLabel "x" . ex:b skos:inScheme ex:s ; skos:prefLabel "x" .',
    "outcome-without-domain": "ex:a a epk:Outcome ; epk:domain ex:d .",
    "review-lifts-a-rung": "ex:a a epk:Assessment ; epk:neededIn ex:e . ex:e epk:inStudy ex:s . "
    "ex:s epk:telling word:review-telling .",
}  # fmt: skip
CHECKS = sorted(path.stem for path in (bundled_ontology() / "checks").glob("*.rq"))


def faults(turtle: str, ontology: Ontology) -> list[str]:
    graph = graph_iri("vocabulary")
    quads = [Quad(t.subject, t.predicate, t.object, graph) for t in parse(HEAD + turtle, format=RdfFormat.TURTLE)]
    return graph_faults(OxigraphStore.in_memory(quads), ontology)


@pytest.mark.parametrize("check", CHECKS)
def test_check_finds_its_fault(check: str, ontology: Ontology) -> None:
    """
    A graph with one fault gives one line, which begins with the check's name and names the culprit.
    """
    (line,) = faults(FAULTY[check], ontology)
    assert line.startswith(f"{check}: ") and "http://example.org/" in line


def test_bundled_graph_has_no_fault(store: OxigraphStore, ontology: Ontology) -> None:
    """
    The graph that ships is clean.
    """
    assert [] == graph_faults(store, ontology)


def test_empty_graph_has_no_fault(ontology: Ontology) -> None:
    """
    Nothing is not wrong.
    """
    assert [] == faults("", ontology)


def test_every_check_says_what_it_wants() -> None:
    """
    A check has a summary, since its line is all that a curator sees.
    """
    for path in (bundled_ontology() / "checks").glob("*.rq"):
        assert path.read_text(encoding="utf-8").startswith("#+ summary: "), path
