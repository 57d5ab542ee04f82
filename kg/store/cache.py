"""The bundled graph, ready to be asked: shipped inside the wheel, or built once from the files and kept.

A store folder is a cache. It is made from the curated files, the ontology and the code that reads them, so a digest of
their names, sizes and times names it; a folder that cannot be opened (another version of the engine wrote it) is made
again.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph

from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import StoreFault

_PACKAGE = Path(__file__).resolve().parents[1]
#: Where a wheel has the graph that was built with it.
SHIPPED = _PACKAGE / "graph"
#: Names another folder to keep graphs in.
VARIABLE = "KG_CACHE"
_KEPT = 3
_CHECKED = "checked"


def bundled_store() -> OxigraphStore:
    """The bundled graph, opened read-only; built in memory where it can be neither read nor kept."""
    with suppress(StoreFault):
        return OxigraphStore.on_disk(SHIPPED)
    folder = cache_folder() / f"graph-{fingerprint()}"
    with suppress(StoreFault):
        return OxigraphStore.on_disk(folder)
    from kg.store.open import Project

    graph = Project.bundled().graph()
    return keep(graph.store())


def keep(store: OxigraphStore) -> OxigraphStore:
    """The bundled graph just built, from the folder that keeps it from now on; itself where nothing can be kept."""
    folder = cache_folder() / f"graph-{fingerprint()}"
    try:
        _keep(store, folder)
        return OxigraphStore.on_disk(folder)
    except (OSError, StoreFault):
        return store


def checked() -> bool:
    """Whether this very graph was checked before, and found without fault."""
    return (cache_folder() / f"graph-{fingerprint()}" / _CHECKED).exists()


def mark_checked() -> None:
    """Remembers that this very graph is without fault; done without where nothing is kept."""
    with suppress(OSError):
        (cache_folder() / f"graph-{fingerprint()}" / _CHECKED).touch()


def cache_folder() -> Path:
    """The folder that graphs are kept in."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("exercise-pain-kg", appauthor=False)


def fingerprint() -> str:
    """What the bundled graph is made from, as a digest: curated files, ontology, code, and the engine's version."""
    digest = hashlib.sha256(pyoxigraph.__version__.encode())
    for path, size, changed in sorted(_inputs()):
        digest.update(f"{path} {size} {changed}\n".encode())
    return digest.hexdigest()[:16]


def _inputs() -> Iterator[tuple[str, int, int]]:
    """Path, size and time of the last change of every file that the bundled graph depends on."""
    from kg.rdf.ontology import bundled_ontology

    for top in (*(_PACKAGE / name for name in ("evidence", "packs", "query", "rdf", "store")), bundled_ontology()):
        for folder, _, names in os.walk(top):
            for name in names:
                if not name.endswith(".pyc"):
                    found = os.stat(f"{folder}/{name}")  # noqa: PTH116 - a Path for each file costs more than the rest
                    yield f"{folder}/{name}", found.st_size, found.st_mtime_ns


def _keep(store: OxigraphStore, folder: Path) -> None:
    """Puts a store into the cache, whole or not at all, and removes the oldest of those that are there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".graph-", dir=folder.parent))
    try:
        OxigraphStore.write_folder(fresh, store.quads())
        _put(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    others = sorted(folder.parent.glob("graph-*"), key=lambda path: (path.stat().st_mtime, path.name))
    for old in others[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _put(fresh: Path, folder: Path) -> None:
    """Gives a new store its name; what had the name could not be opened, or another process was quicker."""
    try:
        fresh.rename(folder)
    except OSError:
        aside = fresh.with_suffix(".old")
        folder.rename(aside)
        fresh.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
