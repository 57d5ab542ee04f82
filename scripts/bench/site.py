"""
Measures `kg site` on the bundled graph: seconds of the whole command and of each step, files, and the largest pages.

    .venv/bin/python scripts/bench/site.py [--runs 3]

Each run writes a new folder and then the same folder again, as a user would. Beside each stands, from the same run,
what RDFLib needs to read the same graph and write it as one Turtle file: a yardstick for how busy the machine is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KG = Path(sys.executable).with_name("kg")
YARDSTICK = "import sys, rdflib; rdflib.Dataset(default_union=True).parse(sys.argv[1]).serialize(format='turtle')"


def timed(*command: str | Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor that a command takes."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


def weigh(folder: Path) -> None:
    """Prints how many files a site has, how large they are, and which of its pages are the largest."""
    files = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    pages = sorted(((size, path) for path, size in files.items() if path.endswith(".html")), reverse=True)
    print(f"{len(files):,} files, {sum(files.values()):,} bytes; {len(pages):,} pages")
    print("the largest pages: " + ", ".join(f"{path} {size:,}" for size, path in pages[:5]))


def main() -> None:
    """Measures, and prints a line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        timed(KG, "build", "--out", Path(name) / "build")
        graph = Path(name) / "build" / "graph.trig"
        for run in range(1, runs + 1):
            folder = Path(name) / f"site-{run}"
            (clock, used), (again, _) = timed(KG, "site", "--out", folder), timed(KG, "site", "--out", folder)
            peer, peer_used = timed(sys.executable, "-c", YARDSTICK, graph)
            print(
                f"run {run}, load {os.getloadavg()[0]:.1f}: a new folder {clock:.1f} s ({used:.1f} s of processor), "
                f"the same again {again:.1f} s; RDFLib reads and writes the graph in {peer:.1f} s ({peer_used:.1f} s), "
                f"the site takes {used / peer_used:.2f} times that",
                flush=True,
            )
        weigh(folder)


if __name__ == "__main__":
    main()
