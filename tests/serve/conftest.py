"""One server for all tests of a module: the bundled graph as a build, beside a folder of pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.store import Graph, write_build
from tests.servers.kg import kg_serving

POLICY = "default-src 'none'; style-src 'self'; script-src 'sha256-AAAA='"


@pytest.fixture(scope="session")
def built(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled graph as `kg build` writes it."""
    target = tmp_path_factory.mktemp("built") / "out"
    write_build(graph, target)
    return target


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages, with things in it that are not to be had."""
    folder = tmp_path_factory.mktemp("site")
    (folder.parent / "secret.txt").write_text("secret")
    pages = folder / "pages"
    (pages / "deep").mkdir(parents=True)
    (folder / "beside.txt").write_text("secret")
    (pages / "index.html").write_text(
        f'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Home</title>'
    )
    (pages / "deep" / "index.html").write_text("<!DOCTYPE html><title>Deep</title><script>alert(1)</script>")
    (pages / "loose.html").write_text(
        '<meta http-equiv="Content-Security-Policy" content="script-src \'unsafe-inline\'"><title>Loose</title>'
    )
    for name in (
        "graph.ttl",
        "data.json",
        "engine.wasm",
        "page.js",
        "heavy-worker.js",
        "look.css",
        "rows.csv",
        "picture.svg",
        "odd.zzz",
    ):
        (pages / name).write_text("x")
    (pages / ".hidden").write_text("secret")
    os.symlink(folder / "beside.txt", pages / "link.txt")
    os.symlink(folder, pages / "up")
    return pages


@pytest.fixture(scope="module")
def served(built: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real server, which gives a query four seconds and 5,000 rows."""
    log = tmp_path_factory.mktemp("log") / "stderr"
    limits = ("--timeout", "4", "--limit-rows", "5000")
    with kg_serving("--store", str(built), "--site", str(site), *limits, log=log) as (url, _):
        yield url
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="module")
def client(served: str) -> Iterator[httpx.Client]:
    """An HTTP client of the server."""
    with httpx.Client(base_url=served, timeout=60, trust_env=False) as made:
        yield made
