"""`kg import`: what was added on standard output, what was known on standard error, faults with exit 1."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.corpus import Corpus

PAPER = "@article{new, title = {A new paper}, author = {Young, Ann}, year = 2024}\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A BibTeX file with one new paper and one that the tiny pack has."""
    path = tmp_path / "papers.bib"
    path.write_text(PAPER + "@article{old, title = {One}, year = 2000}\n", encoding="utf-8")
    return path


def test_added_and_known_are_told_apart(file: Path, corpus: Corpus) -> None:
    """
    New references are data, known ones are talk; the pack stays without a fault.
    """
    result = run("bibtex", file, "--pack", corpus.root)
    assert (0, "ref-3  Young 2024: A new paper\n") == (result.exit_code, result.stdout)
    assert (
        f"{file}:2: 'old' is not added: ref-1 has the same title and year\n1 added, 1 known already\n" == result.stderr
    )
    assert [] == corpus.check()


def test_pack_is_the_folder_you_are_in(file: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    In a folder that is no pack the command says what to name.
    """
    monkeypatch.chdir(corpus.root)
    assert 0 == run("bibtex", file).exit_code
    monkeypatch.chdir(file.parent)
    result = run("bibtex", file)
    assert 1 == result.exit_code
    assert f"kg: {Path.cwd()}: holds no pack.yaml; name a pack's folder with --pack\n" == result.stderr


def test_faults_add_nothing(file: Path, corpus: Corpus) -> None:
    """
    One line a fault, exit 1, and the list as it was.
    """
    before = (corpus.root / "references.json").read_bytes()
    file.write_text(PAPER + "@article{cut, title = {", encoding="utf-8")
    result = run("bibtex", file, "--pack", corpus.root)
    assert (1, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"kg: {file}:2: the entry that begins here cannot be read")
    assert result.stderr.endswith("\nnothing was added\n")
    assert before == (corpus.root / "references.json").read_bytes()
