"""The command line: data on standard output, talk on standard error, exit 0, 1 or 2, and quick help."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg.cli import COMMANDS, main
from kg.store import build_graph
from tests.corpus import Corpus


def run(*arguments: str, stdin: str | None = None) -> Result:
    """Runs kg inside this process."""
    return CliRunner().invoke(main, list(arguments), input=stdin, catch_exceptions=False)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    """
    Help begins with a sentence in the imperative and shows a command that can be run.
    """
    result = run(name, "--help")
    assert 0 == result.exit_code
    assert f"Example: kg {name}" in result.stdout
    assert COMMANDS[name][1].endswith(".")


def test_help_loads_neither_engine_nor_records() -> None:
    """
    kg --help imports click and little else.
    """
    heavy = ("pydantic", "pyoxigraph", "rdflib", "networkx", "yaml", "jinja2")
    code = (
        "import sys; from kg.cli import main; main(['--help'], standalone_mode=False); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.splitlines()[-1]


def test_unknown_command_is_wrong_usage() -> None:
    """
    Exit 2 and a hint.
    """
    result = run("qery")
    assert 2 == result.exit_code
    assert "No such command" in result.stderr


def test_check_of_the_bundled_pack_is_clean() -> None:
    """
    No fault; without the text it says that passages were not looked up.
    """
    result = run("check")
    assert 0 == result.exit_code
    assert "" == result.stdout
    assert "source not given" in result.stderr
    assert "no faults, 0 warnings" in result.stderr


def test_graph_that_was_found_without_fault_is_not_built_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    The first check builds the graph and holds it against its rules; the second, of the very same files, does not.
    """
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    built = []
    monkeypatch.setattr("kg.store.build_graph", lambda *given: built.append("built") or build_graph(*given))
    first, second = run("check"), run("check")
    assert ["built"] == built
    assert (0, 0) == (first.exit_code, second.exit_code)
    assert first.stderr == second.stderr
    monkeypatch.setattr("pyoxigraph.__version__", "another")
    run("check")
    assert ["built", "built"] == built


def test_check_without_the_validator_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Where shacl is not installed, a check says what it left out; asked to insist, it fails with the cure.
    """
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    monkeypatch.setitem(sys.modules, "shacl", None)
    result, insisting = run("check"), run("check", "--shapes")
    assert (0, 1) == (result.exit_code, insisting.exit_code)
    for said in (result.stderr, insisting.stderr):
        assert "shapes are not checked" in said
        assert "pip install 'exercise-pain-kg[shapes]'" in said


def test_check_reports_faults_on_stdout_and_exits_one(corpus: Corpus) -> None:
    """
    Each fault is one line with file, line and column; the count goes to standard error.
    """
    corpus.with_text("species: rat", "species: mose")
    result = run("check", str(corpus.root))
    assert 1 == result.exit_code
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"{corpus.study}:5:") and "E012" in line and "mouse" in line
    assert "1 fault," in result.stderr


def test_check_as_json(corpus: Corpus) -> None:
    """
    The same fault for programs.
    """
    corpus.with_text("species: rat", "species: mose")
    result = run("check", str(corpus.root), "--format", "json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert ("E012", 5, "base.species") == (problem["code"], problem["line"], problem["where"])


def test_check_reports_how_complete_a_pack_is(corpus: Corpus) -> None:
    """
    The report is data: lines on standard output, or part of the JSON.
    """
    result = run("check", str(corpus.root), "--report")
    assert 0 == result.exit_code
    assert "references carried by a study or a statement 1 of 2" in result.stdout
    assert "source not given" in result.stderr
    told = json.loads(run("check", str(corpus.root), "--report", "--format", "json").stdout)["report"]
    assert ["tiny"] == [pack["pack"] for pack in told["packs"]]
    assert "report" not in json.loads(run("check", str(corpus.root), "--format", "json").stdout)


def test_check_of_a_missing_source_is_one_clear_line(corpus: Corpus) -> None:
    """
    A text that is not there is named; exit 1.
    """
    result = run("check", str(corpus.root), "--source", "nowhere.txt")
    assert 1 == result.exit_code
    assert "kg: nowhere.txt: cannot be read: No such file or directory\n" == result.stderr


def test_query_formats_say_the_same() -> None:
    """
    JSON, CSV and TSV carry the same rows.
    """
    as_json = json.loads(run("query", "blockers-of-exercise", "--format", "json").stdout)
    as_csv = list(csv.reader(run("query", "blockers-of-exercise", "--format", "csv").stdout.splitlines()))
    as_tsv = list(
        csv.reader(run("query", "blockers-of-exercise", "--format", "tsv").stdout.splitlines(), delimiter="\t")
    )
    assert as_csv == as_tsv
    assert as_json["columns"] == as_csv[0]
    assert len(as_json["rows"]) == len(as_csv) - 1
    assert [row["ref"] for row in as_json["rows"]] == [int(row[as_csv[0].index("ref")]) for row in as_csv[1:]]


def test_json_keeps_iris_beside_labels() -> None:
    """
    A term is given by IRI and label, a number as a number.
    """
    (row, *_) = json.loads(run("query", "blockers-of-exercise", "--format", "json").stdout)["rows"]
    assert row["mechanism"]["iri"].startswith("https://w3id.org/exercise-pain-kg/term/")
    assert isinstance(row["ref"], int)


def test_searched_goes_to_standard_error() -> None:
    """
    What was searched is talk: it does not mix with the rows.
    """
    result = run("query", "open-questions", "--format", "csv")
    assert "Searched" in result.stderr and "Searched" not in result.stdout


def test_empty_answer_says_so_and_exits_zero() -> None:
    """
    No row is an answer, with what was searched beside it.
    """
    result = run("query", "exercise-to-mechanisms", "-p", "in_condition=hiv-neuropathy")
    assert 0 == result.exit_code
    assert "" == result.stdout
    assert "No paper of this graph" in result.stderr and "Searched 1 " in result.stderr


def test_explain_prints_sparql_that_can_be_run_again() -> None:
    """
    --explain prints the query with its parameters as comments; fed back through standard input it answers.
    """
    explained = run("query", "studies", "--explain").stdout
    assert "# ?in_condition = <https://w3id.org/exercise-pain-kg/word/any>" in explained
    again = run("query", "-", "--format", "csv", stdin=explained)
    assert again.stdout == run("query", "studies", "--format", "csv").stdout


def test_query_from_a_file(tmp_path: Path) -> None:
    """
    SPARQL from a file, without a header.
    """
    file = tmp_path / "mine.rq"
    file.write_text("SELECT (COUNT(?s) AS ?n) WHERE { ?s a <https://w3id.org/exercise-pain-kg/ontology#Study> }")
    result = run("query", str(file), "--format", "csv")
    assert ["n", str(len(list_of_studies()))] == result.stdout.split()


def list_of_studies() -> list[str]:
    rows = csv.DictReader(run("query", "studies", "--format", "csv").stdout.splitlines())
    return sorted({f"{row['ref']} {row['told']}" for row in rows})


def test_construct_as_turtle_and_not_a_table_as_turtle() -> None:
    """
    Turtle is for triples: a CONSTRUCT question gives Turtle that parses; a SELECT question refuses it with the cure.
    """
    turtle = run("query", "assessment-graph", "--format", "ttl").stdout
    assert 50 < len(list(parse(turtle, format=RdfFormat.TURTLE)))
    refused = run("query", "studies", "--format", "ttl")
    assert 2 == refused.exit_code
    assert "CONSTRUCT" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("query", "nothing-like-it"), 1, "there is no question 'nothing-like-it'"),
        (("query", "studies", "-p", "in_condition"), 2, "-p needs key=value"),
        (("query", "studies", "-p", "in_condition=nowhere-at-all"), 1, "is no term for condition"),
        (("query", "nowhere.rq"), 1, "nowhere.rq: cannot be read: No such file or directory"),
        (("query", "studies", "--store", "nowhere"), 1, "there is no such folder or file; kg build makes one"),
        (("why", "exercise", "nowhere-at-all"), 1, "is no term for mechanism"),
        (("passage", "a", "b", "--source", "x"), 2, "3 to 200 characters"),
    ],
)
def test_faults_of_the_request_are_one_clear_message(arguments: tuple[str, ...], status: int, words: str) -> None:
    """
    What the person can put right is said in a line, without a traceback.
    """
    result = run(*arguments)
    assert status == result.exit_code
    assert words in result.stderr
    assert "Traceback" not in result.stderr and "" == result.stdout


def test_broken_sparql_names_the_place() -> None:
    """
    A syntax error says where.
    """
    result = run("query", "-", stdin="SELECT ?x WHERE { ?x ")
    assert 1 == result.exit_code
    assert "standard input" in result.stderr and "1:" in result.stderr


def test_store_that_is_no_nquads_names_the_line(tmp_path: Path) -> None:
    """
    A truncated file is refused at its line.
    """
    file = tmp_path / "graph.nq"
    file.write_text("<http://a> <http://b> <http://c> .\n<http://a> <http://b> \n")
    result = run("query", "studies", "--store", str(file))
    assert 1 == result.exit_code
    assert "graph.nq" in result.stderr and "N-Quads" in result.stderr


def test_why_reads_the_evidence_aloud() -> None:
    """
    kg why answers in sentences that carry study, reference and read depth, and says what the review says.
    """
    result = run("why", "exercise", "opioid-system")
    assert "benefit when blocked" in result.stdout
    assert "(Stagg 2011 [36], text)" in result.stdout
    assert "the review:" in result.stdout and "#:~:text=" in result.stdout


def test_why_without_a_connection_is_no_claim() -> None:
    """
    Nothing found is called absence of evidence, not evidence of absence.
    """
    result = run("why", "balance-training", "mtor-signalling")
    assert 0 == result.exit_code
    assert "not evidence of absence" in result.stderr


def test_build_then_query_the_folder(tmp_path: Path) -> None:
    """
    A built folder answers like the bundled evidence.
    """
    built = run("build", "--out", str(tmp_path / "out"))
    assert 0 == built.exit_code
    assert built.stdout.startswith("sha256 ")
    answers = [
        run("query", "studies", "--format", "csv", *more).stdout for more in ((), ("--store", str(tmp_path / "out")))
    ]
    assert answers[0] == answers[1]


def test_build_of_a_faulty_pack_writes_nothing(corpus: Corpus, tmp_path: Path) -> None:
    """
    A fault in a file stops the build before anything is written.
    """
    corpus.with_text("result: decrease", "result: down")
    result = run("build", "--pack", str(corpus.root), "--out", str(tmp_path / "out"))
    assert 1 == result.exit_code
    assert "E013" in result.stdout and "nothing was written" in result.stderr
    assert not (tmp_path / "out").exists()


def test_schema_is_json() -> None:
    """
    kg schema prints a JSON Schema with its draft and address.
    """
    schema = json.loads(run("schema", "study").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_passage_prints_the_sha_and_shows_the_passage(tmp_path: Path) -> None:
    """
    The digest goes to standard output, so that it can be pasted; the passage to standard error.
    """
    source = tmp_path / "text.txt"
    source.write_text("Rats ran [1]. Pain fell\nin rats that ran [2, 3]. Nothing else happened.")
    result = run("passage", "Pain fell", "that ran", "--source", str(source))
    assert "Pain fell in rats that ran\n" == result.stderr
    assert 12 == len(result.stdout.strip())


def test_closed_pipe_is_no_traceback() -> None:
    """
    `kg query terms | head -1` ends quietly.
    """
    command = f"{sys.executable} -c 'from kg.cli import main; main()' query terms --format csv | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env={**os.environ})
    assert "id,label,scheme,broader,worse,domain,speaks_for,definition\n" == done.stdout
    assert "Traceback" not in done.stderr


def test_audit_counts_what_it_folds_and_shows_all_on_request() -> None:
    """
    Rows of scope alone are counted on standard error; with --all they stand among the others, marked.
    """
    short, whole = (
        list(csv.DictReader(run("audit", "--format", "csv", *more).stdout.splitlines())) for more in ((), ("--all",))
    )
    assert {"no"} == {row["scope_only"] for row in short}
    assert {"no", "yes"} == {row["scope_only"] for row in whole}
    assert f"{len(whole) - len(short)} more name only a broader class" in run("audit", "--format", "csv").stderr


def test_audit_of_one_paper_is_read_aloud_without_blame() -> None:
    """
    Both sides stand in a sentence with the read depth of the paper; nobody is said to be wrong.
    """
    lines = run("audit", "--ref", "19", "--format", "sentences").stdout.splitlines()
    assert "[19] Chen 2012, species: the review says mouse; the paper says rat (read: abstract)" in lines
    assert all(line.startswith("[19] ") for line in lines)
    assert not any(word in line for line in lines for word in ("wrong", "error", "mistake", "false"))


def test_audit_explains_itself() -> None:
    """
    --explain prints the SPARQL of the question.
    """
    assert "SELECT" in run("audit", "--explain").stdout


def test_conflicts_are_paragraphs_with_two_sides_and_what_differs() -> None:
    """
    A person reads the question, both sides with their papers and read depth, and the settings; leads come last.
    """
    told = run("conflicts").stdout
    assert "evoked withdrawal in spinal cord injury: change against none (better)" in told
    assert "They differ in:" in told and "Not stated on one side:" in told
    assert "as a lead and not as a cause" in told
    assert "kg: " not in told


def test_conflicts_count_what_is_set_aside_and_show_it_on_request() -> None:
    """
    One paper's arms, other sites and unlike designs are counted on standard error; with --all they stand in rows.
    """
    short, whole = (
        list(csv.DictReader(run("conflicts", "--format", "csv", *more).stdout.splitlines()))
        for more in ((), ("--all",))
    )
    assert {""} == {row["set_aside"] for row in short}
    assert {"", "of one paper", "other site", "single-arm against controlled"} == {row["set_aside"] for row in whole}
    assert f"{len(whole) - len(short)} more are of one paper" in run("conflicts", "--format", "csv").stderr


def test_conflicts_are_narrowed_by_what_condition_and_kind() -> None:
    """
    Filters keep whole conflicts; where none fits, silence is not called agreement.
    """
    rows = json.loads(run("conflicts", "--measured", "tumor necrosis factor alpha", "--format", "json").stdout)
    assert ["tumor necrosis factor alpha"] == [row["question"] for row in rows]
    assert [18] == [report["ref"] for report in rows[0]["opposed"]["reports"]]
    nothing = run("conflicts", "--condition", "HIV neuropathy", "--kind", "opposite-direction")
    assert "" == nothing.stdout and "this is not agreement" in nothing.stderr


def test_conflicts_offer_the_kinds_of_the_analysis_and_explain_themselves() -> None:
    """
    The kinds on the command line are those of the analysis; --explain prints the SPARQL.
    """
    from kg.analysis.conflicts import KINDS
    from kg.cli.conflicts_command import command

    (kinds,) = [each.type for each in command.params if each.name == "kind"]
    assert KINDS == tuple(getattr(kinds, "choices", ()))
    assert "epk:changedSide" in run("conflicts", "--explain").stdout
