"""The site below `/site/`, live: made once for each state of the graph, in the background, and served as files.

A site is thousands of pages and takes longer than a request may, so it lies in a folder that ends with the server.
Until the first one is whole, a page says how far it is; after a new build the pages of the old graph stay until those
of the new one are whole.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kg.serve.fault import RequestFault
from kg.serve.live import Live
from kg.serve.negotiate import best
from kg.serve.site import Site
from kg.serve.site_maker import Making
from kg.serve.template import fill

_AGAIN = "a new build of the graph is tried by itself; else put it right, end the server and start it again"
_HTML, _PLAIN = "text/html", "text/plain"
#: So many seconds lie between two lines that tell how far the pages are.
_PACE = 0.5


class FolderSite:
    """A site that somebody else made, as it lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._site = Site(folder)

    async def now(self) -> Site:
        """The pages."""
        return self._site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with a file."""
        await self._site(scope, receive, send)

    def stop(self) -> None:
        """Does nothing: the folder is not ours."""


class LiveSite:
    """The site of the graph that is served now."""

    def __init__(self, live: Live, packs: Sequence[Path]) -> None:
        self._live, self._packs = live, packs
        self._newest: Making | None = None
        self._shown: Making | None = None
        self._before: Making | None = None

    async def now(self) -> Site | None:
        """The pages, if they are there; those of a new graph are begun, and take the place when they are whole."""
        await self._turn()
        return self._shown.site if self._shown else None

    async def _turn(self) -> Making:
        place = (await self._live.now()).place
        if self._newest is None or self._newest.place is not place:
            old, self._newest = self._newest, Making(place, self._packs, self._live.limits.memory)
            if old and old is not self._shown:
                await asyncio.to_thread(old.stop)
        if self._newest.site and self._newest is not self._shown:
            # files of the pages that were shown may still be on their way, so their folder goes one turn later
            gone, self._before, self._shown = self._before, self._shown, self._newest
            if gone:
                await asyncio.to_thread(gone.stop)
        return self._newest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with a page, with how far the pages are, or with why there are none."""
        making = await self._turn()
        if making.fault:
            raise RequestFault(500, f"the pages cannot be made: {making.fault}\n{_AGAIN}")
        if self._shown and self._shown.site:
            await self._shown.site(scope, receive, send)
        else:
            await _not_yet(Request(scope, receive), making)(scope, receive, send)

    def stop(self) -> None:
        """Ends what is being made, and removes every folder."""
        for making in {self._newest, self._shown, self._before} - {None}:
            making.stop()  # type: ignore[union-attr]


def _not_yet(request: Request, making: Making) -> Response:
    """The answer while the first pages are made: to people one that goes on until they are there."""
    if request.method != "GET" or best(request.headers.get("accept"), (_PLAIN, _HTML)) != _HTML:
        raise RequestFault(503, f"the pages are being made ({making.words}); ask again in a few seconds")
    headers = {"Cache-Control": "no-store", "Retry-After": "5", "Vary": "Accept"}
    return StreamingResponse(_told(making), 503, headers, media_type=_HTML)


async def _told(making: Making) -> AsyncIterator[bytes]:
    """A page that grows by a line each time there is news, and calls itself up again when the pages are there."""
    begin, end = fill("making.html").split(b"<!-- news -->")
    yield begin
    told = ""
    while making.runs:
        if making.words != told:
            told = making.words
            yield fill("news.html", words=told)
        await asyncio.sleep(_PACE)
    yield fill("news.html", words="")
    yield end
