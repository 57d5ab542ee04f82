"""A page as a file: from a template whose style and scripts are named by their digest, written whole or not at all."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.evidence.file import FileFault, check_target, write_whole
from kg.evidence.problem import KgError, printable

_PAGES = Path(__file__).parent / "pages"


class PageFault(KgError):
    """A page cannot be written."""


@dataclass(frozen=True, slots=True)
class Inlined:
    """The style and the scripts of a page, which are files of ours or of a library and hold no data."""

    css: Markup
    js: tuple[Markup, ...]

    @property
    def style(self) -> str:
        """How the policy names the style."""
        return _digest(self.css)

    @property
    def scripts(self) -> tuple[str, ...]:
        """How the policy names each script."""
        return tuple(map(_digest, self.js))


def page_environment(name: str, libraries: Sequence[str] = (), parts: Sequence[str] = ()) -> Environment:
    """
    What templates are rendered with: everything escaped and printable, and `page` with the style and scripts of one.

    The policy that the template prints allows a style and scripts with exactly these texts (Content Security
    Policy Level 3, section 2.3.1), and no request at all. `libraries` are scripts of others, which run before ours.
    `parts` name style and script that several pages share.
    """
    made = Environment(
        loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined, finalize=_shown,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    css = "\n".join(_lines(f"{part}.css") for part in ("base", *parts, name))
    js = "\n".join(_lines(f"{part}.js") for part in (*parts, name))
    made.globals |= {"site": None, "page_of": _nowhere, "gap_of": _nowhere}  # kg.render.page_files sets them
    made.globals["page"] = Inlined(Markup(css), tuple(map(Markup, (*libraries, js))))  # noqa: S704 - our own files
    return made


def _nowhere(*of: str) -> str:
    """What leads to the page of a thing where a page stands alone."""
    return ""


def _lines(file: str) -> str:
    """A style or a script without the margins of its lines."""
    return "\n".join(line.strip() for line in (_PAGES / file).read_text(encoding="utf-8").splitlines())


def page_asset(*files: str) -> bytes:
    """Styles or scripts that a page loads, in one file."""
    return ("\n".join(map(_lines, files)) + "\n").encode()


def _shown(value: object) -> object:
    """What is printed for a value: a text in which no sign turns the line or hides."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def render_page(name: str, data: Mapping[str, object], parts: Sequence[str] = ()) -> str:
    """The page `name`: its template with data in it, beside its style and its script."""
    return page_environment(name, parts=parts).get_template(f"{name}.html").render(**data) + "\n"


def _digest(text: str) -> str:
    """How a policy names a text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def check_page(target: Path) -> None:
    """Refuses a target before the work for its page is done."""
    try:
        check_target(target)
    except FileFault as fault:
        raise PageFault(f"{target}: {fault}") from fault


def write_page(text: str, target: Path) -> None:
    """Writes a page to `target` in one step: a reader, or a kill at any moment, meets the old page or the new one."""
    try:
        write_whole(target, text.encode())
    except FileFault as fault:
        raise PageFault(f"{target}: {fault}") from fault
