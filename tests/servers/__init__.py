"""Real servers of engines other than ours, each a module that can be run, for tests to ask over loopback."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(module: str, file: Path) -> Iterator[str]:
    """
    The URL at which a server module serves a file.

    The server chooses a free port itself and prints its URL once it listens. It ends when its standard input does, so
    neither a failed nor a killed test run leaves one behind.
    """
    command = [sys.executable, "-m", module, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        try:
            url = server.stdout.readline().strip()
            assert url, f"{module} did not start; what it said is above"
            yield url
        finally:
            server.stdin.close()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
