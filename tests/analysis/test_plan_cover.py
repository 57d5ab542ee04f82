"""Greedy cover against the best choice on small cases, its bounds, and how ties fall."""

from itertools import combinations, product

from hypothesis import given, settings, strategies as st

from kg.analysis.plan_cover import GUARANTEE, Place, Unit, cover

GAPS = 6


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[Place], dict[int, float], int]:
    places = []
    for place in range(draw(st.integers(1, 3))):
        free, units = list(range(GAPS)), []
        for unit in range(draw(st.integers(0, 4))):
            closes = frozenset(draw(st.sets(st.sampled_from(free), max_size=2))) if free else frozenset[int]()
            free = [gap for gap in free if gap not in closes]  # units of one place share nothing
            if closes:
                units.append(Unit(f"u{unit}", closes, draw(st.booleans())))
        places.append(Place(f"p{place}", draw(st.integers(1, 3)), tuple(units)))
    weights = {gap: draw(st.integers(1, 9)) / 8 for gap in range(GAPS)}
    return places, weights, draw(st.integers(1, 3))


def studies(place: Place) -> list[frozenset[int]]:
    """All that one study at a place could close."""
    return [
        frozenset().union(*(unit.closes for unit in taken))
        for size in range(place.holds + 1) for taken in combinations(place.units, size)
        if sum(unit.blocker for unit in taken) <= 1
    ]  # fmt: skip


def best(places: list[Place], weights: dict[int, float], number: int) -> float:
    every = [study for place in places for study in studies(place)]
    return max(sum(weights[gap] for gap in frozenset().union(*few)) for few in product(every, repeat=number))


@settings(max_examples=60, deadline=None)
@given(instances())
def test_greedy_keeps_its_guarantee_and_the_bound_is_one(case: tuple[list[Place], dict[int, float], int]) -> None:
    """
    No choice of so many studies exceeds the bound, and greedy choice reaches 1 - 1/e of the best.
    """
    places, weights, number = case
    found, most = cover(places, weights, number), best(places, weights, number)
    assert GUARANTEE * most <= found.weight + 1e-9
    assert found.weight <= most + 1e-9
    assert most <= found.at_most + 1e-9
    closed = [gap for choice in found.choices for gap in choice.closes]
    assert len(closed) == len(set(closed))
    assert abs(sum(weights[gap] for gap in closed) - found.weight) < 1e-9


def test_study_holds_no_more_than_its_place_and_one_blocker() -> None:
    """
    The heaviest are taken first; of two that need a blocker one waits for the next study.
    """
    units = tuple(Unit(f"u{gap}", frozenset({gap}), blocker=gap < 2) for gap in range(4))
    found = cover([Place("p", 2, units)], {0: 4.0, 1: 3.0, 2: 2.0, 3: 1.0}, 5)
    assert [("u0", "u2"), ("u1", "u3")] == [choice.units for choice in found.choices]
    assert 10.0 == found.weight == found.at_most


def test_tie_falls_by_what_is_closed_then_by_what_backs_it() -> None:
    """
    Equal weight: more gaps first, then the better backed, and only then the name.
    """
    one, two = Unit("a", frozenset({0})), Unit("b", frozenset({1, 2}))
    weights = {0: 2.0, 1: 1.0, 2: 1.0, 3: 2.0}
    assert "z" == cover([Place("a", 1, (one,)), Place("z", 1, (two,))], weights, 1).choices[0].place
    backed = Place("z", 1, (Unit("c", frozenset({3})),), (-2,))
    assert "z" == cover([Place("a", 1, (one,), (-1,)), backed], weights, 1).choices[0].place


def test_runner_up_is_the_best_of_the_other_places() -> None:
    """
    What was passed over is named with its weight.
    """
    places = [Place("p", 1, (Unit("a", frozenset({0})),)), Place("q", 1, (Unit("b", frozenset({1})),))]
    found = cover(places, {0: 2.0, 1: 1.0}, 2)
    assert [("q", 1.0), None] == [choice.runner_up for choice in found.choices]
