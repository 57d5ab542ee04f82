"""Problems: faults as data, shown with their place, in the order of the file; and a test for every code."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from kg.evidence import FaultsFound, Problem
from kg.evidence.problem import MOST_FAULTS, foremost, printable, quoted
from tests.corpus import Corpus

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\bE\d{3}\b")


def test_problem_shows_place_code_and_part() -> None:
    """
    A problem reads `file:line:column: code part: message`, as editors and compilers print it.
    """
    problem = Problem(Path("a.yaml"), 7, 3, "E012", "base.species", "'mose' is no term")

    assert "a.yaml:7:3: E012 base.species: 'mose' is no term" == str(problem)


def test_problem_of_a_whole_file_shows_no_part() -> None:
    """
    Where the whole file is at fault, no empty part is printed.
    """
    assert "a.yaml:1:1: E001 is empty" == str(Problem(Path("a.yaml"), 1, 1, "E001", "", "is empty"))


def test_warning_says_that_it_is_one() -> None:
    """
    A warning is told from a fault in the line itself.
    """
    assert "a.yaml:1:1: warning E032 p: has no sha" == str(
        Problem(Path("a.yaml"), 1, 1, "E032", "p", "has no sha", warning=True)
    )


def test_problems_sort_by_file_line_and_column() -> None:
    """
    Sorted problems follow the file, line before column, and numbers count as numbers.
    """
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 12), ("a", 9, 2)]
    problems = [Problem(Path(file), line, column, "E001", "", "") for file, line, column in places]

    assert [("a", 9, 2), ("a", 9, 12), ("a", 10, 1), ("b", 1, 1)] == [
        (str(p.file), p.line, p.column) for p in sorted(problems)
    ]


def test_faults_found_tells_every_fault_in_order() -> None:
    """
    The error that stops a command carries the problems as data and prints one a line, in order.
    """
    late, early = (Problem(Path("a"), line, 1, "E001", "", "m") for line in (2, 1))
    error = FaultsFound([late, early])

    assert (early, late) == error.problems
    assert "a:1:1: E001 m\na:2:1: E001 m" == str(error)


def test_bent_file_is_named_in_its_problem(corpus: Corpus) -> None:
    """
    A problem names the file that must be opened.
    """
    assert corpus.study == corpus.with_text("species: rat", "species: rut").problem().file


def test_every_code_has_a_test() -> None:
    """
    Whoever adds an error code to `kg.evidence` adds a test that asks for it.
    """

    def codes(folder: Path, *suffixes: str) -> set[str]:
        files = (file for file in folder.rglob("*") if file.suffix in suffixes and file != Path(__file__))
        return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}

    raised = codes(ROOT / "kg" / "evidence", ".py")

    assert {"E001", "E012", "E034"} <= raised
    assert set() == raised - codes(ROOT / "tests" / "evidence", ".py", ".yaml")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("café — µg, 疼痛", "café — µg, 疼痛"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\u202egnirts\u2066\u200f", "\\u202egnirts\\u2066\\u200f"),
        ("no\udcff", "no\\udcff"),
        ("a\u00a0b\u2028c", "a\\xa0b\\u2028c"),
    ],
)
def test_sign_that_a_terminal_would_obey_is_escaped(text: str, shown: str) -> None:
    """
    Letters of every script stand as they are; control, direction and lone surrogate signs are written out.
    """
    assert shown == printable(text)
    assert shown == printable(shown)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_problem_is_one_line_that_can_be_shown(text: str) -> None:
    """
    Whatever stands in a file name, a place or a message, a problem prints as one printable line.
    """
    problem = Problem(Path(text.replace("\0", "")), 1, 1, "E015", text, text + quoted(text))

    assert str(problem).isprintable()
    assert printable(text).isprintable()
    assert len(quoted(text)) <= 80 and quoted(text).isprintable()


def test_few_problems_stay_and_many_are_cut(tmp_path: Path) -> None:
    """
    A hundred are told; of a hundred and one the last is a word that there are more, at its place.
    """
    problems = [Problem(tmp_path, line, 1, "E015", "", "m") for line in range(1, MOST_FAULTS + 3)]
    cut = foremost(reversed(problems))

    assert problems[:MOST_FAULTS] == foremost(problems[:MOST_FAULTS])
    assert problems[:MOST_FAULTS] == cut[:MOST_FAULTS]
    assert [(MOST_FAULTS + 1, "E004")] == [(p.line, p.code) for p in cut[MOST_FAULTS:]]
