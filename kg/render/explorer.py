"""The explorer: a network that one can look at, filter, ask and pass on, as one page that needs no network.

pyvis builds the network node by node and renders it through our template, not through its own, whose page fetches
scripts, escapes nothing and finds its picture by simulation. vis-network is taken from the wheel of pyvis. The script
draws what the data says; the table beside it says the same without scripts.
"""

from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.evidence.problem import KgError
from kg.render.explorer_edges import add_edges
from kg.render.explorer_looks import told_looks
from kg.render.explorer_nodes import add_nodes, things_of
from kg.render.explorer_table import page_data
from kg.render.explorer_view import View
from kg.render.page import page_environment
from kg.render.page_files import Site, page_files
from kg.render.papers import Numbers

if TYPE_CHECKING:
    from pyvis.network import Network


class ExplorerUnavailable(KgError):
    """What explorers are made with is not installed."""


def can_draw() -> bool:
    """Whether what explorers are made with is installed."""
    return find_spec("pyvis") is not None


def render_explorer(view: View) -> str:
    """The page of a view, all in one; the same view gives the same bytes."""
    page: str = _network(view).generate_html()
    return page + "\n"


def explorer_files(view: View, site: Site) -> dict[str, bytes]:
    """The page of a view and the files that it loads, within a site."""
    made = _network(view, site.page_of)
    data = {"nodes": made.nodes, "edges": made.edges}
    return page_files(made.templateEnv, "explorer", site, made.generate_html, data)


def _network(view: View, page_of: Callable[[str], str] | None = None) -> "Network":
    """The network as pyvis holds it, with our template and all that the template needs."""
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
    if page_of:
        environment.globals["data"]["pages"] = [page_of(id) for id in things.all]  # type: ignore[index]
    made.templateEnv, made.path = environment, "explorer.html"
    return made


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
