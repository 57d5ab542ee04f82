"""The map of gaps: what it counts is what the rules count, and what one study holds stands in the cells it should."""

import pytest

from kg.analysis.gap_map import AXES, EXAMINED, GapMap, read_gap_map
from kg.analysis.ladder import climb
from kg.render.gap_map_words import shown
from kg.store import OxigraphStore

#: States of cells that reach no rung.
UNREACHED = ("against", "looked", "empty", "marks", "nothing")


@pytest.fixture(scope="module")
def grid(store: OxigraphStore) -> GapMap:
    """The map of the bundled graph."""
    return read_gap_map(store)


def test_studies_and_examined_are_those_of_the_rules(grid: GapMap) -> None:
    """
    For each mechanism, class and group the pieces give the numbers that the rule of gap cells gave.
    """
    for (mechanism, condition, group), count in grid.counts.items():
        for column in grid.columns["condition"]:
            if (column.value.iri, column.group.iri) == (condition, group):
                read = grid.studies("condition", column)
                own = {
                    piece.study.study.iri
                    for step, piece in grid.standing(mechanism, "condition", column)
                    if step in EXAMINED
                }
                full = sum(depth == "full-text" for depth in read.values())
                assert (count.out_of, count.read_in_full, count.examined) == (len(read), full, len(own))


def test_the_highest_rung_of_a_cell_is_that_of_the_ladder(grid: GapMap, store: OxigraphStore) -> None:
    """
    Each cell of the ladder is a cell of the map, with the same rung.
    """
    rows = {row.term.iri: row for row in grid.rows}
    columns = {(column.value.iri, column.group.iri): column for column in grid.columns["condition"]}
    for cell in climb(store):
        column = columns[cell.condition_class.iri, cell.species_group.iri]
        found = shown(grid, rows[cell.mechanism.iri], "condition", column, len(grid.studies("condition", column)))
        allowed = {None: UNREACHED, "measured": ("measured", "null")}.get(cell.highest, (cell.highest,))
        assert found.state in allowed


def test_every_axis_holds_every_examining_study(grid: GapMap) -> None:
    """
    No study is lost by turning the map: class, exercise, species and start hold the same studies.
    """
    whole = {axis: {iri for column in grid.columns[axis] for iri in grid.studies(axis, column)} for axis in AXES}
    assert whole["condition"] == whole["exercise"] == whole["species"] == whole["start"]
    assert whole["outcome"] <= whole["condition"]


def test_narrower_mechanisms_stand_beneath_their_own(grid: GapMap) -> None:
    """
    What stands in the row of a narrower mechanism stands in that of the mechanism it is told of.
    """
    for row in grid.rows:
        if row.kind == "part":
            for column in grid.columns["condition"]:
                above = {piece.evidence.iri for _, piece in grid.standing(row.within, "condition", column)}
                assert {piece.evidence.iri for _, piece in grid.standing(row.term.iri, "condition", column)} <= above
