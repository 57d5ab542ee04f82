"""Reads files with Apache Jena and writes what it read: `python -m tests.clients.jena OUT FILE...`.

Each file must be without as much as a warning. It becomes N-Quads of the same name in the folder OUT.
"""

import sys
from pathlib import Path

import jpype

from tests.servers.jena import read_strictly, start_java


def pass_on(file: Path, out: Path) -> None:
    """Reads a file and writes what was read; a warning ends the program."""
    riot = jpype.JPackage("org.apache.jena.riot")
    try:
        dataset = read_strictly(file)
    except riot.RiotException as warned:
        sys.exit(f"{file}: {warned.getMessage()}")
    with jpype.java.io.FileOutputStream(str(out / f"{file.name}.nq")) as stream:
        riot.RDFDataMgr.write(stream, dataset, riot.Lang.NQUADS)


if __name__ == "__main__":
    folder, *files = map(Path, sys.argv[1:])
    start_java()
    for each in files:
        pass_on(each, folder)
