"""Starts the server: every fault of the request is said before it listens, and an interrupt ends it cleanly."""

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evidence.problem import KgError
from kg.serve.live import Limits, Live, find_place

if TYPE_CHECKING:
    import uvicorn

_WORDS = {
    errno.EADDRINUSE: "something else listens there already; end it, or give another port with --port",
    errno.EADDRNOTAVAIL: "this machine has no such address; give one of its own with --host",
    errno.EACCES: "the system does not allow it; give a port above 1023 with --port",
}
#: What this machine is called by itself.
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ServeFault(KgError):
    """The server cannot be started."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address of the first page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def serve(
    location: str | None,
    *,
    host: str,
    port: int,
    limits: Limits,
    site: Path | None = None,
    packs: Sequence[Path] = (),
    started: Callable[[Address, bool], None],
) -> None:
    """
    Serves the graph at `location` until it is interrupted.

    Below `/site/` is the site in the folder `site`, or else one made from the graph, of which `packs` are the files.
    `started` is told the address once it listens, and whether others than this machine may reach it.
    """
    try:
        from kg.serve.app import build_app
        from kg.serve.live_site import FolderSite, LiveSite
        from kg.serve.patient import server
    except ImportError as error:
        raise ServeFault("kg serve needs starlette and uvicorn: pip install 'exercise-pain-kg[serve]'") from error
    if site is not None and not site.is_dir():
        raise ServeFault(f"{site}: is no folder of pages")
    with _listen(host, port) as listener:
        own, bound = listener.getsockname()[:2]
        local = ipaddress.ip_address(own).is_loopback
        place = find_place(location)
        live = Live(location, limits, place)
        pages = FolderSite(site) if site else LiveSite(live, packs)
        address = Address(host, bound)

        def stop() -> None:
            live.stop()
            pages.stop()

        app = build_app(live, _names(host, own), pages)
        _run(server(app, lambda: started(address, not local), stop), listener, stop)


def _run(server: "uvicorn.Server", listener: socket.socket, stop: Callable[[], None]) -> None:
    try:
        asyncio.run(server.serve(sockets=[listener]))
    except KeyboardInterrupt:
        pass  # the server has ended before it says so
    finally:
        stop()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise ServeFault(f"{host}: is no address that this machine knows; give another with --host") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        words = _WORDS.get(error.errno or 0, error.strerror or str(error))
        raise ServeFault(f"{Address(host, port).url}: cannot be listened to: {words}") from error
    return listener


def _names(host: str, own: str) -> Callable[[str], bool]:
    """By which names the server may be called: those of loopback, the one it was given, any number if it has many."""
    names = {*LOOPBACK, host.lower(), own}
    every = ipaddress.ip_address(own).is_unspecified

    def knows(name: str) -> bool:
        return name in names or (every and _is_number(name))

    return knows


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
