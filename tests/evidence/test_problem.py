"""Problems: faults as data, shown with their place, in the order of the file; and a test for every code."""

import re
from pathlib import Path

from kg.evidence import FaultsFound, Problem
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
