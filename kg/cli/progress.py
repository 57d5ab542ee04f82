"""How far a long count has come, on standard error: nothing in the first second, then one line every few seconds."""

import sys
import time
from collections.abc import Callable

import click


def progress(what: str) -> Callable[[int, int], None]:
    """Tells of a count: so many of so many. On a terminal the line is written over, and wiped at the end."""
    begun = told = time.monotonic()
    terminal = sys.stderr.isatty()

    def tell(done: int, of: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - begun < 1:
            return
        if terminal and done == of:
            click.echo("\r\x1b[K", nl=False, err=True)
        elif now - told >= (0.2 if terminal else 5):
            told = now
            line = f"{what}: {done} of {of}"
            click.echo(f"\r\x1b[K{line}" if terminal else line, nl=not terminal, err=True)

    return tell
