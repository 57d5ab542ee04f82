"""`kg diff`: words or RDF on standard output, counts on standard error, exit 1 for a lost finding id."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.rdf.ontology import Ontology
from kg.store import build_graph, write_build
from tests.corpus import Corpus


@pytest.fixture
def build(corpus: Corpus, ontology: Ontology) -> Path:
    """A build of the tiny pack, before it is changed."""
    folder = corpus.root.parent / "build"
    write_build(build_graph([corpus.load().usable()], ontology), folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)], catch_exceptions=False)


def test_same_version_is_no_difference(build: Path, corpus: Corpus) -> None:
    """
    Nothing on standard output, exit 0.
    """
    result = run(build, corpus.root)
    assert (0, "", "no difference\n") == (result.exit_code, result.stdout, result.stderr)


def test_difference_is_no_fault_and_a_lost_id_is(build: Path, corpus: Corpus) -> None:
    """
    A new finding is told with exit 0; an id that is gone is named in every format, with exit 1.
    """
    corpus.with_text(
        "findings:\n", "findings:\n  - {id: bdnf, measured: bdnf, group: run, versus: rest, result: increase}\n"
    )
    result = run(build, corpus.root)
    assert 0 == result.exit_code
    assert "+ finding tiny/paper/small-2000/finding/bdnf: bdnf | increase | run | rest" in result.stdout.splitlines()
    assert result.stderr.startswith("finding: 1 added; study: 1 changed; derived:")

    back = run(corpus.root, build)
    assert 1 == back.exit_code
    assert "! the finding id tiny/paper/small-2000/finding/bdnf is lost;" in back.stdout
    for form in ("patch", "trig"):
        lost = run(corpus.root, build, "--format", form)
        assert 1 == lost.exit_code
        assert "the finding id tiny/paper/small-2000/finding/bdnf is lost" in lost.stderr
        assert "is lost" not in lost.stdout


def test_version_that_is_not_there_is_one_clear_line(build: Path) -> None:
    """
    The place is named; exit 1.
    """
    result = run(build, "nowhere")
    assert 1 == result.exit_code
    assert result.stderr.startswith("kg: nowhere: there is no such folder or file")
