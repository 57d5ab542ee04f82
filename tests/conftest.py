"""What many tests share: the bundled ontology, pack and graph, read once."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from kg.evidence import Pack, Vocabulary, load_pack
from kg.query import ask, bundled_question
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.rdf.write import trig
from kg.render.site import bundled_engine, make_site
from kg.store import Graph, OxigraphStore, RdflibStore, build_graph, bundled_packs
from kg.store.cache import VARIABLE
from tests.corpus import Corpus
from tests.servers import running

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests keep the bundled graph in a folder of their own, so that they begin with none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The bundled ontology."""
    return Ontology(bundled_ontology())


@pytest.fixture(scope="session")
def vocabulary(ontology: Ontology) -> Vocabulary:
    """The bundled vocabulary."""
    return ontology.vocabulary


@pytest.fixture(scope="session")
def bundled_pack(vocabulary: Vocabulary) -> Pack:
    """The bundled pack, which must be without a fault."""
    (root,) = bundled_packs()
    return load_pack(root, vocabulary).usable()


@pytest.fixture(scope="session")
def graph(bundled_pack: Pack, ontology: Ontology) -> Graph:
    """The graph of the bundled pack."""
    return build_graph([bundled_pack], ontology)


@pytest.fixture(scope="session")
def store(graph: Graph) -> OxigraphStore:
    """The bundled graph in a store."""
    return graph.store()


@pytest.fixture(scope="session")
def said_by_oxigraph(store: OxigraphStore, vocabulary: Vocabulary) -> Callable[..., Any]:
    """What Oxigraph says to a named question: rows, texts and what was searched. It is asked once for all engines."""

    @functools.cache
    def said(name: str, **given: str) -> tuple[Any, list[dict[str, str]], str]:
        answer = ask(store, bundled_question(name), given, vocabulary=vocabulary)
        return answer.rows, answer.texts(), answer.searched

    return said


@pytest.fixture(scope="session")
def in_rdflib(graph: Graph) -> RdflibStore:
    """The bundled graph in RDFLib."""
    return RdflibStore.from_quads(graph.quads)


@pytest.fixture(scope="session")
def site_files(store: OxigraphStore) -> dict[str, bytes]:
    """Every file of the site of the bundled graph, with the engine of its SPARQL page where that was fetched."""
    return make_site(store, bundled_packs(), engine=bundled_engine())


@pytest.fixture(scope="session")
def jena(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real Apache Jena on loopback that has read the bundled graph, as TriG, without a warning."""
    file = tmp_path_factory.mktemp("jena") / "graph.trig"
    file.write_bytes(trig(graph.quads))
    with running("tests.servers.jena", file) as url:
        yield url


@pytest.fixture
def corpus(tmp_path: Path, vocabulary: Vocabulary) -> Corpus:
    """A tiny pack of its own, to be bent by a test."""
    return Corpus(tmp_path, vocabulary)


#: Files whose tests share what is dear to make, and so one process; every other file is for itself.
TOGETHER = {
    "site": ("tests/pages/", "tests/render/test_site.py"),
    "jena": ("tests/store/test_jena.py", "tests/clients/test_jena.py"),
    "rdflib": ("tests/store/test_rdflib_store.py", "tests/query/test_terms.py"),
}


class Together(LoadScopeScheduling):
    """Gives tests that belong together to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((name for name, begins in TOGETHER.items() if file.startswith(begins)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """How tests are shared out among processes, where there are several."""
    return Together(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the switch that rewrites pinned answers; review the difference as prose."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the pinned answers")
