"""Validates a graph against SHACL shapes; only this module knows which engine does it.

The engine is the package `shacl`, compiled code. The tests compare every result of it with those of pySHACL, which is
the reference and many times slower (docs/decisions/0005-server-and-shapes.md).
"""

from dataclasses import dataclass

from kg.evidence.problem import KgError


class ShapesUnavailable(KgError):
    """The validator is not installed."""


@dataclass(frozen=True, order=True, slots=True)
class ShapeFault:
    """One validation result (SHACL, section 3.6.2): terms in N-Triples, the path in SPARQL; empty is without."""

    focus: str
    path: str
    message: str
    value: str
    component: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.focus, self.path) if part)
        words = self.message or f"Breaks {self.component.rpartition('#')[2]}."
        return f"{place}: {words}" + (f" Found: {self.value}" if self.value not in ("", self.focus) else "")


def validate(ntriples: str, shapes: str) -> list[ShapeFault]:
    """What shapes, in Turtle, refuse in data, in N-Triples: sorted, without inference."""
    try:
        from shacl import Shapes
    except ImportError as error:
        raise ShapesUnavailable(
            "shapes are not checked: that needs the package shacl; pip install 'exercise-pain-kg[shapes]'"
        ) from error
    report = Shapes.from_text(shapes).validate_text(ntriples, "ntriples")
    return sorted(
        ShapeFault(
            result.focus_node, result.path or "", " ".join(result.messages), result.value or "", result.component_iri
        )
        for result in report.results
    )
