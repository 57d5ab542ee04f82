"""The HTTP server with the patience and the limits of ours; only this module knows uvicorn."""

import asyncio
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

#: The longest head of a request, in bytes; longer queries come by POST.
_HEAD = 64_000
#: Within so many seconds a new connection has sent the head of its first request.
_PATIENCE = 15.0
_CONNECTIONS = 200


class PatientProtocol(H11Protocol):
    """A connection that is closed if nobody asks anything."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self.loop.call_later(_PATIENCE, self._look)

    def _look(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """A server that says when it listens, and when it is about to end, so that what still runs can be stopped."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._started, self._ending = started, ending

    async def startup(self, *given: Any, **named: Any) -> None:
        """Starts to listen."""
        await super().startup(*given, **named)
        self._started()

    async def shutdown(self, *given: Any, **named: Any) -> None:
        """Ends."""
        self._ending()
        await super().shutdown(*given, **named)


def server(app: ASGIApp, started: Callable[[], None], ending: Callable[[], None]) -> uvicorn.Server:
    """The server of an application, not yet listening."""
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEAD,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, started, ending)
