"""The curated files as pages with numbered lines, where their bytes are those that the graph was built from."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.evidence.file import FileFault, read_limited
from kg.evidence.problem import printable
from kg.render.site.addresses import page_path
from kg.render.site.model import SiteModel
from kg.render.site.parts import Lines, SitePage, facts, sections

_MOST = 20_000_000


def source_pages(model: SiteModel, packs: Sequence[Path]) -> Iterator[SitePage]:
    """A page for each file of a pack whose digest the graph knows, as far as the file is at hand and unchanged."""
    for file in model.of_class("PackFile"):
        path, known = model.one(file, "path"), model.one(file, "sha256")
        data = next((found for pack in packs if (found := _bytes(pack, path, known)) is not None), None)
        if data is not None:
            lines = data.decode("utf-8", "replace").splitlines()
            yield SitePage(
                page_path(file),
                "file",
                path,
                ("A curated file, as the graph was built from it.",),
                sections(
                    (
                        "The file",
                        [facts([("SHA-256", known)]), Lines(tuple((printable(line) or " ",) for line in lines), 1)],
                    ),
                ),
                (file,),
                schema={"@type": "SoftwareSourceCode", "name": path},
            )


def _bytes(pack: Path, path: str, known: str) -> bytes | None:
    if Path(path).is_absolute() or ".." in Path(path).parts:
        return None
    try:
        data = read_limited(pack / path, _MOST)
    except FileFault:
        return None
    return data if hashlib.sha256(data).hexdigest() == known else None
