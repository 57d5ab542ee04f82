"""kg serve as people start it: what it says, what it refuses before it listens, and how it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.store import Graph, write_build
from tests.corpus import Corpus
from tests.servers.kg import KG, kg_serving

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def serve(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["serve", *arguments], catch_exceptions=False)


def read(url: str, **headers: str) -> tuple[int, str, str]:
    """Status, tag and body of an answer."""
    try:
        with _OPENER.open(urllib.request.Request(url, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers["ETag"] or "", answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", error.read().decode()


@pytest.fixture
def tiny(corpus: Corpus, tmp_path: Path) -> Path:
    """A build of the tiny pack."""
    built = CliRunner().invoke(main, ["build", "--pack", str(corpus.root), "--out", str(tmp_path / "out")])
    assert 0 == built.exit_code, built.stderr
    return tmp_path / "out"


def test_faults_of_the_request_are_one_line(tiny: Path, tmp_path: Path) -> None:
    """
    A port in use, an address of another machine, no address at all, no graph, no folder of pages: each with its cure.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        cases = [
            (("--port", port, "--store", str(tiny)), "something else listens there already; end it, or give another port"),
            (("--port", "0", "--host", "192.0.2.1"), "this machine has no such address"),
            (("--port", "0", "--host", "no such name"), "is no address that this machine knows"),
            (("--port", "0", "--store", str(tmp_path / "none")), "there is no such folder or file; kg build makes one"),
            (("--port", "0", "--store", f"http://127.0.0.1:{port}/nothing"), f"http://127.0.0.1:{port}/nothing"),
            (("--port", "0", "--store", str(tiny), "--site", str(tmp_path / "none")), "is no folder of pages"),
        ]  # fmt: skip
        taken.close()
        with socket.create_server(("127.0.0.1", int(port))):
            for arguments, words in cases[:1]:
                assert words in serve(*arguments).stderr
    for arguments, words in cases[1:]:
        result = serve(*arguments)
        assert 1 == result.exit_code
        assert words in result.stderr and 1 == len(result.stderr.splitlines()) and "" == result.stdout


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--timeout", "0"), ("--limit-rows", "0"), ("--port", "x")])
def test_impossible_numbers_are_wrong_usage(arguments: tuple[str, ...]) -> None:
    """
    A port above the last, no time, no rows.
    """
    assert 2 == serve(*arguments).exit_code


def test_without_the_libraries_the_install_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One clear message where starlette or uvicorn is absent.
    """
    for name in [name for name in sys.modules if name.startswith(("kg.serve.app", "kg.serve.patient"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = serve("--port", "0")
    assert (1, "kg: kg serve needs starlette and uvicorn: pip install 'exercise-pain-kg[serve]'\n") == (
        result.exit_code,
        result.stderr,
    )


def test_interrupt_ends_cleanly_even_while_a_query_runs(tiny: Path, graph: Graph, tmp_path: Path) -> None:
    """
    Ctrl-C ends the server with status 0, its processes with it, and nothing but its own words is said.
    """
    write_build(graph, tmp_path / "whole")
    log = tmp_path / "log"
    with kg_serving("--store", str(tmp_path / "whole"), "--timeout", "600", log=log) as (url, server):
        assert 200 == read(f"{url}sparql?{urlencode({'query': 'ASK {}'})}")[0]
        asked = threading.Thread(target=ask_and_lose, args=(f"{url}sparql?{urlencode({'query': ENDLESS})}",))
        asked.start()
        assert 200 == read(f"{url}questions/studies.csv")[0]
        own = children(server.pid)
        assert own
        server.send_signal(signal.SIGINT)
        assert 0 == server.wait(30)
        asked.join()
    assert "kg: serving at this address; Ctrl-C ends it\n" == log.read_text()
    assert not [pid for pid in own if Path(f"/proc/{pid}/exe").exists()]


def ask_and_lose(url: str) -> None:
    try:
        read(url)
    except OSError:
        return


def children(parent: int) -> list[str]:
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split() or [
        pid.name for pid in Path("/proc").glob("[0-9]*") if f"PPid:\t{parent}\n" in (pid / "status").read_text()
    ]


def test_asker_who_leaves_frees_the_process(graph: Graph, tmp_path: Path) -> None:
    """
    Eight askers who leave at once do not keep four processes busy until a deadline of ten minutes.
    """
    write_build(graph, tmp_path / "whole")
    with kg_serving("--store", str(tmp_path / "whole"), "--timeout", "600", log=tmp_path / "log") as (url, _):
        port = int(url.rstrip("/").rpartition(":")[2])
        for _ in range(8):
            with socket.create_connection(("127.0.0.1", port), timeout=30) as leaving:
                path = f"/sparql?{urlencode({'query': ENDLESS})}"
                leaving.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert 200 == read(f"{url}sparql?{urlencode({'query': 'ASK {}'})}")[0]
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_new_build_is_served_without_a_restart(tiny: Path, corpus: Corpus, tmp_path: Path) -> None:
    """
    After a build into the same folder, answers and their marks are those of the new graph.
    """
    question = f"sparql?{urlencode({'query': 'ASK { ?s <https://w3id.org/exercise-pain-kg/ontology#result> <https://w3id.org/exercise-pain-kg/word/increase> }'})}"
    with kg_serving("--store", str(tiny), log=tmp_path / "log") as (url, _):
        before, page = read(f"{url}{question}"), read(url)[2]
        assert '"boolean":false' in before[2]
        corpus.with_text("result: decrease", "result: increase")
        assert 0 == CliRunner().invoke(main, ["build", "--pack", str(corpus.root), "--out", str(tiny)]).exit_code
        after = read(f"{url}{question}", **{"If-None-Match": before[1]})
        assert (200, True) == (after[0], '"boolean":true' in after[2])
        assert before[1] != after[1] and page != read(url)[2]


def test_file_and_endpoint_are_served_too(tiny: Path, tmp_path: Path) -> None:
    """
    A file is opened once, and stays as it was; an endpoint is asked anew each time, and has no mark that may be old.
    """
    file = tmp_path / "mine.nq"
    shutil.copy(tiny / "graph.nq", file)
    query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    with kg_serving("--store", str(file), log=tmp_path / "log") as (url, _):
        file.unlink()
        first = read(f"{url}sparql?{query}")
        assert 200 == first[0] and first[1]
        with kg_serving("--store", f"{url}sparql", log=tmp_path / "second") as (beyond, _):
            second = read(f"{beyond}sparql?{query}")
            assert (200, "", first[2]) == second
            assert 200 == read(f"{beyond}questions/studies.json")[0]


def test_warning_beyond_loopback(tiny: Path, tmp_path: Path) -> None:
    """
    Whoever opens the server to others is told so; a number is one of its names then, a stranger's name is not.
    """
    log = tmp_path / "log"
    with kg_serving("--store", str(tiny), "--host", "0.0.0.0", log=log) as (url, _):  # noqa: S104 - that is what is tested
        here = url.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        assert [200, 200, 421] == [read(here, Host=host)[0] for host in ("127.0.0.1", "10.1.2.3:80", "evil.example")]
    assert "warning: others than this machine can reach this server" in log.read_text()


def test_help_of_serve_loads_no_server() -> None:
    """
    Help imports neither starlette nor uvicorn.
    """
    code = (
        "import sys; from kg.cli import main; main(['serve', '--help'], standalone_mode=False); "
        "print([name for name in ('starlette', 'uvicorn', 'pyoxigraph') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert "[]" == done.stdout.splitlines()[-1]
    assert KG[0] == sys.executable
