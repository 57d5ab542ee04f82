"""`kg what-if`: rows on standard output, what was left out on standard error, and a clear word for what cannot be."""

import csv
import io
import json
from pathlib import Path

import pytest

from kg.evidence import Vocabulary
from kg.query import bundled_question
from kg.rdf.ontology import Ontology
from kg.store import build_graph, write_build
from tests.analysis.made_up import Made, made_up
from tests.cli.test_cli import run


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> str:
    """A build of two papers that say the same."""
    folder: Path = tmp_path_factory.mktemp("two")
    corpus = made_up(folder, vocabulary, (Made("one", 1), Made("two", 2, species="human")))
    write_build(build_graph([corpus.load().usable()], ontology), folder / "out")
    return str(folder / "out")


def test_what_falls_is_a_row_and_the_summary_goes_to_standard_error(place: str) -> None:
    """
    JSON carries IRIs beside labels; CSV has a column each.
    """
    result, table = (run("what-if", "--without", "1", "--store", place, "--format", form) for form in ("json", "csv"))
    (row,) = (row for row in json.loads(result.stdout)["rows"] if row["what"] == "falls")

    assert "rodent" == row["species"]["label"]
    assert row["mechanism"]["iri"].startswith("https://")
    assert "Without 1 paper (1 stay), 2 conclusions: falls 1; stands 1." in result.stderr
    assert ["falls"] == [line["what"] for line in csv.DictReader(io.StringIO(table.stdout))]


def test_each_conclusion_is_a_row_that_names_its_paper(place: str) -> None:
    """
    Two conclusions, each of one paper, in a table.
    """
    result = run("what-if", "--each", "--store", place)

    assert 0 == result.exit_code
    assert "Author1 2001 [1]" in result.stdout and "Author2 2002 [2]" in result.stdout
    assert "2 hang on one paper" in result.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--without", "ref-7"), "'ref-7' is no paper told in this graph"),
        (("--without-laboratory", "nobody"), "'nobody' is no laboratory recorded in this graph"),
        (("--until", "1900"), "no paper of this graph would be left"),
        (("--only", "full-text"), "no paper of this graph was read as 'full-text'; depths here: abstract"),
    ],
)
def test_what_cannot_be_left_out_is_said(given: tuple[str, ...], words: str, place: str) -> None:
    """
    One message, exit 1, nothing on standard output.
    """
    result = run("what-if", *given, "--store", place)

    assert (1, "") == (result.exit_code, result.stdout)
    assert words in result.stderr


@pytest.mark.parametrize("given", [(), ("--each", "--without", "1")])
def test_nothing_or_both_is_wrong_usage(given: tuple[str, ...]) -> None:
    """
    Exit 2 and what to say.
    """
    assert 2 == run("what-if", *given).exit_code


def test_explain_prints_the_sparql() -> None:
    """
    Of the evidence that is counted.
    """
    assert bundled_question("ladder").sparql == run("what-if", "--each", "--explain").stdout
