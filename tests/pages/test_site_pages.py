"""The site in a real browser: its pictures in the dark, its search, and the way through it without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.harness import visiting

PACK = "pack/leitzelar-koltyn-2021"


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
