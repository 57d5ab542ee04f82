"""`kg rank` and `kg groups`: rows on standard output, what they mean beside them, and one clear word for bad input."""

import csv
import json

import pytest
from click.testing import CliRunner, Result

from kg.cli import main, progress as progress_module
from kg.cli.progress import progress
from kg.query import bundled_question


def run(*arguments: str) -> Result:
    """Runs kg inside this process."""
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_rank_prints_value_permutations_and_papers() -> None:
    """
    One row a mechanism; what the order says and does not say goes to standard error.
    """
    result = run("rank", "--permutations", "100", "--format", "csv")
    assert 0 == result.exit_code
    rows = list(csv.DictReader(result.stdout.splitlines()))
    expected = [
        "rank",
        "mechanism",
        "degree",
        "permuted_mean",
        "permuted_low",
        "permuted_high",
        "z",
        "papers",
        "moved_in",
    ]
    assert expected == list(rows[0])
    assert "1" == rows[0]["rank"] and all(float(row["permuted_low"]) <= float(row["permuted_high"]) for row in rows)
    assert f"(n = {len(rows)} mechanisms)" in result.stderr
    assert "not thereby an important one" in result.stderr


def test_rank_of_a_small_table_prints_too_small() -> None:
    """
    In a condition with few papers no number stands for the permutations.
    """
    result = run("rank", "--condition", "cisplatin-neuropathy", "--by", "betweenness", "--format", "json")
    if result.exit_code:
        assert "without edges" in result.stderr
        result = run("rank", "--condition", "spinal-cord-injury", "--species", "mouse", "--format", "json")
    for row in json.loads(result.stdout):
        assert {"too small"} == {row[name] for name in ("permuted_mean", "permuted_low", "permuted_high", "z")}
    assert "Too small" in result.stderr


def test_groups_print_members_and_pairs() -> None:
    """
    Each member with its group's papers; each pair with the papers that measured both.
    """
    members = run("groups", "--resamples", "100", "--format", "csv")
    pairs = run("groups", "--resamples", "100", "--pairs", "--format", "csv")
    rows = list(csv.DictReader(members.stdout.splitlines()))
    assert all(row["measured_together_in"] for row in rows if row["group"] != "alone")
    for row in csv.DictReader(pairs.stdout.splitlines()):
        assert int(row["papers"]) == len([paper for paper in row["measured_in"].split("; ") if paper])
    assert "Measured together is not acting together" in members.stderr
    assert members.stderr.splitlines()[-4:] == pairs.stderr.splitlines()[-4:]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rank", "--by", "fame"), "not 'fame'"),
        (("rank", "--level", "study"), "level is mechanism or marker, not 'study'"),
        (("rank", "--permutations", "0"), "number of permutations is at least 100"),
        (("rank", "--condition", "sciatica-of-mars"), "no term"),
        (("groups", "--resamples", "-5"), "number of resamples is at least 100"),
        (("groups", "--species", "unicorn"), "no term"),
    ],
)
def test_bad_input_is_one_clear_word(arguments: tuple[str, ...], words: str) -> None:
    """
    Exit 1, nothing on standard output, one line that says what would be right.
    """
    result = run(*arguments)
    assert (1, "") == (result.exit_code, result.stdout)
    assert words in result.stderr
    assert 1 == len(result.stderr.splitlines())


@pytest.mark.parametrize("command", ["rank", "groups"])
def test_explain_prints_the_question_of_the_network(command: str) -> None:
    """
    The SPARQL, as it can be asked again.
    """
    assert bundled_question("network-edges").sparql == run(command, "--explain").stdout


def test_progress_is_silent_for_a_second_and_then_tells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Nothing before a second is over; then a line every five seconds, on standard error.
    """
    clock = iter([0.0, 0.5, 2.0, 5.5, 6.0, 11.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(clock))
    tell = progress("permutations")
    for done in range(1, 6):
        tell(done, 9)
    told = capsys.readouterr()
    assert ("", "permutations: 3 of 9\npermutations: 5 of 9\n") == (told.out, told.err)
