"""What "0 of n" can say: the exact upper bound of a share never seen, and how often chance leaves a cell empty.

Both are arithmetic on counts, apart from the graph, so that a reader can compute them again by hand.
"""

import random
from collections.abc import Mapping, Sequence

#: Below this expected count an empty cell is no surprise, and no p value is given.
LEAST_EXPECTED = 3.0
_DRAWS, _SWAPS_PER_ENTRY, _SEED = 999, 3, 20211

#: One study examined one mechanism.
Entry = tuple[str, str]


def upper_bound(n: int, level: float = 0.95) -> float | None:
    """
    The exact upper bound of a share of which 0 of `n` was seen; None if there was nothing to see it in.

    >>> upper_bound(1), round(upper_bound(10) or 0, 3), upper_bound(0)
    (0.95, 0.259, None)
    """
    if n <= 0:
        return None
    return round(1.0 - float((1.0 - level) ** (1.0 / n)), 12)


def expected(of_row: int, of_column: int, total: int) -> float:
    """The count that a cell would have if rows had nothing to do with columns."""
    return of_row * of_column / total if total else 0.0


def chance_of_empty(
    table: Sequence[Entry], classes: Mapping[str, frozenset[str]], cells: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """
    How often each cell (mechanism, class) is empty by chance, corrected over the cells by Holm's method.

    The table of studies and mechanisms keeps both margins: two entries exchange their mechanisms where neither study
    has the other's already. `classes` says to which classes a study belongs.
    """
    if not cells:
        return {}
    entries, present, draw = sorted(set(table)), set(table), random.Random(_SEED)  # noqa: S311 - no secret
    empty = dict.fromkeys(cells, 0)
    for _ in range(_DRAWS):
        for _ in range(_SWAPS_PER_ENTRY * len(entries)):
            _swap(entries, present, draw)
        seen = {(mechanism, name) for study, mechanism in entries for name in classes.get(study, ())}
        for cell in cells:
            empty[cell] += cell not in seen
    return _holm({cell: (1 + count) / (1 + _DRAWS) for cell, count in empty.items()})


def _swap(entries: list[Entry], present: set[Entry], draw: random.Random) -> None:
    one, two = draw.randrange(len(entries)), draw.randrange(len(entries))
    (study, mechanism), (other, another) = entries[one], entries[two]
    crossed = (study, another), (other, mechanism)
    if crossed[0] in present or crossed[1] in present:
        return
    present.difference_update((entries[one], entries[two]))
    present.update(crossed)
    entries[one], entries[two] = crossed


def _holm(values: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    corrected: dict[tuple[str, str], float] = {}
    largest = 0.0
    for place, (cell, p) in enumerate(sorted(values.items(), key=lambda item: (item[1], item[0]))):
        largest = max(largest, min(1.0, p * (len(values) - place)))
        corrected[cell] = largest
    return corrected
