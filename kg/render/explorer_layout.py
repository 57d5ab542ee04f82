"""Where the things of an explorer stand at rest: in columns from exercise on the left to outcomes on the right.

Worked out when the page is made, so that every reader sees the same picture, and sees it at once. Within a column
things stand in the order of what they are tied to, so that few edges cross.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

#: The columns of each level, left to right, and the kinds that stand in each.
COLUMNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "mechanism": (("exercise", "agent", "first"), ("mechanism", "marker", "other"), ("outcome", "last")),
    "marker": (("exercise", "agent", "first"), ("marker",), ("mechanism", "other"), ("outcome", "last")),
}
ACROSS, DOWN, MOST_DOWN = 460, 48, 110
_SWEEPS = 8


def places(
    level: str, things: Mapping[str, tuple[str, str]], ties: Iterable[tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    """The place of each thing at a level; `things` has kind and label of each, `ties` join two things."""
    ties = list(ties)
    things = _ended(things, ties)
    columns = [
        sorted((id for id, (kind, _) in things.items() if kind in kinds), key=lambda one: _key(things, kinds, one))
        for kinds in COLUMNS[level]
    ]
    near: defaultdict[str, set[str]] = defaultdict(set)
    for source, target in ties:
        if source != target and source in things and target in things:
            near[source].add(target)
            near[target].add(source)
    for sweep in range(_SWEEPS):
        order = columns if sweep % 2 == 0 else columns[::-1]
        for here in range(len(order)):
            _settle(order, here, near, things, COLUMNS[level] if sweep % 2 == 0 else COLUMNS[level][::-1])
    tallest = (max(map(len, columns)) - 1) * DOWN
    return {
        id: (across * ACROSS, round((down - (len(column) - 1) / 2) * _step(len(column), tallest)))
        for across, column in enumerate(columns)
        for down, id in enumerate(column)
    }


def _step(things: int, tallest: int) -> float:
    """How far apart the things of a column stand: a short column spreads out, beside the tallest."""
    return DOWN if things < 2 else max(DOWN, min(MOST_DOWN, 0.8 * tallest / (things - 1)))


def _ended(things: Mapping[str, tuple[str, str]], ties: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The things; one of no known kind stands first if nothing leads to it, and last if it leads nowhere."""
    starts, ends = {source for source, _ in ties}, {target for _, target in ties}
    place = {(True, False): "first", (False, True): "last"}
    return {
        id: (place.get((id in starts, id in ends), kind) if kind == "other" else kind, label)
        for id, (kind, label) in things.items()
    }


def _key(things: Mapping[str, tuple[str, str]], kinds: Sequence[str], id: str) -> tuple[int, str, str]:
    kind, label = things[id]
    return kinds.index(kind), label.lower(), id


def _settle(
    columns: Sequence[list[str]],
    here: int,
    near: Mapping[str, set[str]],
    things: Mapping[str, tuple[str, str]],
    kinds: Sequence[Sequence[str]],
) -> None:
    """Sorts a column by the middle of what each of its things is tied to in the others; kinds stay together."""
    middles = {
        id: down - (len(column) - 1) / 2
        for at, column in enumerate(columns)
        if at != here
        for down, id in enumerate(column)
    }

    def place(id: str) -> tuple[int, float, str, str]:
        tied = [middles[other] for other in sorted(near.get(id, ())) if other in middles]
        kind, label = things[id]
        return kinds[here].index(kind), sum(tied) / len(tied) if tied else 0.0, label.lower(), id

    columns[here].sort(key=place)
