"""Queries that would leave this graph are refused; those that only look so are not."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.query import bundled_names, bundled_question
from kg.query.guard import refuse_leaving
from kg.store import QueryFault


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s { SERVICE <http://a/> { ?s ?p ?o } }", "SERVICE asks another endpoint"),
        ("SELECT ?s { { SELECT ?s { OPTIONAL { SERVICE SILENT ?e { ?s ?p ?o } } } } UNION { ?s ?p ?o } }", "SERVICE"),
        ("SELECT ?s { ?s ?p ?o FILTER EXISTS { SERVICE <http://a/> { ?s ?q ?r } } }", "SERVICE"),
        ("SELECT ?s { ?s ?p ?o MINUS { SERVICE <http://a/> { ?s ?q ?r } } }", "SERVICE"),
        ("CONSTRUCT { ?s ?p ?o } { SERVICE <http://a/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { GRAPH ?g { SERVICE <http://a/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT ?s FROM <http://a/> { ?s ?p ?o }", "FROM names another dataset"),
        ("SELECT ?s FROM NAMED <http://a/> { ?s ?p ?o }", "FROM names another dataset"),
        ("LOAD <http://a/>", "1:1: is not a SPARQL query"),
        ("DELETE WHERE { ?s ?p ?o }", "is not a SPARQL query"),
        ("SELECT ?s WHERE { ?from ?p", "is not a SPARQL query"),
    ],
)
def test_query_that_leaves_the_graph_is_refused(query: str, words: str) -> None:
    """
    However deep it stands, and in every form of query.
    """
    with pytest.raises(QueryFault, match=words):
        refuse_leaving("mine", query)


def test_keyword_in_disguise_is_found() -> None:
    """
    Escaped letters are letters (SPARQL 1.1 Query, section 19.2): the query is looked at as it will be read.
    """
    with pytest.raises(QueryFault, match="SERVICE asks another endpoint"):
        refuse_leaving("mine", "SELECT ?s { \\u0053ERVICE <http://a/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "query",
    [
        '# \\u000aSELECT * { SERVICE <http://a/> { ?s ?p ?o } BIND("""\nSELECT ?s {}""" AS ?z) }',
        "SELECT ?s FROM:a { ?s ?p ?o }",
        "PREFIX from: <http://a/> SELECT ?s { ?s from:b true SERVICE from:c { ?s ?p ?o } }",
        "# a comment\rSELECT ?s { SERVICE <http://a/> { ?s ?p ?o } }",
        "#+ summary: from here\nSELECT ?s # more\n { SERVICE<http://a/>{ ?s ?p ?o } }",
    ],
)
def test_comments_at_the_head_hide_nothing(query: str) -> None:
    """
    A comment ends where its line does, and a line end that is escaped is one (SPARQL 1.1 Query, section 19.2).
    """
    with pytest.raises(QueryFault):
        refuse_leaving("mine", query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s ?p 'SERVICE <http://a/> { }' } # SERVICE <http://a/> {",
        "PREFIX service: <http://a/> SELECT ?from { ?from service:load ?o }",
        "SELECT ?s { GRAPH <http://a/> { ?s ?p ?o } }",
        *(bundled_question(name).sparql for name in bundled_names()),
    ],
)
def test_query_that_stays_is_let_through(query: str) -> None:
    """
    Words in comments, texts and names harm nobody; our own questions stay, too.
    """
    refuse_leaving("mine", query)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes whoever calls."""
    calls: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_error(500)

        do_POST = do_GET

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", calls
    server.shutdown()
    server.server_close()


def test_nobody_is_called(listener: tuple[str, list[str]]) -> None:
    """
    kg query refuses a SERVICE clause before anything is asked of anybody.
    """
    url, calls = listener
    query = f"SELECT ?s {{ ?s a ?c . SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}"
    result = CliRunner().invoke(main, ["query", "-"], input=query, catch_exceptions=False)
    assert 1 == result.exit_code
    assert "SERVICE asks another endpoint" in result.stderr
    assert [] == calls
