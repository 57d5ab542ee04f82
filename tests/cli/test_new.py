"""`kg new study`: a skeleton on standard output or in a file that was not there."""

from pathlib import Path

from click.testing import CliRunner, Result

from kg.cli import main
from tests.corpus import Corpus


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["new", "study", *map(str, arguments)], catch_exceptions=False)


def test_reference_is_named_by_id_or_number(corpus: Corpus) -> None:
    """
    Both give the same skeleton, with the title of the paper above it.
    """
    by_id, by_number = run("ref-2", "--pack", corpus.root), run("2", "--pack", corpus.root)
    assert 0 == by_id.exit_code
    assert by_id.stdout == by_number.stdout
    assert "# Two" in by_id.stdout.splitlines()
    assert "study: other-2001" in by_id.stdout.splitlines()
    assert "told_by: review" in run("2", "--review", "--pack", corpus.root).stdout.splitlines()


def test_bundled_pack_is_the_one_without_a_pack() -> None:
    """
    Its own id is taken up where the paper has a study already.
    """
    assert "study: stagg-2011" in run("36").stdout.splitlines()


def test_file_that_is_there_is_never_overwritten(corpus: Corpus) -> None:
    """
    A folder gets a file named after the study; a second try leaves it alone, exit 1.
    """
    folder = corpus.root / "studies"
    first = run("ref-2", "--pack", corpus.root, "--out", folder)
    written = folder / "other-2001.yaml"
    assert 0 == first.exit_code
    assert f"wrote {written}; fill it in, then: kg check {corpus.root}\n" == first.stderr
    written.write_text("mine", encoding="utf-8")
    second = run("ref-2", "--pack", corpus.root, "--out", folder)
    assert 1 == second.exit_code
    assert f"kg: {written}: is there already\n" == second.stderr
    assert "mine" == written.read_text(encoding="utf-8")


def test_unknown_reference_is_one_clear_line(corpus: Corpus, tmp_path: Path) -> None:
    """
    The nearest ones are named, and how to add one.
    """
    result = run("ref-22", "--pack", corpus.root, "--out", tmp_path / "x.yaml")
    assert 1 == result.exit_code
    assert "has no reference 'ref-22'; there is ref-2, ref-1; kg import adds references" in result.stderr
    assert not (tmp_path / "x.yaml").exists()
