"""What edges of an explorer have in common: a look is all that is said of an edge apart from its ends and findings.

Of tens of thousands of edges few look different, so what a look says is worked out once.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.render.explorer_view import DRAWN, TOLD, ShownEdge


class Looks(NamedTuple):
    """Edges in three columns: the numbers of their ends and of their look; and an edge of each look by its number."""

    sources: list[int]
    targets: list[int]
    numbers: list[int]
    edges: list[ShownEdge]


def told_looks(edges: Sequence[ShownEdge], numbers: Mapping[str, int]) -> Looks:
    """The edges by how they look in the table; `numbers` has the number of each node."""
    sources = [numbers[edge.source] for edge in edges]
    targets = [numbers[edge.target] for edge in edges]
    return Looks(sources, targets, *_alike(edges, TOLD))


def drawn_looks(told: Looks) -> Looks:
    """The same edges by how they look in the picture and to its filters, which makes fewer looks."""
    of, kept = _alike(told.edges, DRAWN)
    return told._replace(numbers=[of[number] for number in told.numbers], edges=kept)


def _alike(edges: Sequence[ShownEdge], parts: slice) -> tuple[list[int], list[ShownEdge]]:
    """The number of the look of each edge, and the first edge of each look."""
    known: dict[object, int] = {}
    numbers = [known.setdefault(edge[parts], len(known)) for edge in edges]
    first = dict(zip(reversed(numbers), reversed(edges), strict=True))
    return numbers, [first[number] for number in range(len(known))]
