"""The bundled graph is built once and kept; what cannot be opened is made again, and nothing depends on the cache."""

from pathlib import Path

import pytest

from kg.rdf.namespaces import epk
from kg.store import Graph, OxigraphStore, StoreFault, cache
from kg.store.cache import bundled_store, fingerprint
from kg.store.checksum import damaged_files
from tests.contracts.store import STUDIES


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of a test's own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture(scope="module")
def small(graph: Graph) -> Graph:
    """What says that the studies are studies, and no more."""
    quads = tuple(quad for quad in graph.quads if quad.object == epk("Study"))
    return Graph(quads, graph.packs, len(quads))


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch, small: Graph) -> list[str]:
    """Notes each time that the bundled graph is built, and gives the one that is at hand."""
    noted: list[str] = []

    class Quick:
        @staticmethod
        def bundled() -> "Quick":
            return Quick()

        def graph(self) -> Graph:
            noted.append("built")
            return small

    monkeypatch.setattr("kg.store.open.Project", Quick)
    return noted


def studies(store: OxigraphStore) -> str:
    return str(store.select(STUDIES).rows)


def test_graph_is_built_once_and_opened_from_then_on(kept: Path, builds: list[str], small: Graph) -> None:
    """
    The second opening reads the folder that the first one wrote, and both answer like the graph in memory.
    """
    answers = {studies(bundled_store()) for _ in range(3)}
    assert {studies(small.store())} == answers
    assert ["built"] == builds
    assert [f"graph-{fingerprint()}"] == [path.name for path in kept.iterdir()]


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst", "checksums.json"])
def test_damaged_cache_is_made_again(kept: Path, builds: list[str], small: Graph, name: str) -> None:
    """
    Whichever file was cut off or overwritten, the graph is built again and answers in full.
    """
    bundled_store()
    for path in kept.glob(f"graph-*/{name}"):
        path.write_bytes(b"nothing like it")
    assert studies(small.store()) == studies(bundled_store())
    assert ["built", "built"] == builds
    assert studies(small.store()) == studies(bundled_store())
    assert ["built", "built"] == builds


def test_another_version_of_the_engine_has_a_graph_of_its_own(
    kept: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A store is not opened by an engine that did not write it.
    """
    bundled_store()
    monkeypatch.setattr("pyoxigraph.__version__", "99.0")
    bundled_store()
    assert ["built", "built"] == builds
    assert 2 == len(list(kept.iterdir()))


def test_old_graphs_are_swept(kept: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The cache does not grow without end.
    """
    for version in range(6):
        monkeypatch.setattr("pyoxigraph.__version__", str(version))
        bundled_store()
    assert 3 == len(list(kept.iterdir()))


def test_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, builds: list[str], small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Where no folder can be made (a file stands there), the graph is built in memory and answers all the same.
    """
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "kept"))
    assert studies(small.store()) == studies(bundled_store())
    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_graph_in_the_wheel_is_opened_before_all_else(
    kept: Path, builds: list[str], small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    With a graph beside the package nothing is built and nothing is kept.
    """
    OxigraphStore.write_folder(tmp_path / "graph", small.quads)
    monkeypatch.setattr(cache, "SHIPPED", tmp_path / "graph")
    bundled_store()
    assert [] == builds
    assert not kept.exists()


def test_changed_file_changes_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Touching a curated file or the code asks for a new graph; bytecode does not.
    """
    for folder in ("evidence", "packs", "query", "rdf", "store"):
        (tmp_path / "kg" / folder).mkdir(parents=True)
    (tmp_path / "kg/packs/study.yaml").write_text("a")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "kg")
    first = fingerprint()
    (tmp_path / "kg/store/open.pyc").write_text("")
    assert first == fingerprint()
    (tmp_path / "kg/packs/study.yaml").write_text("ab")
    assert first != fingerprint()


def test_wrong_bytes_inside_a_table_are_found_before_the_engine_meets_them(graph: Graph, tmp_path: Path) -> None:
    """
    The engine would collect the same error until memory ends; the sums of the files say it at once.
    """
    folder = tmp_path / "store"
    OxigraphStore.write_folder(folder, graph.quads)
    assert [] == damaged_files(folder)
    largest = max(folder.glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[5000] ^= 0xFF
    largest.write_bytes(data)
    with pytest.raises(StoreFault, match=rf"is damaged: {largest.name}; remove it and make it again"):
        OxigraphStore.on_disk(folder)
