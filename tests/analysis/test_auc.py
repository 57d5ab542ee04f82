"""The area under the curve and how sure one can be of it: by hand, by its definition, and at its edges."""

import math

import pytest
from hypothesis import given, strategies as st

from kg.analysis.auc import Interval, Year, area, by_chance, detectable, middle_rank, resampled, share_above

values = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def test_area_by_hand() -> None:
    """
    0.8 stands above all three, 0.4 above one and level with one: (1 + 0.5) / 2.
    """
    controls = sorted((0.1, 0.4, 0.7))
    assert [1.0, 0.5] == [share_above(value, controls) for value in (0.8, 0.4)]
    assert 0.75 == area([share_above(value, controls) for value in (0.8, 0.4)])


@given(events=values, controls=values)
def test_area_is_the_share_of_pairs_in_the_right_order(events: list[float], controls: list[float]) -> None:
    """
    Of all pairs of an event and a control, so many have the event above; a tie is half a pair.
    """
    pairs = [(event > control) + (event == control) / 2 for event in events for control in controls]
    assert math.isclose(sum(pairs) / len(pairs), area([share_above(event, sorted(controls)) for event in events]))


@given(values)
def test_middle_ranks_of_all_add_up_and_stand_in_order(given_values: list[float]) -> None:
    """
    A rank is one more than the number above, and half of the others on the same place.
    """
    ordered = sorted(given_values)
    ranks = [middle_rank(value, ordered) for value in given_values]
    assert sum(range(1, len(ranks) + 1)) == sum(ranks)
    for value, rank in zip(given_values, ranks, strict=True):
        above = sum(other > value for other in given_values)
        assert 1 + above + (given_values.count(value) - 1) / 2 == rank


def test_resamples_are_the_same_each_time_and_need_something_to_differ() -> None:
    """
    A seeded interval around the mean; none for one event, for none, or where all are alike.
    """
    alone = [[0], [1], [2], [3]]
    (interval,) = resampled([[0.0, 0.5, 1.0, 0.9]], alone)
    assert interval is not None
    assert 0.0 <= interval.low < 0.6 < interval.high <= 1.0
    assert [interval] == resampled([[0.0, 0.5, 1.0, 0.9]], alone)
    assert [None] == resampled([[0.7]], [[0]])
    assert [None] == resampled([[0.5, 0.5, 0.5]], [[0], [1], [2]])
    assert [] == resampled([], [])


def test_rows_are_resampled_at_the_same_places() -> None:
    """
    A row and itself with a tenth added have intervals a tenth apart.
    """
    one, other = resampled([[0.1, 0.4, 0.8], [0.2, 0.5, 0.9]], [[0], [1], [2]])
    assert one is not None and other is not None
    assert math.isclose(0.1, other.low - one.low) and math.isclose(0.1, other.high - one.high)


def test_events_of_one_paper_are_drawn_together() -> None:
    """
    Two papers, one with two events: the mean is that of either paper alone, or of both.
    """
    assert [Interval(0.0, 1.0)] == resampled([[0.0, 1.0, 1.0]], [[0], [1, 2]])


def test_chance_is_even_and_narrows_with_events() -> None:
    """
    The interval of lots holds one half in its middle, and is wider for few events; one pair can only be 0 or 1.
    """
    few, many = by_chance([Year(3, 40)]), by_chance([Year(3, 40)] * 20)
    assert many.high - many.low < few.high - few.low
    assert all(abs(0.5 - (each.low + each.high) / 2) < 0.04 for each in (few, many))
    assert Interval(0.0, 1.0) == by_chance([Year(1, 1)])


@pytest.mark.parametrize(("years", "least"), [([Year(1, 60)] * 13, 0.728), ([Year(1, 60)] * 3, 0.923)])
def test_smallest_area_that_could_be_told(years: list[Year], least: float) -> None:
    """
    With thirteen events 0.73, with three 0.92.
    """
    assert least == round(detectable(years) or 0, 3)


def test_smallest_area_keeps_its_promise() -> None:
    """
    By hand, for many controls: 1.96 × √(1/12n) + 0.84 × √((2a²/(1+a) − a²)/n) is what it lies above one half.
    """
    n, controls = 20, 100_000
    found = detectable([Year(1, controls)] * n)
    assert found is not None
    wanted = 1.959964 * math.sqrt(1 / (12 * n)) + 0.841621 * math.sqrt((2 * found**2 / (1 + found) - found**2) / n)
    assert math.isclose(wanted, found - 0.5, abs_tol=1e-4)


def test_one_event_can_tell_nothing() -> None:
    """
    Not even an event above all others would be told from chance.
    """
    assert detectable([Year(1, 60)]) is None
