"""Times the check of the bundled graph against its shapes: `kg`'s engine and pySHACL, in turn, in one run.

    .venv/bin/python scripts/bench/shapes.py

Each call is whole: from the graph in memory and the shapes on disk to a sorted list of faults. The best of five calls
of ours and of three of pySHACL is printed, and their ratio. Needs the dev extra.
"""

import time
from collections.abc import Callable

import pyshacl
from rdflib import Graph

from kg.query.audit import shape_faults
from kg.rdf.write import union
from kg.store import Project


def best(call: Callable[[], list[str]], times: int) -> float:
    """The seconds of the quickest of several calls, each of which must find nothing."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        found = call()
        seconds.append(time.perf_counter() - start)
        if found:
            raise SystemExit(f"the bundled graph breaks its shapes: {found[0]}")
    return min(seconds)


def main() -> None:
    """Prints both times and their ratio."""
    project = Project.bundled()
    graph = project.graph()

    def reference() -> list[str]:
        data = Graph().parse(data=union(graph.quads), format="nt")
        shapes = Graph().parse(project.ontology.shapes)
        conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        return [] if conforms else [text]

    ours = best(lambda: shape_faults(graph, project.ontology), 5)
    theirs = best(reference, 3)
    print(f"{len(graph.quads):,} quads: kg {ours:.3f} s, pySHACL {theirs:.3f} s, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
