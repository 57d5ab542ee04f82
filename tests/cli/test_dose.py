"""kg dose: rows on standard output, shares and the plain word about advice on standard error."""

import csv
import json

import pytest
from click.testing import CliRunner, Result

from kg.analysis.programme import QUANTITIES
from kg.analysis.read_doses import BOUTS
from kg.cli import dose_command, main


def run(*arguments: str) -> Result:
    """Runs kg dose inside this process."""
    return CliRunner().invoke(main, ["dose", *arguments], catch_exceptions=False)


def test_choices_of_the_command_are_those_of_the_analysis() -> None:
    """
    The command names its choices itself, so that its help is quick; they are the same.
    """
    assert QUANTITIES == dose_command._QUANTITIES
    assert ("any", *BOUTS) == dose_command._BOUTS


def test_rows_carry_their_evidence_and_no_advice() -> None:
    """
    A row names study, reference, DOI and read depth; that nothing is recommended stands beside the rows, not in them.
    """
    result = run("--by", "weeks", "--condition", "spinal cord injury", "--format", "csv")
    (first, *_) = rows = list(csv.DictReader(result.stdout.splitlines()))
    assert {
        "told",
        "condition_class",
        "species",
        "bout",
        "weeks",
        "relief",
        "outcomes",
        "study",
        "ref",
        "doi",
        "read",
    } < {*first}
    assert {"the paper tells"} == {row["told"] for row in rows}
    assert all(row["study"] and row["ref"] and row["read"] and row["weeks"] for row in rows)
    assert "recommends no dose" in result.stderr and "of 14 programmes report weeks" in result.stderr


def test_two_quantities_that_too_few_tell_are_not_set_out() -> None:
    """
    There is no row, and standard error says how many tell both and why that is too few.
    """
    result = run("--by", "weeks", "--by", "minutes", "--condition", "diabetic-neuropathy", "--species", "human")
    assert (0, "") == (result.exit_code, result.stdout)
    assert "1 of 7 programmes report weeks and minutes, too few to set out together" in result.stderr
    assert "5 programmes of 3 studies" in result.stderr


def test_two_quantities_of_the_review_are_set_out() -> None:
    """
    The review's tables hold enough doses; its rows never name the paper as teller.
    """
    result = run("--by", "weeks", "--by", "minutes", "--telling", "review", "--format", "json")
    told = json.loads(result.stdout)
    points = [point for cell in told["cells"] for point in cell["points"]]
    assert points and all(["weeks", "minutes"] == [dose["quantity"] for dose in point["doses"]] for point in points)
    assert {"the review tells"} == {cell["told"] for cell in told["cells"]}


@pytest.mark.parametrize("form", ["table", "sentences", "json", "csv", "tsv"])
def test_every_format_prints_the_overview(form: str) -> None:
    """
    Without --by: how many programmes report what, and what was tried.
    """
    result = run("--condition", "HIV-associated neuropathy", "--format", form)
    assert 0 == result.exit_code
    assert "12 weeks" in result.stdout


def test_explain_prints_both_questions() -> None:
    """
    The SPARQL of what was tried and of what came out.
    """
    printed = run("--explain").stdout
    assert 2 == printed.count("SELECT DISTINCT ?") - printed.count("{ SELECT DISTINCT ?")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--by", "weeks", "--by", "days", "--by", "minutes"), 2, "once or twice"),
        (("--condition", "spinal cord injry"), 1, "did you mean spinal-cord-injury"),
        (("--by", "miles"), 2, "'miles' is not one of"),
        (("--store", "nowhere"), 1, "there is no such folder or file"),
    ],
)
def test_faults_are_one_clear_message(arguments: tuple[str, ...], status: int, words: str) -> None:
    """
    What the person can put right is said in a line, without a traceback.
    """
    result = run(*arguments)
    assert (status, "") == (result.exit_code, result.stdout)
    assert words in result.stderr and "Traceback" not in result.stderr


def test_nothing_that_fits_says_so() -> None:
    """
    No exercise of that kind there is an answer, with what was counted.
    """
    result = run("--modality", "swimming", "--species", "human")
    assert (0, "") == (result.exit_code, result.stdout)
    assert "Counted 0 programmes and sessions of 0 studies." in result.stderr
