"""The site in a real browser: quiet, accessible, searchable, whole without scripts, and safe with a hostile pack."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.harness import visiting

PACK = "pack/leitzelar-koltyn-2021"
#: One page of each type.
TYPES = (
    "index.html", "ladder.html", "gaps.html", "conflicts.html", "audit.html", "doses.html", "timeline.html",
    "questions.html", "lists.html", "list/study.html", "glossary.html", "scheme/mechanism.html", "curation.html",
    "about.html", "question/blockers-of-exercise.html", "term/opioid-system.html", "term/beta-endorphin.html",
    "term/spinal-cord-injury.html", "term/treadmill-running.html", "term/tactile-hypersensitivity.html",
    f"{PACK}/paper/stagg-2011.html", f"{PACK}/review/stagg-2011.html", f"{PACK}/entry/ref-36.html",
    f"{PACK}/statement/abstract-aerobic-reduces.html", f"{PACK}/file/studies/stagg-2011.yaml.html",
)  # fmt: skip


def first(folder: Path, under: str) -> str:
    """The first page below a folder of the site."""
    pages = sorted(path for path in (folder / under).rglob("*.html") if not path.stem.rpartition(".")[2].isdigit())
    return str(pages[0].relative_to(folder))


@pytest.mark.parametrize("path", [*TYPES, "conflict/", "gap/"])
def test_each_type_of_page_opens_quietly_and_accessibly(browser: Browser, folder: Path, path: str) -> None:
    """
    From a file: no error, no request, nothing serious for axe-core, nothing wider than the window of a phone.
    """
    page = first(folder, path) if path.endswith("/") else path
    with visiting(browser, (folder / page).as_uri(), width=390, height=844) as visit:
        assert [] == visit.axe()
        assert visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["index.html", "doses.html", "timeline.html"])
def test_pictures_can_be_seen_in_the_dark(browser: Browser, folder: Path, path: str) -> None:
    """
    Nothing serious for axe-core with the dark palette, which measures contrast.
    """
    with visiting(browser, (folder / path).as_uri(), dark=True) as visit:
        assert [] == visit.axe()


def search(page: Page, words: str) -> list[str]:
    """What the search finds."""
    page.get_by_role("searchbox").fill(words)
    page.wait_for_function("() => /found/.test(document.querySelector('#search [role=status]').textContent)")
    return page.locator("#search li").all_inner_texts()


def test_the_search_finds_everything_and_leads_there_by_keyboard(browser: Browser, folder: Path) -> None:
    """
    A mechanism, a study, a reference by its DOI, a finding; from a file, and from a page that lies deep.
    """
    with visiting(browser, (folder / PACK / "paper" / "stagg-2011.html").as_uri()) as visit:
        page = visit.page
        assert "endogenous opioid system mechanism" == search(page, "Endogenous opioid")[0]
        assert any("Stagg 2011 [36]" in one for one in search(page, "10.1097/aln.0b013e318210f880"))
        assert any("finding of" in one for one in search(page, "beta-endorphin rose"))
        assert [] == search(page, "no such thing at all")
        search(page, "endogenous opioid")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/term/opioid-system.html")
        assert "endogenous opioid system" == page.locator("h1").inner_text()


def test_without_scripts_all_is_there_but_the_search(browser: Browser, folder: Path) -> None:
    """
    The box of the search does not stand there uselessly; lists lead to everything.
    """
    with visiting(browser, (folder / "index.html").as_uri(), scripts=False) as visit:
        assert not visit.page.locator("#search").is_visible()
        visit.page.get_by_role("link", name="Lists").first.click()
        visit.page.get_by_role("link", name="mechanisms").click()
        visit.page.get_by_role("link", name="endogenous opioid system").click()
        assert "needed" in visit.page.locator("main").inner_text()


#: What a reader asks, the links to follow from the first page, and words of the answer.
JOURNEYS = (
    ("the strongest evidence that a mechanism matters", ["endogenous opioid system"], "needed in"),
    ("whether it is the same in people", ["endogenous opioid system"], "species human"),
    ("where exercise does harm", ["Results without benefit"], "harm"),
    ("what should be studied next, and why", ["Gaps, ranked", "not examined with exercise"], "the detectors rest on"),
    ("whether the review says what the paper says", ["Review against papers"], "the paper says"),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "links", "answer"), JOURNEYS, ids=[one[0] for one in JOURNEYS])
def test_a_reader_comes_from_the_first_page_to_the_answer(
    browser: Browser, folder: Path, asked: str, links: list[str], answer: str
) -> None:
    """
    In one click or two, and each answer has an address of its own to pass on.
    """
    with visiting(browser, (folder / "index.html").as_uri()) as visit:
        for name in links:
            visit.page.locator("main").get_by_role("link", name=name).first.click()
        assert answer in visit.page.locator("main").inner_text()
        assert not visit.page.url.endswith("/index.html")


def test_the_same_pages_come_from_a_server(browser: Browser, served: str) -> None:
    """
    Under the policy of the server, with the search at work.
    """
    with visiting(browser, f"{served.rstrip('/')}/site/term/opioid-system.html") as visit:
        assert "endogenous opioid system mechanism" == search(visit.page, "Endogenous opioid")[0]
        visit.page.get_by_role("link", name="Ladder").first.click()
        assert "How each mechanism is known" == visit.page.locator("h1").inner_text()


def test_a_hostile_pack_runs_no_script(browser: Browser, hostile_folder: Path) -> None:
    """
    Titles, labels, paths and addresses full of script open as text, and no link leads to a script.
    """
    pages = [
        "index.html",
        "pack/tiny/paper/small-2000.html",
        "pack/tiny/entry/ref-1.html",
        "question/studies.html",
        "about.html",
        "glossary.html",
    ]
    for path in pages:
        with visiting(browser, (hostile_folder / path).as_uri()) as visit:
            visit.page.get_by_role("searchbox").fill("alert")
            visit.page.wait_for_timeout(50)
            assert 0 == visit.page.locator("a[href^='javascript:' i], img, [onerror], [onload]").count()
    texts = [path.read_text(encoding="utf-8") for path in hostile_folder.rglob("*.html")]
    assert any("&lt;script&gt;alert(1)" in text for text in texts)
    assert not any("\u202e" in text for text in texts)
