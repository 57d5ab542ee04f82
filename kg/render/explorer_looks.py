"""What edges of an explorer have in common: a look is all that is said of an edge apart from its ends and findings.

Of tens of thousands of edges few look different, so what a look says is worked out once.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.render.explorer_view import ShownEdge


class Looks(NamedTuple):
    """Edges in three columns: the numbers of their ends and of their look; and an edge of each look by its number."""

    sources: list[int]
    targets: list[int]
    numbers: list[int]
    edges: list[ShownEdge]


def told_looks(edges: Iterable[ShownEdge], numbers: Mapping[str, int]) -> Looks:
    """The edges by how they look in the table; `numbers` has the number of each node."""
    looks = Looks([], [], [], [])
    known: dict[object, int] = {}
    for edge in edges:
        looks.sources.append(numbers[edge.source])
        looks.targets.append(numbers[edge.target])
        number = known.setdefault(edge.told, len(known))
        if number == len(looks.edges):
            looks.edges.append(edge)
        looks.numbers.append(number)
    return looks


def drawn_looks(told: Looks) -> Looks:
    """The same edges by how they look in the picture and to its filters, which makes fewer looks."""
    known: dict[object, int] = {}
    kept: list[ShownEdge] = []
    of = []
    for edge in told.edges:
        number = known.setdefault(edge.drawn, len(known))
        if number == len(kept):
            kept.append(edge)
        of.append(number)
    return told._replace(numbers=[of[number] for number in told.numbers], edges=kept)
