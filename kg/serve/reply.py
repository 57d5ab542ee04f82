"""Answers with the headers they share: what may be kept, by which mark it is known, and what a page may load."""

import hashlib
import html
import re

from starlette.requests import Request
from starlette.responses import Response

#: What the server's own pages may load: its style sheet.
OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: What a page without a policy of its own may load: files beside it, and no script in the page.
FILE_POLICY = "default-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
#: What a script may do that a page runs as a worker, which obeys the policy it came with and not the page's: compile
#: WebAssembly and import what lies beside it, and ask nobody for anything.
WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'"
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]{1,20000})">')
_HEAD = 40_000


def mark(*parts: str | bytes) -> str:
    """The entity tag of what follows from `parts` (RFC 9110, section 8.8.3)."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(b"%d:" % len(data) + data)
    return f'"{made.hexdigest()[:32]}"'


def known(request: Request, tag: str | None) -> Response | None:
    """The short answer to who has the thing already."""
    held = request.headers.get("if-none-match")
    if tag is None or held is None:
        return None
    tags = {one.strip().removeprefix("W/") for one in held.split(",")}
    return Response(status_code=304, headers=_headers(tag)) if {tag, "*"} & tags else None


def reply(request: Request, body: bytes, media: str, tag: str | None = None, policy: str = OWN_POLICY) -> Response:
    """The answer `body`, known by `tag`, or else by its own bytes."""
    tag = tag or mark(body)
    headers = {**_headers(tag), "Content-Security-Policy": policy}
    return known(request, tag) or Response(body, headers=headers, media_type=media)


def fleeting(body: bytes, media: str) -> Response:
    """An answer that is another one the next time, and is not kept."""
    return Response(body, headers={"Cache-Control": "no-store", "Vary": "Accept"}, media_type=media)


def policy_of(page: bytes) -> str:
    """The policy that a page brings along, for the header, which also forbids frames; a strict one if it has none."""
    found = _POLICY.search(page, 0, _HEAD)
    policy = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    if not policy or "unsafe" in policy.replace("'wasm-unsafe-eval'", "") or not policy.isprintable():
        return FILE_POLICY
    return f"{policy.rstrip('; ')}; frame-ancestors 'none'"


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
