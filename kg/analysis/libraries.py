"""The libraries behind the measures: used where they are installed, asked for where nothing else will do.

Each measure means what NetworkX means by it. On a small graph NetworkX itself, or a few lines of Python, are quick
enough; on a large one a library written for it does the same many times as fast.
"""

import importlib
from typing import Any

from kg.evidence.problem import KgError

#: Up to so many edges a measure does without its library: plain Python then takes seconds.
SMALL = 5_000


class LibraryMissing(KgError):
    """A measure needs a library that is not installed."""


def library(name: str, edges: int | None = None) -> Any:
    """A library by its import name; None where it is not installed and so few `edges` can do without."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if edges is not None and edges <= SMALL:
            return None
        measured = "this measure" if edges is None else f"a graph of {edges:,} edges (more than {SMALL:,})"
        raise LibraryMissing(
            f"{measured} needs {name.partition('.')[0]}, which is not installed; "
            "pip install 'exercise-pain-kg[analysis]'"
        ) from error
