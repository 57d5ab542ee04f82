"""Files that a person named: what is no file, or far too large, is found out before it is read."""

import os
from pathlib import Path

import pytest

from kg.evidence.file import FileFault, read_limited, write_whole


def refusal(path: Path, most: int = 100) -> str:
    """The words with which a file is refused."""
    with pytest.raises(FileFault) as refused:
        read_limited(path, most)
    return str(refused.value)


def test_file_of_the_largest_size_is_read_and_a_larger_one_refused(tmp_path: Path) -> None:
    """
    The limit is exact.
    """
    (tmp_path / "file").write_bytes(b"x" * 100)

    assert b"x" * 100 == read_limited(tmp_path / "file", 100)
    assert "is larger than 99 bytes; is it the right file?" == refusal(tmp_path / "file", 99)


def test_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    """
    A terabyte, which no machine could hold, is refused by its size alone.
    """
    with (tmp_path / "file").open("wb") as file:
        file.truncate(10**12)

    assert "is larger than 100 bytes; is it the right file?" == refusal(tmp_path / "file")


def test_file_that_says_it_is_empty_is_read_no_further_than_allowed() -> None:
    """
    The system's own files have no size; what they hold is counted while it is read.
    """
    status = Path("/proc/self/status")

    assert 0 == status.stat().st_size
    assert "is larger than 100 bytes; is it the right file?" == refusal(status)
    assert read_limited(status, 1_000_000).startswith(b"Name:")


def test_pipe_that_nobody_fills_is_refused_at_once(tmp_path: Path) -> None:
    """
    Opening it the usual way would wait for ever.
    """
    os.mkfifo(tmp_path / "pipe")

    assert "is no regular file but a pipe, a device or the like; save its content as a file" == refusal(
        tmp_path / "pipe"
    )


def test_device_without_end_is_refused(tmp_path: Path) -> None:
    """
    A link to /dev/zero is no file, whatever it is called.
    """
    (tmp_path / "link").symlink_to("/dev/zero")

    assert refusal(tmp_path / "link").startswith("is no regular file")


@pytest.mark.parametrize(
    ("target", "words"),
    [("nowhere", "No such file or directory"), ("link", "Too many levels of symbolic links"), (".", "Is a directory")],
)
def test_link_that_leads_to_no_file_is_refused_with_the_reason(tmp_path: Path, target: str, words: str) -> None:
    """
    A dangling link, a link to itself and a folder give the system's own words.
    """
    (tmp_path / "link").symlink_to(target)

    assert f"cannot be read: {words}" == refusal(tmp_path / "link")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("folder", "is a folder; name a file in it"), ("device", "is no regular file"), ("pipe", "is no regular file")],
)
def test_only_a_file_is_written_over(tmp_path: Path, kind: str, words: str) -> None:
    """
    A folder, a link to a device and a pipe stay what they are, also for root, who could replace a device for everybody.
    """
    target = tmp_path / "target"
    {"folder": target.mkdir, "device": lambda: target.symlink_to("/dev/null"), "pipe": lambda: os.mkfifo(target)}[
        kind
    ]()
    before = target.lstat()
    with pytest.raises(FileFault, match=words):
        write_whole(target, b"x")

    assert (before.st_ino, before.st_mode) == (target.lstat().st_ino, target.lstat().st_mode)
    assert [target] == list(tmp_path.iterdir())
