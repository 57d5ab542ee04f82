"""
One Chromium for all tests of pages: that of the system, or the one that Playwright has installed.

Where there is none these tests are left out, loudly; with KG_BROWSER=required, as in scripts/test where it could be
installed, they fail instead.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: No name but loopback is ever looked up, whatever a page asks.
_SWITCHES = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--no-sandbox"]
_CURE = (
    "no Chromium on this machine, so no page is opened: install Debian's package chromium, "
    "or run .venv/bin/playwright install --with-deps chromium"
)


def chromium(playwright: Playwright) -> str | None:
    """Where Chromium is, if it is anywhere."""
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, _NAMES)), own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        place = chromium(playwright)
        if place is None:
            (pytest.fail if os.environ.get("KG_BROWSER") == "required" else pytest.skip)(_CURE)
        started = playwright.chromium.launch(executable_path=place, args=_SWITCHES)
        yield started
        started.close()
