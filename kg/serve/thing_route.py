"""The address of a thing of the graph: it leads to the page that tells of it, or to its place among the terms."""

from urllib.parse import quote

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.rdf.namespaces import BASE, term_id
from kg.render.site.addresses import thing_place


async def thing(request: Request) -> Response:
    """Leads on; until the pages are there a term leads to the list of terms, which has all of them."""
    node = NamedNode(BASE + request.path_params["local"])
    path, _, anchor = thing_place(node.value).partition("#")
    if not path:
        raise HTTPException(404)
    site, term = await request.app.state.site.now(), term_id(node)
    if term and not (site and site.has(path)):
        return RedirectResponse(f"/terms#{quote(term)}", 303)
    return RedirectResponse(f"/site/{quote(path)}{anchor and '#'}{quote(anchor)}", 303)
