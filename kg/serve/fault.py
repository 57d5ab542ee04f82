"""What went wrong with a request, as a status and words: plain text for programs, a page for people."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.evidence.problem import KgError, printable
from kg.query.question import QuestionFault
from kg.serve.negotiate import best
from kg.serve.pool import Busy, Gone
from kg.serve.template import fill
from kg.store.protocol import QueryFault, QueryGivenUp

#: The status of each kind of fault; the first that fits counts. What is not here is the server's own.
_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (Busy, 503), (Gone, 499), (QueryGivenUp, 503), (QueryFault, 400), (QuestionFault, 400),
)  # fmt: skip
_WORDS = {404: "there is nothing at this address; the first page lists what there is", 405: "this address is only read"}
_HTML, _PLAIN = "text/html", "text/plain"


class RequestFault(KgError):
    """A request that is not answered as it stands, with the status that says so."""

    def __init__(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.headers = dict(headers or {})


def status_of(fault: Exception) -> int:
    """The status that says what kind of fault it is."""
    if isinstance(fault, RequestFault):
        return fault.status
    return next((code for kind, code in _STATUS if isinstance(fault, kind)), 500)


async def tell(request: Request, fault: Exception) -> Response:
    """The answer to a request that met a fault."""
    headers: dict[str, str] = dict(getattr(fault, "headers", None) or {})
    if isinstance(fault, HTTPException):
        status, words = fault.status_code, _WORDS.get(fault.status_code, fault.detail)
    else:
        status, words = status_of(fault), str(fault)
    if status == 503:
        headers["Retry-After"] = "5"
    words = "\n".join(map(printable, words.split("\n")))
    headers |= {"Cache-Control": "no-store", "Vary": "Accept"}
    if not request.url.path.startswith("/sparql") and best(request.headers.get("accept"), (_PLAIN, _HTML)) == _HTML:
        page = fill("fault.html", status=status, words=words)
        return Response(page, status, headers, media_type=_HTML)
    return PlainTextResponse(f"{words}\n", status, headers)
