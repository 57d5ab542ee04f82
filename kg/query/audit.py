"""Checks of the built graph: queries in which a row is a fault, and the SHACL shapes.

Shapes say what each node must have (SHACL core); whatever needs to look across nodes is a query.
"""

from kg.query.answer import ask
from kg.query.question import question_from_file
from kg.query.shapes import validate
from kg.rdf.ontology import Ontology
from kg.rdf.write import union
from kg.store import Graph, Store


def graph_faults(store: Store, ontology: Ontology) -> list[str]:
    """Every row of every check query, in words, check by check."""
    lines: list[str] = []
    for file in sorted((ontology.root / "checks").glob("*.rq")):
        answer = ask(store, question_from_file(file), vocabulary=ontology.vocabulary)
        lines += [f"{file.stem}: {line}" for line in answer.sentences()]
    return lines


def shape_faults(graph: Graph, ontology: Ontology) -> list[str]:
    """What the SHACL shapes refuse in the union of a graph's named graphs, in words, one line a result, sorted."""
    shapes = ontology.shapes.read_text(encoding="utf-8")
    return [f"shape: {fault}" for fault in validate(union(graph.quads).decode(), shapes)]
