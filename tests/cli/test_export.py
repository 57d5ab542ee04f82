"""`kg export`: tables on standard output or as a file, whole or not at all."""

import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.rdf.ontology import Ontology
from kg.store import build_graph, write_build
from tests.corpus import Corpus


@pytest.fixture
def build(corpus: Corpus, ontology: Ontology) -> Path:
    """A build of the tiny pack."""
    folder = corpus.root.parent / "build"
    write_build(build_graph([corpus.load().usable()], ontology), folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments], catch_exceptions=False)


def test_table_goes_to_standard_output(build: Path) -> None:
    """
    TSV is the default; the address of each row comes first on request.
    """
    plain, placed = run("findings", "--store", str(build)), run("findings", "--store", str(build), "--iri")
    assert 0 == plain.exit_code
    assert plain.stdout.startswith("pack\tstudy\treference_number\tdoi\t")
    assert 2 == len(plain.stdout.splitlines())
    assert placed.stdout.splitlines()[1].startswith(
        "https://w3id.org/exercise-pain-kg/pack/tiny/paper/small-2000/finding/touch\ttiny\t"
    )
    assert [line.partition("\t")[2] for line in placed.stdout.splitlines()] == plain.stdout.splitlines()


def test_file_takes_the_place_of_the_old_one_in_one_step(build: Path, tmp_path: Path) -> None:
    """
    The file is written beside its name first; what cannot be written leaves the old one and nothing else.
    """
    out = tmp_path / "findings.parquet"
    out.write_bytes(b"old")
    result = run("findings", "--store", str(build), "--format", "parquet", "--out", str(out))
    assert (0, f"{out}: 1 rows\n", "") == (result.exit_code, result.stderr, result.stdout)
    assert 1 == pq.read_table(out).num_rows
    assert ["findings.parquet"] == [path.name for path in tmp_path.iterdir() if "findings" in path.name]

    nowhere = run("findings", "--store", str(build), "--out", str(tmp_path / "no" / "findings.tsv"))
    assert 1 == nowhere.exit_code
    assert f"kg: {tmp_path}/no/findings.tsv: cannot be written: No such file or directory\n" == nowhere.stderr


def test_parquet_needs_a_file_and_its_library(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Bytes are not thrown at a terminal; a library that is not there is named with its cure.
    """
    assert 2 == run("findings", "--store", str(build), "--format", "parquet").exit_code
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("findings", "--store", str(build), "--format", "parquet", "--out", str(tmp_path / "x"))
    assert 1 == result.exit_code
    assert "pip install 'exercise-pain-kg[exchange]'" in result.stderr
    assert not (tmp_path / "x").exists()
