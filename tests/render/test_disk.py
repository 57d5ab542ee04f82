"""What pages and sites do on a disk that is full, and on one that may only be read: a clear word, nothing half-written."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.render import PageFault, write_page
from kg.render.site import SiteFault, check_folder, write_site


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A disk in memory; where this machine lets nobody mount one, the test is left out."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_on_a_full_disk_nothing_is_half_written(tmp_path: Path) -> None:
    """
    A page and a site that do not fit are refused; the page that stood there stays, and no scrap is left.
    """
    with mounted(tmp_path / "small", "size=256k") as disk:
        write_page("old", disk / "page.html")
        with pytest.raises(PageFault, match=r"page[.]html: cannot be written: No space left on device"):
            write_page("new" * 100_000, disk / "page.html")
        with pytest.raises(SiteFault, match=r"No space left on device: 0[.]8 MB are needed and 0[.]3 MB are free"):
            write_site({f"{n}.html": b"x" * 10_000 for n in range(60)}, disk / "site")
        assert [("page.html", "old")] == [(path.name, path.read_text()) for path in disk.iterdir()]


def test_a_disk_that_may_only_be_read_is_said_to_be_one(tmp_path: Path) -> None:
    """
    In the words of the system, also to root.
    """
    with mounted(tmp_path / "sealed", "size=256k,ro") as disk:
        with pytest.raises(PageFault, match=r"page[.]html: cannot be written: Read-only file system"):
            write_page("new", disk / "page.html")
        with pytest.raises(SiteFault, match="sealed: cannot be written: Read-only file system"):
            check_folder(disk / "site")
