"""Where the graph is kept, behind one protocol; how it is built, opened and written."""

from kg.store.build import Graph, build_graph, write_build
from kg.store.open import Project, bundled_packs, open_store
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Node, QueryFault, Solutions, Store, StoreFault
from kg.store.remote import RemoteStore
from kg.store.turn import BuildFault

__all__ = [
    "BuildFault",
    "Graph",
    "Node",
    "OxigraphStore",
    "Project",
    "QueryFault",
    "RemoteStore",
    "Solutions",
    "Store",
    "StoreFault",
    "build_graph",
    "bundled_packs",
    "open_store",
    "write_build",
]
