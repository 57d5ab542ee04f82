"""
One Chromium for all tests of pages: that of the system, or the one that Playwright has installed.

Where there is none these tests are left out, loudly; with KG_BROWSER=required, as in scripts/test where it could be
installed, they fail instead.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from pyoxigraph import Literal, Quad

from kg.evidence import Vocabulary, load_pack
from kg.rdf.ontology import Ontology
from kg.render.site import bundled_engine, make_site, write_site
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus
from tests.servers.kg import kg_serving

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: No name but loopback is ever looked up, whatever a page asks.
_SWITCHES = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--no-sandbox"]
HOSTILE = (
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "javascript:alert(3)",
    "'\"`<!--<svg onload=alert(4)>", "\u202eturned\u202c {{ 7*7 }}", "x" * 10_000,
)  # fmt: skip
_CURE = (
    "no Chromium on this machine, so no page is opened: install Debian's package chromium, "
    "or run .venv/bin/playwright install --with-deps chromium"
)


def chromium(playwright: Playwright) -> str | None:
    """Where Chromium is, if it is anywhere."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, _NAMES)), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        place = chromium(playwright)
        if place is None:
            (pytest.fail if os.environ.get("KG_BROWSER") == "required" else pytest.skip)(_CURE)
        started = playwright.chromium.launch(executable_path=place, args=_SWITCHES)
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(site_files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled graph in a folder."""
    target = tmp_path_factory.mktemp("site") / "pages"
    write_site(site_files, target)
    return target


@pytest.fixture(scope="session")
def served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the site behind a real server."""
    with kg_serving("--site", str(folder), log=tmp_path_factory.mktemp("log") / "stderr") as (url, _):
        yield url


def hostile_store(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """The graph of a tiny pack in which every text is hostile."""
    graph = build_graph([load_pack(corpus.root, ontology.vocabulary).usable()], ontology)
    texts = (
        "label",
        "title",
        "prefLabel",
        "definition",
        "remark",
        "creator",
        "doi",
        "url",
        "path",
    )

    def bent(number: int, quad: Quad) -> Quad:
        plain = isinstance(quad.object, Literal) and quad.predicate.value.endswith(texts)
        text = f"{HOSTILE[number % len(HOSTILE)]} {number}"
        return Quad(quad.subject, quad.predicate, Literal(text), quad.graph_name) if plain else quad

    own = sorted(graph.quads, key=str)
    kept = [bent(n, quad) if "/pack/" in str(quad.subject) or n % 23 == 0 else quad for n, quad in enumerate(own)]
    return OxigraphStore.in_memory(kept)


@pytest.fixture(scope="session")
def hostile_folder(vocabulary: Vocabulary, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a tiny pack in which every text is hostile, in a folder."""
    corpus = Corpus(tmp_path_factory.mktemp("hostile"), vocabulary)
    target = tmp_path_factory.mktemp("hostile-site") / "pages"
    write_site(make_site(hostile_store(corpus, ontology), [corpus.root], engine=bundled_engine()), target)
    return target
