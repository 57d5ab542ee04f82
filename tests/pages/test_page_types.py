"""Each type of page, from a file and from `kg serve`: quiet, sound, accessible, whole without scripts, and by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.harness import Visit, visiting

PACK = "pack/leitzelar-koltyn-2021"
#: One page of each type of the site; of those whose address ends in a stroke, the first.
TYPES = (
    "index.html", "ladder.html", "gaps.html", "conflicts.html", "audit.html", "doses.html", "timeline.html",
    "questions.html", "lists.html", "list/study.html", "glossary.html", "scheme/mechanism.html", "curation.html",
    "about.html", "question/blockers-of-exercise.html", "term/opioid-system.html", "term/beta-endorphin.html",
    "term/spinal-cord-injury.html", "term/treadmill-running.html", "term/tactile-hypersensitivity.html",
    f"{PACK}/paper/stagg-2011.html", f"{PACK}/review/stagg-2011.html", f"{PACK}/entry/ref-36.html",
    f"{PACK}/statement/abstract-aerobic-reduces.html", f"{PACK}/file/studies/stagg-2011.yaml.html", "conflict/", "gap/",
)  # fmt: skip
#: Pages that are made of the same parts as others, by which the way with Tab is tried.
SAME_PARTS = {
    "audit.html", "conflicts.html", "lists.html", "list/study.html", "glossary.html", "scheme/mechanism.html",
    "curation.html", "term/beta-endorphin.html", "term/spinal-cord-injury.html", "term/treadmill-running.html",
    "term/tactile-hypersensitivity.html", f"{PACK}/review/stagg-2011.html", f"{PACK}/entry/ref-36.html",
}  # fmt: skip
#: Pages that only the server has, or that it makes by itself.
SERVED = (
    "", "questions", "questions/blockers-of-exercise?of_mechanism=opioid-system", "query", "query?query=ASK{}",
)  # fmt: skip
#: Large pages with a design of their own, in the site and at the server; an address that chooses in each, and what is then said.
LARGE = (
    ("explorer", "chosen=opioid-system~group%3Aoutcome%3Aevoked+withdrawal~", "Stagg 2011 [36]"),
    ("gap-map", "chosen=opioid-system~peripheral-nerve-injury~rodent", "Stagg 2011 [36]"),
)
SOUND = {"lang": "en", "titled": True, "mains": 1, "navigated": True, "headings": 1, "fits": True}


def first(folder: Path, path: str) -> str:
    """The page at a path of the site, or the first page below a folder of it."""
    if not path.endswith("/"):
        return path
    pages = sorted(path for path in (folder / path).rglob("*.html") if not path.stem.rpartition(".")[2].isdigit())
    return str(pages[0].relative_to(folder))


def looked_at(browser: Browser, address: str) -> str:
    """What a page says, after a look at it with the width of a phone; with and without scripts it says the same."""
    with visiting(browser, address, width=390, height=844) as visit:
        assert SOUND == visit.outline()
        assert [] == visit.axe()
        said = visit.text()
    with visiting(browser, address, scripts=False) as visit:
        assert said == visit.text()
    return said


@pytest.mark.parametrize("path", TYPES)
def test_page_from_a_file(browser: Browser, folder: Path, path: str) -> None:
    """
    No error, no request, nothing serious for axe-core, nothing wider than the window of a phone, all without scripts.
    """
    assert 100 < len(looked_at(browser, (folder / first(folder, path)).as_uri()))


def test_pages_from_the_server(browser: Browser, folder: Path, live_site: str) -> None:
    """
    The same bytes as from the folder, so axe-core need not look again; under the policy of the server nothing breaks.
    """
    with visiting(browser, live_site, width=390, height=844) as visit:
        for page in (first(folder, path) for path in TYPES):
            answer = visit.page.goto(live_site + page)
            assert answer and (folder / page).read_bytes() == answer.body()
            assert "unsafe" not in answer.headers["content-security-policy"]
            assert SOUND == visit.outline(), page
            assert visit.page.get_by_role("searchbox").is_visible()


@pytest.mark.parametrize("path", SERVED)
def test_page_of_the_server_itself(browser: Browser, live: str, path: str) -> None:
    """
    No error, no other host, nothing serious for axe-core, nothing wider than a phone, all without scripts.
    """
    assert 50 < len(looked_at(browser, live + path))


def test_page_of_terms_from_the_server(browser: Browser, live: str) -> None:
    """
    The same, with a search that leaves few of its thousand terms: axe-core measures the contrast of each that is seen.
    """
    with visiting(browser, f"{live}terms", width=390, height=844) as visit:
        visit.page.get_by_role("searchbox").fill("opioid")
        assert SOUND == visit.outline()
        assert [] == visit.axe()


@pytest.mark.parametrize(("name", "state", "said"), LARGE)
def test_large_page_from_a_file_and_from_the_server(
    browser: Browser, folder: Path, live: str, live_site: str, name: str, state: str, said: str
) -> None:
    """
    In the site from both, and at the server: the same address shows the same thing in the panel, and nothing breaks.
    """
    for address in ((folder / f"{name}.html").as_uri(), f"{live_site}{name}.html", live + name):
        with visiting(browser, f"{address}#{state}") as visit:
            assert said in visit.ready().page.locator("#panel").inner_text()
            assert SOUND | {"navigated": True} == visit.outline() | {"navigated": True}


def walked(visit: Visit) -> None:
    """Tab reaches everything in its order, shows where it is, and comes out at the end."""
    wanted, reached, unseen = visit.walk()
    assert wanted == reached
    assert [] == unseen
    assert visit.page.evaluate("() => document.activeElement === document.body"), "the focus does not leave the page"


@pytest.mark.parametrize("path", [path for path in TYPES if path not in SAME_PARTS])
def test_page_by_keyboard(browser: Browser, folder: Path, path: str) -> None:
    """
    Every link and control of a page is reached by Tab alone, in order, seen where it is, and nothing holds it.
    """
    with visiting(browser, (folder / first(folder, path)).as_uri()) as visit:
        walked(visit)


@pytest.mark.parametrize("path", ["", "questions", "questions/blockers-of-exercise", "query?query=ASK{}"])
def test_page_of_the_server_by_keyboard(browser: Browser, live: str, path: str) -> None:
    """
    The same for the pages that only the server has.
    """
    with visiting(browser, live + path) as visit:
        walked(visit)
