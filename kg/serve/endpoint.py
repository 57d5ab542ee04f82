"""The address `/sparql`: SPARQL 1.1 Protocol for queries, and a description of the service where none is asked."""

import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.query.header import Header
from kg.query.question import Question
from kg.serve.description import describe
from kg.serve.fault import RequestFault
from kg.serve.live import Live, Served
from kg.serve.negotiate import best
from kg.serve.reply import fleeting, known, mark, reply
from kg.serve.results import ROWS, SHORT, TRIPLES, TRUTH, write_rows, write_triples, write_truth
from kg.serve.sparql_request import SparqlRequest, read_request, refuse_part
from kg.store.protocol import Store

#: Functions whose value is another one each time (SPARQL 1.1 Query, section 17.4).
_FLEETING = re.compile(r"NOW|RAND|UUID|BNODE", re.IGNORECASE)


async def sparql(request: Request) -> Response:
    """Answers a query, or describes the service."""
    asked = await read_request(request)
    live: Live = request.app.state.live
    served = await live.now()
    if asked.query is None:
        return await _description(request, asked, served)
    offers, write = _writer(Question("query", Header("query"), asked.query))
    media = _media(request, asked, offers)
    refuse_part(asked, await served.graphs(lambda: left(request)) if asked.default or asked.named else frozenset())
    tag = None
    if served.place.digest and not _FLEETING.search(asked.query):
        tag = mark(served.place.digest, asked.query, media)
        if (short := known(request, tag)) is not None:
            return short
    body = await served.strangers.ask(lambda store: write(store, media), lambda: left(request))
    return reply(request, body, media, tag) if tag else fleeting(body, media)


async def _description(request: Request, asked: SparqlRequest, served: Served) -> Response:
    media = best(request.headers.get("accept"), (*TRIPLES, "text/html"))
    if asked.format is not None:
        media = _media(request, asked, TRIPLES)
    if media == "text/html":
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    if media is None:
        raise _unwanted(TRIPLES)
    url = str(request.url.replace(query="", fragment=""))
    body = await served.own.ask(lambda store: write_triples(describe(store, url), media), lambda: left(request))
    return reply(request, body, media)


def _writer(question: Question) -> tuple[tuple[str, ...], Callable[[Store, str], bytes]]:
    """What a kind of query can be answered with, and how; what is none is left to the engine to refuse."""
    query = question.sparql
    if question.is_construct:
        return TRIPLES, lambda store, media: write_triples(store.construct(query), media)
    if question.form == "ASK":
        return TRUTH, lambda store, media: write_truth(store.decide(query), media)
    return ROWS, lambda store, media: write_rows(store.select(query), media)


def _media(request: Request, asked: SparqlRequest, offers: tuple[str, ...]) -> str:
    """The media type of the answer: the format that the address names, or what the asker accepts most."""
    if asked.format is not None:
        media = SHORT.get(asked.format)
        if media not in offers:
            short = ", ".join(name for name, media in SHORT.items() if media in offers)
            raise RequestFault(400, f"the format of this answer is one of {short}")
        return media
    media = best(request.headers.get("accept"), offers)
    if media is None:
        raise _unwanted(offers)
    return media


def _unwanted(offers: tuple[str, ...]) -> RequestFault:
    return RequestFault(406, f"this answer comes as {', '.join(offers)}")


async def left(request: Request) -> None:
    """Waits until who asked has left; the request has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
