"""The bound and the permutation: what "0 of n" can say."""

import pytest

from kg.analysis.bound import chance_of_empty, expected, upper_bound


@pytest.mark.parametrize(("n", "bound"), [(1, 0.95), (4, 0.527129), (18, 0.153318)])
def test_bound_is_exact(n: int, bound: float) -> None:
    """
    With a true share at the bound, n studies would all miss it once in twenty.
    """
    found = upper_bound(n)
    assert found is not None
    assert found == pytest.approx(bound, abs=1e-6)
    assert (1 - found) ** n == pytest.approx(0.05)


def test_nothing_measured_has_no_bound() -> None:
    """
    Zero of none says nothing, and no number stands for it.
    """
    assert upper_bound(0) is None
    assert expected(3, 4, 0) == 0.0


def test_chance_keeps_margins_and_is_the_same_every_time() -> None:
    """
    A mechanism that fourteen of fifteen studies of one class chose, and none of the other class, is rarely so by chance.
    """
    studies = [f"s{n:02}" for n in range(30)]
    table = [(study, "x" if n < 15 else "y") for n, study in enumerate(studies)] + [("s00", "y"), ("s29", "z")]
    classes = {study: frozenset({"one" if n < 15 else "two"}) for n, study in enumerate(studies)}
    cells = [("x", "two"), ("z", "one")]
    found = chance_of_empty(table, classes, cells)
    assert found == chance_of_empty(list(reversed(table)), classes, list(reversed(cells)))
    assert found["x", "two"] <= 0.01 < found["z", "one"] <= 1.0


def test_no_cell_no_permutation() -> None:
    """
    Where nothing was expected, nothing is computed.
    """
    assert {} == chance_of_empty([], {}, [])
