"""What stands around every answer: the name the server was called by is looked at, and each answer has safe headers.

A page of a stranger may give its own name the address of this machine (DNS rebinding) and would then read what is
served here. So a request that calls the server by another name than its own is refused.
"""

import re
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.reply import OWN_POLICY

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:]+))(?::\d*)?")
_HEADERS = {
    "Content-Security-Policy": OWN_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def host_name(header: str) -> str:
    """
    The name in a Host header, without its port and brackets (RFC 9110, section 7.2).

    >>> host_name("LocalHost:8765"), host_name("[::1]:8765"), host_name("[::1")
    ('localhost', '::1', '[::1')
    """
    found = _HOST.fullmatch(header.lower())
    return (found[1] or found[2]) if found else header


class GuardedApp:
    """An app that answers to its own names only, with safe headers on every answer."""

    def __init__(self, app: ASGIApp, knows: Callable[[str], bool]) -> None:
        self.app = app
        self.knows = knows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), _HEADERS.items())
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and self.knows(host_name(hosts[0])):
            await self.app(scope, receive, send_safely)
        else:
            words = "this server answers to its own address only; call it by the one it printed when it started\n"
            await PlainTextResponse(words, 421)(scope, receive, send_safely)


def _add(headers: MutableHeaders, wanted: Iterable[tuple[str, str]]) -> None:
    for name, value in wanted:
        headers.setdefault(name, value)
