"""kg gap-map on the command line: a page or a clear word, never half of one."""

from pathlib import Path

import pytest

from tests.cli.test_cli import run


def test_the_page_is_written_and_explained(tmp_path: Path) -> None:
    """
    The page is written and counted; --explain prints the SPARQL instead.
    """
    target = tmp_path / "map.html"
    result = run("gap-map", "--out", str(target))
    assert 0 == result.exit_code and "16 mechanisms" in result.stderr
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "# ladder-settings" in run("gap-map", "--explain").stdout


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A folder in the place of the page, a folder that is not there, a device: before the map is read.
    """
    monkeypatch.setattr("kg.render.read_gap_page", lambda _: pytest.fail("a map was made for nothing"))
    (tmp_path / "folder").mkdir()
    for target in ("folder", "nowhere/map.html", "/dev/null"):
        result = run("gap-map", "--out", str(tmp_path / target))
        assert 1 == result.exit_code and "cannot be written" in result.stderr
    assert ["folder"] == [path.name for path in tmp_path.iterdir()]


def test_a_graph_without_mechanisms_has_no_map(tmp_path: Path) -> None:
    """
    One clear message, and no page.
    """
    (tmp_path / "bare.nq").write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
    result = run("gap-map", "--store", str(tmp_path / "bare.nq"), "--out", str(tmp_path / "map.html"))
    assert 1 == result.exit_code and "no mechanism" in result.stderr and "Traceback" not in result.stderr
    assert not (tmp_path / "map.html").exists()
