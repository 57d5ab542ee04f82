"""Apache Jena reads the files we publish without a warning, and reads the very quads that we wrote."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.rdf.ontology import bundled_ontology
from kg.rdf.write import sorted_nquads
from kg.store import Graph
from kg.store.build import NQUADS, TRIG, write_build

TURTLE = sorted(bundled_ontology().rglob("*.ttl"))


def jena(out: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.clients.jena", str(out), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def published(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What a build and the ontology hold, by name."""
    build = tmp_path_factory.mktemp("published") / "build"
    write_build(graph, build)
    return {path.name: path for path in (build / NQUADS, build / TRIG, *TURTLE)}


@pytest.fixture(scope="module")
def read_by_jena(published: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what Jena made of them."""
    out = tmp_path_factory.mktemp("read")
    run = jena(out, *published.values())
    assert (0, "", "") == (run.returncode, run.stdout, run.stderr)
    return out


@pytest.mark.parametrize("name", [NQUADS, TRIG, *(path.name for path in TURTLE)])
def test_jena_reads_what_we_wrote(name: str, published: dict[str, Path], read_by_jena: Path) -> None:
    """
    No quad is lost, added or changed on the way through Jena's parser and writer; blank nodes may be renamed.
    """
    ours = sorted_nquads(parse(path=str(published[name])))
    theirs = sorted_nquads(parse(path=str(read_by_jena / f"{name}.nq"), format=RdfFormat.N_QUADS))
    assert ours
    assert ours == theirs


def test_a_warning_would_be_seen(tmp_path: Path) -> None:
    """
    A number that is none is only a warning to Jena; here it is told with its place, and nothing is read.
    """
    file = tmp_path / "odd.ttl"
    file.write_text(
        '<http://example.org/s> <http://example.org/p> "ten"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        encoding="utf-8",
    )
    run = jena(tmp_path, file)
    assert 1 == run.returncode
    assert f"{file}: [line: 1, col: 47] Lexical form 'ten' not valid for datatype XSD integer" in run.stderr
