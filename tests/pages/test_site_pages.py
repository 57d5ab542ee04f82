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
        found = page.locator("#search ul").bounding_box()
        assert found and 0 <= found["x"] and found["x"] + found["width"] <= 1400
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


def test_the_picture_leads_to_the_pages_of_the_site(browser: Browser, folder: Path) -> None:
    """
    The explorer and the map of gaps load their facts; a thing, a finding and a gap lead to their pages.
    """
    with visiting(browser, (folder / "explorer.html").as_uri() + "#chosen=opioid-system") as visit:
        page = visit.ready().page
        own = page.get_by_role("link", name="Page of this term").get_attribute("href")
        page.locator("#panel .act").first.click()
        page.locator("#panel").get_by_role("link", name="On the page of its study").first.click()
        page.locator("tr:target").wait_for()
        assert "term/opioid-system.html" == own
    with visiting(browser, (folder / "gap-map.html").as_uri()) as visit:
        visit.ready().page.locator("td.empty a").first.click()
        visit.page.locator("#panel").get_by_role("link", name="Page of this gap").click()
        visit.page.wait_for_url("**/gap/**")


def test_the_picture_has_its_rows_without_scripts(browser: Browser, folder: Path) -> None:
    """
    From the explorer to the table of its links, and from a row to a finding; from the map to a gap.
    """
    with visiting(browser, (folder / "explorer.html").as_uri(), scripts=False) as visit:
        visit.page.get_by_role("link", name="in a table").click()
        visit.page.locator("#link-1 td:last-child a, #link-2 td:last-child a").first.click()
        assert "#finding-" in visit.page.url
    with visiting(browser, (folder / "gap-map.html").as_uri(), scripts=False) as visit:
        assert 100 < visit.page.locator("td.empty, td.nothing").count()
        visit.page.get_by_role("link", name="gap in").first.click()
        assert "/gap/" in visit.page.url


def test_on_a_phone_each_cell_says_its_column(browser: Browser, folder: Path) -> None:
    """
    No table must be pushed sideways: a row is a block, and what is empty in it takes no room.
    """
    with visiting(browser, (folder / "ladder.html").as_uri(), width=390, height=844) as visit:
        row = visit.page.locator("main tbody tr").first
        names = row.locator("td").evaluate_all(
            "(all) => all.filter((one) => one.offsetHeight).map((one) => getComputedStyle(one, '::before').content)"
        )
        assert ['"mechanism: "', '"in: "', '"species: "', '"strongest with exercise: "'] == [
            name.replace('" "', "") for name in names[:4]
        ]
        assert len(names) < row.locator("td").count()
        widths = visit.page.locator("main table").evaluate_all("(all) => all.map((one) => one.offsetWidth)")
        assert widths and max(widths) <= 390
        visit.page.set_viewport_size({"width": 1400, "height": 1000})
        assert "table-cell" == row.locator("td").first.evaluate("(one) => getComputedStyle(one).display")


@pytest.mark.parametrize("path", ["ladder.html", f"{PACK}/paper/stagg-2011.html", "index.html"])
def test_pages_fit_on_paper(browser: Browser, folder: Path, path: str) -> None:
    """
    Nothing is cut at the margin of a sheet, upright or, for the widest tables, across; nor is a way through the site printed.
    """
    with visiting(browser, (folder / path).as_uri(), width=1032 if path == "ladder.html" else 703) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert not visit.page.locator("nav[aria-label=Main]").is_visible()
