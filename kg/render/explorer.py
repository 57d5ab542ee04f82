"""The explorer: a network that one can look at, filter, ask and pass on, as one page that needs no network.

pyvis builds the network node by node and renders it through our template, not through its own, whose page fetches
scripts, escapes nothing and finds its picture by simulation. vis-network is taken from the wheel of pyvis. The script
draws what the data says; the table beside it says the same without scripts.
"""

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.evidence.problem import KgError, printable
from kg.rdf.namespaces import TERM
from kg.render.explorer_groups import Group
from kg.render.explorer_layout import COLUMNS, places
from kg.render.explorer_table import edge_terms, page_data
from kg.render.explorer_view import LEVELS, ShownEdge, ShownNode, View
from kg.render.page import page_environment
from kg.render.papers import Numbers

if TYPE_CHECKING:
    from pyvis.network import Network

#: How much of a label stands on the canvas; the panel and the table have all of it.
_MOST_SIGNS = 60


class ExplorerUnavailable(KgError):
    """What explorers are made with is not installed."""


def render_explorer(view: View) -> str:
    """The page of a view; the same view gives the same bytes."""
    try:
        from pyvis.network import Network
    except ImportError as error:
        raise ExplorerUnavailable("kg view needs pyvis: pip install 'exercise-pain-kg[view]'") from error
    made = Network(directed=True, cdn_resources="in_line")
    made.node_ids = _Ids()
    ids = _add_nodes(made, view)
    terms = Numbers(edge_terms(view))
    findings = Numbers(finding.iri for finding in view.findings)
    words = Numbers(
        sorted({w for edge in view.edges for w in (edge.relation, edge.sign, edge.rung, edge.bout, *edge.read)})
    )
    for edge in view.edges:
        made.add_edge(ids[edge.source], ids[edge.target], **_edge(edge, terms, findings, words))
        del made.edges[-1]["arrows"]  # every edge has one; the script says so once
    environment = page_environment("explorer", libraries=(_vis(),), parts=("stage",))
    environment.globals |= page_data(view, terms, words, findings)
    made.templateEnv, made.path = environment, "explorer.html"
    page: str = made.generate_html()
    return page + "\n"


class _Ids(list[int]):
    """The ids of the nodes of pyvis, which asks for each edge whether both its ends are among them."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[int] = set()

    def append(self, id: int) -> None:
        super().append(id)
        self._known.add(id)

    def __contains__(self, id: object) -> bool:
        return id in self._known


def _vis() -> str:
    """The newest library that draws in the wheel of pyvis, without the address of its map."""
    carried = [
        place for place in files("pyvis").joinpath("templates", "lib").iterdir() if place.name.startswith("vis-")
    ]
    newest = max(carried, key=lambda place: [int(part) for part in place.name.removeprefix("vis-").split(".")])
    text = newest.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    return text.rpartition("//# sourceMappingURL=")[0].rstrip() or text


def _add_nodes(made: "Network", view: View) -> dict[str, int]:
    """Adds groups and nodes, each with its place at every level where it stands; returns the number of each node."""
    groups = {group.id: group for group in view.groups.values()}
    rest = {iri: view.groups[iri].id if iri in view.groups else iri for iri in view.nodes}
    things: dict[str, Group | ShownNode] = {
        **groups,
        **{iri: node for iri, node in view.nodes.items() if iri not in view.groups},
    }
    at: dict[str, dict[str, tuple[int, int]]] = {}
    for level in LEVELS:
        kinds = {kind for column in COLUMNS[level] for kind in column}
        ends = [(rest[edge.source], rest[edge.target]) for edge in view.edges if level in edge.levels]
        present = {end for pair in ends for end in pair}
        shown = {id: (things[id].kind, things[id].label) for id in sorted(present) if things[id].kind in kinds}
        for id, place in places(level, shown, ends).items():
            at.setdefault(id, {})[level] = place
    sizes = Counter(group.id for group in view.groups.values())
    numbers = Numbers((*sorted(groups), *view.nodes))
    for id, number in numbers.items():
        one = groups[id] if id in groups else view.nodes[id]
        x, y = next(iter(at.get(rest.get(id, id), {}).values()), (0, 0))
        made.add_node(
            number, label=short(one.label), shape="box", color=None, x=x, y=y, at=at.get(id, {}), kind=one.kind,
            **{key: text for key, text in _texts(one, "" if id in groups else id).items() if text},
            **({"within": numbers[view.groups[id].id]} if id in view.groups else {}),
            **({"holds": sizes[id]} if id in groups else {}),
        )  # fmt: skip
    for node in made.nodes:
        del node["color"], node["shape"], node["x"], node["y"]  # the script knows the level, and whether it is dark
    return {iri: numbers[iri] for iri in view.nodes}


def _texts(one: "Group | ShownNode", iri: str) -> dict[str, str]:
    """What is to be read of a node beside its label on the canvas, as far as there is more."""
    name = printable(one.label)
    return {
        "name": name if name != short(one.label) else "",
        "means": printable(one.definition),
        "iri": printable(iri.replace(TERM, ":", 1)),
    }


def short(label: str) -> str:
    """A label as it stands on the canvas."""
    text = printable(label)
    return text if len(text) <= _MOST_SIGNS else text[: _MOST_SIGNS - 1] + "…"


def _edge(edge: ShownEdge, terms: Numbers, findings: Numbers, words: Numbers) -> dict[str, Any]:
    """What the script needs of an edge, in few signs; what people read of it stands in the table."""
    said = {"r": edge.relation, "s": edge.sign, "g": edge.rung, "b": edge.bout}
    lists = {
        "c": terms.of(edge.conditions), "p": terms.of((edge.species,)), "e": terms.of(edge.exercises),
        "f": findings.of(edge.findings), "d": words.of(edge.read), "y": list(edge.years),
    }  # fmt: skip
    told = {"paper": {}, "review": {"t": "r"}}.get(edge.telling, {"t": "q"})
    level = {} if edge.levels == LEVELS else {"l": "".join(level[1] for level in edge.levels)}
    return {
        **level, **told,
        **{name: words[text] for name, text in said.items() if text},
        **{name: held for name, held in lists.items() if held},
    }  # fmt: skip
