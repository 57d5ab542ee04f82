"""The build: whole or not at all, the same bytes from the same input, readable by anyone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset

from kg.rdf.write import digest
from kg.store import BuildFault, Graph, OxigraphStore, open_store, write_build
from tests.corpus import Corpus
from tests.store.killing import Killing, build_of_whom

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def part(graph: Graph) -> Graph:
    """Some quads of each graph of the bundled one, for what needs no whole."""
    quads = graph.quads[::20]
    return Graph(quads, graph.packs, len(quads) // 2)


def test_build_writes_what_its_manifest_says(graph: Graph, tmp_path: Path) -> None:
    """
    The manifest names the files, counts the quads, and carries the SHA-256 of the N-Quads beside it.
    """
    manifest = write_build(graph, tmp_path / "out")
    written = json.loads((tmp_path / "out" / "manifest.json").read_text())
    data = (tmp_path / "out" / "graph.nq").read_bytes()
    assert manifest == written
    assert len(data.splitlines()) == written["quads"] == len(graph.quads)
    assert digest(data) == written["sha256"]
    assert 0 < written["derived_quads"] < written["quads"]


def test_store_folder_and_nquads_hold_the_same(graph: Graph, tmp_path: Path) -> None:
    """
    The folder opened read-only, the N-Quads file and the graph in memory answer alike.
    """
    write_build(graph, tmp_path / "out")
    answers = {
        str(store.select(COUNT).rows)
        for store in (
            open_store(str(tmp_path / "out")),
            open_store(str(tmp_path / "out" / "graph.nq")),
            open_store(str(tmp_path / "out" / "store")),
            graph.store(),
        )
    }
    assert 1 == len(answers)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_the_files(part: Graph, tmp_path: Path) -> None:
    """
    Another library reads the TriG and finds every quad.
    """
    write_build(part, tmp_path / "out")
    dataset = Dataset()
    dataset.parse(data=(tmp_path / "out" / "graph.trig").read_text(encoding="utf-8"), format="trig")
    assert len(part.quads) == sum(1 for _ in dataset.quads())


def test_second_build_replaces_the_first_and_leaves_nothing_behind(part: Graph, tmp_path: Path) -> None:
    """
    After a new build the folder is the new one; the old one and all temporary names are gone.
    """
    write_build(part, tmp_path / "out")
    smaller = Graph(part.quads[:100], part.packs, 100)
    write_build(smaller, tmp_path / "out")
    assert 100 == json.loads((tmp_path / "out" / "manifest.json").read_text())["quads"]
    assert 2 == len(list(tmp_path.iterdir()))


def test_folder_of_someone_else_is_not_touched(graph: Graph, tmp_path: Path) -> None:
    """
    A folder or file that kg build did not make is refused and stays as it is.
    """
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(BuildFault, match="not made by kg build"):
        write_build(graph, tmp_path / "out")
    assert "years of work" == (tmp_path / "out" / "thesis.txt").read_text()


def test_place_that_cannot_be_written_is_one_clear_fault(graph: Graph, tmp_path: Path) -> None:
    """
    A file where a folder should be gives a fault that names the place, and nothing is left.
    """
    (tmp_path / "file").write_text("")
    with pytest.raises(BuildFault, match="cannot be written"):
        write_build(graph, tmp_path / "file" / "out")
    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_failure_half_way_leaves_the_earlier_build(
    part: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A disk that is full while the store is written leaves the old build whole and no temporary folder.
    """
    write_build(part, tmp_path / "out")
    before = (tmp_path / "out" / "manifest.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(OxigraphStore, "write_folder", full)
    with pytest.raises(BuildFault, match="No space left"):
        write_build(Graph(part.quads[:10], part.packs, 10), tmp_path / "out")
    assert before == (tmp_path / "out" / "manifest.json").read_bytes()
    assert 2 == len(list(tmp_path.iterdir()))


def test_killed_build_leaves_the_old_output_or_the_new(tmp_path: Path) -> None:
    """
    Killed at six random moments, kg build leaves a folder whose files belong together, and the next build cleans up.
    """
    (tmp_path / "built").mkdir()
    packs = [Corpus(tmp_path / name).with_text("species: rat", f"species: {name}").root for name in ("mouse", "rat")]
    killing = Killing(tmp_path / "built", packs, seed=11)
    outcomes = [kill.outcome for kill in killing.kills(6)]

    assert {"old", "new"} >= set(outcomes)
    assert 6 == len(outcomes)
    hidden, out = killing.left_behind()
    assert (out, hidden) == ("out", (tmp_path / "built" / "out").readlink().name)


def test_mixed_output_is_seen(part: Graph, tmp_path: Path) -> None:
    """
    The eye that judges what a kill left sees one file of another build, whichever it is.
    """
    write_build(part, tmp_path / "out")
    write_build(Graph(part.quads[:10], part.packs, 10), tmp_path / "other")
    whole = build_of_whom(tmp_path / "out")
    for name in ("manifest.json", "graph.nq", "graph.trig", "store"):
        kept, foreign = tmp_path / "out" / name, tmp_path / "other" / name
        kept.rename(tmp_path / "kept")
        kept.symlink_to(foreign)
        with pytest.raises(ValueError, match="not one build"):
            build_of_whom(tmp_path / "out")
        kept.unlink()
        (tmp_path / "kept").rename(kept)
    assert whole == build_of_whom(tmp_path / "out")


def test_two_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    """
    The order of sets and dicts, which changes with PYTHONHASHSEED, changes no byte of the output.
    """
    contents = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-c", "from kg.cli import main; main()", "build", "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        contents.append([(out / name).read_bytes() for name in ("graph.nq", "graph.trig", "manifest.json")])
    assert contents[0] == contents[1]


def test_order_of_files_and_curated_quads_is_in_named_graphs(graph: Graph) -> None:
    """
    Vocabulary, references, papers, review, provenance and one graph a rule: a reader can take or leave each.
    """
    graphs = {
        str(quad.graph_name).strip("<>").removeprefix("https://w3id.org/exercise-pain-kg/") for quad in graph.quads
    }
    pack = "pack/leitzelar-koltyn-2021/graph/"
    assert {"graph/vocabulary", "graph/provenance"} <= graphs
    assert {f"{pack}{name}" for name in ("references", "papers", "review", "provenance")} <= graphs
    assert {"graph/derived/isolates", "graph/derived/bridge"} <= graphs


def test_trig_is_for_people(graph: Graph, tmp_path: Path) -> None:
    """
    The TriG uses short names, not full IRIs, for the project's own words.
    """
    write_build(graph, tmp_path / "out")
    text = (tmp_path / "out" / "graph.trig").read_text()
    assert "epk:result word:decrease" in text
    assert len(list(parse(text, format=RdfFormat.TRIG))) == len(graph.quads)
