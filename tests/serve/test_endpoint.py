"""The endpoint keeps the SPARQL 1.1 Protocol, stays inside its graph, and answers while another query runs away."""

import json
import socket
import threading
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.rdf.namespaces import iri
from kg.store import Graph, OxigraphStore

STUDIES = "PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#> SELECT ?s WHERE { ?s a epk:Study } ORDER BY ?s"
BROADER = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> CONSTRUCT { ?a skos:broader ?b } { ?a skos:broader ?b }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"


def ask(client: httpx.Client, query: str, accept: str = JSON, **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


def kind(response: httpx.Response) -> str:
    return response.headers["content-type"].partition(";")[0]


def rows(response: httpx.Response) -> list[str]:
    assert 200 == response.status_code, response.text
    return [row["s"]["value"] for row in response.json()["results"]["bindings"]]


def test_three_ways_to_ask_give_one_answer(client: httpx.Client, store: OxigraphStore) -> None:
    """
    By GET, as a form, and as the body of a POST (section 2.1), a query has the rows that the store gives.
    """
    expected = [node.value for (node,) in store.select(STUDIES).rows if node]
    posts: list[dict[str, object]] = [
        {"data": {"query": STUDIES}},
        {"content": STUDIES, "headers": {"Content-Type": f"{QUERY}; charset=utf-8"}},
    ]
    assert expected == rows(ask(client, STUDIES))
    for post in posts:
        assert expected == rows(client.post("/sparql", **post))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (JSON, JSON), (XML, XML), (CSV, CSV), (TSV, TSV), ("application/json", "application/json"), ("*/*", JSON),
        (f"{CSV};q=0.2, {XML};q=0.9", XML), ("text/*;q=0.5, image/png", CSV), (f"{JSON};q=0, */*;q=0.1", XML),
    ],
)  # fmt: skip
def test_rows_come_in_the_form_that_is_wanted(client: httpx.Client, accept: str, expected: str) -> None:
    """
    The weights of Accept decide, and the answer says what it is.
    """
    response = ask(client, STUDIES, accept)
    assert (200, expected) == (response.status_code, kind(response))
    assert "Accept" == response.headers["vary"]


@pytest.mark.parametrize(
    ("media", "format"),
    [(JSON, QueryResultsFormat.JSON), (XML, QueryResultsFormat.XML), (TSV, QueryResultsFormat.TSV)],
)
def test_every_format_carries_the_same_terms(
    client: httpx.Client, media: str, format: QueryResultsFormat, store: OxigraphStore
) -> None:
    """
    Quotes, line ends, markup, languages, numbers and unbound cells come back as they are in the store.
    """
    query = """SELECT ?a ?b ?c ?d ?e WHERE { VALUES (?a ?b ?c ?d ?e) {
        ("<b> & \\"q\\"\\t\\n\\\\" "\u2028\U0001f600"@en-GB 1.50 UNDEF <http://a/?x=1&y=%C3%A9>) } }"""
    ours = parse_query_results(ask(client, query, media).content, format=format)
    expected = store.select(query).rows
    assert expected == tuple(tuple(row[name] for name in "abcde") for row in ours)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("media", "format"),
    [
        ("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD), ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)  # fmt: skip
def test_triples_come_in_four_formats(
    client: httpx.Client, media: str, format: RdfFormat, store: OxigraphStore
) -> None:
    """
    CONSTRUCT gives the triples of the store, each once, whatever they are written in.
    """
    response = ask(client, BROADER, media)
    assert media == kind(response)
    found = [quad.triple for quad in parse(response.content, format=format)]
    assert set(store.construct(BROADER)) == set(found) and len(found) == len(set(found))


def test_truth_is_an_answer(client: httpx.Client) -> None:
    """
    ASK gives yes or no, in JSON or XML, and in no format that has no such thing.
    """
    assert ask(client, "ASK { ?s ?p ?o }").json()["boolean"] is True
    assert b"<boolean>false</boolean>" in ask(client, "ASK { <http://a> ?p ?o }", XML).content
    assert 406 == ask(client, "ASK { ?s ?p ?o }", CSV).status_code


def test_format_in_the_address_is_for_links(client: httpx.Client) -> None:
    """
    A link cannot say what it accepts; an unknown format is refused with those that there are.
    """
    assert CSV == kind(ask(client, STUDIES, "*/*", **{"as": "csv"}))
    refused = ask(client, STUDIES, "*/*", **{"as": "ttl"})
    assert (400, True) == (refused.status_code, "json, xml, csv, tsv" in refused.text)


def test_service_describes_itself(client: httpx.Client, graph: Graph) -> None:
    """
    Without a query, the endpoint says what it is and lists its graphs (SPARQL 1.1 Service Description); a browser is
    led to the form.
    """
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    triples = [quad.triple for quad in parse(response.content, format=RdfFormat.TURTLE)]
    sd = "http://www.w3.org/ns/sparql-service-description#"
    names = {triple.object for triple in triples if triple.predicate == NamedNode(f"{sd}name")}
    assert {quad.graph_name for quad in graph.quads} == names
    assert any((iri("rdf:type"), NamedNode(f"{sd}Service")) == (t.predicate, t.object) for t in triples)
    led = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (303, "/query") == (led.status_code, led.headers["location"])


# --- what is refused


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s WHERE { ?s ?p", "error at 1:"),
        ("", "1:1: is not a SPARQL query"),
        ("SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another endpoint"),
        ("SELECT ?s { \\u0053ERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another endpoint"),
        ("SELECT ?s FROM <http://a/> { ?s ?p ?o }", "FROM names another dataset"),
        ("SELECT ?s FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "FROM names another dataset"),
        ("LOAD <file:///etc/passwd>", "is not a SPARQL query"),
        ("INSERT DATA { <http://a> <http://b> <http://c> }", "is not a SPARQL query"),
        ("DROP ALL", "is not a SPARQL query"),
        ("DELETE WHERE { ?s ?p ?o }", "is not a SPARQL query"),
        ("SELECT ?s { ?s ?p ?o } ; DROP ALL", "error at 1:"),
        ("SELECT ?s { " + "{" * 5000 + "?s ?p ?o" + "}" * 5000 + " } # from", "nested too deeply"),
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", "more than 5,000 rows; narrow it, or add LIMIT"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f } LIMIT 7000", "more than 5,000 rows"),
    ],
)  # fmt: skip
def test_query_that_is_not_answered_is_400_with_the_reason(client: httpx.Client, query: str, words: str) -> None:
    """
    Broken, leaving the graph, an update, too deep, too many rows: status 400 and what is wrong, as plain text.
    """
    response = client.post("/sparql", data={"query": query})
    assert (400, "text/plain") == (response.status_code, kind(response))
    assert words in response.text and "Traceback" not in response.text


@pytest.mark.parametrize(
    ("method", "arguments", "status", "words"),
    [
        ("POST", {"data": {"update": "DROP ALL"}}, 403, "read-only"),
        ("POST", {"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403, "read-only"),
        ("GET", {"params": {"update": "DROP ALL"}}, 403, "read-only"),
        ("POST", {"content": STUDIES, "headers": {"Content-Type": "text/plain"}}, 415, QUERY),
        ("POST", {"content": STUDIES}, 415, QUERY),
        ("POST", {"content": b"\x1f\x8b", "headers": {"Content-Type": QUERY, "Content-Encoding": "gzip"}}, 415, "not compressed"),
        ("POST", {"data": {}, "headers": {"Content-Type": FORM}}, 400, "there is no query"),
        ("POST", {"content": b"\xff\xfe", "headers": {"Content-Type": QUERY}}, 400, "not UTF-8"),
        ("POST", {"content": b"query=%FF", "headers": {"Content-Type": FORM}}, 400, "percent-encoded UTF-8"),
        ("POST", {"content": b"a&" * 30_000, "headers": {"Content-Type": FORM}}, 400, "too many fields"),
        ("GET", {"params": [("query", STUDIES), ("query", STUDIES)]}, 400, "one query"),
        ("GET", {"params": {"query": STUDIES}, "headers": {"Accept": "image/png"}}, 406, JSON),
        ("GET", {"headers": {"Accept": "image/png"}}, 406, "text/turtle"),
        ("PUT", {"content": STUDIES}, 405, "only read"),
        ("DELETE", {}, 405, "only read"),
    ],
)  # fmt: skip
def test_request_that_breaks_the_protocol_is_told_so(
    client: httpx.Client, method: str, arguments: dict[str, object], status: int, words: str
) -> None:
    """
    Each fault of a request has its own status, and words.
    """
    response = client.request(method, "/sparql", **arguments)  # type: ignore[arg-type]
    assert status == response.status_code
    assert words in response.text


@pytest.mark.parametrize("size", [1_000_001, 10_000_000])
@pytest.mark.parametrize("form", [True, False])
def test_query_that_is_too_long_is_413(client: httpx.Client, size: int, form: bool) -> None:
    """
    A query of a million bytes and one, and one of ten million, are told so; the next request is answered.
    """
    query = "ASK { } #".ljust(size, "x")
    response = (
        client.post("/sparql", data={"query": query})
        if form
        else client.post("/sparql", content=query, headers={"Content-Type": QUERY})
    )
    assert (413, True) == (response.status_code, "no longer than 1,000,000 bytes" in response.text)
    assert ask(client, "ASK {}").json()["boolean"] is True


def test_dataset_is_the_whole_graph(client: httpx.Client, graph: Graph) -> None:
    """
    A client may name all graphs, as kg does; one that names some, or others, is told how to narrow.
    """
    names = sorted({quad.graph_name.value for quad in graph.quads if isinstance(quad.graph_name, NamedNode)})
    every = [("default-graph-uri", name) for name in names] + [("named-graph-uri", name) for name in names]
    whole = client.post("/sparql", content=urlencode([("query", STUDIES), *every]), headers={"Content-Type": FORM})
    assert rows(ask(client, STUDIES)) == rows(whole)
    for part in (every[:1], every[: len(names)], [("default-graph-uri", "http://elsewhere.example/")]):
        refused = client.post("/sparql", content=urlencode([("query", STUDIES), *part]), headers={"Content-Type": FORM})
        assert (400, True) == (refused.status_code, "GRAPH narrows" in refused.text)


# --- what may be kept


def test_answer_that_is_known_is_not_sent_again(client: httpx.Client) -> None:
    """
    The mark of an answer follows from graph, query and format; what is another answer each time has none.
    """
    first = ask(client, STUDIES)
    again = client.get(
        "/sparql", params={"query": STUDIES}, headers={"Accept": JSON, "If-None-Match": first.headers["etag"]}
    )
    assert (304, b"") == (again.status_code, again.content)
    assert first.headers["etag"] != ask(client, STUDIES, XML).headers["etag"]
    changing = ask(client, "SELECT (NOW() AS ?s) {}")
    assert "etag" not in changing.headers and "no-store" == changing.headers["cache-control"]


# --- what runs away


def test_runaway_queries_hold_up_nobody(client: httpx.Client, served: str) -> None:
    """
    While cross products run, named questions and other queries are answered; the cross products are ended with 503.
    """
    ended: list[httpx.Response] = []

    def run_away() -> None:
        with httpx.Client(base_url=served, timeout=60, trust_env=False) as own:
            ended.append(ask(own, ENDLESS))

    running = [threading.Thread(target=run_away) for _ in range(3)]
    for thread in running:
        thread.start()
    answered = [
        client.get("/questions/studies-by-species.csv").status_code,
        ask(client, "ASK {}").status_code,
        client.get("/").status_code,
    ]
    assert ([200] * 3, []) == (answered, ended)
    for thread in running:
        thread.join()
    assert [503] * 3 == [response.status_code for response in ended]
    assert all("did not end within 4 seconds; narrow it" in response.text for response in ended)
    assert all("retry-after" in response.headers for response in ended)


def test_parser_that_runs_away_is_ended_too(client: httpx.Client) -> None:
    """
    A query on which the walk of the guard takes long is under the same deadline.
    """
    query = "SELECT ?s { ?s ?p ?o FILTER(" + " + ".join(["?from"] * 60_000) + " > 1) }"
    response = client.post("/sparql", data={"query": query})
    assert response.status_code in (400, 503), response.text
    assert ask(client, "ASK {}").json()["boolean"] is True


def test_query_that_eats_memory_is_ended(client: httpx.Client) -> None:
    """
    What needs more than its share, or its time, ends alone.
    """
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(34))
    response = ask(client, f'SELECT (STRLEN(?x34) AS ?s) {{ BIND("xx" AS ?x0) {doubled} }}')
    assert 503 == response.status_code, response.text
    assert ask(client, "ASK {}").json()["boolean"] is True


def connected(url: str) -> socket.socket:
    place = urlsplit(url)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=30)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"GET /sparql?query=" + b"x" * 400_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.0\r\n\r\n", b"421"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_refused(served: str, text: bytes, status: bytes) -> None:
    """
    A head without end, another protocol, no name or two of them: one short answer.
    """
    with connected(served) as odd:
        odd.sendall(text)
        assert status == odd.recv(200).split()[1]


def test_results_do_not_depend_on_who_writes_them(client: httpx.Client, store: OxigraphStore) -> None:
    """
    The JSON that we write is what the engine itself would write.
    """
    query = "SELECT ?s ?p ?o WHERE { ?x a <http://www.w3.org/2004/02/skos/core#ConceptScheme> . ?s ?p ?x , ?o }"
    theirs = store._store.query(query, use_default_graph_as_union=True).serialize(format=QueryResultsFormat.JSON)  # type: ignore[union-attr]
    ours = ask(client, query).json()
    theirs = json.loads(theirs or b"")
    assert theirs["head"] == ours["head"] and 100 < len(ours["results"]["bindings"])
    assert sorted(map(str, theirs["results"]["bindings"])) == sorted(map(str, ours["results"]["bindings"]))
