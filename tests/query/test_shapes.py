"""The SHACL shapes: the bundled graph keeps to them, each is broken by its file, and our engine says what pySHACL says."""

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node
from rdflib.util import from_n3

from kg.query.audit import shape_faults
from kg.query.shapes import validate
from kg.rdf.namespaces import EPK
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.rdf.write import union
from kg.store import Graph as BuiltGraph

VIOLATIONS = sorted((Path(__file__).resolve().parents[1] / "shapes" / "violations").glob("*.ttl"))
SHAPE = "https://w3id.org/exercise-pain-kg/shape/"
#: Focus node, path, message, value and constraint component of a result.
Result = tuple[Node | None, str, str, Node | None, str]


@cache
def shapes_text() -> str:
    return Ontology(bundled_ontology()).shapes.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes, parsed once."""
    return Graph().parse(data=shapes_text(), format="turtle")


def reference(data: Graph, shapes: Graph) -> tuple[bool, Graph]:
    """The verdict and the report of pySHACL."""
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return conforms, report


def path_text(path: Node | None, report: Graph) -> str:
    """A SHACL path (section 2.3.1) in the syntax of SPARQL."""
    if path is None or isinstance(path, URIRef):
        return path.n3() if path else ""
    if inverse := report.value(path, SH.inversePath):
        return f"^{path_text(inverse, report)}"
    (either,) = report.objects(path, SH.alternativePath)
    return f"({'|'.join(path_text(part, report) for part in Collection(report, either))})"


def results(report: Graph, shapes: Graph) -> list[Result]:
    """
    The results of a report, with the messages of the shapes.

    What stands in a result as detail is no result of its own, and what pySHACL says where a shape has no message is
    its own choice of words.
    """
    found: list[Result] = []
    for result in report.objects(None, SH.result):
        focus, path, value, component = (
            report.value(result, part) for part in (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent)
        )
        messages = [text for text in report.objects(result, SH.resultMessage) if (None, SH.message, text) in shapes]
        message = " ".join(sorted(map(str, messages)))
        found.append((focus, path_text(path, report), message, value, str(component)))
    return sorted(found, key=str)


def our_results(ntriples: str) -> list[Result]:
    """What our engine finds, in the same terms."""
    found: list[Result] = []
    for fault in validate(ntriples, shapes_text()):
        value = from_n3(fault.value) if fault.value else None
        found.append((from_n3(fault.focus), fault.path, fault.message, value, fault.component))
    return sorted(found, key=str)


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
    One node, wrong in one way, is refused by the shape of its class, and alike by both engines.
    """
    data = Graph().parse(file)
    conforms, report = reference(data, shapes)
    assert not conforms
    sources = {source for result in report.objects(None, SH.result)
               for source in report.objects(result, SH.sourceShape)}  # fmt: skip
    assert any(URIRef(SHAPE + file.stem) in home(source, shapes) for source in sources)
    assert results(report, shapes) == our_results(data.serialize(format="nt"))


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


def damaged(graph: BuiltGraph) -> str:
    """The bundled graph with every 50th triple lost and every 70th leading astray."""
    lines = sorted(set(union(graph.quads).decode().splitlines()))
    for place in range(0, len(lines) - 1, 70):
        subject, predicate, _ = lines[place].split(" ", 2)
        lines[place] = f"{subject} {predicate} {lines[place * 31 % len(lines)].split(' ', 2)[2]}"
    return "\n".join(line for number, line in enumerate(lines, 1) if number % 50)


def test_both_engines_find_the_same_in_a_damaged_graph(graph: BuiltGraph, shapes: Graph) -> None:
    """
    Hundreds of faults of many kinds: the same nodes, paths, values, messages and constraints.
    """
    ntriples = damaged(graph)
    _, report = reference(Graph().parse(data=ntriples, format="nt"), shapes)
    ours = our_results(ntriples)
    assert 200 < len(ours)
    assert 8 <= len({component for *_, component in ours})
    assert results(report, shapes) == ours


def test_a_fault_is_told_in_one_line() -> None:
    """
    Node, path, message and value stand in the line that a curator reads; without a message, the constraint does.
    """
    data = f'<x:w> a <{EPK}Word> ; <http://www.w3.org/2000/01/rdf-schema#label> "a"@de .'
    lines = [str(fault) for fault in validate(Graph().parse(data=data).serialize(format="nt"), shapes_text())]
    assert "<x:w>: Breaks PatternConstraintComponent." == lines[0]
    label = "A word has exactly one “label”: text marked as English."
    assert f'<x:w> <http://www.w3.org/2000/01/rdf-schema#label>: {label} Found: "a"@de' == lines[1]


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
