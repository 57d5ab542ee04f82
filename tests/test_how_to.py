"""The pages that lead people by the hand: every step is taken, in a folder of its own, and what is shown is what comes."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "docs" / "how-to").glob("add-*.md"))
_STEP = re.compile(
    r"^(?:Save as `(?P<file>[^`]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def steps(page: Path) -> Iterator[tuple[str, str, str]]:
    """(file to save, kind of block, text) of every block of a page, in order."""
    for match in _STEP.finditer(page.read_text(encoding="utf-8")):
        yield match["file"] or "", match["kind"], match["text"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_step_of_the_page_works(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Files are saved under their names, commands end well, and the text below a command is what it prints.
    """
    monkeypatch.chdir(tmp_path)
    printed, taken = "", 0
    for file, kind, text in steps(page):
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(text, encoding="utf-8")
        elif kind == "bash":
            for line in text.splitlines():
                result = CliRunner().invoke(main, shlex.split(line)[1:], catch_exceptions=False)
                assert 0 == result.exit_code, f"{line}\n{result.output}"
                printed, taken = result.stdout, taken + 1
        elif kind == "text":
            assert text == "".join(printed.splitlines(keepends=True)[: text.count("\n")])
    assert 10 <= taken
