"""The explorer in a real browser: it says what the graph says, by mouse, by keyboard and without scripts, and nothing else."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.query.read_terms import read_terms
from kg.query.search import one_term
from kg.render import View, render_explorer
from kg.render.explorer_findings import FindingText
from kg.render.explorer_narrow import compared, compared_terms, focused, view_of
from kg.render.explorer_view import ShownConflict, ShownEdge, ShownNode, grouped
from kg.store import OxigraphStore
from tests.pages.harness import visiting, written


@pytest.fixture(scope="session")
def view(store: OxigraphStore) -> View:
    """The view of the bundled graph."""
    return view_of(store)


@pytest.fixture(scope="session")
def text(view: View) -> str:
    """Its page."""
    return render_explorer(view)


@pytest.fixture(scope="session")
def address(text: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where its page is."""
    return written(tmp_path_factory.mktemp("explorer"), "explorer.html", text)


@pytest.fixture(scope="session")
def around(store: OxigraphStore, view: View, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of a part is: the same template, and less to look through."""
    terms = read_terms(store)
    part = focused(view, one_term(terms, "opioid-system"), terms, 1)
    return written(tmp_path_factory.mktemp("around"), "around.html", render_explorer(part))


def rows(page: Page) -> list[list[str]]:
    """The cells of the rows of the table that are shown."""
    found: list[list[str]] = page.evaluate(
        "() => [...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return found


def panel(page: Page) -> str:
    """What the panel says."""
    return page.locator("#panel").inner_text()


def test_the_page_is_small_and_the_same_each_time(view: View, text: str) -> None:
    """
    All of it is less than a megabyte, and the same view gives the same bytes.
    """
    assert len(text.encode()) < 1_000_000
    assert text == render_explorer(view)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_opens_from_a_file_quietly_and_accessibly(browser: Browser, around: str, dark: bool) -> None:
    """
    No request, no error; axe-core finds nothing serious with a line chosen and the filters open, light and dark.
    """
    with visiting(browser, around, dark=dark) as visit:
        visit.ready()
        visit.page.locator("#more > summary").click()
        visit.page.locator("tbody tr:not([hidden]) th a").first.click()
        assert [] == visit.axe()


def test_at_rest_the_picture_is_one_that_can_be_read(browser: Browser, address: str) -> None:
    """
    A few dozen lines; groups stand closed; what the marks mean is said beside the picture.
    """
    with visiting(browser, address) as visit:
        status = visit.ready().page.locator("#status").inner_text()
        assert 20 <= int(status.split()[0]) <= 80
        assert "no significant change" in panel(visit.page)


def test_every_fact_is_there_without_scripts(browser: Browser, address: str, view: View) -> None:
    """
    With scripts off every edge is a row and every finding has its words, depth of reading, paper and links.
    """
    with visiting(browser, address, scripts=False) as visit:
        assert len(view.edges) == visit.page.locator("tbody tr").count()
        said = visit.page.locator("main").text_content() or ""
        for finding in view.findings:
            assert finding.words in said and finding.contrast in said and finding.file in said
        links = {link for finding in view.findings for _, link in finding.links}
        shown = visit.page.locator("#findings a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        assert links <= set(shown)
        assert all(sentence in said for told in view.blockers.values() for sentence in told)


def test_a_row_opens_the_findings_behind_its_line(browser: Browser, address: str) -> None:
    """
    The panel says the finding, dose, condition, species, rung, paper, DOI, depth of reading, source and the SPARQL.
    """
    with visiting(browser, address) as visit:
        page = visit.ready().page
        page.get_by_role(
            "link",
            name="With endogenous opioid system blocked, the benefit of exercise on tactile hypersensitivity was lost",
        ).first.click()
        said = panel(page)
        for words in (
            "was lost or reduced",
            "rung: needed",
            "Stagg 2011 [36]",
            "doi:",
            "Read as",
            "source",
            "VALUES ?finding",
            "intracerebroventricular",
            "species: rat",
            "spinal nerve ligation",
        ):
            assert words in said, words
        assert "panel" == page.evaluate("() => document.activeElement.id")


def test_a_line_tells_where_results_conflict(browser: Browser, address: str, view: View) -> None:
    """
    The panel of a thing whose findings stand on a side of a conflict says both sides.
    """
    assert view.conflicts
    with visiting(browser, address + "#chosen=astrocyte-reactivity") as visit:
        said = panel(visit.ready().page)
        assert "Where results conflict" in said and "opposed:" in said


def test_filters_keep_table_picture_and_address_in_step(browser: Browser, address: str) -> None:
    """
    What a filter leaves in the table is what is drawn; the address brings the same view back.
    """
    with visiting(browser, address) as visit:
        page = visit.ready().page
        page.locator("select[name=species]").select_option(label="human")
        found = rows(page)
        assert found and {"human", ""} >= {row[4] for row in found}
        status, here = page.locator("#status").inner_text(), page.url
        assert "species=human" in here
    with visiting(browser, here) as visit:
        page = visit.ready().page
        assert (found, status) == (rows(page), page.locator("#status").inner_text())


def test_a_wider_term_means_those_beneath_it_too(browser: Browser, address: str) -> None:
    """
    Who asks for rodents gets rats and mice.
    """
    with visiting(browser, address + "#species=rodent") as visit:
        assert {"rat", "mouse"} <= {row[4] for row in rows(visit.ready().page)} <= {"rat", "mouse", "rodent", ""}


def test_what_is_not_drawn_is_not_taken_for_absent(browser: Browser, address: str) -> None:
    """
    Filters that leave only drugs say so, and where they are asked for.
    """
    with visiting(browser, address + "#rung=manipulation-fails") as visit:
        said = visit.ready().page.locator("#status").inner_text()
        assert re.search(r"\d+ of drugs would", said) and "absence" not in said


def test_the_review_is_told_apart_from_the_papers(browser: Browser, address: str) -> None:
    """
    One teller at a time: no row of the other is left.
    """
    with visiting(browser, address + "#telling=r&direct=1&agents=1") as visit:
        assert {"review"} == {row[8] for row in rows(visit.ready().page)}


def test_nothing_left_is_no_claim(browser: Browser, address: str) -> None:
    """
    Filters that leave nothing say so, as absence of evidence.
    """
    with visiting(browser, address + "#from=1900&to=1901&rung=needed") as visit:
        assert "not evidence of absence" in visit.ready().page.locator("#status").inner_text()


def test_search_finds_a_thing_wherever_it_stands(browser: Browser, address: str) -> None:
    """
    A drug that is not drawn at rest is drawn and told of once it is looked for.
    """
    with visiting(browser, address) as visit:
        page = visit.ready().page
        page.locator("#find").fill("naloxone")
        page.locator("#find").press("Tab")
        assert "naloxone" == page.locator("#panel-title").inner_text()
        assert "agents=1" in page.url


def test_why_lights_the_ways_between_two_things(browser: Browser, address: str) -> None:
    """
    Each line of a way is named; where no way leads, that is said and no more.
    """
    with visiting(browser, address + "#a=aerobic+exercise&b=experimental+pain") as visit:
        said = panel(visit.ready().page)
        assert "Why? aerobic exercise to experimental pain" in said and "no study need hold a whole way" in said
        assert "endocannabinoid" in said or "opioid" in said
        visit.page.locator("input[name=a]").fill("experimental pain")
        visit.page.locator("input[name=b]").fill("aerobic exercise")
        visit.page.locator("#light").click()
        assert "not evidence of absence" in panel(visit.page)


def test_the_whole_journey_by_keyboard_alone(browser: Browser, address: str) -> None:
    """
    From the top of the page into the picture, along it, into a line, to its findings, and a group opened.
    """
    with visiting(browser, address) as visit:
        page = visit.ready().page
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.className === 'canvas'"):
                break
        page.keyboard.press("ArrowRight")
        assert page.locator("#here").inner_text().startswith("mechanism: ")
        page.keyboard.press("l")
        assert page.locator("#here").inner_text().startswith("Line 1 of")
        page.keyboard.press("Enter")
        assert "Read as" in panel(page) and "chosen=" in page.url
        page.locator(".canvas").focus()
        before = page.locator("#status").inner_text()
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "o"):
            page.keyboard.press(key)
        assert before != page.locator("#status").inner_text() and "open=" in page.url


def test_a_click_in_the_picture_opens_the_panel(browser: Browser, address: str) -> None:
    """
    The thing under the mouse is the thing that is told of.
    """
    with visiting(browser, address + "#species=human") as visit:
        page = visit.ready().page
        box = page.locator(".canvas").bounding_box()
        assert box
        hits = 0
        for down in range(20, int(box["height"]), 24):
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + down)
            hits += "Leads" in panel(page) or "Highest rung" in panel(page)
        assert hits


def test_two_conditions_side_by_side(browser: Browser, store: OxigraphStore, view: View, tmp_path: Path) -> None:
    """
    Each has a picture of its own under its name, the same thing at the same place.
    """
    terms = read_terms(store)
    part = focused(view, one_term(terms, "opioid-system"), terms, 1)
    sides = compared_terms(terms, "diabetic-neuropathy", "peripheral-nerve-injury")
    made = render_explorer(compared(part, *sides, terms))
    with visiting(browser, written(tmp_path, "two.html", made)) as visit:
        page = visit.ready().page
        assert ["diabetic neuropathy", "peripheral nerve injury"] == page.locator("figcaption").all_inner_texts()
        assert 2 == page.locator(".canvas canvas").count()
        assert [] == visit.axe()


def test_fits_a_phone(browser: Browser, address: str) -> None:
    """
    At the width of a phone nothing but the table and the picture is wider than the screen.
    """
    with visiting(browser, address, width=390, height=844) as visit:
        page = visit.ready().page
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        shown = page.locator(".canvas").bounding_box()
        assert shown and shown["height"] > 400


HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    "<img src=x onerror='window.hacked = 3'>",
    "javascript:window.hacked = 4",
    "\"'`${window.hacked = 5}{{ 7 * 7 }}{% raw %}",
    "\u202edesrever\u202c \u2066hidden\u2069",
    "]]>--><!--",
    "x" * 10_000,
)


def hostile_view() -> View:
    """Everything that a pack may name, each as hostile as can be."""
    nodes = {f"https://example.org/{n}?{text}": text for n, text in enumerate(HOSTILE)}
    kinds = ("exercise", "mechanism", "outcome", "marker", "agent")
    shown = {iri: ShownNode(iri, text, kinds[n % 5], text) for n, (iri, text) in enumerate(nodes.items())}
    findings = tuple(
        FindingText(f"https://w3id.org/exercise-pain-kg/pack/p/paper/{n}/finding/{text}", text, text, ((text, text),), text, text, text, 2000, text, "paper", "abstract", text, (), text, text)
        for n, text in enumerate(HOSTILE)
    )  # fmt: skip
    ends = list(shown)
    edges = tuple(
        ShownEdge(a, b, "moves", text, "measured", "paper", conditions=(text,), species=text, bout="training", exercises=(text,), findings=(one.iri,), read=("abstract",), references=(text,))
        for a, b, text, one in zip(ends, [*ends[1:], ends[0]], HOSTILE, findings, strict=True)
    )  # fmt: skip
    blockers = {iri: (text,) for iri, text in nodes.items()}
    return grouped(
        View(
            HOSTILE[1],
            shown,
            edges,
            findings=findings,
            blockers=blockers,
            conflicts=tuple(ShownConflict(text, (findings[0].iri,)) for text in HOSTILE),
        ),
        {},
    )


def test_a_hostile_pack_runs_no_script(browser: Browser, tmp_path: Path) -> None:
    """
    Labels, ids, titles and addresses are text: shown as such, and nothing of them runs or turns the line.
    """
    made = render_explorer(hostile_view())
    assert "unsafe-inline" not in made and not re.search("[\u202a-\u202e\u2066-\u2069]", made)
    with visiting(browser, written(tmp_path, "hostile.html", made) + "#level=marker&direct=1&agents=1") as visit:
        page = visit.ready().page
        for link in page.locator("tbody tr:not([hidden]) th a").all():
            link.click()
        for text in HOSTILE[:4]:
            page.locator("#find").fill(text)
            page.locator("#find").press("Tab")
        assert page.evaluate("() => window.hacked === undefined")
        assert 5 == page.locator("script").count()
        assert [] == [
            link
            for link in page.locator("a").evaluate_all("(all) => all.map((one) => one.protocol)")
            if link not in ("https:", "file:")
        ]
        assert 0 == page.locator("img").count()


def test_focus_shows_what_lies_around_a_term(store: OxigraphStore, view: View) -> None:
    """
    One step around a term every edge touches it; more steps hold all that fewer hold.
    """
    terms = read_terms(store)
    centre = one_term(terms, "opioid-system")
    near, wide = focused(view, centre, terms, 1), focused(view, centre, terms, 2)
    assert all("opioid-system" in edge.source + edge.target for edge in near.edges)
    assert set(near.edges) < set(wide.edges) < set(view.edges)
    assert {finding.iri for finding in near.findings} == {one for edge in near.edges for one in edge.findings}


def test_a_crowd_is_put_together(browser: Browser, tmp_path: Path) -> None:
    """
    Thousands of things stand in a few groups, opened on demand; the table stands in parts.
    """
    nodes = {
        f"u:{kind}{n}": ShownNode(f"u:{kind}{n}", f"{kind} {n}", kind)
        for kind in ("exercise", "mechanism", "outcome")
        for n in range(1000)
    }
    edges = tuple(
        ShownEdge(f"u:{a}{n}", f"u:{b}{n * 7 % 1000}", "moves", "rises", "measured", "paper")
        for a, b in (("exercise", "mechanism"), ("mechanism", "outcome")) for n in range(1000)
    )  # fmt: skip
    crowd = grouped(View("A crowd", nodes, edges), {})
    with visiting(browser, written(tmp_path, "crowd.html", render_explorer(crowd))) as visit:
        page = visit.ready().page
        assert page.evaluate("() => document.getElementById('status').textContent").startswith(tuple("123456789"))
        assert 2 == page.locator("details.part").count()
        page.locator("#find").fill("mechanism 77")
        page.locator("#find").press("Tab")
        assert "mechanism 77" == page.locator("#panel-title").inner_text()


def test_data_reaches_the_script_as_json_only(text: str) -> None:
    """
    What the script reads are three elements of JSON; its own text is the file and nothing else.
    """
    kinds = re.findall(r"<script([^>]*)>", text)
    assert 3 == sum('type="application/json"' in kind for kind in kinds)
    for id in ("labels", "ends", "data"):
        found = re.search(rf'<script type="application/json" id="{id}">(.*?)</script>', text, re.DOTALL)
        assert found and json.loads(found[1])


def test_the_order_of_edges_does_not_matter(view: View) -> None:
    """
    The picture rests on what is there, not on how it was put in.
    """
    turned = replace(view, nodes=dict(reversed(view.nodes.items())))
    assert spots(render_explorer(view)) == spots(render_explorer(turned))


def spots(text: str) -> dict[str, object]:
    """Where each thing of a page stands, by its label."""
    found = re.search(r'id="nodes">(.*?)</script>', text, re.DOTALL)
    return {node["label"]: node["at"] for node in json.loads(found[1])} if found else {}
