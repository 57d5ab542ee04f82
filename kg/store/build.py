"""Makes the graph of one or more packs, and writes it so that a reader sees the old build or the new, never a mix."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from kg.evidence.pack import Pack
from kg.evidence.same_paper import joined
from kg.rdf.dataset import pack_quads
from kg.rdf.ontology import Ontology
from kg.rdf.write import digest, sorted_nquads, trig
from kg.store.derive import derive
from kg.store.open import NQUADS, STORE
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import StoreFault
from kg.store.turn import BuildFault, fresh_folder

TRIG, MANIFEST = "graph.trig", "manifest.json"


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
    for pack in joined(packs):
        curated.update(pack_quads(pack))
    ordered = sorted(curated, key=str)
    derived = set(derive(ordered, ontology.rules))
    quads = tuple(sorted(curated | derived, key=str))
    return Graph(quads, tuple(sorted(pack.id for pack in packs)), len(curated))


def write_build(graph: Graph, target: Path) -> dict[str, object]:
    """
    Writes N-Quads, TriG, a store and a manifest to `target`, and returns the manifest.

    All of it or nothing: whoever reads `target`, also after a kill at any moment, meets the old build or the new one.
    """
    with fresh_folder(target) as fresh:
        try:
            return _write_into(fresh, graph)
        except StoreFault as fault:  # its words name the hidden folder, and end in those of the system
            raise BuildFault(f"{target}: cannot be written: {str(fault).rpartition(': ')[2]}") from fault


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
