"""Reads a file that a person named, without trusting what it is; writes one whole or not at all.

A name may lead to a folder, a pipe that nobody fills, a device without end or a file of many gigabytes. Each is
found out before anything of it is read, and no more than the allowed number of bytes is ever held in memory.
"""

import os
import stat
import tempfile
from pathlib import Path

from kg.evidence.problem import KgError


class FileFault(KgError):
    """A file that cannot be read or written; the words say why, and do not name it."""


def read_limited(path: Path, most: int) -> bytes:
    """The bytes of a regular file that holds no more than `most`; anything else is a `FileFault`."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise FileFault("is no regular file but a pipe, a device or the like; save its content as a file")
            data = file.read(most + 1) if status.st_size <= most else b""
    except OSError as error:
        raise FileFault(f"cannot be read: {error.strerror}") from error
    if status.st_size > most or len(data) > most:  # a file of the system may say that it is empty, or still grow
        raise FileFault(too_large(most))
    return data


def too_large(most: int) -> str:
    """What is said of a file that holds more than `most` bytes."""
    return f"is larger than {most:,} bytes; is it the right file?"


def _without_waiting(path: str, flags: int) -> int:
    """Opens a file; a pipe is opened too, without waiting for somebody who writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def check_target(path: Path) -> None:
    """
    Refuses a path at which no file could be written, as far as that can be known before there is one to write.

    What is no regular file is refused: a device would be replaced by the file, for everybody who uses it.
    """
    try:
        if not stat.S_ISDIR(path.parent.stat().st_mode):
            raise FileFault("cannot be written: Not a directory")
        if path.is_dir():
            raise FileFault("cannot be written: is a folder; name a file in it")
        if path.exists() and not path.is_file():
            raise FileFault("cannot be written: is no regular file but a pipe, a device or the like")
    except OSError as error:
        raise FileFault(f"cannot be written: {error.strerror}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file in one step: a reader, or a kill at any moment, meets the old file or the new one."""
    check_target(path)
    try:
        place, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(place, "wb") as file:
                file.write(data)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileFault(f"cannot be written: {error.strerror or error}") from error


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet, and the folders that lead to it; what is there stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise FileFault(f"{'is' if os.path.lexists(path) else 'its folder is a file that is'} there already") from error
    except OSError as error:
        raise FileFault(f"cannot be written: {error.strerror or error}") from error
