"""The child process that makes a site: opens a graph, writes every page into a folder, and says how far it has come.

Each line that it prints is JSON: what is being done and how far, and at the end that the site is whole, or the fault.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from kg.evidence.problem import KgError
from kg.render.site import bundled_engine, make_site, write_site
from kg.store.open import bundled_packs, open_store, pack_folder
from kg.store.worker import limit_memory


def main() -> None:
    """Makes the site of the graph at the second argument in the folder that is the first; packs follow."""
    folder, place, *packs = sys.argv[1:]
    _stand_back()
    try:
        folders = (*(pack_folder(Path(one)) for one in packs), *bundled_packs())
        files = make_site(open_store(place), folders, _tell, bundled_engine())
        write_site(files, Path(folder), _tell("files"))
    except KgError as fault:
        _say({"fault": str(fault)})
    else:
        _say({"whole": True})


def _stand_back() -> None:
    """Whoever asks the server meanwhile comes first; and a site is millions of small parts and no circles."""
    limit_memory()
    if sys.platform != "win32":
        os.nice(5)
    gc.disable()


def _tell(doing: str) -> Callable[[int, int], None]:
    """Tells of a count, a line for each hundredth of it."""
    told = -1

    def tell(done: int, of: int) -> None:
        nonlocal told
        if of and (share := 100 * done // of) != told:
            told = share
            _say({"doing": doing, "done": done, "of": of})

    return tell


def _say(line: dict[str, object]) -> None:
    try:
        print(json.dumps(line), flush=True)  # noqa: T201 - the line is for the parent
    except BrokenPipeError:
        os._exit(1)  # the server is gone, and nobody wants the pages


if __name__ == "__main__":
    main()
