"""Checks of the built graph: queries in which a row is a fault, and the SHACL shapes.

Shapes say what each node must have (SHACL core); whatever needs to look across nodes is a query.
"""

from kg.evidence.problem import KgError
from kg.query.answer import ask
from kg.query.question import question_from_file
from kg.rdf.ontology import Ontology
from kg.store import Graph, Store


class ShapesUnavailable(KgError):
    """The validator is not installed."""


def graph_faults(store: Store, ontology: Ontology) -> list[str]:
    """Every row of every check query, in words, check by check."""
    lines: list[str] = []
    for file in sorted((ontology.root / "checks").glob("*.rq")):
        answer = ask(store, question_from_file(file), vocabulary=ontology.vocabulary)
        lines += [f"{file.stem}: {line}" for line in answer.sentences()]
    return lines


def shape_faults(graph: Graph, ontology: Ontology) -> list[str]:
    """What the SHACL shapes refuse in a graph, one line a result, sorted."""
    try:
        from pyshacl import validate
        from rdflib import Graph as RdflibGraph
        from rdflib.namespace import RDF, SH
    except ImportError as error:
        raise ShapesUnavailable("checking shapes needs pyshacl: pip install 'exercise-pain-kg[shapes]'") from error
    data = RdflibGraph()
    data.parse(data=_triples(graph), format="nt")
    shapes = RdflibGraph()
    shapes.parse(str(ontology.shapes), format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    lines = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path = report.value(result, SH.focusNode), report.value(result, SH.resultPath)
        message = report.value(result, SH.resultMessage)
        lines.append(f"shape: {focus} {path or ''}: {message}")
    return sorted(lines)


def _triples(graph: Graph) -> str:
    """The union of the named graphs as N-Triples."""
    lines = {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in graph.quads}
    return "\n".join(sorted(lines))
