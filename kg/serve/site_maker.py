"""One making of the site of a graph, in a process of its own: how far it has come, and its folder once it is whole."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from kg.serve.live import Place
from kg.serve.site import Site
from kg.store.limited import VARIABLE

_BEGINNING = "the graph is being read"
_ENDED = "the process that made the pages ended before they were whole; it may have needed too much memory"


class Making:
    """The site of one state of a graph, from the moment its making begins until its folder is removed."""

    def __init__(self, place: Place, packs: Sequence[Path], memory: int) -> None:
        self.place = place  # kept, since the folder of some graphs ends with it
        self.words = _BEGINNING
        self.fault = ""
        self.site: Site | None = None
        self._kept: tempfile.TemporaryDirectory[str] | None = None
        self._child: subprocess.Popen[str] | None = None
        try:
            self._begin(packs, memory)
        except OSError as error:
            self.fault = f"there is no room for the pages: {error.strerror or error}"

    @property
    def runs(self) -> bool:
        """Whether the site is neither whole nor given up."""
        return self.site is None and not self.fault

    def _begin(self, packs: Sequence[Path], memory: int) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="kg-site-", ignore_cleanup_errors=True)
        folder = Path(self._kept.name) / "pages"
        command = [sys.executable, "-m", "kg.serve.making", str(folder), self.place.name, *map(str, packs)]
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            start_new_session=True, env={**os.environ, VARIABLE: str(memory)},
        )  # fmt: skip
        threading.Thread(target=self._follow, args=(self._child, folder), daemon=True).start()

    def _follow(self, child: "subprocess.Popen[str]", folder: Path) -> None:
        """Listens to the child until it ends."""
        whole, fault = False, _ENDED
        with child:
            for line in child.stdout or ():
                said = json.loads(line)
                whole, fault = said.get("whole", whole), said.get("fault", fault)
                if "doing" in said:
                    self.words = f"{said['doing']}: {said['done']:,} of {said['of']:,}"
        if whole:
            self.site = Site(folder)
        else:
            self.fault = fault

    def stop(self) -> None:
        """Ends the making if it runs, and removes its folder."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        if self._kept is not None:
            self._kept.cleanup()
