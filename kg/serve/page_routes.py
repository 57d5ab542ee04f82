"""The first page, the style of the server's own pages, and the pages of `kg.render` at their addresses."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.endpoint import left
from kg.serve.fault import RequestFault
from kg.serve.live import Live
from kg.serve.rendered import PAGES, Page
from kg.serve.reply import policy_of, reply
from kg.serve.template import FOLDER, fill

_HTML = "text/html"


async def home(request: Request) -> Response:
    """The first page: what there is."""
    live: Live = request.app.state.live
    served = await live.now()
    await request.app.state.site.now()  # who comes here is likely to go on to the site, so it is begun
    pages = [page for page in PAGES if _offered(page, live)]
    body = fill("home.html", pages=pages, digest=served.place.digest)
    return reply(request, body, _HTML)


def _offered(page: Page, live: Live) -> bool:
    return live.location is None or not page.bundled


async def style(request: Request) -> Response:
    """The style sheet of the server's own pages."""
    return reply(request, (FOLDER / "live.css").read_bytes(), "text/css")


def rendered(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """What answers at the address of a page of `kg.render`."""

    async def show(request: Request) -> Response:
        live: Live = request.app.state.live
        if not _offered(page, live):
            words = "this page is made from the curated files that ship with kg, and another graph is served"
            raise RequestFault(404, words)
        served = await live.now()
        body = await served.kept(page.path, lambda store: page.make(store).encode(), lambda: left(request))
        return reply(request, body, page.media, policy=policy_of(body))

    return show
