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

from kg.rdf.ontology import Ontology
from kg.render.site import bundled_engine, make_site, write_site
from kg.store import OxigraphStore
from tests.corpus import Corpus
from tests.pages.hostile import hostile_store
from tests.servers.kg import kg_serving

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: No name but loopback is ever looked up, whatever a page asks.
_SWITCHES = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--no-sandbox"]
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
def live(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server of the bundled graph with its site; that it makes the same itself, tests/serve shows."""
    log = tmp_path_factory.mktemp("live") / "stderr"
    with kg_serving("--site", str(folder), log=log) as (url, _):
        yield url
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def live_site(live: str) -> str:
    """The URL of the site behind it."""
    return f"{live}site/"


@pytest.fixture(scope="session")
def hostile(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of a pack in which every text is hostile, and its site."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = Corpus(folder, ontology.vocabulary)
    store = hostile_store(corpus, ontology)
    OxigraphStore.write_folder(folder / "store", store.quads())
    write_site(make_site(store, [corpus.root], engine=bundled_engine()), folder / "site")
    return folder
