"""A folder of pages, as it lies on the disk: nothing outside it, nothing hidden, and each file as what it is."""

import mimetypes
import os
from os import PathLike, stat_result
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kg.serve.reply import FILE_POLICY, WORKER_POLICY, policy_of

#: What the tables of the system may not know, or name otherwise.
_TYPES = {
    ".csv": "text/csv", ".js": "text/javascript", ".json": "application/json", ".jsonld": "application/ld+json",
    ".gz": "application/gzip", ".mjs": "text/javascript", ".nq": "application/n-quads", ".nt": "application/n-triples",
    ".svg": "image/svg+xml", ".trig": "application/trig", ".tsv": "text/tab-separated-values", ".ttl": "text/turtle",
    ".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
}  # fmt: skip
_OTHER = "application/octet-stream"
#: How the name of a script ends that pages run as a worker.
_WORKER = "-worker.js"


class Site(StaticFiles):
    """The files of a folder; links that lead out of it lead nowhere."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, follow_symlink=False)

    def lookup_path(self, path: str) -> tuple[str, stat_result | None]:
        """The file at a path; hidden ones are not there, nor those that may not be read."""
        if any(part.startswith(".") for part in Path(path).parts):
            return "", None
        full, found = super().lookup_path(path)
        return (full, found) if found and os.access(full, os.R_OK) else ("", None)

    def has(self, path: str) -> bool:
        """Whether a file stands at a path."""
        return self.lookup_path(path)[1] is not None

    def file_response(
        self, full_path: PathLike[str] | str, stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The answer with a file."""
        path = Path(full_path)
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or _OTHER
        try:
            response.headers["Content-Security-Policy"] = _policy(path, kind)
        except OSError as error:
            raise HTTPException(404) from error
        if response.status_code != 304:
            response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        response.headers["Cache-Control"] = "no-cache"
        return response


def _policy(path: Path, kind: str) -> str:
    if path.name.endswith(_WORKER):
        return WORKER_POLICY
    return policy_of(_beginning(path)) if kind == "text/html" else FILE_POLICY


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(40_000)
