"""A page as a file: from a template whose style and script are named by their digest, written whole or not at all."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.evidence.file import FileFault, write_whole
from kg.evidence.problem import KgError

_PAGES = Path(__file__).parent / "pages"


class PageFault(KgError):
    """A page cannot be written."""


def render_page(name: str, data: Mapping[str, object]) -> str:
    """
    The page `name`: its template with data in it, beside its style and its script.

    The policy that the template prints allows a style and a script with exactly these texts (Content Security Policy
    Level 3, section 2.3.1), and no request at all.
    """
    places = FileSystemLoader(_PAGES)
    found = Environment(loader=places, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    allowed = {kind: _digest((_PAGES / f"{name}.{kind}").read_text(encoding="utf-8")) for kind in ("css", "js")}
    return found.get_template(f"{name}.html").render(**data, allowed=allowed) + "\n"


def _digest(text: str) -> str:
    """How a policy names a text; the template prints it without the last line break."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.removesuffix("\n").encode()).digest()).decode()


def write_page(text: str, target: Path) -> None:
    """Writes a page to `target` in one step: a reader, or a kill at any moment, meets the old page or the new one."""
    try:
        write_whole(target, text.encode())
    except FileFault as fault:
        raise PageFault(f"{target}: {fault}") from fault
