"""Turns a name to a new folder in one step, by one process at a time, so that readers meet the old or the new whole.

A name such as `build` is a link to a hidden folder beside it, `.build.kg-x3k9...`. Another folder is filled first,
then the link is replaced, which the system does in one step (rename, POSIX). Separate from the build because it
knows nothing of graphs.
"""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.evidence.problem import KgError


class BuildFault(KgError):
    """A build cannot be written."""


@contextlib.contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """
    A new empty folder, which is what `target` names once the block has ended well.

    A block that fails leaves everything as it was; so does a kill at any moment, but for what lies about, which the
    next one sweeps up.
    """
    parent, name = target.absolute().parent, target.name
    _refuse_foreign(target)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with _alone(target, parent / f".{name}.kg-lock"):
            before = _own_link(target)
            try:
                fresh = Path(tempfile.mkdtemp(prefix=f".{name}.kg-", dir=parent))
                yield fresh
                _turn(target, fresh)
            finally:
                _sweep(parent, name, before, _own_link(target))
    except OSError as error:
        raise BuildFault(f"{target}: cannot be written: {error.strerror or error}") from error


def _own_link(target: Path) -> str | None:
    """The hidden folder that `target` leads to, if it is one of ours."""
    if not target.is_symlink():
        return None
    leads = str(target.readlink())
    return leads if re.fullmatch(rf"\.{re.escape(target.name)}(\.kg)?-[a-z0-9_]{{8}}", leads) else None


def _refuse_foreign(target: Path) -> None:
    """Nothing is done to a folder, a file or a link that was made by somebody else."""
    if os.path.lexists(target) and _own_link(target) is None:
        raise BuildFault(f"{target}: is there and was not made by kg build; give another folder with --out")


@contextlib.contextmanager
def _alone(target: Path, lock: Path) -> Iterator[None]:
    """
    One process at a time; a second one is refused at once.

    The system gives the lock back when its holder ends, however it ends. The file is removed while it is held, so a new
    holder looks whether the file is still the one that it opened.
    """
    import fcntl

    while True:
        descriptor = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BuildFault(
                    f"{target}: another kg build is writing it; let that one end, or give another folder with --out"
                ) from error
            if not _is_still(lock, descriptor):
                continue
            try:
                yield
            finally:
                lock.unlink(missing_ok=True)
            return
        finally:
            os.close(descriptor)


def _is_still(lock: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(lock.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _turn(target: Path, fresh: Path) -> None:
    step = target.with_name(f"{fresh.name}.link")
    os.symlink(fresh.name, step, target_is_directory=True)
    os.replace(step, target)


def _sweep(parent: Path, name: str, before: str | None, now: str | None) -> None:
    """Removes what was made for this name and is not its folder now, by runs that ended, failed or were killed."""
    ours = re.compile(rf"\.{re.escape(name)}\.kg-[a-z0-9_]{{8}}(\.link)?")
    for old in sorted(parent.iterdir()):
        if old.name == now or not (old.name == before or ours.fullmatch(old.name)):
            continue
        if old.is_symlink():
            old.unlink(missing_ok=True)
        else:
            shutil.rmtree(old, ignore_errors=True)
