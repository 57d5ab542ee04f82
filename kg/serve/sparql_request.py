"""Reads a request of the SPARQL 1.1 Protocol (section 2.1): a query by GET, by a form, or as it is by POST."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.query.question import MOST_BYTES
from kg.serve.fault import RequestFault
from kg.serve.pool import Gone

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
#: A form may spell each byte of a query in three; beside the query it names graphs.
_MOST_BODY = 3 * MOST_BYTES + 200_000
#: What is too long is still read to its end, or so far, so that the answer is not lost on the way.
_MOST_READ = 32_000_000
_PATIENCE = 20.0
_READ_ONLY = "this endpoint is read-only: updates are refused"
_TOO_LARGE = f"a query is no longer than {MOST_BYTES:,} bytes"


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """What is asked: the query, if there is one, and the dataset that the request names."""

    query: str | None
    default: tuple[str, ...]
    named: tuple[str, ...]
    format: str | None


async def read_request(request: Request) -> SparqlRequest:
    """The request; raises `RequestFault` for what is no query by the protocol."""
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        fields = await _posted(request, fields)
    values: dict[str, list[str]] = {}
    for key, value in fields:
        values.setdefault(key, []).append(value)
    if "update" in values:
        raise RequestFault(403, _READ_ONLY)
    queries, formats = values.get("query", []), values.get("as", [])
    if len(queries) > 1 or len(formats) > 1:
        raise RequestFault(400, "a request has one query, and one format")
    if request.method == "POST" and not queries:
        raise RequestFault(400, "there is no query; send one as the field query of a form, or as the body")
    if queries and len(queries[0].encode()) > MOST_BYTES:
        raise RequestFault(413, _TOO_LARGE)
    default, named = (tuple(values.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return SparqlRequest(queries[0] if queries else None, default, named, formats[0] if formats else None)


async def _posted(request: Request, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise RequestFault(403, _READ_ONLY)
    if kind not in (FORM, QUERY) or request.headers.get("content-encoding", "identity").lower() != "identity":
        words = f"send a query as {FORM} or as {QUERY}, in UTF-8 and not compressed"
        raise RequestFault(415, words, {"Accept-Post": f"{FORM}, {QUERY}"})
    body = await _body(request)
    return [*fields, *_fields(body)] if kind == FORM else [*fields, ("query", _text(body))]


async def _body(request: Request) -> bytes:
    """The body; one that is too long is read and forgotten, one that does not come is given up."""
    parts: list[bytes] = []
    read = 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                read += len(part)
                if read <= _MOST_BODY:
                    parts.append(part)
                elif read > _MOST_READ:
                    break
    except TimeoutError as error:
        raise RequestFault(408, f"the request did not come within {_PATIENCE:g} seconds") from error
    except ClientDisconnect as error:
        raise Gone("who asked has left") from error
    if read > _MOST_BODY:
        raise RequestFault(413, _TOO_LARGE, {"Connection": "close"})
    return b"".join(parts)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestFault(400, "the query is not UTF-8 text") from error


def _fields(data: bytes) -> list[tuple[str, str]]:
    """The fields of a form (or of a URL, which is written alike)."""
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20_000)
    except ValueError as error:
        raise RequestFault(400, "the form is not percent-encoded UTF-8, or has too many fields") from error


def refuse_part(asked: SparqlRequest, graphs: frozenset[str]) -> None:
    """Raises `RequestFault` for a dataset other than the whole graph; clients may name all of its graphs."""
    for named in (asked.default, asked.named):
        if (asked.default or asked.named) and set(named) != graphs:
            words = "a request names no dataset here, or every graph as default and as named: queries see all graphs"
            raise RequestFault(400, f"{words}, and GRAPH narrows them")


def fields_of(request: Request) -> Sequence[tuple[str, str]]:
    """The parameters in the address of a request; those left empty in a form are not given."""
    return [(key, value) for key, value in _fields(request.scope["query_string"]) if value.strip()]
