"""Makes the graph of one or more packs, and writes it so that a reader sees the old build or the new, never a mix."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from kg.evidence.pack import Pack
from kg.evidence.problem import KgError
from kg.rdf.dataset import pack_quads
from kg.rdf.ontology import Ontology
from kg.rdf.write import digest, sorted_nquads, trig
from kg.store.derive import derive
from kg.store.open import NQUADS, STORE
from kg.store.oxigraph import OxigraphStore

TRIG, MANIFEST = "graph.trig", "manifest.json"


class BuildFault(KgError):
    """A build cannot be written."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A built graph: curated and derived quads together."""

    quads: tuple[Quad, ...]
    packs: tuple[str, ...]
    curated: int

    def store(self) -> OxigraphStore:
        """The graph in a store in memory."""
        return OxigraphStore.in_memory(self.quads)


def build_graph(packs: Sequence[Pack], ontology: Ontology) -> Graph:
    """The graph of checked packs: vocabulary, evidence, and what the rules derive."""
    curated = set(ontology.quads)
    for pack in packs:
        curated.update(pack_quads(pack))
    ordered = sorted(curated, key=str)
    derived = set(derive(ordered, ontology.rules))
    quads = tuple(sorted(curated | derived, key=str))
    return Graph(quads, tuple(sorted(pack.id for pack in packs)), len(curated))


def write_build(graph: Graph, target: Path) -> dict[str, object]:
    """
    Writes N-Quads, TriG, a store and a manifest to `target`, and returns the manifest.

    Everything is written to a hidden folder beside `target` first. `target` is a link that is then turned to the
    new folder in one step, so a reader (or a kill at any moment) meets the old build or the new one, whole.
    """
    parent, name = target.absolute().parent, target.name
    if target.exists() and not target.is_symlink():
        raise BuildFault(f"{target}: is there and was not made by kg build; give another folder with --out")
    try:
        parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))
        try:
            manifest = _write_into(fresh, graph)
            _turn(target, fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _sweep(parent, name, fresh)
    except OSError as error:
        raise BuildFault(f"{target}: cannot be written: {error.strerror or error}") from error
    return manifest


def _write_into(folder: Path, graph: Graph) -> dict[str, object]:
    nquads = sorted_nquads(graph.quads)
    (folder / NQUADS).write_bytes(nquads)
    (folder / TRIG).write_bytes(trig(graph.quads))
    OxigraphStore.write_folder(folder / STORE, graph.quads)
    manifest: dict[str, object] = {
        "packs": list(graph.packs),
        "quads": len(graph.quads),
        "derived_quads": len(graph.quads) - graph.curated,
        "canonicalization": "RDFC-1.0",
        "sha256": digest(nquads),
        "files": {"nquads": NQUADS, "trig": TRIG, "store": STORE},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.chmod(folder, 0o755)  # noqa: S103 - a build is for everyone to read, as any folder that mkdir makes
    return manifest


def _turn(target: Path, fresh: Path) -> None:
    step = target.with_name(f"{fresh.name}.link")
    os.symlink(fresh.name, step, target_is_directory=True)
    try:
        os.replace(step, target)
    except BaseException:
        step.unlink(missing_ok=True)
        raise


def _sweep(parent: Path, name: str, kept: Path) -> None:
    """Removes what earlier builds, finished or killed, have left."""
    for old in _left_over(parent, name):
        if old.is_symlink():
            old.unlink(missing_ok=True)
        elif old != kept:
            shutil.rmtree(old, ignore_errors=True)


def _left_over(parent: Path, name: str) -> Iterable[Path]:
    return sorted(path for path in parent.glob(f".{name}-*"))
