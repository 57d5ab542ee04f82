"""The reader takes any file well: records or problems with their place, and nothing else."""

from pathlib import Path

import pytest

from kg.evidence import Problem, Vocabulary
from kg.store import bundled_packs
from tests.evidence import fuzzing
from tests.evidence.fuzzing import WAYS, Fuzzer, Unwanted


@pytest.fixture(scope="module")
def fuzzer(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Fuzzer:
    """Bends the files of the bundled pack."""
    (root,) = bundled_packs()
    return Fuzzer(root, vocabulary, tmp_path_factory.mktemp("fuzz"), seed=3)


def test_a_hundred_bent_files_are_taken_well(fuzzer: Fuzzer) -> None:
    """
    Bent in every way, some are accepted and most refused; `scripts/fuzz` goes on for as long as one likes.
    """
    results = [fuzzer.run(number) for number in range(100)]

    assert set(WAYS) == {result.way for result in results}
    assert 0 < sum(result.accepted for result in results) < 50


def test_input_is_made_again_from_its_number(fuzzer: Fuzzer) -> None:
    """
    What failed can be looked at: the same number gives the same bytes, another one others.
    """
    assert fuzzer.input(7) == fuzzer.input(7) != fuzzer.input(8)


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Path("a"), 0, 1, "E001", "", "line zero"),
        Problem(Path("a"), 9, 1, "E001", "", "behind the end"),
        Problem(Path("a"), 1, 1, "", "", "no code"),
        Problem(Path("a"), 1, 1, "E001", "", ""),
        Problem(Path("a"), 1, 1, "E001", "", "x" * 3_000),
    ],
)
def test_bad_problem_is_seen(problem: Problem) -> None:
    """
    The eye that judges the reader sees a problem without place, code or words, and one that nobody would read.
    """
    with pytest.raises(Unwanted):
        fuzzing._look_at(problem, b"one line")
