"""The named questions: their list, and the answer to each as a page, as JSON, CSV or TSV, or as triples."""

import json
from collections.abc import Mapping

from pyoxigraph import NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from kg.query.answer import ask, construct, label
from kg.query.catalogue import catalogue
from kg.query.plain import answer_data, separated
from kg.query.question import Question, QuestionFault, bundled_question
from kg.serve.endpoint import left
from kg.serve.fault import RequestFault
from kg.serve.negotiate import best
from kg.serve.reply import reply
from kg.serve.results import write_triples
from kg.serve.shown import Shown, shown_answer, shown_triples
from kg.serve.sparql_request import fields_of
from kg.serve.template import fill
from kg.store.protocol import Store

_HTML, _JSON, _SVG = "text/html", "application/json", "image/svg+xml"
_LISTS = {"html": _HTML, "json": _JSON}
_ROWS = {"html": _HTML, "json": _JSON, "csv": "text/csv", "tsv": "text/tab-separated-values"}
_TRIPLES = {"html": _HTML, "ttl": "text/turtle", "nt": "application/n-triples", "svg": _SVG}


async def questions(request: Request) -> Response:
    """The named questions, by what they are for."""
    media = _media(request, request.path_params.get("form", ""), _LISTS)
    groups = catalogue()
    if media == _HTML:
        return reply(request, fill("questions.html", groups=groups), _HTML)
    listed = [
        {"name": question.name, "group": title, "summary": question.header.summary, "about": question.header.about,
         "params": dict(question.header.params), "columns": question.header.columns}
        for title, members in groups.items() for question in members
    ]  # fmt: skip
    return reply(request, _json(listed), _JSON)


async def question(request: Request) -> Response:
    """The answer to a named question; the ending of the address says in which format, or what the asker accepts."""
    name, _, form = request.path_params["name"].partition(".")
    try:
        asked = bundled_question(name)
    except QuestionFault as fault:
        raise RequestFault(404, str(fault)) from fault
    given = _given(request)
    media = _media(request, form, _TRIPLES if asked.is_construct else _ROWS)
    make = _network if asked.is_construct else _table
    served = await request.app.state.live.now()
    body = await served.own.ask(lambda store: make(store, asked, given, media), lambda: left(request))
    return reply(request, body, media)


def _given(request: Request) -> dict[str, str]:
    given: dict[str, str] = {}
    for key, value in fields_of(request):
        if key in given:
            raise RequestFault(400, f"{key} is given twice")
        given[key] = value
    return given


def _media(request: Request, form: str, offers: Mapping[str, str]) -> str:
    """The media type that the ending of an address names; without one, what the asker accepts most."""
    if form:
        if form not in offers:
            raise RequestFault(404, f"the endings here are {', '.join(offers)}")
        return offers[form]
    media = best(request.headers.get("accept"), tuple(offers.values()))
    if media is None:
        raise RequestFault(406, f"this answer comes as {', '.join(offers.values())}")
    return media


def _table(store: Store, asked: Question, given: Mapping[str, str], media: str) -> bytes:
    answer = ask(store, asked, given)
    if media == _HTML:
        return _page(asked, given, shown_answer(answer), _ROWS)
    if media == _JSON:
        return _json(answer_data(answer))
    form = next(form for form, offered in _ROWS.items() if offered == media)
    return separated(answer.columns, [list(row.values()) for row in answer.texts()], form).encode()


def _network(store: Store, asked: Question, given: Mapping[str, str], media: str) -> bytes:
    if given:
        raise QuestionFault(f"{asked.name} has no parameters")
    triples = construct(store, asked)
    if media == _HTML:
        return _page(asked, given, shown_triples(triples), _TRIPLES)
    if media == _SVG:
        from kg.render.drawing import draw

        return draw(asked.header.summary, triples, label(store, _named(triples))).encode()
    return write_triples(triples, media)


def _named(triples: list[Triple]) -> list[NamedNode]:
    parts = [part for triple in triples for part in (triple.subject, triple.predicate, triple.object)]
    return [part for part in parts if isinstance(part, NamedNode)]


def _page(asked: Question, given: Mapping[str, str], shown: Shown, offers: Mapping[str, str]) -> bytes:
    others = [form for form in offers if form != "html"]
    return fill("question.html", question=asked, given=given, shown=shown, others=others)


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
