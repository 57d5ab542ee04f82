"""A pack in which every text is hostile: nothing of it runs, from a file and from `kg serve`, and all of it stays text."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.pages.harness import Visit, visiting
from tests.servers.kg import kg_serving

SITE = (
    "index.html", "pack/tiny/paper/small-2000.html", "pack/tiny/entry/ref-1.html", "question/studies.html", "about.html",
    "glossary.html", "explorer.html", "gap-map.html",
)  # fmt: skip
QUERY = "SELECT ?s ?o { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'alert') || CONTAINS(STR(?o), '7*7')) }"
SERVED = (
    "", "questions/studies", "questions/terms", "terms", "explorer", "gap-map", f"query?{urlencode({'query': QUERY})}",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(hostile: Path) -> Iterator[str]:
    """The URL of a server of both."""
    arguments = ("--store", str(hostile / "store"), "--site", str(hostile / "site"))
    with kg_serving(*arguments, log=hostile / "stderr") as (url, _):
        yield url


def harmless(visit: Visit) -> None:
    """No element, address or handler that came from a text; a dialogue or a fault on the console is seen elsewhere."""
    page = visit.page
    assert 0 == page.locator("a[href^='javascript:' i], img, iframe, [onerror], [onload], body svg[onload]").count()
    assert 0 == page.locator(
        "script:not([src]):not([type='application/json']):not([type='application/ld+json'])"
    ).evaluate_all("(all) => all.filter((one) => one.textContent.startsWith('alert')).length")
    assert "\u202e" not in (page.locator("body").inner_text())


def search(visit: Visit) -> None:
    """Looks for hostile words where a page has a search, so that what it finds is shown."""
    for box in visit.page.get_by_role("searchbox").all():
        box.fill("alert")
    if visit.page.locator("#search ul").count():
        visit.page.locator("#search li").first.wait_for()


@pytest.mark.parametrize("path", SITE)
def test_hostile_page_from_a_file(browser: Browser, hostile: Path, path: str) -> None:
    """
    Titles, labels, paths and addresses full of script open as text.
    """
    with visiting(browser, (hostile / "site" / path).as_uri()) as visit:
        search(visit)
        harmless(visit)


def test_hostile_pages_from_the_server(browser: Browser, hostile: Path, served: str) -> None:
    """
    The same, and the pages that only the server has, each under a policy that allows no script of a page's own text but
    those that it names by digest.
    """
    with visiting(browser, served) as visit:
        for path in (*SERVED, *(f"site/{one}" for one in SITE)):
            answer = visit.page.goto(served + path)
            assert answer and 200 == answer.status, path
            policy = answer.headers["content-security-policy"]
            assert "unsafe-inline" not in policy and "unsafe-eval" not in policy
            search(visit)
            harmless(visit)


def test_policy_of_the_server_stops_a_script_that_got_in(browser: Browser, hostile: Path, served: str) -> None:
    """
    Were a text ever written as it is, the policy would still hold it: a page spoilt on purpose runs nothing.
    """
    page = hostile / "site" / "about.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace(
            "<main", "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\"><main"
        )
    )
    titles = []
    with (
        pytest.raises(AssertionError),
        visiting(browser, f"{served}site/about.html") as visit,
    ):
        titles.append(visit.page.title())
    assert titles and "run" not in titles
    assert any("Content Security Policy" in one for one in visit.said)
    page.write_text(text)


def test_hostile_texts_stay_text(hostile: Path) -> None:
    """
    What was escaped is there to be read, and no sign that turns the line is in any page.
    """
    pages = [path.read_text(encoding="utf-8") for path in sorted((hostile / "site").rglob("*.html"))]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("\u202e" in page for page in pages)
