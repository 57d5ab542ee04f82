"""kg site on the command line: a folder of pages or a clear word, never half of one."""

import os
from pathlib import Path

import pytest

from tests.cli.test_cli import run


def test_what_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A file, and a folder that holds other things: one message with the cure, before any page is made.
    """
    monkeypatch.setattr("kg.render.site.make_site", lambda *_: pytest.fail("pages were made for nothing"))
    (tmp_path / "file").write_text("mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    for name, words in (("file", "is no folder"), ("mine", "is not a site"), ("file/below", "is no folder")):
        result = run("site", "--out", str(tmp_path / name))
        assert 1 == result.exit_code, name
        assert words in result.stderr and "Traceback" not in result.stderr
    assert ["thesis.txt"] == [path.name for path in (tmp_path / "mine").iterdir()]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    """
    With the reason of the system.
    """
    tmp_path.chmod(0o500)
    result = run("site", "--out", str(tmp_path / "site"))
    tmp_path.chmod(0o700)
    assert 1 == result.exit_code and "Permission denied" in result.stderr


def test_explains_without_writing(tmp_path: Path) -> None:
    """
    The names of the questions; no folder.
    """
    result = run("site", "--out", str(tmp_path / "site"), "--explain")
    assert 0 == result.exit_code and "ladder\n" in result.stdout
    assert not (tmp_path / "site").exists()
