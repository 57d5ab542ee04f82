"""The pages of the server: every question in every format, safe headers, a folder that nothing escapes."""

import csv
import html
import json
import re
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from starlette.applications import Starlette
from starlette.routing import Route

from kg.cli import main
from kg.query import bundled_names, bundled_question
from kg.serve.guarded_app import GuardedApp
from kg.serve.rendered import PAGES
from tests.serve.conftest import POLICY
from tests.serve.loop import run

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}


def kg(*arguments: str) -> str:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False).stdout


def kind(response: httpx.Response) -> str:
    return response.headers["content-type"].partition(";")[0]


def links(page: str) -> set[str]:
    found = {html.unescape(link) for link in re.findall(r'<a [^>]*href="([^"]*)"', page)}
    return {link.partition("#")[0] for link in found if link.startswith("/")} - {""}


def test_every_link_of_the_first_pages_leads_somewhere(client: httpx.Client) -> None:
    """
    From the first page and the list of questions, every address of the server answers.
    """
    todo = links(client.get("/", headers=BROWSER).text)
    questions = links(client.get("/questions", headers=BROWSER).text)
    assert {f"/questions/{name}" for name in bundled_names()} <= questions
    some = sorted(questions)[:3]
    beyond = sorted({link for page in some for link in links(client.get(page, headers=BROWSER).text)})
    todo |= {*[link for link in beyond if "/thing/" not in link], *[link for link in beyond if "/thing/" in link][::50]}
    for link in sorted(todo):
        assert client.get(link, headers=BROWSER).status_code in (200, 303), link


@pytest.mark.parametrize("name", ["blockers-of-exercise", "terms", "studies-by-species"])
def test_question_says_here_what_kg_query_says(client: httpx.Client, name: str) -> None:
    """
    JSON and CSV are those of the command line, by ending and by Accept; parameters are those of -p.
    """
    params = {"blockers-of-exercise": {"of_mechanism": "endogenous opioid system"}}.get(name, {})
    narrowed = [part for key, value in params.items() for part in ("-p", f"{key}={value}")]
    assert (
        json.loads(kg("query", name, *narrowed, "--format", "json"))
        == client.get(f"/questions/{name}.json", params=params).json()
    )
    expected = kg("query", name, *narrowed, "--format", "csv")
    accepted = client.get(f"/questions/{name}", params=params, headers={"Accept": "text/csv"})
    assert expected == client.get(f"/questions/{name}.csv", params=params).text == accepted.text


def test_question_as_a_page_shows_its_rows(client: httpx.Client) -> None:
    """
    A table with one row for each row, a form with the parameters, what was searched, the SPARQL; terms and DOIs lead on.
    """
    page = client.get("/questions/blockers-of-exercise", params={"of_mechanism": "opioid-system"}, headers=BROWSER).text
    rows = list(
        csv.DictReader(
            kg("query", "blockers-of-exercise", "-p", "of_mechanism=opioid-system", "--format", "csv").splitlines()
        )
    )
    assert len(rows) == page.count("<tr>") - 1
    assert 'name="of_mechanism" value="opioid-system"' in page
    assert f'href="https://doi.org/{rows[0]["doi"]}"' in page
    assert "Searched " in page and "SELECT" in page and 'href="/thing/term/opioid-system"' in page
    assert "<script" not in page


def test_question_without_a_row_says_so(client: httpx.Client) -> None:
    """
    Nothing found comes with what was searched, as everywhere.
    """
    page = client.get(
        "/questions/exercise-to-mechanisms", params={"in_condition": "hiv-neuropathy"}, headers=BROWSER
    ).text
    assert "No paper of this graph" in page and "Searched 1 " in page


def test_network_question_has_triples_and_a_drawing(client: httpx.Client) -> None:
    """
    What answers with triples comes as Turtle, N-Triples, a drawing and a list.
    """
    turtle, lines = (client.get(f"/questions/effect-network.{form}") for form in ("ttl", "nt"))
    assert set(parse(turtle.content, format=RdfFormat.TURTLE)) == set(parse(lines.content, format=RdfFormat.N_TRIPLES))
    drawing = client.get("/questions/effect-network.svg")
    assert ("image/svg+xml", kg("query", "effect-network", "--format", "svg")) == (kind(drawing), drawing.text)
    assert 404 == client.get("/questions/effect-network.csv").status_code


@pytest.mark.parametrize(
    ("path", "params", "status", "words"),
    [
        ("/questions/nothing-like-it", {}, 404, "there is no question"),
        ("/questions/studies.pdf", {}, 404, "the endings here are html, json, csv, tsv"),
        ("/questions/studies", {"nothing": "x"}, 400, "has no parameter"),
        ("/questions/studies", {"in_condition": "nowhere-at-all"}, 400, "is no term for condition"),
        ("/questions/effect-network", {"a": "x"}, 400, "has no parameters"),
        ("/questions/..%2f..%2fguard", {}, 404, "nothing at this address"),
        ("/nothing", {}, 404, "nothing at this address"),
        ("/report", {}, 404, "another graph is served"),
        ("/query", {"query": "SELECT ?s WHERE { ?s"}, 400, "error at 1:"),
        ("/query", {"query": "SELECT ?s { SERVICE <http://a/> { ?s ?p ?o } }"}, 400, "SERVICE asks another endpoint"),
        ("/query", {"update": "DROP ALL"}, 403, "read-only"),
    ],
)
def test_fault_is_told_on_a_page_to_people_and_in_a_line_to_programs(
    client: httpx.Client, path: str, params: dict[str, str], status: int, words: str
) -> None:
    """
    What is wrong with a request is said, whoever asks, with its status.
    """
    for accept in (BROWSER, {"Accept": "*/*"}):
        response = client.get(path, params=params, headers=accept)
        assert (status, True) == (response.status_code, words in html.unescape(response.text)), response.text
    assert "text/html" == kind(client.get(path, params=params, headers=BROWSER))


def test_sparql_page_answers_without_a_script(client: httpx.Client) -> None:
    """
    The form keeps the query, the table has its rows, and links lead to the same answer in other formats.
    """
    query = 'SELECT ?text WHERE { BIND("<script>alert(1)</script> & \\"\'\u202e" AS ?text) } # </textarea>'
    page = client.get("/query", params={"query": query}, headers=BROWSER).text
    assert "<script" not in page and "# </textarea>" not in page and "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    (link,) = (link for link in links(page) if "as=csv" in link)
    assert client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text == client.get(link).text
    assert "<td>yes</td>" in client.get("/query", params={"query": "ASK {}"}).text
    assert 200 == client.get("/query").status_code
    example = html.unescape(re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", client.get("/query").text, re.DOTALL)[0])
    assert 5 < client.get("/query", params={"query": example}).text.count("<tr>")


@pytest.mark.parametrize("name", [name for name in bundled_names() if not bundled_question(name).is_construct][:5])
def test_sparql_of_a_question_can_be_asked_again(client: httpx.Client, name: str) -> None:
    """
    The link below a question leads to its SPARQL in the form, which gives its rows.
    """
    page = client.get(f"/questions/{name}", headers=BROWSER).text
    (again,) = (link for link in links(page) if link.startswith("/query?"))
    assert page.count("<tr>") == client.get(again).text.count("<tr>")


# --- headers


@pytest.mark.parametrize(
    "path",
    ["/", "/questions", "/query", "/terms", "/sparql", "/live.css", "/site/", "/site/page.js", "/none", "/site/none"],
)
def test_every_answer_has_safe_headers(client: httpx.Client, path: str) -> None:
    """
    A policy without unsafe-inline, no guessing of types, no referrer, no name of the server, no leave for other sites.
    """
    headers = client.get(path).headers
    assert SAFE == {name: headers[name] for name in SAFE}
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert not {"server", "x-powered-by", "access-control-allow-origin"} & set(headers)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.media == "text/html" and not page.bundled], ids=lambda page: page.path
)
def test_rendered_page_brings_its_policy_as_a_header(client: httpx.Client, page: object) -> None:
    """
    The hashes that the page allows are allowed by the header too, else its script would not run.
    """
    response = client.get(page.path)  # type: ignore[attr-defined]
    inside = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', response.text)
    assert inside and f"{inside[1]}; frame-ancestors 'none'" == response.headers["content-security-policy"]
    again = client.get(page.path, headers={"If-None-Match": response.headers["etag"]})  # type: ignore[attr-defined]
    assert (304, b"") == (again.status_code, again.content)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8765", 200), ("127.0.0.1:1", 200), ("[::1]:8765", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.nip.io", 421), ("[::1].evil.example", 421),
        ("10.0.0.1", 421), ("localhost@evil.example", 421), ("", 421),
    ],
)  # fmt: skip
def test_server_answers_to_its_own_names_only(client: httpx.Client, host: str, status: int) -> None:
    """
    A stranger's name that leads to this machine (DNS rebinding) reads nothing.
    """
    for path in ("/", "/sparql?query=ASK%7B%7D", "/site/"):
        assert status == client.get(path, headers={"Host": host}).status_code


# --- a folder of pages


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("graph.ttl", "text/turtle"), ("data.json", "application/json"), ("engine.wasm", "application/wasm"),
        ("page.js", "text/javascript"), ("look.css", "text/css"), ("rows.csv", "text/csv"), ("picture.svg", "image/svg+xml"),
        ("odd.zzz", "application/octet-stream"), ("", "text/html"), ("deep/", "text/html"),
    ],
)  # fmt: skip
def test_file_of_the_site_is_what_it_is(client: httpx.Client, name: str, expected: str) -> None:
    """
    Each file has its type, whatever the system's own tables say.
    """
    response = client.get(f"/site/{name}")
    assert (200, expected) == (response.status_code, kind(response))


def test_policy_of_a_page_of_the_site(client: httpx.Client) -> None:
    """
    A page's own policy becomes the header, unless it is loose or missing: then no script in the page runs.
    """
    policies = [client.get(f"/site/{name}").headers["content-security-policy"] for name in ("", "deep/", "loose.html")]
    assert [f"{POLICY}; frame-ancestors 'none'", True, True] == [
        policies[0],
        *("default-src 'self'" in one for one in policies[1:]),
    ]


def test_a_script_that_becomes_a_worker_may_ask_nobody(client: httpx.Client) -> None:
    """
    It obeys the policy that it came with: WebAssembly and scripts beside it, no connection, and no text run as code.
    """
    policy = client.get("/site/heavy-worker.js").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "connect-src" not in policy and "'unsafe-eval'" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "..%2fsecret.txt", "%2e%2e/beside.txt", "..%5cbeside.txt", "deep/..%2f..%2fbeside.txt", "%2fetc%2fpasswd",
        "link.txt", "up/beside.txt", ".hidden", "deep/%2e%2e/.hidden", "a%00b", "x" * 3000, "nothing.html",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(served: str, path: str) -> None:
    """
    No way up, no link out, nothing hidden, whatever the spelling.
    """
    import http.client
    from urllib.parse import urlsplit

    place = urlsplit(served)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.request("GET", f"/site/{path}")
    response = connection.getresponse()
    body = response.read()
    connection.close()
    assert (404, False) == (response.status, b"secret" in body or b"root:" in body)


def test_templates_hold_no_script_and_trust_no_text() -> None:
    """
    The server's own pages escape everything and run nothing.
    """
    import kg.serve

    for path in (Path(kg.serve.__file__).parent / "pages").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|\|\s*safe|style=|\son\w+=", text), path.name


def test_fault_of_ours_is_no_leak() -> None:
    """
    Where the program itself fails, the answer has the safe headers and says nothing of the program.
    """

    async def broken(request: object) -> None:
        raise ZeroDivisionError("a secret")

    app = GuardedApp(Starlette(routes=[Route("/", broken)]), lambda name: True)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
            return await asking.get("/")

    response = run(ask())
    assert (500, "Internal Server Error") == (response.status_code, response.text)
    assert SAFE == {name: response.headers[name] for name in SAFE}
