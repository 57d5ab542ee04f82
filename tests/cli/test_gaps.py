"""`kg gaps` on the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.cli.test_cli import run
from tests.corpus import Corpus

LATER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "invented-later-studies.jsonl"


def test_formats_say_the_same() -> None:
    """
    Table, CSV and JSON have the same rows, and what was searched goes to standard error.
    """
    rows = json.loads(run("gaps", "--format", "json").stdout)["rows"]
    flat = list(csv.DictReader(io.StringIO(run("gaps", "--format", "csv").stdout)))
    assert [(row["rank"] and str(row["rank"])) or "" for row in rows] == [row["rank"] for row in flat]
    table = run("gaps", "--top", "1")
    assert "endocannabinoid system" in table.stdout and "empty + stated + bridge" in table.stdout
    assert "Searched" in table.stderr and "Score agreement" in table.stderr


def test_json_row_has_what_a_program_needs() -> None:
    """
    Each key that the design names is there, also where a row is about no mechanism.
    """
    rows = json.loads(run("gaps", "--format", "json").stdout)["rows"]
    keys = {"rank", "kind", "mechanism", "conditions", "detectors", "score", "parts", "one_source", "why", "searched",
            "read_depth", "evidence"}  # fmt: skip
    assert all(keys <= set(row) for row in rows)
    assert {"n", "bound", "detectors"} <= set(rows[0]["conditions"][0])
    assert any(row["mechanism"] is None and row["rank"] is None for row in rows)
    assert all(row["evidence"] for row in rows)
    dose = next(row for row in rows if row["kind"] == "dose-not-varied")
    assert all("/paper/" in iri for iri in dose["evidence"])
    assert "any term" not in json.dumps(rows)


def test_sentences_show_classes_and_species() -> None:
    """
    A reader sees n, bound, read depth and inheritance on each line.
    """
    told = run("gaps", "--top", "1", "--format", "sentences").stdout
    assert "0 of 4 studies (upper bound 53 %, 0 read in full)" in told
    assert "nothing measured" in told and "inherited from neuropathic pain" in told and "one-source" in told
    assert "note: Bridges 2001 [91]" in told


def test_table_says_who_looked_and_of_whom_the_next_rung_is_missing() -> None:
    """
    A cell in which somebody looked is not shown as if nobody had, and what is missing in people is called so.
    """
    table = run("gaps", "--format", "csv").stdout
    assert "spinal cord injury,0 of 6 (1 looked),,bridge" in table
    told = run("gaps", "--mechanism", "opioid-system", "--format", "sentences").stdout
    assert "not examined in people with neuropathic pain (next rung in people: measured)" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "harmz"), "no gap here is of the kind 'harmz'; there are"),
        (("--mechanism", "opioid-sistem"), "did you mean opioid-system"),
        (("--score", "agreemnt"), "there is no score and no file 'agreemnt'"),
    ],
)
def test_faults_are_one_clear_message(arguments: tuple[str, ...], words: str) -> None:
    """
    Exit 1, with what would be right.
    """
    result = run("gaps", *arguments)
    assert 1 == result.exit_code
    assert words in result.stderr and "Traceback" not in result.stderr


def test_malformed_score_file_names_its_line(tmp_path: Path) -> None:
    """
    File, line and cure.
    """
    path = tmp_path / "bad.yaml"
    path.write_text("weights:\n  agreement: -3\n")
    result = run("gaps", "--score", str(path))
    assert 1 == result.exit_code
    assert f"{path}:2: agreement needs a weight" in result.stderr


@pytest.mark.parametrize("studies", [0, 1])
def test_pack_in_which_nothing_was_measured_ranks_nothing(
    corpus: Corpus, ontology: Ontology, tmp_path: Path, studies: int
) -> None:
    """
    Rows without a rank, a class that leads or a number, and one word that says why; for no study and for one.
    """
    if not studies:
        corpus.study.unlink()
    OxigraphStore.write_folder(tmp_path / "store", build_graph([corpus.load().usable()], ontology).quads)
    result = run("gaps", "--format", "csv", "--store", str(tmp_path / "store"))
    assert 0 == result.exit_code and "so nothing is ranked" in result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows and {("", "")} == {(row["rank"], row["score"]) for row in rows}
    assert {""} == {row["leads_in"] for row in rows if row["mechanism"]}
    for more in (("--format", "sentences"), ("--why", "opioid-system"), ("--format", "json")):
        told = run("gaps", "--store", str(tmp_path / "store"), *more)
        assert 0 == told.exit_code and "NaN" not in told.stdout and "leads in" not in told.stdout


def test_filters_narrow() -> None:
    """
    A kind, a condition and a species leave rows out.
    """
    kinds = json.loads(run("gaps", "--kind", "one-laboratory-only", "--format", "json").stdout)["rows"]
    assert kinds and all("one-laboratory-only" in [row["kind"], *row["also"]] for row in kinds)
    there = json.loads(run("gaps", "--condition", "CRPS", "--species", "human", "--format", "json").stdout)["rows"]
    assert {"complex regional pain syndrome"} == {c["condition"]["label"] for row in there for c in row["conditions"]}


def test_why_prints_a_query_that_runs() -> None:
    """
    The SPARQL that would refute the gap is printed whole, and finds nothing here.
    """
    told = run("gaps", "--why", "endocannabinoid-system", "--condition", "diabetic-neuropathy").stdout
    sparql = told.partition("with kg query -:\n")[2]
    answer = run("query", "-", "--format", "csv", stdin=sparql)
    assert 0 == answer.exit_code
    assert ["study,evidence"] == answer.stdout.splitlines() or "" == answer.stdout


def test_explain_prints_the_questions() -> None:
    """
    What it asks of the graph can be read.
    """
    told = run("gaps", "--explain").stdout
    assert "# gap-cells" in told and "epk:Detection" in told


def test_plan_formats_say_the_same() -> None:
    """
    Sentences, CSV and JSON have the same studies; bounds and the note on practice go to standard error.
    """
    told = run("gaps", "--plan", "2", "--format", "sentences")
    data = json.loads(run("gaps", "--plan", "2", "--format", "json").stdout)
    flat = list(csv.DictReader(io.StringIO(run("gaps", "--plan", "2", "--format", "csv").stdout)))
    lines = [f"{number}. {study['pico']}" for number, study in enumerate(data["studies"], start=1)]
    assert lines == [line for line in told.stdout.splitlines() if line[:1].isdigit()]
    assert [study["pico"] for study in data["studies"]] == [row["taken"] for row in flat if row["slot"] == "in words"]
    taken = [slot["taken"] or "no source" for study in data["studies"] for slot in study["slots"]]
    parts = ("population", "intervention", "comparator", "outcome")
    assert taken == [row["taken"] for row in flat if row["part"] in parts]
    assert "recommends no exercise, drug or dose to anybody" in told.stderr
    assert "1 - 1/e" in told.stderr and data["closed_weight"] <= data["at_most"] <= data["closable_weight"]


def test_plan_larger_than_the_gaps_stops() -> None:
    """
    It says how many studies close all that can be closed.
    """
    told = run("gaps", "--plan", "500", "--mechanism", "endocannabinoid-system", "--format", "sentences")
    assert 0 == told.exit_code
    assert "studies close all that can be closed; there is nothing left for 500 studies." in told.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--plan", "0"), 2, "0 is not in the range x>=1"),
        (("--plan", "2", "--kind", "harms-not-read"), 1, "there is nothing to plan"),
        (("--plan", "2", "--why", "opioid-system"), 2, "give one of them"),
    ],
)
def test_plan_of_nothing_is_one_clear_message(arguments: tuple[str, ...], code: int, words: str) -> None:
    """
    No traceback, and what would be right.
    """
    result = run("gaps", *arguments)
    assert code == result.exit_code
    assert words in result.stderr and "Traceback" not in result.stderr


def test_plan_is_narrowed_with_the_gaps() -> None:
    """
    A plan for one class closes gaps of that class, or of all classes together.
    """
    data = json.loads(run("gaps", "--plan", "3", "--condition", "diabetic-neuropathy", "--format", "json").stdout)
    classes = {(one["condition_class"] or {}).get("label") for study in data["studies"] for one in study["closes"]}
    assert classes <= {None, "diabetic neuropathy"}
    assert {"diabetic neuropathy"} == {study["condition_class"]["label"] for study in data["studies"]}


def test_plan_explains_its_questions_too() -> None:
    """
    The questions that fill the slots are printed with those that find the gaps.
    """
    told = run("gaps", "--plan", "1", "--explain").stdout
    assert "# exercise-settings" in told and "# gap-cells" in told


def test_backtest_prints_orders_events_and_what_to_know() -> None:
    """
    Two tables on standard output, the default order first; events, power and leaks on standard error.
    """
    result = run("gaps", "--backtest")
    orders, events = result.stdout.split("\n\n")
    assert orders.splitlines()[2].startswith("agreement") and orders.splitlines()[-1].startswith("by-lot")
    assert 22 == len(events.splitlines()) - 2
    for words in ("demonstration on 14 ranked events", "80 %", "could not be ranked", "Leaks:"):
        assert words in result.stderr


def test_backtest_formats_say_the_same() -> None:
    """
    One row an event in CSV, all of it in JSON, and the sentences on standard output.
    """
    flat = list(csv.DictReader(io.StringIO(run("gaps", "--backtest", "--format", "csv").stdout)))
    data = json.loads(run("gaps", "--backtest", "--format", "json").stdout)
    assert [row["mechanism"] for row in flat] == [
        event["mechanism"]["label"] for event in (*data["ranked"], *data["apart"])
    ]
    assert [f"{event['ranks']['agreement']:g}" for event in data["ranked"]] == [
        row["rank_agreement"] for row in flat if not row["not_ranked"]
    ]
    assert data["reads"] == run("gaps", "--backtest", "--format", "sentences").stdout.splitlines()


def test_against_puts_the_asked_for_score_first() -> None:
    """
    The invented file beside the docs, under another score.
    """
    data = json.loads(run("gaps", "--against", str(LATER), "--score", "bridge", "--format", "json").stdout)
    assert ["bridge", "agreement"] == [order["name"] for order in data["orders"]][:2]
    assert 2 == len(data["ranked"]) and 3 == len(data["set_aside"])


def test_broken_file_of_later_studies_names_its_line(tmp_path: Path) -> None:
    """
    Exit 1, every fault with its line, nothing on standard output.
    """
    path = tmp_path / "later.jsonl"
    path.write_text('{"year": 2023}\nnot json\n')
    result = run("gaps", "--against", str(path))
    assert (1, "") == (result.exit_code, result.stdout)
    assert f"{path}:1: the key 'doi' is missing" in result.stderr and f"{path}:2: is not JSON" in result.stderr


@pytest.mark.parametrize("filters", [("--top", "3"), ("--kind", "harms"), ("--against", "x.jsonl")])
def test_backtest_takes_no_filter(filters: tuple[str, ...]) -> None:
    """
    Leaving cells out would change what is tested.
    """
    assert 2 == run("gaps", "--backtest", *filters).exit_code


def test_backtest_explains_its_questions_too() -> None:
    """
    Beside those of the gaps.
    """
    assert "# gap-papers" in run("gaps", "--backtest", "--explain").stdout
    assert "# gap-papers\n" not in run("gaps", "--explain").stdout
