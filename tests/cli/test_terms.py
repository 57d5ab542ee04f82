"""`kg terms`: tree, search, one term and page, in the formats for people and for programs."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main


def run(*arguments: str) -> Result:
    """Runs kg terms inside this process."""
    return CliRunner().invoke(main, ["terms", *arguments], catch_exceptions=False)


def test_tree_is_drawn_with_lines() -> None:
    """
    A scheme heads its terms, each with its id, below its wider one.
    """
    lines = run("--scheme", "species").stdout.splitlines()
    assert "Species (species)" == lines[0]
    assert "└─ rodent  rodent" == lines[-3]
    assert "   └─ rat  rat" == lines[-1]


def test_depth_shows_the_top_only() -> None:
    """
    Depth one has no term beneath another.
    """
    assert all(line[0] in "├└" for line in run("--scheme", "mechanism", "--depth", "1").stdout.splitlines()[1:])


def test_formats_of_the_tree_say_the_same() -> None:
    """
    JSON, CSV and TSV carry the same rows.
    """
    as_json, as_csv, as_tsv = (run("--scheme", "species", "--format", form).stdout for form in ("json", "csv", "tsv"))
    rows = list(csv.DictReader(as_csv.splitlines()))
    assert json.loads(as_json) == rows == list(csv.DictReader(as_tsv.splitlines(), delimiter="\t"))
    assert {"scheme": "species", "depth": "2", "id": "rat", "broader": "rodent"}.items() <= rows[-1].items()


@pytest.mark.parametrize("words", ["TNF alpha", "tnf-α"])
def test_search_tells_which_name_matched(words: str) -> None:
    """
    However it is spelled, the same term is found first, with the name as the vocabulary has it.
    """
    first = json.loads(run("--search", words, "--format", "json").stdout)[0]
    assert ("tumor-necrosis-factor-alpha", "TNF-α", "synonym") == (first["id"], first["matched"], first["in"])


def test_search_without_a_hit_is_an_answer() -> None:
    """
    Exit 0, nothing on standard output, and a count beside it.
    """
    result = run("--search", "zzzz")
    assert (0, "", "0 found\n") == (result.exit_code, result.stdout, result.stderr)


def test_one_term_is_shown_whole() -> None:
    """
    By a synonym, with its mappings by their relation; programs get numbers as numbers.
    """
    shown = run("opioidergic system").stdout
    assert "skos:relatedMatch mesh:D018847 Opioid Peptides" in shown
    told = json.loads(run("opioid-system", "--format", "json").stdout)
    assert "endogenous opioid system" == told["label"]
    assert 0 < told["tied_studies"]
    assert "naloxone (naloxone): lowers" in told["said_by"]


def test_page_is_written_and_told(tmp_path: Path) -> None:
    """
    The page goes to the file, the news to standard error; twice the same bytes.
    """
    pages = [tmp_path / name for name in ("a.html", "b.html")]
    for page in pages:
        result = run("--scheme", "mechanism", "--html", str(page))
        assert (0, "", f"wrote {page}\n") == (result.exit_code, result.stdout, result.stderr)
    assert pages[0].read_bytes() == pages[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("rat", "--search", "rat"), 2, "Give one of TERM, --search and --html."),
        (("rat", "--depth", "1"), 2, "--depth is for the tree."),
        (("--depth", "0"), 2, "0 is not in the range x>=1"),
        (("--scheme", "drugs"), 1, "kg: there is no scheme 'drugs'; there are agent,"),
        (("wheel-runing",), 1, "kg: 'wheel-runing' is no term; did you mean wheel-running"),
        (("--search", "--"), 1, "kg: '--' has no letter or figure to search for"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_clear_message(arguments: tuple[str, ...], code: int, message: str) -> None:
    """
    What cannot be done is said with the cure.
    """
    result = run(*arguments)
    assert code == result.exit_code
    assert message in result.stderr
