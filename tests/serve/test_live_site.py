"""The site of the graph that is served: made in the background, whole or not there, renewed with the graph, then gone."""

import re
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from kg.evidence import load_pack
from kg.rdf.ontology import Ontology
from kg.render.site import bundled_engine, make_site
from kg.serve import live_site
from kg.serve.app import build_app
from kg.serve.live import Limits, Live, Place
from kg.serve.live_site import LiveSite
from kg.store import Graph, build_graph, bundled_packs, open_store, write_build
from tests.corpus import Corpus
from tests.serve.loop import run
from tests.servers.kg import kg_serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
STUDY = "/site/pack/tiny/paper/small-2000.html"


def graph_of(corpus: Corpus, ontology: Ontology) -> Graph:
    """The graph of a pack as it stands."""
    return build_graph([load_pack(corpus.root, ontology.vocabulary).usable()], ontology)


@pytest.fixture
def small(corpus: Corpus, ontology: Ontology) -> Graph:
    """The graph of a tiny pack, built into the folder `out`."""
    made = graph_of(corpus, ontology)
    write_build(made, corpus.root.parent / "out")
    return made


@contextmanager
def serving(pack: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[httpx.Client, "subprocess.Popen[str]"]]:
    """A server that keeps its pages below a folder of the test, of which nothing may stay; nor may it say anything."""
    kept = pack.parent / "kept"
    kept.mkdir()
    monkeypatch.setenv("TMPDIR", str(kept))
    log = pack.parent / "stderr"
    arguments = ("--store", str(pack.parent / "out"), "--pack", str(pack))
    with (
        kg_serving(*arguments, log=log) as (url, server),
        httpx.Client(base_url=url, timeout=120, trust_env=False) as client,
    ):
        yield client, server
        server.send_signal(signal.SIGINT)
        assert 0 == server.wait(30)
    assert "kg: serving at this address; Ctrl-C ends it\n" == log.read_text()
    assert [] == list(kept.iterdir())


@pytest.mark.usefixtures("small")
def test_pages_come_when_they_are_whole(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Until then programs are told to come back, a term leads to the list of terms, and people see how far the pages are,
    on a page that calls itself up again at its end. Afterwards each file is that of kg site and has its type, and the pack's files are shown.
    """
    with serving(corpus.root, monkeypatch) as (client, _):
        early = client.get("/site/site.css")
        assert (503, "5", "text/plain; charset=utf-8") == (
            early.status_code,
            early.headers["retry-after"],
            early.headers["content-type"],
        )
        assert "/terms#spinal-nerve-ligation" == client.get("/thing/term/spinal-nerve-ligation").headers["location"]
        told = client.get(STUDY, headers=BROWSER)
        assert (503, "5", "no-store") == (
            told.status_code,
            told.headers["retry-after"],
            told.headers["cache-control"],
        )
        assert re.search(r"<p>\w+: [\d,]+ of [\d,]+</p>", told.text) and "<script" not in told.text
        assert 1 == told.text.count("http-equiv") == told.text.count('content="0"')
        assert "A tiny pack" in client.get("/site/about.html").text
        assert 'studies/small-2000.yaml.html">' in client.get(STUDY).text
        assert "text/turtle; charset=utf-8" == client.get(STUDY.replace("html", "ttl")).headers["content-type"]
        assert (
            "/site/term/spinal-nerve-ligation.html"
            == (client.get("/thing/term/spinal-nerve-ligation").headers["location"])
        )
        packs = [corpus.root, *bundled_packs()]
        files = make_site(open_store(str(corpus.root.parent / "out")), packs, engine=bundled_engine())
        for path in sorted(files)[::7]:
            assert files[path] == client.get(f"/site/{path}").content, path


class Made:
    """A making whose pages are there when the test says so."""

    def __init__(self, place: str, packs: object, memory: object) -> None:
        self.place, self.site, self.fault, self.stopped = place, "", "", False

    def stop(self) -> None:
        self.stopped = True


def test_pages_of_a_new_graph_take_the_place_when_they_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Till then those of the old graph stay. Files that were shown last may still be read, so they go one turn later; what
    nobody will see any more is ended at once.
    """
    made: list[Made] = []
    monkeypatch.setattr(live_site, "Making", lambda *given: made.append(Made(*given)) or made[-1])
    state = SimpleNamespace(place="one")

    async def now() -> object:
        return state

    pages = LiveSite(SimpleNamespace(now=now, limits=Limits()), ())  # type: ignore[arg-type]

    def shown_at(place: str) -> object:
        state.place = place
        return run(pages.now())

    assert (None, None) == (shown_at("one"), shown_at("one"))
    made[0].site = "pages of one"
    assert ("pages of one", "pages of one") == (shown_at("one"), shown_at("two"))
    assert ("pages of one", True, False) == (shown_at("three"), made[1].stopped, made[0].stopped)
    made[2].site = "pages of three"
    assert ("pages of three", False) == (shown_at("three"), made[0].stopped)
    shown_at("four")
    made[3].site = "pages of four"
    assert ("pages of four", True, False) == (shown_at("four"), made[0].stopped, made[2].stopped)
    pages.stop()
    assert ["one", "two", "three", "four"] == [one.place for one in made if one.stopped]


@pytest.mark.usefixtures("small")
def test_interrupt_ends_what_is_being_made(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    While pages are made and somebody watches, Ctrl-C ends the server at once, and leaves neither a word nor a file.
    """
    with (
        serving(corpus.root, monkeypatch) as (client, server),
        client.stream("GET", "/site/", headers=BROWSER) as told,
    ):
        assert b"being made" in next(told.iter_bytes())
        server.send_signal(signal.SIGINT)
        assert 0 == server.wait(30)


@pytest.mark.parametrize("room", [True, False])
def test_why_there_are_no_pages_is_said(room: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A graph that cannot be read, or no room for the pages: one page says so, and what will help.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path if room else tmp_path / "none"))
    live = Live(None, Limits(), Place(str(tmp_path / "no-graph"), None))
    pages = LiveSite(live, ())

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=build_app(live, lambda name: True, pages))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
            return [await asking.get("/site/", headers=BROWSER) for _ in range(2)]

    told, said = run(ask())
    live.stop()
    pages.stop()
    assert (503 if room else 500, 500) == (told.status_code, said.status_code)
    assert ("there is no such folder" if room else "there is no room for the pages") in said.text
    assert "a new build of the graph is tried by itself" in said.text and "Traceback" not in said.text


def test_link_of_a_thing_leads_to_where_it_is_told(client: httpx.Client, site: Path) -> None:
    """
    To its page where there is one, a finding to its place there, another term to the list of terms, else nowhere.
    """
    (site / "term").mkdir()
    (site / "term" / "opioid-system.html").write_text("<!DOCTYPE html><title>A page</title>")
    for thing, status, place in [
        ("term/opioid-system", 303, "/site/term/opioid-system.html"),
        ("term/rat", 303, "/terms#rat"),
        ("pack/tiny/paper/s/finding/touch", 303, "/site/pack/tiny/paper/s.html#finding-touch"),
        ("word/decrease", 404, None),
        ("term/../../secret.txt", 404, None),
    ]:
        answer = client.get(f"/thing/{thing.replace('..', '%2e%2e')}")
        assert (status, place) == (answer.status_code, answer.headers.get("location")), thing
