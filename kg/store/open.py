"""Opens the graph that a user means: the bundled one, a folder written by `kg build`, a file, an endpoint."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import StoreFault

if TYPE_CHECKING:
    from kg.rdf.ontology import Ontology
    from kg.store.build import Graph
    from kg.store.remote import RemoteStore

#: The names of the store and of the quads in a folder that `kg build` writes.
STORE, NQUADS = "store", "graph.nq"


def bundled_packs() -> tuple[Path, ...]:
    """The folders of the packs that ship with the program."""
    packs = Path(__file__).resolve().parents[1] / "packs"
    return tuple(sorted(path.parent for path in packs.glob("*/pack.yaml")))


def pack_folder(named: Path) -> Path:
    """The folder that a person means: one that is there, else the bundled pack of that name."""
    bundled = {path.name: path for path in bundled_packs()}
    return named if named.exists() else bundled.get(str(named), named)


@dataclass(frozen=True, slots=True)
class Project:
    """An ontology and the packs to read with it."""

    ontology: "Ontology"
    packs: tuple[Path, ...]

    @classmethod
    def bundled(cls) -> "Project":
        """What ships with the program."""
        from kg.rdf.ontology import Ontology, bundled_ontology

        return cls(Ontology(bundled_ontology()), bundled_packs())

    def graph(self) -> "Graph":
        """The graph of all packs; raises `FaultsFound` if any file is at fault."""
        from kg.evidence.load import load_pack
        from kg.store.build import build_graph

        packs = [load_pack(path, self.ontology.vocabulary).usable() for path in self.packs]
        return build_graph(packs, self.ontology)


def is_endpoint(location: str | None) -> bool:
    """Whether a location is the URL of an endpoint."""
    return location is not None and location.startswith(("http://", "https://"))


def open_store(location: str | None = None) -> "OxigraphStore | RemoteStore":
    """The store at `location` (a folder, a file, a URL); without one, the bundled evidence."""
    if location is None:
        from kg.store.cache import bundled_store

        return bundled_store()
    if is_endpoint(location):
        from kg.store.remote import RemoteStore

        return RemoteStore(location)
    return open_path(Path(location))


def open_path(path: Path) -> OxigraphStore:
    """The store in a folder, opened read-only, or read from a file."""
    if (path / NQUADS).is_file():
        return _built(path)
    if path.is_dir():
        return OxigraphStore.on_disk(path)
    if path.is_file():
        return OxigraphStore.from_file(path)
    raise StoreFault(f"{path}: there is no such folder or file; kg build makes one")


def _built(folder: Path) -> OxigraphStore:
    """The store of a build; one that cannot be opened is made again from the quads beside it."""
    try:
        return OxigraphStore.on_disk(folder / STORE)
    except StoreFault:
        read = OxigraphStore.from_file(folder / NQUADS)
    import shutil
    import tempfile

    try:
        fresh = Path(tempfile.mkdtemp(prefix=f".{STORE}-", dir=folder))
        OxigraphStore.write_folder(fresh, read.quads())
        shutil.rmtree(folder / STORE, ignore_errors=True)
        fresh.rename(folder / STORE)
    except (OSError, StoreFault):
        return read
    return OxigraphStore.on_disk(folder / STORE)
