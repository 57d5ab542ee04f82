"""`kg ladder` as people run it: the table, the evidence beneath, the review beside, and what it says of wrong requests."""

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.corpus import Corpus


def run(*arguments: str) -> Result:
    """Runs kg inside this process."""
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def rows(*arguments: str) -> list[dict[str, str]]:
    """The rows that a command prints as CSV."""
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))


def test_table_has_one_row_a_cell_and_says_what_was_searched() -> None:
    """
    The table begins with the best known; where no exercise study looked, it says so and not that there is no effect.
    """
    found = rows("ladder")
    table = run("ladder")

    assert "needed" == found[0]["strongest"] and "no exercise study here" == found[-1]["strongest"]
    assert len(found) == len({(row["mechanism"], row["condition_class"], row["species"]) for row in found})
    assert len(found) + 2 == len(table.stdout.splitlines())
    assert "Searched" in table.stderr and "read as abstract" in table.stderr


def test_mechanism_is_shown_down_to_the_line_of_each_finding() -> None:
    """
    With --mechanism the evidence stands beneath: blocker, route, reach, fate of the benefit, the blocker alone, file, line.
    """
    shown = run("ladder", "--mechanism", "opioid-system", "--condition", "peripheral nerve injury").stdout

    expected = (
        "naloxone methiodide, intracerebroventricular (reaches supraspinal): benefit lost; blocker alone not tested"
    )
    assert expected in shown
    assert "figure legend (studies/stagg-2011.yaml:32)" in shown
    assert "kept when blocked: 1 paper" in shown and "tracks relief: no paper" in shown
    assert "doi:10.1097/ALN.0b013e318210f880" in shown


def test_single_arm_evidence_is_marked_wherever_it_is_shown() -> None:
    """
    What changed against the same people before has no control group, and table, sentence and evidence say so.
    """
    of = ("ladder", "--condition", "diabetic neuropathy", "--species", "human")
    table, spoken = run(*of).stdout, run(*of, "--format", "sentences").stdout
    whole = run(*of, "--mechanism", "peripheral-nerve-regeneration").stdout

    assert "changed with relief (single-arm)" in table
    assert "changed with relief [69] (single-arm)" in spoken
    assert "increase (single-arm); abstract (studies/kluding-2012.yaml:" in whole
    assert "single-arm" not in run("ladder", "--species", "rat").stdout


def test_sentences_name_the_references() -> None:
    """
    A cell is read aloud with its papers by number.
    """
    spoken = run("ladder", "--mechanism", "astrocyte-reactivity", "--format", "sentences").stdout

    assert (
        "astrocyte reactivity in peripheral nerve injury, rodent (mouse, rat): with exercise tracks relief [17]"
        in spoken
    )


def test_json_says_what_the_table_says_and_keeps_iris() -> None:
    """
    The same cells in the same order, with IRIs, both columns, the side against and the findings.
    """
    data = json.loads(run("ladder", "--format", "json").stdout)

    assert [row["mechanism"] for row in rows("ladder")] == [cell["mechanism"]["label"] for cell in data["cells"]]
    cell = next(cell for cell in data["cells"] if cell["strongest"] == "tracks")
    assert {"needed", "tracks", "changed", "measured"} == set(cell["with_exercise"])
    (study,) = cell["with_exercise"]["tracks"]["studies"]
    assert 17 == study["ref"] and study["study"]["iri"].startswith("https://doi.org/")
    assert all(finding["line"] and finding["file"] for piece in study["evidence"] for finding in piece["findings"])


def test_review_stands_beside_and_changes_nothing() -> None:
    """
    The column of the papers is that of the plain ladder; more and less are marked; cells of the review alone come last.
    """
    plain = {(row["mechanism"], row["condition_class"], row["species"]): row["strongest"] for row in rows("ladder")}
    beside = rows("ladder", "--review")

    known = [row for row in beside if (row["mechanism"], row["condition_class"], row["species"]) in plain]
    assert len(plain) == len(known) and beside[: len(known)] == known
    for row in known:
        assert plain[row["mechanism"], row["condition_class"], row["species"]] == row["papers_show"]
    assert {"more", "less", "same", ""} == {row["than_papers"] for row in beside}
    crps = [row for row in beside if row["condition_class"] == "complex regional pain syndrome"]
    assert [("no exercise study here", "needed", "more")] == [
        (row["papers_show"], row["review_says"], row["than_papers"]) for row in crps
    ]


def test_review_of_a_mechanism_links_each_passage() -> None:
    """
    Each claim has its statement or telling, its place in the files and a link to the passage.
    """
    shown = run("ladder", "--mechanism", "endocannabinoid-system", "--review").stdout

    assert "the review says (a claim, never evidence)" in shown
    assert "endocannabinoid-never-examined" in shown and "#:~:text=" in shown
    assert "more broadly: needed (hedged); not examined (more than the papers)" in shown
    data = json.loads(run("ladder", "--mechanism", "endocannabinoid-system", "--review", "--format", "json").stdout)
    assert all(cell["review"]["more_broadly"]["nobody_looked"] for cell in data["cells"])


@pytest.mark.parametrize(("extra", "question"), [((), "epk:Assessment"), (("--review",), "epk:Claim")])
def test_explain_prints_the_question_with_its_parameters(extra: tuple[str, ...], question: str) -> None:
    """
    The SPARQL that is run, and what each parameter is bound to.
    """
    shown = run("ladder", "--mechanism", "opioid-system", *extra, "--explain").stdout

    assert "# ?of_mechanism = <https://w3id.org/exercise-pain-kg/term/opioid-system>" in shown
    assert question in shown and "SELECT" in shown


def test_term_that_is_none_is_one_clear_message() -> None:
    """
    A name that is no term is refused with the nearest one.
    """
    result = run("ladder", "--mechanism", "opiod-system")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "did you mean opioid-system" in result.stderr


def test_place_without_evidence_says_that_no_paper_tells() -> None:
    """
    A cell of which no paper tells is a word on standard error, not an empty table.
    """
    result = run("ladder", "--mechanism", "opioid-system", "--species", "human")

    assert (0, "") == (result.exit_code, result.stdout)
    assert "No paper of this graph says anything of such a mechanism there." in result.stderr


def test_empty_pack_is_told(corpus: Corpus) -> None:
    """
    A build without a study answers with a word in every form.
    """
    corpus.study.unlink()
    built = str(corpus.root.parent / "built")
    assert 0 == run("build", "--pack", str(corpus.root), "--out", built).exit_code

    for extra in ((), ("--review",)):
        result = run("ladder", *extra, "--store", built)
        assert (0, "") == (result.exit_code, result.stdout)
        assert "No paper of this graph" in result.stderr and "Searched 0 studies" in result.stderr
    assert [] == json.loads(run("ladder", "--store", built, "--format", "json").stdout)["cells"]
