"""Opens the graph that a user means: the bundled one, a folder written by `kg build`, a file of quads, an endpoint."""

from dataclasses import dataclass
from pathlib import Path

from kg.evidence.load import load_pack
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.store.build import NQUADS, STORE, Graph, build_graph
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Store, StoreFault
from kg.store.remote import RemoteStore


def bundled_packs() -> tuple[Path, ...]:
    """The folders of the packs that ship with the program."""
    packs = Path(__file__).resolve().parents[1] / "packs"
    return tuple(sorted(path.parent for path in packs.glob("*/pack.yaml")))


@dataclass(frozen=True, slots=True)
class Project:
    """An ontology and the packs to read with it."""

    ontology: Ontology
    packs: tuple[Path, ...]

    @classmethod
    def bundled(cls) -> "Project":
        """What ships with the program."""
        return cls(Ontology(bundled_ontology()), bundled_packs())

    def graph(self) -> Graph:
        """The graph of all packs; raises `FaultsFound` if any file is at fault."""
        packs = [load_pack(path, self.ontology.vocabulary).usable() for path in self.packs]
        return build_graph(packs, self.ontology)


def open_store(location: str | None, project: Project) -> Store:
    """The store at `location` (a folder, an N-Quads file, a URL); without one, the bundled evidence in memory."""
    if location is None:
        return project.graph().store()
    if location.startswith(("http://", "https://")):
        return RemoteStore(location)
    path = Path(location)
    if path.is_dir() and (path / STORE).is_dir():
        return OxigraphStore.on_disk(path / STORE)
    if path.is_dir() and (path / NQUADS).is_file():
        return OxigraphStore.from_nquads(path / NQUADS)
    if path.is_dir():
        return OxigraphStore.on_disk(path)
    if path.is_file():
        return OxigraphStore.from_nquads(path)
    raise StoreFault(f"{location}: there is no such folder or file; kg build makes one")
