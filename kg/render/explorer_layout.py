"""Where the things of an explorer stand at rest: in columns from exercise on the left to outcomes on the right.

Worked out when the page is made, so that every reader sees the same picture, and sees it at once. Within a column
things stand in the order of what they are tied to, so that few edges cross.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

#: The columns of each level, left to right, and the kinds that stand in each.
COLUMNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "mechanism": (("exercise", "agent", "first"), ("mechanism", "marker", "other"), ("outcome", "last")),
    "marker": (("exercise", "agent", "first"), ("marker",), ("mechanism", "other"), ("outcome", "last")),
}
#: How far apart columns stand at each level, and how much room a thing takes: one line of its label, two, and at most.
ACROSS: Mapping[str, int] = {"mechanism": 420, "marker": 390}
DOWN, TWO_LINES, MOST_DOWN = 46, 64, 110
#: With more signs a label stands in two lines; its mark and the number of things in a group stand beside it.
_ONE_LINE = 34
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
    rooms = [[TWO_LINES if len(things[id][1]) > _ONE_LINE else DOWN for id in column] for column in columns]
    tallest = max(map(sum, rooms))
    return {
        id: (across * ACROSS[level], y)
        for across, column in enumerate(columns)
        for id, y in zip(column, _stacked(rooms[across], tallest), strict=True)
    }


def _stacked(rooms: Sequence[int], tallest: int) -> list[int]:
    """Where the things of a column stand, by the room that each takes: a short column spreads out."""
    spread = max(1.0, min(MOST_DOWN / DOWN, 0.8 * tallest / sum(rooms))) if len(rooms) > 1 else 1.0
    ends = list(accumulate(rooms))
    return [round((end - room / 2 - ends[-1] / 2) * spread) for end, room in zip(ends, rooms, strict=True)]


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
