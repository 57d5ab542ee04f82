"""A store in a child process keeps the contract, and gives up on a query that does not end."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import iri
from kg.store import Graph, LimitedStore, OxigraphStore, QueryFault, RemoteStore, Store, StoreFault
from kg.store.limited import limited_store, read_node, write_node
from tests.contracts.store import STUDIES, StoreContract

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bundled graph in a store folder."""
    place = tmp_path_factory.mktemp("limited") / "store"
    OxigraphStore.write_folder(place, graph.quads)
    return str(place)


class TestLimited(StoreContract):
    """A child process over a store folder."""

    narrows = False

    @pytest.fixture(scope="class")
    @classmethod
    def any_store(cls, folder: str) -> Iterator[Store]:
        store = LimitedStore(folder)
        yield store
        store.close()


def test_endless_query_is_given_up_and_its_process_ends(folder: str) -> None:
    """
    The fault names the time; the child is gone, and the next query is answered by a new one.
    """
    store = LimitedStore(folder, seconds=20)
    before = store.select(STUDIES)
    child = store._child
    assert child is not None and child.poll() is None
    store.seconds = 0.3
    with pytest.raises(QueryFault, match=r"did not end within 0\.3 seconds; narrow it, or give it more time"):
        store.select(ENDLESS)
    assert child.poll() is not None
    store.seconds = 20
    assert before == store.select(STUDIES)
    store.close()


def test_store_that_was_stopped_starts_nothing(folder: str) -> None:
    """
    Stopped a moment before a query begins, the store gives that query up; closed, it answers again.
    """
    store = LimitedStore(folder, seconds=20)
    before = store.select(STUDIES)
    child = store._child
    assert child is not None
    store.stop()
    child.wait()
    for _ in range(2):
        with pytest.raises(QueryFault, match="ended the process"):
            store.select(ENDLESS)
    store.close()
    assert before == store.select(STUDIES)
    store.close()


def test_child_whose_parent_is_gone_ends_by_itself(folder: str) -> None:
    """
    Nobody kills the child here: its own alarm does, a second after the deadline.
    """
    store = LimitedStore(folder)
    store.select(STUDIES)
    child = store._child
    assert child is not None and child.stdin is not None
    request = {"select": ENDLESS, "bindings": {}, "most_rows": 1, "seconds": 0.1}
    child.stdin.write(json.dumps(request) + "\n")
    child.stdin.flush()
    assert 0 != child.wait(20)
    store.close()


def test_too_many_rows_are_refused_with_the_cure(folder: str) -> None:
    """
    An answer above the limit is not cut in silence.
    """
    store = LimitedStore(folder, most_rows=10)
    with pytest.raises(QueryFault, match="more than 10 rows; narrow it, or add LIMIT"):
        store.select("SELECT ?s WHERE { ?s ?p ?o }")
    with pytest.raises(QueryFault, match="more than 10 rows"):
        list(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"))
    assert 10 == len(store.select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 10").rows)
    store.close()


def test_query_that_eats_memory_ends_its_own_process_only(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The child may use so much memory and no more; the parent says what happened and goes on.
    """
    monkeypatch.setenv("KG_QUERY_BYTES", str(300_000_000))
    store = LimitedStore(folder)
    with pytest.raises(QueryFault, match="may have needed too much memory"):
        store.select("SELECT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
    assert store.select(STUDIES).rows
    store.close()


def test_place_that_is_none_is_told_by_the_parent(tmp_path: Path) -> None:
    """
    The fault of the child that could not open a store is the fault of the asker.
    """
    with pytest.raises(StoreFault, match="there is no such folder or file"):
        LimitedStore(str(tmp_path / "nowhere")).select(STUDIES)


def test_no_child_is_left_behind(folder: str) -> None:
    """
    A store that nobody holds any more takes its process with it.
    """
    store = LimitedStore(folder)
    store.select(STUDIES)
    assert store._child is not None
    number = store._child.pid
    del store
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_endpoint_keeps_the_deadline_itself() -> None:
    """
    A URL is not opened in a child: the request has the time limit.
    """
    store = limited_store("http://127.0.0.1:9/query", seconds=7)
    assert isinstance(store, RemoteStore) and 7 == store.timeout


@pytest.mark.parametrize(
    "node",
    [
        NamedNode("http://a"),
        Literal("a"),
        Literal("http://a"),
        Literal('quote " and\nline'),
        Literal("a", language="en"),
        Literal("01", datatype=iri("xsd:integer")),
    ],
)
def test_terms_pass_the_pipe_unchanged(node: NamedNode | Literal) -> None:
    """
    A term that was written for the child and read again is the same term.
    """
    assert node == read_node(write_node(node))
