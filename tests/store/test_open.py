"""What a user may mean by a place: a build, a store folder, a file in one of several formats; and what is none."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from kg.store import Graph, OxigraphStore, StoreFault, open_store, write_build
from kg.store.oxigraph import FORMATS
from tests.contracts.store import STUDIES


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_file_of_every_format_is_read(ending: str, graph: Graph, store: OxigraphStore, tmp_path: Path) -> None:
    """
    Formats with and without graph names answer the same question alike, whatever the ending's case.
    """
    file = tmp_path / f"graph{ending.upper()}"
    format = FORMATS[ending]
    quads = graph.quads if format.supports_datasets else {quad.triple for quad in graph.quads}
    file.write_bytes(serialize(quads, format=format) or b"")
    assert store.select(STUDIES) == open_store(str(file)).select(STUDIES)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.ttl", "<http://a> <http://b> .", r"a\.ttl:1:\d+: is not Turtle, or not whole"),
        ("a.ttl", "<http://a> <http://b> <c d> .", r"a\.ttl:1:\d+: is not Turtle"),
        (
            "a.nq",
            "<http://a> <http://b> <http://c> .\n<http://a> <http://b> \n",
            r"a\.nq:3:1: is not N-Quads, or not whole",
        ),
        ("a.trig", "<http://g> { <http://a> <http://b> ", r"a\.trig:1:\d+: is not TriG"),
        ("a.jsonld", '{"@id": "http://a", ', r"a\.jsonld:.*is not JSON-LD"),
        ("a.jsonld", '{"@context": "http://elsewhere.example/c", "@id": "http://a"}', r"a\.jsonld.*is not JSON-LD"),
        ("a.xlsx", "", r"a\.xlsx: is of no format that is known by its ending; use \.ttl"),
    ],
)
def test_file_that_is_not_what_its_ending_says_is_refused_at_its_place(
    name: str, text: str, words: str, tmp_path: Path
) -> None:
    """
    Broken, cut off, with an address that is none, with a context from elsewhere, or of another kind.
    """
    (tmp_path / name).write_text(text)
    with pytest.raises(StoreFault, match=words):
        open_store(str(tmp_path / name))


def test_folder_that_is_no_store_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    """
    Nothing is created in a folder that somebody named by mistake.
    """
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreFault, match="is no store that can be read"):
        open_store(str(tmp_path))
    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_store_of_a_build_that_cannot_be_opened_is_made_again(graph: Graph, tmp_path: Path, name: str) -> None:
    """
    The quads beside it are whole, so the folder is rebuilt from them, once.
    """
    small = Graph(graph.quads[:500], graph.packs, 500)
    write_build(small, tmp_path / "out")
    expected = sorted(map(str, small.quads))
    for path in (tmp_path / "out" / "store").glob(name):
        path.write_bytes(b"nothing like it")
    assert expected == sorted(map(str, open_store(str(tmp_path / "out")).quads()))
    assert expected == sorted(map(str, OxigraphStore.on_disk(tmp_path / "out" / "store").quads()))
    assert {"graph.nq", "graph.trig", "manifest.json", "store"} == {p.name for p in (tmp_path / "out").iterdir()}


def test_store_that_another_process_has_locked_is_read(graph: Graph, tmp_path: Path) -> None:
    """
    Reading needs no lock: a store that is open for writing elsewhere answers.
    """
    from pyoxigraph import Store

    folder = tmp_path / "store"
    OxigraphStore.write_folder(folder, graph.quads)
    writer = Store(str(folder))
    with pytest.raises(OSError, match="lock"):
        Store(str(folder))
    assert graph.store().select(STUDIES) == OxigraphStore.on_disk(folder).select(STUDIES)
    assert len(writer) == len(graph.quads)


def test_turtle_that_rdflib_lets_in_is_refused(tmp_path: Path) -> None:
    """
    An address with a space is no IRI; the strict parser says so where others shrug.
    """
    (tmp_path / "loose.ttl").write_text("<http://a/b c> <http://p> 1 .")
    with pytest.raises(StoreFault, match="is not Turtle"):
        open_store(str(tmp_path / "loose.ttl"))
    assert RdfFormat.TURTLE == FORMATS[".ttl"]
