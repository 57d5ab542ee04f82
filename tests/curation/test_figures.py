"""Figures of agreement between two readings."""

import pytest

from scripts.curation.figures import Pair, figure, kappa, markdown

#: Twenty pairs "yes", fifteen "no", five and ten of which one says yes.
KNOWN: list[Pair] = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15


def test_kappa_of_a_known_table() -> None:
    """
    Observed 35 of 50, by chance half: 0.7 against 0.5 is 0.4.
    """
    assert pytest.approx(0.4) == kappa(KNOWN)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1),
        ([("a", "b"), ("b", "a")], -1),
        ([("a", "a")] * 5, None),
        ([], None),
        ([("a", "b")] * 3, 0),
    ],
)
def test_kappa_at_its_ends(pairs: list[Pair], expected: float | None) -> None:
    """
    Full agreement is 1; one category throughout leaves nothing beyond chance to measure.
    """
    assert expected == kappa(pairs)


def test_figure_parts_silence_from_difference() -> None:
    """
    Both silent is agreement, one silent is none, and a difference is what both state.
    """
    found = figure("site", [("", ""), ("", "x"), ("x", ""), ("x", "x"), ("x", "y")])

    assert (5, 2, 1, 2, 1) == (found.n, found.same, found.both_silent, found.one_silent, found.differ)
    assert ("site", "5", "2", "40.0 %", "1", "2", "1", "–") == found.row()


def test_kappa_is_given_from_twenty_pairs_on() -> None:
    """
    Of fewer pairs only the agreement is told.
    """
    assert figure("sex", KNOWN[15:34]).kappa is None
    assert figure("sex", KNOWN[15:35]).kappa is not None


def test_table_is_markdown() -> None:
    """
    The table can be put into a page.
    """
    assert "| a | b |\n|---|---|\n| 1 | 2 |" == markdown(("a", "b"), [("1", "2")])
