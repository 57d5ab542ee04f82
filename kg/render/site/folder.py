"""A site in a folder: only what changed is written, what is gone is removed, and nobody else's files are touched."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.evidence.file import FileFault, read_limited, write_whole
from kg.evidence.problem import KgError

#: The list of the files of a site with their digests, by which a folder is known to be one of ours.
MANIFEST = "site-files.json"
_MOST = 50_000_000
#: What a file takes on a disk beyond its bytes, about.
_BLOCK = 4_096


class SiteFault(KgError):
    """A site cannot be written where it was asked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, left as they were, and removed."""

    written: int
    left: int
    removed: int


def write_site(
    files: Mapping[str, bytes], folder: Path, tell: Callable[[int, int], None] = lambda done, of: None
) -> Written:
    """
    Makes a folder hold these files of a site and none that an earlier one left behind.

    The folder must be new, empty, or a site; the list of files says which of them are ours. It is written before the
    first page with the files of both sites, so that a run that was stopped can be taken up again.
    """
    before = check_folder(folder)
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    changed = [path for path in digests if not _same(folder / path, files[path])]
    gone = sorted(before.keys() - digests.keys())
    foreign = [path for path in changed if path not in before and (folder / path).exists()]
    if foreign:
        raise SiteFault(f"{folder / foreign[0]}: is there and was not written by kg site; name another folder")
    _check_room(folder, sum(len(files[path]) + _BLOCK for path in changed))
    if changed or gone:
        _write(folder / MANIFEST, _manifest(before | digests))
        for done, path in enumerate(changed):
            tell(done, len(changed))
            _write(folder / path, files[path])
        tell(len(changed), len(changed))
    for path in gone:
        _remove(folder, path)
    if changed or gone or digests != before:
        _write(folder / MANIFEST, _manifest(digests))
    return Written(len(changed), len(digests) - len(changed), len(gone))


def _check_room(folder: Path, needed: int) -> None:
    """Refuses to begin what cannot end: a folder with half of a site would help nobody."""
    free = shutil.disk_usage(_standing(folder)).free
    if needed > free:
        room = f"{needed / 1e6:,.1f} MB are needed and {free / 1e6:,.1f} MB are free"
        raise SiteFault(f"{folder}: cannot be written: No space left on device: {room}")


def _standing(folder: Path) -> Path:
    """The folder, or the nearest thing above it that is there."""
    return next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))


def _manifest(digests: Mapping[str, str]) -> bytes:
    return (json.dumps({"site": digests}, indent=0, sort_keys=True) + "\n").encode()


def check_folder(folder: Path) -> dict[str, str]:
    """The files that an earlier run wrote; raises `SiteFault` where no site can be written."""
    above = _standing(folder)
    if not above.is_dir():
        raise SiteFault(f"{above}: is no folder; name one that is new, empty or a site")
    if not os.access(above, os.W_OK):
        sealed = os.statvfs(above).f_flag & os.ST_RDONLY
        raise SiteFault(f"{above}: cannot be written: {'Read-only file system' if sealed else 'Permission denied'}")
    try:
        if not folder.exists():
            return {}
        if not any(folder.iterdir()):
            return {}
        known = json.loads(read_limited(folder / MANIFEST, _MOST))["site"]
    except OSError as error:
        raise SiteFault(f"{folder}: cannot be read: {error.strerror or error}") from error
    except (FileFault, ValueError, KeyError, TypeError) as error:
        raise SiteFault(f"{folder}: holds files and is not a site of kg; name a folder that is new or empty") from error
    paths = known if isinstance(known, dict) else {}
    return {
        path: str(digest)
        for path, digest in paths.items()
        if not Path(path).is_absolute() and ".." not in Path(path).parts
    }


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except FileFault as fault:
        raise SiteFault(f"{path}: {fault}") from fault
    except OSError as error:
        raise SiteFault(f"{path}: cannot be written: {error.strerror or error}") from error


def _remove(folder: Path, path: str) -> None:
    """Removes a file, and the folders above it that this leaves empty."""
    try:
        (folder / path).unlink(missing_ok=True)
        for above in list(Path(path).parents)[:-1]:
            if any((folder / above).iterdir()):
                return
            (folder / above).rmdir()
    except OSError as error:
        raise SiteFault(f"{folder / path}: cannot be removed: {error.strerror or error}") from error
