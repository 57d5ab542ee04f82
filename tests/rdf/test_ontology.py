"""The ontology and the vocabulary: complete, consistent, and the only place where names of the domain live."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.rdf.namespaces import EPK, TERM, WORD, iri
from kg.rdf.ontology import Ontology, OntologyError
from kg.store import Graph

QUESTIONS = sorted((Path(__file__).resolve().parents[2] / "kg" / "query").rglob("*.rq"))
ALIGNED_BY = ("rdfs:seeAlso", "rdfs:subClassOf", "rdfs:subPropertyOf")
#: Where the vocabularies live whose names were looked up before they were used.
READ = (
    EPK, "http://data.cochrane.org/ontologies/pico/", "http://hl7.org/fhir/study-design#",
    "http://id.nlm.nih.gov/mesh/", "http://prismstandard.org/namespaces/basic/2.0/", "http://purl.obolibrary.org/obo/",
    "http://purl.org/dc/", "http://purl.org/spar/", "http://qudt.org/schema/qudt/",
    "http://semanticscience.org/resource/SIO_", "http://www.w3.org/", "http://xmlns.com/foaf/0.1/",
    "https://schema.org/", "https://w3id.org/biolink/vocab/", "https://w3id.org/sssom/",
)  # fmt: skip
OBSOLETE = {"HP_0031005", "MONDO_0004870", "MONDO_0002566"}
LABEL, DEFINITION = iri("rdfs:label"), (iri("rdfs:comment"), iri("skos:definition"))


def declared(ontology: Ontology) -> dict[str, set[str]]:
    """Every name of the ontology with the kinds of annotation it has."""
    found: dict[str, set[str]] = {}
    for quad in ontology.quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith((EPK, WORD)):
            found.setdefault(quad.subject.value, set()).add(quad.predicate.value)
    return found


def test_every_class_property_and_word_in_use_is_declared(ontology: Ontology, graph: Graph) -> None:
    """
    Whatever the graph says with a name of ours is declared with a label and a definition.
    """
    used = {
        node.value
        for quad in graph.quads
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith((EPK, WORD))
    }
    known = declared(ontology)
    assert set() == used - set(known)
    for name in sorted(used):
        assert LABEL.value in known[name], name
        assert known[name] & {node.value for node in DEFINITION}, name


def test_every_name_in_rules_and_checks_is_declared(ontology: Ontology) -> None:
    """
    A rule that misspells a property finds nothing and says nothing; so each name must be known.
    """
    known = set(declared(ontology))
    for file in [*ontology.rules, *(ontology.root / "checks").glob("*.rq"), *QUESTIONS]:
        text = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        for curie in re.findall(r"\b(?:epk|word):[A-Za-z][\w-]*", text):
            assert iri(curie).value in known, f"{file.name}: {curie}"


def test_every_term_has_label_definition_and_place(ontology: Ontology) -> None:
    """
    One English label, one English definition, one scheme, and either a broader term or the top of its scheme.
    """
    facts: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for quad in ontology.quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(TERM):
            assert isinstance(quad.object, (NamedNode, Literal))
            facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    assert 500 < len(facts)
    for term, own in facts.items():
        for curie in ("skos:prefLabel", "skos:definition"):
            (text,) = own[iri(curie).value]
            assert isinstance(text, Literal) and "en" == text.language, term
        assert 1 == len(own[iri("skos:inScheme").value]), term
        top, broader = (iri(curie).value in own for curie in ("skos:topConceptOf", "skos:broader"))
        assert top != broader, term


def test_a_relief_domain_is_never_about_another_kind_of_pain(ontology: Ontology) -> None:
    """
    Which domains count as relief is a decision of its own; a change to it is a change of every conclusion.
    """
    relief = {
        quad.subject.value.removeprefix(TERM)
        for quad in ontology.quads
        if quad.predicate.value == EPK + "reliefDomain" and isinstance(quad.object, Literal) and quad.object.value == "true"
        and isinstance(quad.subject, NamedNode)
    }  # fmt: skip
    assert {"evoked-withdrawal", "neuropathic-pain-intensity-domain", "experimental-pain"} == relief


def test_every_class_and_property_of_ours_is_explained_and_aligned(ontology: Ontology) -> None:
    """
    Each has one English label and definition, and stands beside names of others or says why there is none; never both.
    """
    declared_as = {f"owl:{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    kinds = {iri(kind).value for kind in declared_as}
    facts: dict[str, dict[str, list[str]]] = {}
    for quad in ontology.quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            facts.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    names = {name for name, own in facts.items() if name.startswith(EPK) and kinds & set(own[iri("rdf:type").value])}
    assert 250 < len(names)
    for name in sorted(names):
        own = facts[name]
        for curie in ("rdfs:label", "skos:definition"):
            assert 1 == len(own.get(iri(curie).value, [])), f"{name}: {curie}"
        alike = [value for curie in ALIGNED_BY for value in own.get(iri(curie).value, []) if not value.startswith(EPK)]
        reason = own.get(EPK + "noAlignment", [])
        assert bool(alike) != bool(reason), name
        assert 1 >= len(reason), name


def test_alignments_lead_to_known_places(ontology: Ontology) -> None:
    """
    Names of others are those of vocabularies that were read, and none of them is known to be out of use.
    """
    aligned_by = {iri(curie).value for curie in ALIGNED_BY}
    for quad in ontology.quads:
        if quad.predicate.value in aligned_by and isinstance(quad.object, NamedNode):
            assert quad.object.value.startswith(READ), quad.object.value
            assert quad.object.value.rpartition("/")[2] not in OBSOLETE, quad.object.value


def test_broken_turtle_names_file_line_and_column(tmp_path: Path) -> None:
    """
    A fault in the ontology is reported where it is.
    """
    (tmp_path / "terms").mkdir()
    (tmp_path / "exercise-pain.ttl").write_text("@prefix a: <http://a/> .\na:b a:c \n")
    with pytest.raises(OntologyError, match=r"exercise-pain\.ttl:\d+:\d+: "):
        _ = Ontology(tmp_path).quads


def test_missing_ontology_is_one_clear_fault(tmp_path: Path) -> None:
    """
    A folder without an ontology says which file is missing.
    """
    with pytest.raises(OntologyError, match=r"exercise-pain\.ttl: cannot be read"):
        _ = Ontology(tmp_path).quads


def test_shapes_are_core_only(ontology: Ontology) -> None:
    """
    No SPARQL in the shapes: what needs it is a check query.
    """
    for triple in parse(path=str(ontology.shapes), format=RdfFormat.TURTLE):
        assert "http://www.w3.org/ns/shacl#sparql" != triple.predicate.value
