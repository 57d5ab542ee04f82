"""The SHACL shapes: the bundled graph keeps to them, and each is broken by the file made to break it."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from kg.query.audit import shape_faults
from kg.rdf.ontology import Ontology
from kg.store import Graph as BuiltGraph

VIOLATIONS = sorted((Path(__file__).resolve().parents[1] / "shapes" / "violations").glob("*.ttl"))
SHAPE = "https://w3id.org/exercise-pain-kg/shape/"


@pytest.fixture(scope="module")
def shapes(ontology: Ontology) -> Graph:
    """The shapes, parsed once."""
    found = Graph()
    found.parse(data=ontology.shapes.read_text(encoding="utf-8"), format="turtle")
    return found


def home(shape: Node, shapes: Graph) -> set[Node]:
    """A property shape and every shape that holds it, at any depth."""
    found, open_ = {shape}, [shape]
    while open_:
        for holder in shapes.subjects(None, open_.pop()):
            if holder not in found:
                found.add(holder)
                open_.append(holder)
    return found


@pytest.mark.parametrize("file", VIOLATIONS, ids=lambda path: path.stem)
def test_file_breaks_the_shape_it_is_named_after(file: Path, shapes: Graph) -> None:
    """
    One node, wrong in one way, is refused by the shape of its class.
    """
    data = Graph()
    data.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    conforms, report, _ = validate(data, shacl_graph=shapes, inference="none")
    assert not conforms
    assert isinstance(report, Graph)
    sources = {source for result in report.subjects(RDF.type, SH.ValidationResult)
               for source in report.objects(result, SH.sourceShape)}  # fmt: skip
    assert any(URIRef(SHAPE + file.stem) in home(source, shapes) for source in sources)


def test_every_node_shape_has_a_file_that_breaks_it(shapes: Graph) -> None:
    """
    No shape is there for show.
    """
    named = {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(RDF.type, SH.NodeShape) if SHAPE in str(shape)}
    assert {path.stem for path in VIOLATIONS} == named


def test_bundled_graph_keeps_to_the_shapes(graph: BuiltGraph, ontology: Ontology) -> None:
    """
    Curated and derived nodes alike.
    """
    assert [] == shape_faults(graph, ontology)


def test_every_class_in_the_graph_has_a_shape(graph: BuiltGraph, shapes: Graph) -> None:
    """
    A node of a class of ours that no shape targets would be checked by nobody.
    """
    targeted = {str(target) for target in shapes.objects(None, SH.targetClass)}
    used = {
        quad.object.value
        for quad in graph.quads
        if quad.predicate.value == str(RDF.type) and "/pack/" in str(quad.subject) and "ontology#" in str(quad.object)
    }
    assert set() == used - targeted
