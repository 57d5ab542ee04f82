"""The graph that is served: where its processes open it, its digest, and the new one when a build takes its place."""

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from kg.rdf.write import digest, sorted_nquads
from kg.serve.pool import Pool
from kg.store.build import MANIFEST
from kg.store.limited import LimitedStore
from kg.store.open import is_endpoint, open_store
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Store
from kg.store.remote import RemoteStore

#: So many named questions and pages are made at once, and each of their queries may take so many seconds.
_OWN, _OWN_SECONDS = 2, 60.0
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What a query of a stranger may use: seconds, rows, bytes of memory; and how many of them are answered at once.

    Named questions are ours; they have the same memory and limits of their own.
    """

    seconds: float = 30.0
    most_rows: int = 100_000
    memory: int = 2 * 2**30
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a graph can be opened again and again as it is now, and the digest of its quads if it can be known."""

    name: str
    digest: str | None
    kept: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)


def find_place(location: str | None) -> Place:
    """The place of the graph at `location`; what is no folder of a store is put into one that ends with the server."""
    store = open_store(location)
    if isinstance(store, RemoteStore):
        store.decide("ASK {}")
        return Place(store.url, None)
    if store.folder is not None:
        folder = store.folder.resolve()
        return Place(str(folder), _written(folder) or digest(sorted_nquads(store.quads())))
    kept = tempfile.TemporaryDirectory(prefix="kg-serve-")
    OxigraphStore.write_folder(Path(kept.name), store.quads())
    return Place(kept.name, digest(sorted_nquads(store.quads())), kept)


def _written(folder: Path) -> str | None:
    """The digest that a build wrote beside its store."""
    try:
        manifest = json.loads((folder.parent / MANIFEST).read_bytes())
        return str(manifest["sha256"]) if manifest["files"]["store"] == folder.name else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Served:
    """One state of a graph: strangers' queries have processes of their own, named questions and pages have others."""

    def __init__(self, place: Place, limits: Limits) -> None:
        self.place = place
        self._kept: dict[str, bytes] = {}
        self._graphs: frozenset[str] | None = None

        def guarded() -> LimitedStore:
            return LimitedStore(
                place.name, seconds=limits.seconds, most_rows=limits.most_rows, worker="kg.query.guarded",
                memory=limits.memory,
            )  # fmt: skip

        def own() -> LimitedStore:
            return LimitedStore(place.name, seconds=_OWN_SECONDS, memory=limits.memory)

        self.strangers = Pool(guarded, limits.at_once, limits.seconds)
        self.own = Pool(own, _OWN, _OWN_SECONDS)

    async def graphs(self, left: Callable[[], Awaitable[None]]) -> frozenset[str]:
        """The names of the graphs that are served."""
        if self._graphs is None:
            found = await self.own.ask(lambda store: store.select(_GRAPHS), left)
            self._graphs = frozenset(node.value for (node,) in found.rows if node is not None)
        return self._graphs

    async def kept(self, name: str, make: Callable[[Store], bytes], left: Callable[[], Awaitable[None]]) -> bytes:
        """What `make` gives, which is made once for this state of the graph; never of an endpoint, which may change."""
        if name not in self._kept:
            made = await self.own.ask(make, left)
            if self.place.digest is None:
                return made
            self._kept[name] = made
        return self._kept[name]


class Live:
    """The graph at a location as it is now: after a `kg build` into the same folder, the new one."""

    def __init__(self, location: str | None, limits: Limits, first: Place) -> None:
        self.location = location
        self.limits = limits
        self._leads = self._target()
        self._served = Served(first, limits)
        self._turn = asyncio.Lock()

    async def now(self) -> Served:
        """What is served now."""
        async with self._turn:
            if (leads := self._target()) != self._leads:
                place = await asyncio.to_thread(find_place, self.location)
                old, self._served, self._leads = self._served, Served(place, self.limits), leads
                old.strangers.retire()
                old.own.retire()
            return self._served

    def _target(self) -> str | None:
        """The folder that the location leads to; none for what is not a folder."""
        if self.location is None or is_endpoint(self.location):
            return None
        path = Path(self.location)
        return str(path.resolve()) if path.is_dir() else None

    def stop(self) -> None:
        """Ends every process at once."""
        self._served.strangers.stop()
        self._served.own.stop()
