"""A request whose body does not come is given up."""

import asyncio

import pytest
from starlette.requests import Request

from kg.serve import sparql_request
from kg.serve.fault import RequestFault
from kg.serve.pool import Gone
from kg.serve.sparql_request import FORM, read_request
from tests.serve.loop import run


def posted(*messages: dict[str, object]) -> Request:
    """A POST of a form, whose messages come at once; after the last of them, nothing does."""
    left = list(messages)

    async def receive() -> dict[str, object]:
        return left.pop(0) if left else await asyncio.Future()

    headers = [(b"content-type", FORM.encode())]
    return Request({"type": "http", "method": "POST", "headers": headers, "query_string": b""}, receive)


def test_body_that_does_not_come_is_408(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A client that sends half a query and waits is told so after a while.
    """
    monkeypatch.setattr(sparql_request, "_PATIENCE", 0.05)
    half = posted({"type": "http.request", "body": b"query=ASK", "more_body": True})
    with pytest.raises(RequestFault, match="did not come within") as fault:
        run(read_request(half))
    assert 408 == fault.value.status


def test_client_that_leaves_in_the_middle_is_gone() -> None:
    """
    Nobody is left to be told.
    """
    with pytest.raises(Gone):
        run(read_request(posted({"type": "http.disconnect"})))


def test_fields_and_body_make_one_request() -> None:
    """
    A body that comes in parts is read whole.
    """
    parts = [
        {"type": "http.request", "body": b, "more_body": more} for b, more in ((b"query=AS", True), (b"K%7B%7D", False))
    ]
    assert "ASK{}" == run(read_request(posted(*parts))).query
