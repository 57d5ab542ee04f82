"""The engine that answers SPARQL in the reader's browser: files of others, taken from a folder, never fetched here.

Only files with the digests of `engine.json` are used. `scripts/engine` puts them beside this module; a folder that npm
wrote does as well.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.evidence.file import FileFault, read_limited
from kg.evidence.problem import KgError

#: Where scripts/engine puts the files, and where a wheel has them if they were there when it was made.
BUNDLED = Path(__file__).parents[2] / "engine"
_MOST = 20_000_000


class EngineFault(KgError):
    """The files of the engine are not those that were asked for."""


@dataclass(frozen=True)
class EngineLock:
    """Which engine it must be: its name, version and licence, and the digest of each of its files."""

    name: str
    version: str
    licence: str
    sha256: Mapping[str, str]

    @property
    def package(self) -> str:
        """What npm calls it."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class Engine:
    """The engine, with its files by name."""

    lock: EngineLock
    files: Mapping[str, bytes]

    @property
    def published(self) -> dict[str, bytes]:
        """The files as they stand in a site, with the licence beside them."""
        licence = Path(__file__).with_name("engine-licence.md").read_text(encoding="utf-8")
        own = {**self.files, "licence.txt": licence.replace("{package}", self.lock.package).encode()}
        return {f"engine/{name}": data for name, data in own.items()}


def engine_lock() -> EngineLock:
    """Which engine it must be."""
    return EngineLock(**json.loads(Path(__file__).with_name("engine.json").read_text(encoding="utf-8")))


def read_engine(folder: Path) -> Engine:
    """The engine in a folder; raises `EngineFault` where a file is missing, damaged or of another version."""
    lock = engine_lock()
    return Engine(lock, {name: _file(folder / name, lock) for name in sorted(lock.sha256)})


def bundled_engine() -> Engine | None:
    """The engine that `scripts/engine` has fetched, or that came with the wheel; None where there is none."""
    return read_engine(BUNDLED) if BUNDLED.is_dir() else None


def _file(path: Path, lock: EngineLock) -> bytes:
    cure = f"fetch it again with scripts/engine, or with npm install {lock.package}"
    try:
        data = read_limited(path, _MOST)
    except FileFault as fault:
        raise EngineFault(f"{path}: {fault}; {cure}") from fault
    if hashlib.sha256(data).hexdigest() != lock.sha256[path.name]:
        raise EngineFault(f"{path}: is damaged, or is not {lock.package}: it has another SHA-256; {cure}")
    return data
