"""The map of gaps in a real browser: what was examined, what was not, and never the same look for the two."""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.query.answer import Term
from kg.render import GapPage, read_gap_page, render_gap_map
from kg.render.explorer_view import ShownConflict
from kg.render.gap_map_mechanism import Argued
from kg.store import OxigraphStore
from tests.pages.harness import visiting, written
from tests.pages.test_explorer import HOSTILE

EMPTY = "endocannabinoid-system~peripheral-nerve-injury~rodent"
FULL = "opioid-system~peripheral-nerve-injury~rodent"


@pytest.fixture(scope="session")
def gap_page(store: OxigraphStore) -> GapPage:
    """What the page of the bundled graph shows."""
    return read_gap_page(store)


@pytest.fixture(scope="session")
def gap_text(gap_page: GapPage) -> str:
    """Its page."""
    return render_gap_map(gap_page)


@pytest.fixture(scope="session")
def gap_address(gap_text: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where its page is."""
    return written(tmp_path_factory.mktemp("gap-map"), "gap-map.html", gap_text)


def texts(page: Page, axis: str) -> list[list[str]]:
    """Look and words of each cell of a table, row by row, in the order in which the page was written."""
    found: list[list[str]] = page.evaluate(
        """(axis) => [...document.querySelectorAll(`#axis-${axis} tbody tr`)].filter((row) => !row.matches(".group"))
        .map((row) => [row.dataset.row, ...[...row.querySelectorAll("td")].flatMap((cell) =>
        [cell.className, ...[...cell.firstElementChild.childNodes].map((part) => part.textContent)])])""",
        axis,
    )
    return sorted(found)


def cell(page: Page, place: str) -> str:
    """What a cell says."""
    return page.locator(f'details.axis:not([hidden]) td[data-cell="{place}"]').inner_text()


def panel(page: Page) -> str:
    """What the panel says."""
    return page.locator("#panel").inner_text()


def test_the_page_is_small_and_the_same_each_time(gap_page: GapPage, gap_text: str) -> None:
    """
    Less than 480 kilobytes, and the same map gives the same bytes.
    """
    assert len(gap_text.encode()) < 480_000
    assert gap_text == render_gap_map(gap_page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_opens_quietly_and_accessibly(browser: Browser, gap_address: str, dark: bool) -> None:
    """
    No request, no error; axe-core finds nothing serious with a cell chosen and the filters open, light and dark.
    """
    with visiting(browser, f"{gap_address}#chosen={EMPTY}", dark=dark) as visit:
        visit.page.locator("#more > summary").click()
        assert [] == visit.axe()


def test_what_the_script_counts_is_what_is_written(browser: Browser, gap_address: str) -> None:
    """
    On every axis each cell looks and reads with scripts as it does without them.
    """
    with visiting(browser, gap_address, scripts=False) as quiet, visiting(browser, gap_address) as lively:
        for axis in ("condition", "exercise", "outcome", "species", "start"):
            lively.page.locator("select[name=axis]").select_option(axis)
            assert texts(quiet.page, axis) == texts(lively.page, axis), axis


def test_without_scripts_every_fact_is_there(browser: Browser, gap_address: str, gap_page: GapPage) -> None:
    """
    Each finding, paper, gap and question stands on the page; a cell leads to its mechanism.
    """
    with visiting(browser, gap_address, scripts=False) as visit:
        said = visit.page.locator("main").text_content() or ""
        for finding in gap_page.findings:
            assert finding.words in said and finding.file in said
        assert all(piece.study.depth in said and f"[{piece.study.ref}]" in said for piece in gap_page.grid.pieces)
        assert "bridge: " in said and "kg query ladder-settings" in said
        assert not visit.page.locator("#filters").is_visible()
        visit.page.locator("#axis-condition td a").first.click()
        assert visit.page.locator("h3#dopaminergic-system").is_visible()


def test_the_three_kinds_of_nothing_never_look_alike(browser: Browser, gap_address: str) -> None:
    """
    Not examined, nothing measured and a measured null differ in words and in look.
    """
    with visiting(browser, gap_address) as visit:
        page = visit.page
        assert "not examined: 0 of 18" in cell(page, EMPTY) and "one source" in cell(page, EMPTY)
        assert "nothing measured" in cell(page, "opioid-system~peripheral-nerve-injury~human")
        looks = {
            name: page.evaluate(
                "(name) => { const made = document.createElement('td'); made.className = name; document.querySelector('#map tbody tr:last-child').append(made);"
                " const look = getComputedStyle(made); return look.backgroundImage + look.backgroundColor + look.outlineStyle + look.outlineWidth; }",
                name,
            )
            for name in ("needed", "tracks", "changed", "measured", "null", "against", "looked", "empty", "nothing")
        }
        assert len(looks) == len(set(looks.values()))


def test_a_cell_tells_its_studies(browser: Browser, gap_address: str) -> None:
    """
    Reference, DOI, read depth, rung, where it was read, the conflict, and the next rung.
    """
    with visiting(browser, gap_address) as visit:
        page = visit.page
        page.locator(f'#axis-condition td[data-cell="{FULL}"] a').click()
        said = panel(page)
        for words in ("Stagg 2011 [36]", "doi:", "Read as", "needed", "source", "kg ladder --mechanism opioid-system"):
            assert words in said, words
        assert "panel" == page.evaluate("() => document.activeElement.id") and "chosen=opioid" in page.url
        page.keyboard.press("Escape")
        assert not page.locator("#panel").is_visible() and "chosen" not in page.url


def test_an_empty_cell_tells_why_and_what_would_close_or_refute_it(browser: Browser, gap_address: str) -> None:
    """
    The detectors, that they are one witness, what a study must hold, and a search that would refute the gap.
    """
    with visiting(browser, f"{gap_address}#chosen={EMPTY}") as visit:
        said = panel(visit.page)
        for words in (
            "upper bound 15 %",
            "one-source",
            "bridge",
            "What would close it",
            "blocker",
            "What would refute it",
        ):
            assert words in said, words
        search = visit.page.locator("#panel pre").first.text_content() or ""
        assert search.count(" AND ") == 2 and "[tiab]" in search


def test_filters_count_again_and_stand_in_the_address(browser: Browser, gap_address: str) -> None:
    """
    What a filter leaves is counted again, what it leaves out is not called unexamined; the address brings it back.
    """
    with visiting(browser, gap_address) as visit:
        page = visit.page
        page.locator("#more > summary").click()
        page.locator("select[name=p]").select_option(label="mouse")
        first, here = texts(page, "condition"), page.url
        assert "p=mouse" in here and "Only what passes" in page.locator("#status").inner_text()
        assert "not examined: 0 of 7" in cell(page, FULL) or "not examined: 0 of" in cell(page, FULL)
        assert "no study passes" in cell(page, "peripheral-nerve-regeneration~diabetic-neuropathy~human")
    with visiting(browser, here) as visit:
        assert first == texts(visit.page, "condition")
        visit.page.locator("#reset").click()
        assert "needed" in cell(visit.page, FULL) and "#" not in visit.page.url


def test_rows_fold_and_sort(browser: Browser, gap_address: str) -> None:
    """
    A group folds, narrower mechanisms open, and rows stand by rank where that is asked for.
    """
    shown = "() => [...document.querySelectorAll('#axis-condition tbody tr')].filter((row) => !row.hidden).map((row) => row.dataset.row)"
    with visiting(browser, gap_address) as visit:
        page = visit.page
        assert "bdnf-signalling" not in page.evaluate(shown)
        page.locator("button[aria-label^='neurotrophic factor signalling']").first.click()
        assert "bdnf-signalling" in page.evaluate(shown)
        page.locator("button[aria-label^='neurotransmitter']").first.click()
        assert "dopaminergic-system" not in page.evaluate(shown)
        page.locator("select[name=sort]").select_option("rank")
        assert ["endocannabinoid-system", "opioid-system"] == page.evaluate(shown)[:2]
        page.locator("select[name=sort]").select_option("name")
        assert "adenosinergic-system" == page.evaluate(shown)[0]


def test_a_gap_says_which_study_would_close_it(browser: Browser, gap_address: str, gap_page: GapPage) -> None:
    """
    The study that the plan has for the cell, each slot with its source or "no source"; elsewhere why there is none.
    """
    with visiting(browser, f"{gap_address}#chosen={EMPTY}") as visit:
        page = visit.ready().page
        said = page.locator("#panel").text_content() or ""
        number, study = next(
            (number, one) for number, one in enumerate(gap_page.planned.studies, 1)
            if ("endocannabinoid system", "peripheral nerve injury") in [(str(m.mechanism), str(one.where.condition)) for m in one.means]
        )  # fmt: skip
        assert f"Study {number}" in said and f"Population: {study.base.species}, {study.base.model}." in said
        assert f"← {study.base.source.study} [{study.base.source.ref}]" in said and "no source" in said
        page.locator('#axis-condition td[data-cell^="adenosinergic-system~peripheral-nerve-injury"] a').first.click()
        assert "No study made of this graph alone could close" in panel(page)
        assert "Population:" not in panel(page)


def test_every_planned_study_is_there_without_scripts(browser: Browser, gap_address: str, gap_page: GapPage) -> None:
    """
    With all gaps that it closes.
    """
    with visiting(browser, gap_address, scripts=False) as visit:
        said = visit.page.locator("#plans").text_content() or ""
    assert gap_page.planned.studies
    assert all(gap.words in said for study in gap_page.planned.studies for gap in study.closes)


def test_by_keyboard_alone(browser: Browser, gap_address: str) -> None:
    """
    One stop of Tab leads into the map, arrows go on, Enter opens the panel, Escape leads back.
    """
    with visiting(browser, gap_address) as visit:
        page = visit.page
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.closest('td') !== null"):
                break
        for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "Enter"):
            page.keyboard.press(key)
        assert "GABAergic system" in panel(page)
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.closest('td').dataset.cell").startswith("gabaergic-system")


def test_downloads_its_own_csv(browser: Browser, gap_address: str) -> None:
    """
    One line a cell, with what it says, from the page itself.
    """
    with visiting(browser, gap_address) as visit:
        with visit.page.expect_download() as waiting:
            visit.page.locator("#csv").click()
        lines = list(csv.DictReader(Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()))
    mine = [one for one in lines if one["mechanism"] == "endocannabinoid system" and one["out_of"] == "18"]
    assert [("not examined: 0 of 18", "0", "asked · bridge · one source")] == [
        (one["state"], one["examined_by"], one["detectors"]) for one in mine
    ]


def test_prints_on_one_page(browser: Browser, gap_address: str) -> None:
    """
    The map and its key, and nothing else, on one page.
    """
    with visiting(browser, gap_address) as visit:
        printed = visit.page.pdf(prefer_css_page_size=True)
    assert 1 == len(re.findall(rb"/Type\s*/Page\b", printed))


def test_fits_a_phone(browser: Browser, gap_address: str) -> None:
    """
    At the width of a phone nothing but the table is wider than the screen.
    """
    with visiting(browser, f"{gap_address}#chosen={FULL}", width=390, height=844) as visit:
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= 390


def hostile(page: GapPage) -> GapPage:
    """The page with every name as hostile as can be."""
    grid = page.grid
    spoilt = [Term(HOSTILE[at % len(HOSTILE)], row.term.iri) for at, row in enumerate(grid.rows)]
    rows = tuple(row._replace(term=term) for row, term in zip(grid.rows, spoilt, strict=True))
    columns = {
        axis: tuple(one._replace(value=Term(HOSTILE[at % len(HOSTILE)], one.value.iri)) for at, one in enumerate(all))
        for axis, all in grid.columns.items()
    }
    findings = tuple(
        replace(one, words=HOSTILE[at % 8], title=HOSTILE[at % 8], file=HOSTILE[at % 8], reference=HOSTILE[at % 8][:99])
        for at, one in enumerate(page.findings)
    )
    told = list(HOSTILE[:4])
    keys = [(row.term.iri, one.value.iri) for row in rows for one in grid.columns["condition"]]
    argued = Argued(
        dict.fromkeys(keys[:9], told), {row.term.iri: told for row in rows[:3]}, {("exercise", ""): told[1]}
    )
    conflicts = tuple(ShownConflict(text, (findings[0].iri,)) for text in HOSTILE)
    return GapPage(replace(grid, rows=rows, columns=columns), findings, conflicts, {}, argued)


def test_a_hostile_pack_runs_no_script(browser: Browser, gap_page: GapPage, tmp_path: Path) -> None:
    """
    Labels, titles and passages are text: shown as such, and nothing of them runs or turns the line.
    """
    made = render_gap_map(hostile(gap_page))
    assert "unsafe-inline" not in made and not re.search("[\u202a-\u202e\u2066-\u2069]", made)
    with visiting(browser, written(tmp_path, "hostile.html", made)) as visit:
        page = visit.page
        for link in page.locator("#axis-condition tr:not([hidden]) td:nth-child(2) a").all():
            link.dispatch_event("click")
            assert page.locator("#panel").is_visible()
        assert page.evaluate("() => window.hacked === undefined")
        assert 2 == page.locator("script").count() and 0 == page.locator("img").count()
        assert {"https:", "http:", "file:"} >= set(
            page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.protocol)")
        )


def test_data_reaches_the_script_as_json_only(gap_text: str) -> None:
    """
    What the script reads is one element of JSON; its own text is the file and nothing else.
    """
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', gap_text, re.DOTALL)
    assert found and json.loads(found[1])["pieces"]
    assert 2 == len(re.findall("<script", gap_text))
