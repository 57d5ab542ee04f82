"""Builds the bundled graph into the wheel, so that an installed `kg` answers at once. Run by hatchling."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GraphInWheel(BuildHookInterface[Any]):
    """Adds the store folder of the bundled graph as `kg/graph`; an editable install builds it on first use instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the graph from the files of this source tree."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from kg.store.open import Project
        from kg.store.oxigraph import OxigraphStore

        self.made = tempfile.TemporaryDirectory()
        folder = Path(self.made.name) / "graph"
        OxigraphStore.write_folder(folder, Project.bundled().graph().quads)
        for name in ("LOG", "LOCK"):
            (folder / name).unlink(missing_ok=True)
        build_data["force_include"][str(folder)] = "kg/graph"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes what was built."""
        if version != "editable":
            self.made.cleanup()
