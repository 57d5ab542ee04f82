"""The nodes and groups of an explorer as its script takes them, each with its place at every level where it stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.evidence.problem import printable
from kg.rdf.namespaces import TERM
from kg.render.explorer_groups import Group
from kg.render.explorer_layout import COLUMNS, places
from kg.render.explorer_looks import Looks
from kg.render.explorer_view import LEVELS, ShownNode, View
from kg.render.papers import Numbers

if TYPE_CHECKING:
    from pyvis.network import Network

#: How much of a label stands on the canvas; the panel and the table have all of it.
_MOST_SIGNS = 60
Places = dict[int, dict[str, tuple[int, int]]]


class Things(NamedTuple):
    """All that can be drawn, groups first: each by its address or id, numbered, and where each node is at rest."""

    all: Mapping[str, Group | ShownNode]
    numbers: Mapping[str, int]
    groups: Mapping[str, int]
    rest: list[int]


def things_of(view: View) -> Things:
    """What a view draws; each group has the number of nodes that it holds."""
    groups = dict(sorted({group.id: group for group in view.groups.values()}.items()))
    held = Counter(group.id for group in view.groups.values())
    numbers = Numbers((*groups, *view.nodes))
    rest = [numbers[view.groups[id].id] if id in view.groups else number for id, number in numbers.items()]
    return Things({**groups, **view.nodes}, numbers, {id: held[id] for id in groups}, rest)


def add_nodes(made: "Network", things: Things) -> None:
    """Adds groups and nodes to pyvis one by one."""
    for number, one in enumerate(things.all.values()):
        made.add_node(number, short(_name(one)))


def node_data(things: Things, looks: Looks) -> dict[str, object]:
    """What the script is told of groups and nodes beside their labels: of all in columns, of few by their number."""
    shown = things.all.values()
    return {
        "kind": [one.kind for one in shown],
        "iri": [printable(id.replace(TERM, ":", 1)) for id in things.all if id not in things.groups],
        "within": [place if place != number else -1 for number, place in enumerate(things.rest)][len(things.groups) :],
        "holds": list(things.groups.values()),
        "at": _places(things, looks),
        "means": {at: printable(one.definition) for at, one in enumerate(shown) if one.definition},
        "name": {at: name for at, name in enumerate(map(_name, shown)) if len(name) > _MOST_SIGNS},
    }


def _places(things: Things, looks: Looks) -> Places:
    """Where each group, and each node that is in none, stands at each level."""
    rest, ids, at = things.rest.__getitem__, list(things.all), Places()
    ends = set(zip(map(rest, looks.sources), map(rest, looks.targets), looks.numbers, strict=True))
    for level in LEVELS:
        kinds = {kind for column in COLUMNS[level] for kind in column}
        tied = sorted({(ids[a], ids[b]) for a, b, look in ends if level in looks.edges[look].levels})
        present = {id: things.all[id] for id in sorted({end for pair in tied for end in pair})}
        shown = {id: (one.kind, one.label) for id, one in present.items() if one.kind in kinds}
        for id, place in places(level, shown, tied).items():
            at.setdefault(things.numbers[id], {})[level] = place
    return at


def _name(one: Group | ShownNode) -> str:
    return printable(one.label)


def short(name: str) -> str:
    """A label as it stands on the canvas."""
    return name if len(name) <= _MOST_SIGNS else name[: _MOST_SIGNS - 1] + "…"


def node_labels(nodes: Iterable[Mapping[str, Any]]) -> list[str]:
    """The labels of the nodes that pyvis holds, in their order."""
    return [node["label"] for node in nodes]
