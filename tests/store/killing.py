"""Kills `kg build` at random moments and says what each kill left: the old output, the new one, or a mix.

The test does it six times, `scripts/kill-test` a hundred; both call this. Two packs take turns, so that old and new
differ; every file of the output is read and must belong to one of them.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from kg.rdf.write import digest, sorted_nquads


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: how long after the start, whether it waited until the build wrote, and what is there."""

    after: float
    writing: bool
    outcome: str  # old | new | mix


def build_of_whom(out: Path) -> str:
    """
    The SHA-256 of the graph that every file of a build holds; each file is read, and a mix is an error.

    The store is opened and counted: it keeps numbers as values, not as they are written, so it has no digest.
    """
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    nquads = (out / "graph.nq").read_bytes()
    found = {
        "manifest": manifest["sha256"],
        "N-Quads": digest(nquads),
        "TriG": digest(sorted_nquads(parse((out / "graph.trig").read_bytes(), format=RdfFormat.TRIG))),
    }
    counted = {manifest["quads"], nquads.count(b"\n"), len(Store.read_only(str(out / "store")))}
    if len(set(found.values())) != 1 or len(counted) != 1:
        raise ValueError(f"not one build: {found}, {counted}")
    return str(manifest["sha256"])


class Killing:
    """A folder into which two packs are built in turn, with kills."""

    def __init__(self, folder: Path, packs: Sequence[Path], seed: int) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.packs = packs
        self.random = random.Random(seed)
        timed = [self._timed(pack) for pack in packs]
        self.shas = [sha for sha, _, _ in timed]
        self.whole = max(whole for _, whole, _ in timed)
        self.writing = max(writing for _, _, writing in timed)

    def kills(self, times: int) -> Iterator[Kill]:
        """Kills so many builds, in turn at any moment and while it writes; one that ended before its kill is no kill."""
        number = 0
        while number < times:
            before = build_of_whom(self.out)
            pack = self.packs[1 - self.shas.index(before)]
            if kill := self._kill(pack, before, while_writing=number % 2 == 1):
                number += 1
                yield kill

    def left_behind(self) -> list[str]:
        """What lies in the folder after one more build that is let be: the output and the folder it leads to."""
        self._timed(self.packs[0])
        return sorted(path.name for path in self.folder.iterdir())

    def _start(self, pack: Path) -> subprocess.Popen[bytes]:
        (self.folder / ".out.kg-lock").unlink(missing_ok=True)
        code = "from kg.cli import main; main()"
        command = [sys.executable, "-c", code, "build", "--pack", str(pack), "--out", str(self.out)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _kill(self, pack: Path, before: str, *, while_writing: bool) -> Kill | None:
        started = time.monotonic()
        process = self._start(pack)
        if while_writing:
            self._until_writing(process)
        began, length = (time.monotonic(), self.writing) if while_writing else (started, self.whole)
        try:
            process.wait(max(0, began + self.random.uniform(0, 1.1 * length) - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
        if process.wait() == 0:
            self._learn(while_writing=while_writing, length=time.monotonic() - began)
            return None
        after = time.monotonic() - started
        try:
            outcome = "old" if build_of_whom(self.out) == before else "new"
        except (ValueError, OSError):
            outcome = "mix"
        return Kill(after, while_writing, outcome)

    def _learn(self, *, while_writing: bool, length: float) -> None:
        """Remembers the longest time: a moment behind the end of a build is drawn again, one that is never drawn is not."""
        if while_writing:
            self.writing = max(length, self.writing)
        else:
            self.whole = max(length, self.whole)

    def _timed(self, pack: Path) -> tuple[str, float, float]:
        """A build that is let be: its digest, how long it took, and how long of this it wrote."""
        started = time.monotonic()
        process = self._start(pack)
        self._until_writing(process)
        writing = time.monotonic()
        if process.wait() != 0:
            raise ValueError(f"{pack} cannot be built")
        return build_of_whom(self.out), time.monotonic() - started, time.monotonic() - writing

    def _until_writing(self, process: subprocess.Popen[bytes]) -> None:
        """Waits until the lock of a build is there (it was not there before), or the build has ended."""
        while not (self.folder / ".out.kg-lock").exists():
            try:
                process.wait(0.002)
            except subprocess.TimeoutExpired:
                continue
            return
