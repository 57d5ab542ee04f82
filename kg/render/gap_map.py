"""The page of the map of gaps: real tables, then each mechanism with its evidence and gaps, then the findings.

With scripts off all of it is there; the script folds, sorts, filters and opens a panel from what stands on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.analysis.gap_map import AXES, QUESTIONS, GapMap, read_gap_map
from kg.analysis.gap_why import refuting, search_groups
from kg.analysis.ladder_words import NAMES
from kg.evidence.problem import KgError
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.query.read_terms import read_terms
from kg.query.vocabulary import store_vocabulary
from kg.render.explorer_findings import FindingText, read_findings
from kg.render.explorer_view import ShownConflict, shown_conflicts
from kg.render.gap_map_mechanism import Argued, group_name, mechanism_section, short
from kg.render.gap_map_plan import Planned, plan_for, plan_places, plan_reasons, plan_sections
from kg.render.gap_map_script import script_data
from kg.render.gap_map_words import AXIS_WORDS, CLOSES, HEADS, KEYS, MEANINGS, shown
from kg.render.page import page_environment, render_page
from kg.render.page_files import Site, page_files
from kg.render.papers import Numbers, finding_keys, paper_section, papers_of
from kg.store.protocol import Store

#: Questions that are printed on the page; the others only add to what these find.
_PRINTED = ("ladder", "ladder-settings", "gap-cells", "gap-detections")


class GapMapFault(KgError):
    """A map of gaps cannot be made."""


@dataclass(frozen=True, slots=True)
class GapPage:
    """All that the page shows: the map, the findings behind it, where they conflict, and what lets a reader argue."""

    grid: GapMap
    findings: tuple[FindingText, ...] = ()
    conflicts: tuple[ShownConflict, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    argued: Argued = field(default_factory=Argued)
    planned: Planned = field(default_factory=Planned)


def read_gap_page(store: Store) -> GapPage:
    """What the page of a store shows."""
    grid = read_gap_map(store)
    terms = read_terms(store)
    names = {id: entry.label for id, entry in terms.vocabulary.terms.items()}
    wanted = {seen.finding for piece in grid.pieces for seen in piece.evidence.observations}
    findings = read_findings(store, wanted, names) if wanted else ()
    conflicts = shown_conflicts(store, wanted)
    argued = _argued(store, grid) if grid.rows else Argued()
    return GapPage(grid, findings, conflicts, terms.definitions, argued, plan_for(store, grid.ranked))


def render_gap_map(page: GapPage) -> str:
    """The page of a map of gaps, all in one; the same map gives the same bytes."""
    return render_page("gap-map", _checked(page), parts=("stage",))


def gap_map_files(page: GapPage, site: Site) -> dict[str, bytes]:
    """The page of a map of gaps and the files that it loads, within a site."""
    data, environment = _checked(page), page_environment("gap-map", parts=("stage",))
    return page_files(
        environment, "gap-map", site, lambda: environment.get_template("gap-map.html").render(**data) + "\n", data
    )


def _checked(page: GapPage) -> dict[str, Any]:
    """What the template needs; raises `GapMapFault` where there is no row."""
    if not page.grid.rows:
        raise GapMapFault(
            "no mechanism of this graph stands at the level at which gaps are counted; kg terms mechanism lists them"
        )
    return _page_data(page)


def _page_data(page: GapPage) -> dict[str, Any]:
    """What the template needs."""
    grid, argued = page.grid, page.argued
    numbers, keys = Numbers(one.iri for one in page.findings), finding_keys(page.findings)
    classes = sorted({column.value.iri for column in grid.columns["condition"]})
    mechanisms = [row for row in grid.rows if row.kind == "mechanism"]
    return {
        "map": grid,
        "axes": {axis: _table(grid, axis) for axis in AXES},
        "axis_words": AXIS_WORDS,
        "mechanisms": [mechanism_section(grid, row, page.definitions, numbers, argued) for row in mechanisms],
        "classes": {short(value): argued.words.get(("condition", value), "") for value in classes},
        "exercise_words": argued.words.get(("exercise", ""), ""),
        "keys": {"heads": {state: (HEADS[state].format(n="n"), told) for state, told in MEANINGS.items()}, **KEYS},
        "closes": {NAMES[step]: told for step, told in CLOSES.items()},
        "conflicts": page.conflicts,
        "findings_title": "The findings behind the map",
        "papers": [paper_section(found, keys, numbers) for found in papers_of(page.findings).values()],
        "queries": {name: bundled_question(name).sparql for name in _PRINTED},
        "others": [name for name in QUESTIONS if name not in _PRINTED],
        "studies": plan_sections(page.planned, numbers),
        "plan_note": page.planned.note,
        "refuting": refuting("MECHANISM", "CONDITION"),
        "data": {
            **script_data(grid, page.findings, numbers, page.conflicts),
            "plans": plan_places(page.planned),
            "unplanned": plan_reasons(page.planned),
        },
    }


def _table(grid: GapMap, axis: str) -> dict[str, Any]:
    """One axis as a table: its columns by value, and its rows."""
    columns = grid.columns[axis]
    studies = [grid.studies(axis, column) for column in columns]
    heads: dict[Term, list[dict[str, Any]]] = {}
    for column, read in zip(columns, studies, strict=True):
        full = sum(depth == "full-text" for depth in read.values())
        heads.setdefault(column.value, []).append({"group": group_name(column.group), "n": len(read), "full": full})
    rows = []
    for number, row in enumerate(grid.rows):
        wide = row.kind == "group"
        pairs: Sequence[Any] = () if wide else list(zip(columns, studies, strict=True))
        cells = [shown(grid, row, axis, column, len(read)) for column, read in pairs]
        rows.append((number, row, short(row.term.iri), cells))
    return {"heads": heads, "rows": rows, "width": len(columns)}


def _argued(store: Store, grid: GapMap) -> Argued:
    """The ends of bridges by mechanism and class, what authors ask by mechanism, and the words that a search needs."""
    bridges: dict[tuple[str, str], list[str]] = {}
    answer = ask(store, bundled_question("bridges-untested"))
    for row, line in zip(answer, answer.sentences(), strict=True):
        bridges.setdefault((row.mechanism.iri, row.condition_class.iri), []).append(line)
    asked: dict[str, list[str]] = {}
    answer = ask(store, bundled_question("open-questions"))
    for row, line in zip(answer, answer.sentences(), strict=True):
        if row.mechanism:
            asked.setdefault(row.mechanism.iri, []).append(line)
    return Argued(bridges, asked, _search_words(store, grid))


def _search_words(store: Store, grid: GapMap) -> dict[tuple[str, str], str]:
    """The words of a search, by what they are of: each mechanism, exercise, each class."""
    mechanisms = [row.term.iri for row in grid.rows if row.kind == "mechanism"]
    classes = sorted({column.value.iri for column in grid.columns["condition"]})
    vocabulary = store_vocabulary(store)
    found: dict[tuple[str, str], str] = {}
    pairs = [(one, value) for one in mechanisms for value in classes[:1]]
    for mechanism, value in [*pairs, *((mechanisms[0], one) for one in classes[1:])]:
        own, exercise, condition = search_groups(store, mechanism, value, vocabulary)
        found |= {("mechanism", mechanism): own, ("exercise", ""): exercise, ("condition", value): condition}
    return found
