"""One rung cell, one conflict and one gap of a graph, drawn by lot for whoever works them out again by hand.

The lot falls on what has the least hash together with the seed: another result in the graph leaves it where it is,
unless that one has a smaller hash still.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis import Conflict, climb, find_conflicts
from kg.analysis.gaps import find_gaps
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of one kind: its address or addresses, and the commands that print it."""

    kind: str
    key: tuple[str, ...]
    commands: tuple[str, ...]


def draw_results(store: Store, seed: str) -> tuple[Drawn, ...]:
    """One result of each kind, the same for the same seed and graph."""
    mechanism, condition, group = cell = _lot(seed, "ladder", (cell.key for cell in climb(store, findings=False)))
    conflicts = {(each.iri,): each for each in find_conflicts(store)}
    conflict = _lot(seed, "conflict", conflicts)
    system, place = gap = _lot(seed, "gap", _gaps(store))
    where = f"--mechanism {_id(mechanism)} --condition {_id(condition)}"
    return (
        Drawn("ladder", cell, (f"kg ladder {where} --species {_id(group)}",)),
        Drawn("conflict", conflict, (_command(conflicts[conflict]),)),
        Drawn("gap", gap, (f"kg gaps --mechanism {_id(system)} --condition {_id(place)} --format sentences",)),
    )


def _gaps(store: Store) -> Iterator[tuple[str, ...]]:
    """The mechanism and class of each cell that is called a gap of any kind."""
    for mechanism, cell in find_gaps(store).cells:
        if cell.kinds:
            yield mechanism.iri, cell.condition.iri


def _command(conflict: Conflict) -> str:
    where = f' --condition "{conflict.condition_class}"' if conflict.condition_class else ""
    return f'kg conflicts --kind {conflict.kind} --measured "{conflict.question}"{where} --format tsv'


def _lot(seed: str, kind: str, keys: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return min(keys, key=lambda key: hashlib.sha256(" ".join((seed, kind, *key)).encode()).digest())


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]
