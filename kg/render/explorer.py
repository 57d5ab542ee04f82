"""The explorer: a network that one can look at, filter, ask and pass on, as one page that needs no network.

pyvis builds the network node by node and renders it through our template, not through its own, whose page fetches
scripts, escapes nothing and finds its picture by simulation. vis-network is taken from the wheel of pyvis. The script
draws what the data says; the table beside it says the same without scripts.
"""

from importlib.resources import files

from kg.evidence.problem import KgError
from kg.render.explorer_edges import add_edges
from kg.render.explorer_looks import told_looks
from kg.render.explorer_nodes import add_nodes, things_of
from kg.render.explorer_table import page_data
from kg.render.explorer_view import View
from kg.render.page import page_environment
from kg.render.papers import Numbers


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
    things = things_of(view)
    told = told_looks(view.edges, things.numbers)
    add_nodes(made, things)
    add_edges(made, told)
    findings = Numbers(finding.iri for finding in view.findings)
    environment = page_environment("explorer", libraries=(_vis(),), parts=("stage",))
    environment.globals |= page_data(view, things, told, findings)
    made.templateEnv, made.path = environment, "explorer.html"
    page: str = made.generate_html()
    return page + "\n"


class _Ids(set[int]):
    """The ids of the nodes of pyvis, which looks for each new one among all before it."""

    append = set.add


def _vis() -> str:
    """The newest library that draws in the wheel of pyvis, without the address of its map."""
    carried = [
        place for place in files("pyvis").joinpath("templates", "lib").iterdir() if place.name.startswith("vis-")
    ]
    newest = max(carried, key=lambda place: [int(part) for part in place.name.removeprefix("vis-").split(".")])
    text = newest.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    return text.rpartition("//# sourceMappingURL=")[0].rstrip() or text
