"""The edges of an explorer as its script takes them, in few signs: columns of numbers, and looks that many edges share.

A look is all that is filtered by and drawn from, apart from the ends of an edge and its findings.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.render.explorer_looks import Looks
from kg.render.explorer_view import LEVELS, ShownEdge, View
from kg.render.papers import Numbers

if TYPE_CHECKING:
    from pyvis.network import Network


def add_edges(made: "Network", told: Looks) -> None:
    """
    Puts the edges into the list that pyvis keeps.

    `add_edge` would ask for each whether both its ends are there, and look for them in a list of all nodes.
    """
    made.edges.extend({"from": a, "to": b} for a, b in zip(told.sources, told.targets, strict=True))


def edge_data(view: View, drawn: Looks, findings: Numbers) -> dict[str, object]:
    """What the script is told of edges beside their ends: the look of each, and its findings."""
    told = {"findings": [findings.of(edge.findings) for edge in view.edges]} if findings else {}
    return {"look": drawn.numbers, **told}


def edge_ends(edges: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    """The ends of the edges that pyvis holds, in two columns."""
    held = list(edges)
    return {end: [edge[end] for edge in held] for end in ("from", "to")}


def edge_words_used(edges: Iterable[ShownEdge]) -> Numbers:
    """The words of edges by number."""
    return Numbers(sorted({word for edge in edges for word in _words(edge)}))


def _words(edge: ShownEdge) -> tuple[str, ...]:
    return (edge.relation, edge.sign, edge.rung, edge.bout, *edge.read)


def edge_look(edge: ShownEdge, terms: Numbers, words: Numbers) -> dict[str, Any]:
    """What the script needs of the look of an edge; what people read of it stands in the table."""
    said = {"r": edge.relation, "s": edge.sign, "g": edge.rung, "b": edge.bout}
    lists = {
        "c": terms.of(edge.conditions), "p": terms.of((edge.species,)), "e": terms.of(edge.exercises),
        "d": words.of(edge.read), "y": list(edge.years),
    }  # fmt: skip
    told = {"paper": {}, "review": {"t": "r"}}.get(edge.telling, {"t": "q"})
    level = {} if edge.levels == LEVELS else {"l": "".join(level[1] for level in edge.levels)}
    return {
        **level, **told,
        **{name: words[text] for name, text in said.items() if text},
        **{name: held for name, held in lists.items() if held},
    }  # fmt: skip
