"""SPARQL of one's own as a page: a form and a table, for which no script is needed."""

from starlette.requests import Request
from starlette.responses import Response

from kg.evidence.problem import KgError
from kg.query.answer import ask, construct, decide
from kg.query.question import Question, parse_question
from kg.serve.endpoint import left
from kg.serve.fault import status_of
from kg.serve.pool import Gone
from kg.serve.results import SHORT
from kg.serve.shown import Shown, shown_answer, shown_triples, shown_truth
from kg.serve.sparql_request import read_request
from kg.serve.template import fill
from kg.store.protocol import Store

_EXAMPLE = """PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things)
WHERE { ?thing a ?class . ?class a <http://www.w3.org/2002/07/owl#Class> }
GROUP BY ?class
ORDER BY DESC(?things) ?class
"""
_TRIPLES = ("ttl", "nt", "jsonld", "rdf")
_ROWS = tuple(name for name in SHORT if name not in _TRIPLES)


async def query(request: Request) -> Response:
    """The form; with a query in it, the answer below it, or what is wrong with the query."""
    asked = await read_request(request)
    if asked.query is None or not asked.query.strip():
        return _page(_EXAMPLE)
    served = await request.app.state.live.now()
    try:
        question = parse_question("query", asked.query.replace("\r\n", "\n"))
        shown = await served.strangers.ask(lambda store: _answer(store, question), lambda: left(request))
    except Gone:
        raise
    except KgError as fault:
        return _page(asked.query, fault=str(fault), status=status_of(fault))
    forms = ("json", "xml") if question.form == "ASK" else _TRIPLES if question.is_construct else _ROWS
    return _page(asked.query, shown=shown, forms=forms)


def _page(
    text: str, *, shown: Shown | None = None, forms: tuple[str, ...] = (), fault: str = "", status: int = 200
) -> Response:
    body = fill("query.html", text=text, shown=shown, forms=forms, fault=fault)
    return Response(body, status, {"Cache-Control": "no-store"}, media_type="text/html")


def _answer(store: Store, question: Question) -> Shown:
    if question.is_construct:
        return shown_triples(construct(store, question))
    return shown_truth(decide(store, question)) if question.form == "ASK" else shown_answer(ask(store, question))
