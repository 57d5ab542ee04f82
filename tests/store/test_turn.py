"""A name turned to a new folder in one step: alone, whole, and touching nothing of anybody else."""

import fcntl
import os
from pathlib import Path

import pytest

from kg.store.turn import BuildFault, fresh_folder


def write(target: Path, text: str) -> None:
    """Turns a name to a folder with one file."""
    with fresh_folder(target) as folder:
        (folder / "file").write_text(text)


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_name_leads_to_the_new_folder_and_nothing_else_is_left(tmp_path: Path) -> None:
    """
    After each turn there are the name and the folder it leads to: no lock, no old folder, no half link.
    """
    for text in ("one", "two"):
        write(tmp_path / "out", text)
        assert text == (tmp_path / "out" / "file").read_text()
        assert sorted([(tmp_path / "out").readlink().name, "out"]) == names(tmp_path)


def test_failure_leaves_what_was_there(tmp_path: Path) -> None:
    """
    Whatever is raised inside, the old folder stays and nothing new is left.
    """
    write(tmp_path / "out", "one")
    before = names(tmp_path)
    with pytest.raises(UnicodeError), fresh_folder(tmp_path / "out") as folder:
        (folder / "file").write_text("two \udcff")

    assert (before, "one") == (names(tmp_path), (tmp_path / "out" / "file").read_text())


def test_error_of_the_system_is_a_fault_with_its_place(tmp_path: Path) -> None:
    """
    A full disk is something a person can put right; the message names the output.
    """
    with pytest.raises(BuildFault, match=r"out: cannot be written: No space left"), fresh_folder(tmp_path / "out"):
        raise OSError(28, "No space left on device")

    assert [] == names(tmp_path)


def test_second_one_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    """
    Two never write one name at a time; another name is no hindrance, and the first one ends well.
    """
    with fresh_folder(tmp_path / "out") as folder:
        (folder / "file").write_text("first")
        with pytest.raises(BuildFault, match="another kg build is writing it; let that one end"):
            write(tmp_path / "out", "second")
        write(tmp_path / "other", "third")

    assert ("first", "third") == ((tmp_path / "out" / "file").read_text(), (tmp_path / "other" / "file").read_text())


def test_lock_that_a_kill_left_hinders_nobody(tmp_path: Path) -> None:
    """
    A lock file that no living process holds is taken over and removed.
    """
    (tmp_path / ".out.kg-lock").write_text("")
    write(tmp_path / "out", "one")

    assert ".out.kg-lock" not in names(tmp_path)


def test_lock_of_a_removed_file_is_not_taken_for_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where the holder removes the file between opening and locking, a new file is locked: the old one guards nothing.
    """
    flock, opened = fcntl.flock, []

    def slow(descriptor: int, operation: int) -> None:
        if not opened:
            (tmp_path / ".out.kg-lock").unlink()
        opened.append(os.fstat(descriptor).st_ino)
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", slow)
    write(tmp_path / "out", "one")

    assert 2 == len(opened)


def test_what_a_kill_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    """
    Hidden folders of this name go; those of a longer name, and hidden files of a user, stay.
    """
    write(tmp_path / "out-2024", "live")
    write(tmp_path / "out.kg", "live")
    for name in (".out.kg-killed01", ".out-settings", ".out.kg-notes.txt", ".out"):
        (tmp_path / name).mkdir()
    (tmp_path / ".out.kg-killed02.link").symlink_to(".out.kg-killed01")
    write(tmp_path / "out", "one")

    left = names(tmp_path)
    assert not {".out.kg-killed01", ".out.kg-killed02.link"} & set(left)
    assert {".out-settings", ".out.kg-notes.txt", ".out"} <= set(left)
    assert "live" == (tmp_path / "out-2024" / "file").read_text() == (tmp_path / "out.kg" / "file").read_text()


@pytest.mark.parametrize("kind", ["folder", "file", "link", "dangling link"])
def test_what_somebody_else_made_is_refused(tmp_path: Path, kind: str) -> None:
    """
    A folder, a file and a link to elsewhere are not ours, whether or not the link leads anywhere.
    """
    target, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("thesis")
    else:
        target.symlink_to(elsewhere)
        if kind == "link":
            elsewhere.mkdir()
    before = names(tmp_path)

    with pytest.raises(BuildFault, match="is there and was not made by kg build; give another folder with --out"):
        write(target, "one")
    assert before == names(tmp_path)


def test_name_with_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    """
    Brackets and stars in a name mean themselves.
    """
    for _ in range(2):
        write(tmp_path / "out[1]*", "one")

    assert 2 == len(names(tmp_path))
