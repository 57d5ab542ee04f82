"""The tutorial runs from import to the next study, and prints what it shows."""

import os
from itertools import groupby
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

TUTORIAL = Path(__file__).resolve().parents[1] / "docs" / "tutorial.ipynb"


def printed(notebook: NotebookNode) -> list[str]:
    """What the cells print, show as a table or answer, cell by cell, without pictures."""
    found = []
    for cell in notebook.cells:
        # A kernel sends what is printed in as many pieces as its clock makes of it, so pieces are put together.
        for kind, outputs in groupby(cell.get("outputs", ()), lambda output: output.get("name")):
            texts = [text_of(output) for output in outputs]
            found += [f"{cell.id}: {text}" for text in (["".join(texts)] if kind else texts)]
    return found


def text_of(output: NotebookNode) -> str:
    """The words of one output; a picture is named as that."""
    data = output.get("data", {})
    text = output.get("text") or data.get("text/html") or data.get("text/plain", "")
    return text if "image/png" not in data else "a picture"


def test_tutorial_prints_what_it_shows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Every cell runs, both figures are drawn, and the output kept in the notebook is what comes out.
    """
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    kept = nbformat.read(TUTORIAL, as_version=4)
    ran = nbformat.from_dict(kept.copy())
    NotebookClient(ran, timeout=120, resources={"metadata": {"path": os.fspath(TUTORIAL.parent)}}).execute()
    if request.config.getoption("--update-golden"):
        for cell in ran.cells:
            cell.metadata.pop("execution", None)
        ran.metadata["language_info"] = {"name": "python"}
        nbformat.write(ran, TUTORIAL)
        kept = ran
    assert printed(ran) == printed(kept)
    assert 2 == sum(line.endswith(": a picture") for line in printed(ran))
