"""kg paths and kg network: words for people on standard error, data on standard output, files whole or not at all."""

import csv
import json
from pathlib import Path

import pytest

from kg.analysis import from_node_link, read_graphml
from tests.cli.test_cli import run


def test_paths_are_read_aloud_with_their_proof() -> None:
    """
    The path, its weakest step, each step with the findings behind it and where they were read, and what is against it.
    """
    result = run("paths", "exercise", "opioid-system")
    assert 0 == result.exit_code
    assert "1. treadmill running → endogenous opioid system" in result.stdout
    assert "weakest: needed" in result.stdout and "Stagg 2011 [36]" in result.stdout
    assert "read: text" in result.stdout and "studies/stagg-2011.yaml line" in result.stdout
    assert "   against: the benefit of treadmill running was kept when" in result.stdout
    assert "A chain of findings is a suggestion" in result.stderr


def test_paths_in_every_format_are_the_same_paths() -> None:
    """
    CSV, TSV and JSON hold the same paths in the same order; --most cuts them and says so.
    """
    asked = ("paths", "exercise", "mechanical-allodynia", "--most", "5")
    rows = list(csv.DictReader(run(*asked, "--format", "csv").stdout.splitlines()))
    tabs = list(csv.DictReader(run(*asked, "--format", "tsv").stdout.splitlines(), delimiter="\t"))
    records = json.loads(run(*asked, "--format", "json").stdout)
    assert rows == tabs
    assert [row["path"] for row in rows] == [record["path"] for record in records]
    assert 5 == len(rows)
    assert "5 shown" in run(*asked, "--format", "table").stderr


def test_paths_without_any_say_why() -> None:
    """
    No path is no fault and no evidence; JSON is an empty list.
    """
    result = run("paths", "mechanical-allodynia", "exercise")
    assert (0, "") == (result.exit_code, result.stdout)
    assert "paths lead the other way" in result.stderr and "no evidence of absence" in result.stderr
    assert [] == json.loads(run("paths", "mechanical-allodynia", "exercise", "--format", "json").stdout)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("paths", "exercise", "nowhere-at-all"), 1, "'nowhere-at-all' is no term"),
        (("paths", "exercise", "spinal-cord-injury"), 1, "--condition"),
        (("paths", "exercise", "bdnf", "--bout", "weekly"), 1, "bout is any, training, acute or not-stated"),
        (("paths", "exercise", "bdnf", "--species", "dragon"), 1, "is no term for species"),
        (("paths", "exercise", "bdnf", "--cutoff", "0"), 2, "--cutoff"),
        (("network", "--level", "gene"), 1, "level is mechanism or marker"),
        (("network", "--out", "x"), 2, "--out is for --format json or graphml"),
        (("network", "--format", "json", "--out", "nowhere/x"), 1, "cannot be written"),
    ],
)
def test_faults_are_one_clear_message(arguments: tuple[str, ...], status: int, words: str) -> None:
    """
    Each says what is wrong and what would be right.
    """
    result = run(*arguments)
    assert status == result.exit_code
    assert words in result.stderr and "Traceback" not in result.stderr


def test_network_is_written_for_other_programs(tmp_path: Path) -> None:
    """
    Standard output and file hold the same bytes, and both forms the same network.
    """
    file = tmp_path / "network.graphml"
    written = run("network", "--species", "rat", "--format", "graphml", "--out", str(file))
    assert "" == written.stdout and " nodes, " in written.stderr
    assert run("network", "--species", "rat", "--format", "graphml").stdout_bytes == file.read_bytes()
    graph = from_node_link(json.loads(run("network", "--species", "rat", "--format", "json").stdout))
    assert list(graph.edges(keys=True, data=True)) == list(read_graphml(file.read_bytes()).edges(keys=True, data=True))


def test_network_as_rows_and_the_question_behind_both() -> None:
    """
    A row an edge; --explain prints what was asked.
    """
    rows = list(
        csv.DictReader(run("network", "--format", "csv", "--condition", "spinal nerve ligation").stdout.splitlines())
    )
    assert ("endogenous opioid system", "needed") in {(row["from"], row["relation"]) for row in rows}
    for command in (("network",), ("paths", "exercise", "bdnf")):
        assert (
            run("query", "network-edges", "--explain").stdout.partition("#+")[2]
            == (run(*command, "--explain").stdout.partition("#+")[2])
        )


def test_empty_network_says_so() -> None:
    """
    No edge is told in words, and the form stays whole.
    """
    result = run("network", "--condition", "complex-regional-pain-syndrome", "--format", "json")
    assert [] == json.loads(result.stdout)["edges"]
    assert "not evidence of absence" in result.stderr
