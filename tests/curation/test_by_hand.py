"""What is worked out by hand on docs/by-hand.md is what was drawn, and what the graph holds."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.analysis import Conflict, find_conflicts
from kg.analysis.conflict import Side
from kg.analysis.gaps import Gaps, find_gaps
from kg.store import OxigraphStore
from scripts.curation.results import Drawn, draw_results

PAGE = (Path(__file__).resolve().parents[2] / "docs/by-hand.md").read_text(encoding="utf-8")
SECTIONS = {part.partition(":")[0].lower().removeprefix("the "): part for part in PAGE.split("\n## ")[1:]}


@pytest.fixture(scope="module")
def drawn(store: OxigraphStore) -> dict[str, Drawn]:
    """The three that the seed of the page draws, by kind."""
    (seed,) = set(re.findall(r"draw-results ([0-9a-f]{40})", PAGE))
    return {each.kind: each for each in draw_results(store, seed)}


@pytest.mark.parametrize("kind", ["ladder", "conflict", "gap"])
def test_page_works_out_what_was_drawn(drawn: dict[str, Drawn], kind: str) -> None:
    """
    The table names the three, and the command that prints each stands in its section, with what it prints (the tests
    of all pages run it).
    """
    (told,) = re.findall(rf"^\| {kind} \| (.*) \|$", PAGE, re.MULTILINE)
    names = tuple(name.strip("`") for name in told.split(", "))
    assert all(key.endswith(f"/{name}") for key, name in zip(drawn[kind].key, names, strict=True))
    assert f"$ {drawn[kind].commands[0]}\n" in SECTIONS[kind]


def test_another_seed_draws_others_and_the_same_seed_the_same(store: OxigraphStore) -> None:
    """
    The draw depends on nothing but seed and graph.
    """
    assert draw_results(store, "a0afdf7") == draw_results(store, "a0afdf7")
    assert len({draw_results(store, seed)[2].key for seed in ("a0afdf7", "b314a8d", "43c3779")}) > 1


def test_lines_of_the_ladder_cell_say_what_the_page_says() -> None:
    """
    The lines that are named hold markers, relief and lesion, in that order.
    """
    file = Path(__file__).resolve().parents[2] / "kg/packs/leitzelar-koltyn-2021/studies/chen-2013.yaml"
    lines = ["", *file.read_text(encoding="utf-8").splitlines()]
    assert all("versus: rest" in lines[n] and "no-significant-change" in lines[n] for n in range(23, 27))
    assert all("hypersensitivity" in lines[n] and "result: decrease" in lines[n] for n in (19, 20))
    assert all("versus: normal-rest" in lines[n] and "result: increase" in lines[n] for n in range(32, 36))


def test_papers_and_findings_of_the_conflict_are_those_of_the_page(
    drawn: dict[str, Drawn], store: OxigraphStore
) -> None:
    """
    Both tables, row by row; the sums, and the laboratories.
    """
    (found,) = (each for each in find_conflicts(store) if each.iri == drawn["conflict"].key[0])
    tables = re.split(r"\n3\. ", SECTIONS["conflict"])
    told = [{int(ref): int(n) for ref, n in re.findall(r"\| \[(\d+)\] \|.*\| (\d+) \|", table)} for table in tables]
    assert [Counter(each.ref for each in side.reports) for side in _sides(found)] == told
    assert f"{len(found.changed.reports)} findings of {len(found.changed.papers)} papers against" in PAGE
    named = re.findall(r"([a-z]+-[a-z]+) \(\d", SECTIONS["conflict"])
    assert found.changed.laboratories == tuple(sorted(named)) and not found.opposed.laboratories
    verdicts = {each.setting: each.verdict for each in found.differences}
    assert ("overlaps", "not stated") == (verdicts["length of programme"], verdicts["sex"])


def _sides(found: Conflict) -> tuple[Side, Side]:
    return found.changed, found.opposed


def test_score_of_the_gap_is_that_of_the_page(drawn: dict[str, Drawn], store: OxigraphStore) -> None:
    """
    Count, bound, detectors and both scores.
    """
    mechanism, condition = drawn["gap"].key
    found: Gaps = find_gaps(store)
    (row,) = (row for row in found.rows if row.mechanism and row.mechanism.iri == mechanism)
    (cell,) = (cell for cell in row.conditions if cell.condition.iri == condition)
    assert (0, 1, 0.95, ("empty",)) == (cell.count.examined, cell.count.out_of, cell.bound, cell.detectors)
    assert pytest.approx((5 / 3 + 0.05 + 1 / 3) / 10) == cell.score
    assert row.leads_in and pytest.approx((5 / 3 + 0.05 ** (1 / 18) + 1 / 3) / 10) == row.leads_in.score
    assert f"÷ 10 = {cell.score:.3f}" in SECTIONS["gap"] and f"{row.leads_in.score:.3f}" in SECTIONS["gap"]
