"""What a pain researcher asks, from the first page to the answer, by keyboard alone, and an address to pass on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.harness import visiting

#: What is asked, the links to follow from the first page, and words of the answer.
JOURNEYS = (
    ("the strongest evidence that opioids matter", ["endogenous opioid system"], "needed in diabetic neuropathy"),
    ("whether it is the same in humans", ["endogenous opioid system"], "findings of papers in human"),
    ("where exercise does harm", ["mechanical hypersensitivity with automated wheel running"], "hypersensitivity rose"),
    ("where exercise does harm or nothing", ["all results without benefit"], "benefit denied"),
    ("what should be studied next, and why", ["first: "], "No paper examined the mechanism with exercise"),
    ("whether the review says what the papers say", ["Review against papers"], "the paper says"),
    (
        "whether it says what one paper says",
        ["Review against papers", "Stagg 2011 [36]"],
        "Where the review and the paper differ",
    ),
)
_STEPS = """(words) => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.checkVisibility())
    .findIndex((one) => one.localName === "a" && one.closest("main") && one.textContent.includes(words))"""


def follow(page: Page, words: str) -> None:
    """Goes with Tab to the first link of the main part that has the words in it, and opens it with Enter."""
    for _ in range(page.evaluate(_STEPS, words) + 1):
        page.keyboard.press("Tab")
    assert words in page.evaluate("() => document.activeElement.textContent")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("place", ["file", "server"])
@pytest.mark.parametrize(("asked", "links", "answer"), JOURNEYS, ids=[one[0] for one in JOURNEYS])
def test_from_the_first_page_to_the_answer(
    browser: Browser, folder: Path, live_site: str, place: str, asked: str, links: list[str], answer: str
) -> None:
    """
    In one or two steps; who is given the address sees the same answer.
    """
    home = (folder / "index.html").as_uri() if place == "file" else live_site
    with visiting(browser, home) as visit:
        for words in links:
            follow(visit.page, words)
        assert answer in visit.page.locator("main").inner_text()
        address, told = visit.page.url, visit.text()
        assert not address.endswith(("/index.html", "/site/"))
        visit.page.goto(address)
        assert told == visit.text()


def test_from_the_first_page_of_the_server_to_the_site(browser: Browser, live: str, live_site: str) -> None:
    """
    The server's own first page leads there in one step, and from a row of an answer one comes to the page of a thing.
    """
    with visiting(browser, live) as visit:
        follow(visit.page, "What is known")
        assert live_site == visit.page.url
        visit.page.goto(f"{live}questions/blockers-of-exercise")
        visit.page.locator("td a", has_text="Stagg 2011").first.click()
        visit.page.wait_for_url("**/site/pack/leitzelar-koltyn-2021/paper/stagg-2011.html")
