"""SPARQL on the static site, in a real browser: the rows of kg query, loaded when asked for, stopped, linked, safe."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from pyoxigraph import Quad, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from kg.query import bundled_names, bundled_question
from kg.query.answer import construct
from kg.query.plain import separated
from kg.render.site.engine import BUNDLED
from kg.store import OxigraphStore
from tests.pages.harness import Visit, visiting
from tests.pages.hostile import HOSTILE
from tests.servers.folder import folder_served

_ENDED = "() => !document.getElementById('sparql-run').disabled"
_SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


# said before any site is made; with KG_ENGINE=required, as in scripts/test where it could be fetched, they fail instead
pytestmark = pytest.mark.skipif(
    not BUNDLED.is_dir() and os.environ.get("KG_ENGINE") != "required",
    reason="the engine of the SPARQL page is not there: run scripts/engine, which needs npm",
)


@dataclass
class Asking:
    """A page with the engine at work, and what was requested before and after somebody wanted it."""

    visit: Visit
    before: list[str]
    after: list[str]

    @property
    def page(self) -> Page:
        return self.visit.page


def load(page: Page) -> None:
    """Presses the button and waits until queries can be run."""
    page.get_by_role("button", name="Load the engine").click()
    page.wait_for_function(_ENDED)


@pytest.fixture(scope="module")
def asking(browser: Browser, live_site: str) -> Iterator[Asking]:
    """The page behind `kg serve`, with the engine loaded once for all tests."""
    with visiting(browser, f"{live_site}sparql.html") as visit:
        asked: list[str] = visit.page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
        later: list[str] = []
        visit.page.on("request", lambda request: later.append(request.url))
        load(visit.page)
        yield Asking(visit, asked, list(later))


def choose(page: Page, name: str, **given: str) -> None:
    """Takes a named question, and fills the fields of its parameters; those not named are emptied."""
    page.locator(f"#{name} button").click()
    for field in page.locator("#sparql-params input").all():
        field.fill(given.get(field.get_attribute("name") or "", ""))


def run(page: Page) -> str:
    """Runs what stands in the editor; the line on how many rows there are, or what was wrong."""
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(_ENDED)
    if page.locator("#sparql-fault > *").count():
        return page.locator("#sparql-fault").inner_text()
    return page.locator(
        "#sparql-count" if page.locator("#sparql-answer").is_visible() else "#sparql-status"
    ).inner_text()


def write(page: Page, query: str) -> str:
    """Runs a query of one's own."""
    page.get_by_label("SPARQL", exact=True).fill(query)
    return run(page)


def saved(page: Page, form: str) -> str:
    """What is saved in a format."""
    with page.expect_download() as begun:
        page.get_by_role("button", name=f"Save as {form}").click()
    return Path(begun.value.path()).read_text(encoding="utf-8")


def test_nothing_of_the_engine_is_loaded_before_somebody_asks_for_it(asking: Asking) -> None:
    """
    Opening the page asks for neither engine nor graph; the button asks for both, and each once.
    """
    heavy = ("engine/", "graph.nq", "worker", "places")
    assert [] == [one for one in asking.before if any(word in one for word in heavy)]
    assert 1 == sum(one.endswith("engine/web_bg.wasm") for one in asking.after)
    assert 1 == sum(one.endswith("downloads/graph.nq.gz") for one in asking.after)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("blockers-of-exercise", {}),
        ("blockers-of-exercise", {"in_condition": "spinal nerve ligation", "of_mechanism": "opioid-system"}),
        ("two-tellers", {"ref": "36"}),
        ("statements-citing", {"ref": "17"}),
        ("terms", {}),
        ("gaps", {}),
        ("studies-by-species", {}),
    ],
)
def test_question_says_here_what_kg_query_says(
    asking: Asking, said_by_oxigraph: Callable[..., Any], name: str, given: dict[str, str]
) -> None:
    """
    The same rows in the same order, as CSV byte by byte; the table and the count show as many.
    """
    rows, texts, _ = said_by_oxigraph(name, **given)
    columns = bundled_question(name).header.columns
    choose(asking.page, name, **given)
    assert run(asking.page).startswith(f"{len(rows):,} row")
    assert separated(columns, [list(one.values()) for one in texts], "csv") == saved(asking.page, "CSV")
    assert min(len(rows), 1000) == asking.page.locator("#sparql-table tbody tr").count()


def test_rows_are_saved_with_their_terms(asking: Asking, said_by_oxigraph: Callable[..., Any]) -> None:
    """
    The JSON is that of SPARQL 1.1, with the very terms of kg query.
    """
    rows, _, _ = said_by_oxigraph("two-tellers", ref="36")
    choose(asking.page, "two-tellers", ref="36")
    run(asking.page)
    found = parse_query_results(saved(asking.page, "JSON").encode(), format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    columns = bundled_question("two-tellers").header.columns
    assert list(rows) == [tuple(row[name] for name in columns) for row in found]


def test_triples_are_drawn_and_saved(asking: Asking, store: OxigraphStore) -> None:
    """
    A CONSTRUCT gives the triples of kg query as Turtle, a picture of its edges whose boxes lead to pages, and a table.
    """
    choose(asking.page, "effect-network")
    expected = construct(store, bundled_question("effect-network"))
    assert run(asking.page).startswith(f"{len(expected)} triples")
    found = parse(saved(asking.page, "Turtle"), format=RdfFormat.TURTLE)
    assert set(expected) == {quad.triple for quad in found if isinstance(quad, Quad)}
    assert "edges between" in asking.page.locator("#sparql-picture summary").inner_text()
    assert asking.page.locator("#sparql-picture svg a[href^='term/']").count() > 50
    assert len(expected) == asking.page.locator("#sparql-table tbody tr").count()


def test_rows_that_name_two_ends_are_drawn_up_to_a_limit(asking: Asking) -> None:
    """
    Three hundred edges at most, and it says so; rows without ends are no picture.
    """
    choose(asking.page, "terms")
    write(asking.page, "SELECT ?from ?to { ?from ?p ?to FILTER(isIRI(?to)) } ORDER BY ?from ?to LIMIT 700")
    assert "the first 300 of " in asking.page.locator("#sparql-picture summary").inner_text()
    assert 300 == asking.page.locator("#sparql-picture .wide g > title + path").count()
    write(asking.page, "SELECT ?s { ?s ?p ?o } LIMIT 3")
    assert 0 == asking.page.locator("#sparql-picture svg").count()


def test_long_answers_are_shown_in_part_and_saved_whole(asking: Asking) -> None:
    """
    A thousand rows stand in the table, and a line says so.
    """
    assert "The first 1,000 are shown" in write(asking.page, "SELECT ?s ?o { ?s ?p ?o } LIMIT 1500")
    assert 1000 == asking.page.locator("#sparql-table tbody tr").count()
    assert 1501 == len(list(csv.reader(io.StringIO(saved(asking.page, "CSV")))))


def test_parameters_are_understood_by_any_name(asking: Asking, said_by_oxigraph: Callable[..., Any]) -> None:
    """
    A changed field changes the rows; label, synonym and id mean the same; an unknown name is told at its field.
    """
    page, name = asking.page, "blockers-of-exercise"
    wide = len(said_by_oxigraph(name)[0])
    narrow = len(said_by_oxigraph(name, in_condition="spinal-nerve-ligation")[0])
    assert 0 < narrow < wide
    for value, expected in (("", wide), ("spinal nerve ligation", narrow), ("SNL", narrow), ("any", wide)):
        choose(page, name, in_condition=value)
        assert run(page).startswith(f"{expected} row"), value
    choose(page, name, in_condition="nerve lig")
    assert "“nerve lig” is no condition; did you mean " in run_refused(page)
    assert "true" == page.locator("#sparql-param-in_condition").get_attribute("aria-invalid")
    choose(page, "two-tellers", ref="x")
    assert "ref needs a whole number such as 36, not “x”" in run_refused(page)


def run_refused(page: Page) -> str:
    """Presses Run where nothing is run, and gives what the status says."""
    page.get_by_role("button", name="Run", exact=True).click()
    return page.locator("#sparql-status").inner_text()


def test_fault_of_a_query_is_told_in_words_with_its_place(asking: Asking) -> None:
    """
    The line and the column are those of the editor, also behind a filter that was put in for a parameter.
    """
    page = asking.page
    choose(page, "blockers-of-exercise", in_condition="SNL")
    told = write(page, "SELECT ?in_condition\nWHERE { ?in_condition a nope:x }")
    assert told.startswith("Line 2, column 31: this prefix was not declared"), told
    page.get_by_role("button", name="Go to line 2").click()
    assert "sparql-text" == page.evaluate("() => document.activeElement.id")
    assert write(page, "SELECT * {\n ?s ?p ?o\n").startswith("Line 3, column 1: this is not SPARQL here")
    assert "“SELEC” in line 2 is none of these" in write(page, "# a comment\nSELEC * {}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another endpoint"),
        ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "FROM names another dataset"),
        ("PREFIX a: <b:>\nLOAD <http://127.0.0.1:9/>", "LOAD changes a graph; this page only asks"),
        ("delete where { ?s ?p ?o }", "DELETE changes a graph; this page only asks"),
        ("# nothing", "There is no query yet"),
    ],
)
def test_what_leaves_or_changes_the_graph_is_refused(asking: Asking, query: str, words: str) -> None:
    """
    With a word, before the engine sees it.
    """
    assert words in write(asking.page, query)


def test_the_same_words_elsewhere_are_no_matter(asking: Asking) -> None:
    """
    In a comment, a text, a name with a prefix and an address.
    """
    query = 'PREFIX service: <http://from/>\nSELECT ("SERVICE FROM" AS ?t) (service:from AS ?u) { } # LOAD SERVICE'
    assert write(asking.page, query).startswith("1 row")


def test_sums_that_the_engine_would_reckon_wrongly_are_refused(asking: Asking) -> None:
    """
    From the right, a - b - c is another number; with brackets it is right, and signs of paths are no sums. No bundled
    question is among those refused.
    """
    page = asking.page
    for sum in ("10 - 1 - 2", "10 -1 -2", "10 - 1 + 2", "12 / 2 / 3", "12 / 2 * 3", "ABS(?a) - 2 * 3 - (4)"):
        assert "Line 2: this engine" in write(page, f"SELECT\n({sum} AS ?n) {{ VALUES ?a {{ 10 }} }}"), sum
    for sum, expected in (("(10 - 1) - 2", "7"), ("10 - (1 + 2)", "7"), ("1 + 2 * 3 - 4", "3"), ("1 - -1", "2")):
        assert write(page, f"SELECT ({sum} AS ?n) {{ }}").startswith("1 row"), sum
        assert expected == page.locator("#sparql-table td").inner_text()
    paths = "SELECT (COUNT(*) AS ?n) { ?s (<a:a>/<a:b>/<a:c>)*/<a:d>+/^<a:e> ?o FILTER(?s - 1 > 0 || ?o - 1 > 0) }"
    assert write(page, paths).startswith("1 row")
    asked = {name: bundled_question(name).sparql for name in bundled_names()}
    found = "(all) => Object.keys(all).filter((name) => fromTheRight(queryParts(all[name])))"
    assert [] == page.evaluate(found, asked)


def test_a_query_can_be_stopped_and_is_given_up_in_time(asking: Asking) -> None:
    """
    Both end the engine; the next query starts it anew, without asking the server for engine or graph again.
    """
    page = asking.page
    page.get_by_label("SPARQL", exact=True).fill(_SLOW)
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_function(_ENDED)
    assert "The query was stopped" in page.locator("#sparql-fault").inner_text()
    page.get_by_label("Give up after").fill("1")
    assert "given up after 1 seconds" in write(page, _SLOW)
    page.get_by_label("Give up after").fill("60")
    assert write(page, "ASK { ?s ?p ?o }").startswith("1 row")
    assert "yes" == page.locator("#sparql-table td").inner_text()


def test_cells_lead_to_pages_and_papers(asking: Asking, folder: Path) -> None:
    """
    A term and a study to their pages in the site, a DOI to doi.org; every page that is linked is there.
    """
    page = asking.page
    choose(page, "blockers-of-exercise", in_condition="spinal nerve ligation")
    run(page)
    links = page.locator("#sparql-table a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    inside = {link.partition("#")[0] for link in links if not link.startswith("http")}
    assert "term/opioid-system.html" in inside
    assert any("/paper/" in link for link in inside) and any("/entry/ref-" in link for link in inside)
    assert [] == [link for link in inside if not (folder / link).is_file()]
    assert any(link.startswith("https://doi.org/10.") for link in links)


def test_a_query_can_be_passed_on(asking: Asking, browser: Browser, live_site: str, folder: Path) -> None:
    """
    The address has the question with its values, or the changed text; who opens it finds both, and nothing has run.
    """
    page = asking.page
    choose(page, "two-tellers", ref="17")
    page.get_by_label("SPARQL", exact=True).fill("SELECT ?s { ?s ?p 'ü & #' }")
    run(page)
    with visiting(browser, page.url) as visit:
        assert "SELECT ?s { ?s ?p 'ü & #' }" == visit.page.get_by_label("SPARQL", exact=True).input_value()
        assert "17" == visit.page.get_by_label("ref").input_value()
        assert not visit.page.locator("#sparql-answer").is_visible()
    with visiting(browser, f"{live_site}question/two-tellers.html") as visit:
        visit.page.get_by_role("link", name="Run it here").click()
        visit.page.wait_for_url("**/sparql.html#two-tellers")
        assert bundled_question("two-tellers").header.summary in visit.page.locator("#sparql-about").inner_text()


def test_the_whole_page_works_by_keyboard(asking: Asking) -> None:
    """
    Filter, choose, narrow, edit, run, and leave the editor again.
    """
    page = asking.page
    page.get_by_label("Filter").focus()
    page.keyboard.type("two tellers side")
    left = page.locator(".questions li:visible")
    assert 0 < left.count() < 10
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "true" == left.first.locator("button").get_attribute("aria-pressed")
    page.get_by_label("Filter").fill("")
    choose(page, "two-tellers", ref="36")
    page.locator("#sparql-params input").last.focus()
    page.keyboard.press("Tab")
    assert "sparql-text" == page.evaluate("() => document.activeElement.id")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(_ENDED)
    assert "rows in" in page.locator("#sparql-count").inner_text()
    page.keyboard.press("Tab")
    assert "sparql-run" == page.evaluate("() => document.activeElement.id")


@pytest.mark.parametrize(
    ("width", "dark", "query"),
    [
        (390, False, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(isIRI(?o)) } LIMIT 20"),
        (1400, True, f"SELECT * {{ nonsense {'x' * 300} }}"),
    ],
)
def test_what_comes_of_a_query_is_accessible_and_fits(asking: Asking, width: int, dark: bool, query: str) -> None:
    """
    A picture with its table on a phone, a fault in the dark: nothing serious for axe-core, no scrolling to the side.
    """
    page = asking.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if dark else "light")
    choose(page, "blockers-of-exercise")
    write(page, query)
    assert [] == asking.visit.axe()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.emulate_media(color_scheme="light")


def test_hostile_texts_run_no_script(browser: Browser, hostile: Path) -> None:
    """
    Labels of the graph and texts of a query, in the table, in the picture and in what a fault says; behind a server
    that sends no policy of its own.
    """
    texts = " ".join(json.dumps(one) for one in HOSTILE)
    mine = f'SELECT ?doi ?ref ?x {{ VALUES ?doi {{ {texts} "constructor" }} BIND(?doi AS ?ref) BIND(IRI("javascript:alert(5)") AS ?x) }}'
    drawn = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?o <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
    with folder_served(hostile / "site") as url, visiting(browser, f"{url}sparql.html") as visit:
        page = visit.page
        load(page)
        choose(page, "terms")
        for query in (
            mine,
            drawn,
            "SELECT * { ?s ?label ?o }",
            "SELECT ?s { ?s ?p </script><script>alert(6)</script> ",
        ):
            assert write(page, query)
            bad = "a[href^='javascript:' i], img, [onerror], [onload], #sparql-work script"
            assert 0 == page.locator(bad).count()
        assert write(page, mine).startswith("7 rows")
        assert ["javascript:alert(5)"] * 7 == page.locator("#sparql-table td:nth-child(3)").all_inner_texts()
        assert "\\u202eturned" in page.locator("#sparql-table").inner_text()
        page.evaluate("() => { location.hash = '<script>alert(7)</script>&sparql=</script><script>alert(8)</script>' }")
        page.wait_for_function("() => document.getElementById('sparql-status').textContent.includes('no question')")


def test_a_damaged_engine_is_not_used(browser: Browser, live_site: str, folder: Path) -> None:
    """
    Other bytes than those of the site's own list: a clear word, no worker, and the button can be pressed again.
    """
    data = bytearray((folder / "engine" / "web_bg.wasm").read_bytes())
    data[-1] ^= 1

    def damaged(route: Route) -> None:
        route.fulfill(body=bytes(data), content_type="application/wasm")

    with visiting(browser, f"{live_site}sparql.html") as visit:
        visit.page.route("**/web_bg.wasm", damaged)
        visit.page.get_by_role("button", name="Load the engine").click()
        visit.page.wait_for_selector("#sparql-fault > *")
        assert "engine/web_bg.wasm is damaged" in visit.page.locator("#sparql-fault").inner_text()
        assert [] == visit.page.workers and not visit.page.get_by_role("button", name="Run", exact=True).is_enabled()
        visit.page.unroute("**/web_bg.wasm")
        load(visit.page)


def test_a_page_from_a_file_says_that_it_cannot_ask(browser: Browser, folder: Path) -> None:
    """
    It shows the two ways to serve the folder, and still has the questions to choose and read.
    """
    with visiting(browser, (folder / "sparql.html").as_uri()) as visit:
        told = visit.page.locator("main").inner_text()
        assert "because this page was opened from a file" in told
        assert "kg serve --site" in told and "python3 -m http.server" in told
        assert not visit.page.get_by_role("button", name="Load the engine").is_visible()
        visit.page.locator("#two-tellers button").click()
        assert "SELECT" in visit.page.get_by_label("SPARQL", exact=True).input_value()
        assert [] == visit.axe()
