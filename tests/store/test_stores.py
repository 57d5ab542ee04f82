"""Every store keeps the contract of stores; an endpoint that misbehaves is one clear fault."""

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.query import ask, bundled_question
from kg.store import Graph, OxigraphStore, QueryFault, RemoteStore, Store, StoreFault
from tests.contracts.store import STUDIES, StoreContract

STUDIES_LISTED = "PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#> SELECT ?s WHERE { ?s a epk:Study }"


class TestOxigraphInMemory(StoreContract):
    """Oxigraph in memory."""

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, graph: Graph) -> Store:
        return graph.store()


class TestOxigraphOnDisk(StoreContract):
    """Oxigraph in a folder, read-only."""

    narrows = False

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Store:
        folder = tmp_path_factory.mktemp("disk") / "store"
        OxigraphStore.write_folder(folder, graph.quads)
        return OxigraphStore.on_disk(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph_server(folder: Path, *flags: str) -> Iterator[str]:
    """The URL of a real Oxigraph server on loopback that serves a store's folder."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "the oxigraph server comes with the dev extra"
    port = free_port()
    command = [program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *flags]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/query"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=1).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, "the server ended"
                time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def served(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store of the bundled graph."""
    folder = tmp_path_factory.mktemp("served") / "store"
    OxigraphStore.write_folder(folder, graph.quads)
    return folder


@pytest.fixture(scope="module")
def endpoint(served: Path) -> Iterator[str]:
    """An endpoint whose default graph is the union of its graphs."""
    with oxigraph_server(served, "--union-default-graph") as url:
        yield url


class TestRemote(StoreContract):
    """A SPARQL 1.1 endpoint by URL, whose default graph is the union. Jena stands for those in which it is not."""

    narrows = False

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, endpoint: str) -> Store:
        return RemoteStore(endpoint)


def test_endpoint_whose_default_graph_is_apart_is_asked_over_all_its_graphs(served: Path, store: OxigraphStore) -> None:
    """
    An endpoint answers alike whether its default graph is the union of its graphs or empty.
    """
    question = bundled_question("studies-by-species")
    with oxigraph_server(served) as url:
        theirs = RemoteStore(url)
        assert () == RemoteStore(url)._rows(STUDIES_LISTED, ()).rows
        assert ask(store, question).rows == ask(theirs, question).rows != ()


Handler = Callable[[http.server.BaseHTTPRequestHandler], None]


@pytest.fixture
def misbehaving() -> Iterator[Callable[[Handler], str]]:
    """Starts a server on loopback that answers every request in one bad way."""
    running: list[http.server.ThreadingHTTPServer] = []

    def start(answer: Handler) -> str:
        class Bad(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.asked = self.rfile.read(int(self.headers["Content-Length"]))
                answer(self)

            def log_message(self, *_: object) -> None: ...

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bad)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/query"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def says(status: int, kind: str, body: bytes, length: int | None = None, **headers: str) -> Handler:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


JSON = "application/sparql-results+json"


def after_ask(answer: Handler) -> Handler:
    """Answers an ASK as is due, and whatever follows badly."""
    well = says(200, JSON, b'{"head": {}, "boolean": false}')
    return lambda request: (well if b"query=ASK" in getattr(request, "asked", b"") else answer)(request)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (says(200, "text/html", b"<html>welcome</html>"), "answers with text/html"),
        (says(302, "text/html", b"", Location="http://elsewhere.example/"), "leads to http://elsewhere.example/"),
        (says(500, "text/plain", b"out of memory"), "answers with status 500: out of memory"),
        (after_ask(says(200, JSON, b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n"')), "half of it"),
        (says(200, JSON, b'{"head"', length=500), "broke off its answer"),
        (says(200, JSON, b'{"head": {}, "boolean": true}'), "not a SELECT query"),
        (says(200, JSON, b'{"head": {"vars": ["n"]}, "results": {"bindings": []}}'), "answers an ASK with rows"),
    ],
)
def test_endpoint_that_misbehaves_is_one_clear_fault(
    misbehaving: Callable[[Handler], str], answer: Handler, words: str
) -> None:
    """
    HTML, a redirect, an error, half an answer, too short an answer, other kinds of answer: each is said.
    """
    with pytest.raises((StoreFault, QueryFault), match=words):
        RemoteStore(misbehaving(answer)).select(STUDIES)


def test_endpoint_that_hangs_is_given_up(misbehaving: Callable[[Handler], str]) -> None:
    """
    An endpoint that does not answer in time is named with the time.
    """
    ended = threading.Event()
    url = misbehaving(lambda request: ended.wait(20) and None)
    try:
        with pytest.raises(StoreFault, match=r"did not answer within 0\.2 seconds"):
            RemoteStore(url, timeout=0.2).select(STUDIES)
    finally:
        ended.set()


def test_endless_answer_is_cut(misbehaving: Callable[[Handler], str]) -> None:
    """
    An answer above the limit is refused, with the cure.
    """
    with pytest.raises(StoreFault, match="narrow the question"):
        RemoteStore(misbehaving(says(200, JSON, b" " * 5000)), most_bytes=1000).select(STUDIES)


def test_endpoint_that_is_not_there_is_named() -> None:
    """
    Nobody listens.
    """
    with pytest.raises(StoreFault, match="cannot be reached"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/query").select(STUDIES)


def test_url_of_another_kind_is_refused() -> None:
    """
    A file URL would read this machine.
    """
    with pytest.raises(StoreFault, match="begins with http"):
        RemoteStore("file:///etc/passwd")


def test_refused_query_tells_what_the_server_said(endpoint: str) -> None:
    """
    A real server's words about a syntax error reach the asker.
    """
    with pytest.raises(QueryFault, match="is refused by"):
        RemoteStore(endpoint).select("SELECT ?s WHERE { ?s")
