"""`kg serve` as people start it: a process of its own on a free port of loopback."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KG = [sys.executable, "-c", "from kg.cli import main; main()"]


@contextmanager
def kg_serving(*arguments: str, log: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The URL of the first page and the process; what it says goes to `log`, and it is interrupted at the end."""
    command = [*KG, "serve", "--port", "0", *arguments]
    with log.open("w") as said:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, env={**os.environ})
    assert server.stdout
    try:
        url = server.stdout.readline().strip()
        assert url, log.read_text()
        yield url, server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()
