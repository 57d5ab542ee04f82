"""The pages that only the server has: from templates that escape all data, with one style sheet and no script."""

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.evidence.problem import printable

FOLDER = Path(__file__).parent / "pages"


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, finalize=_shown,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["address"] = address
    return made


def fill(name: str, **data: object) -> bytes:
    """The page that a template gives with data in it."""
    return (_environment().get_template(name).render(**data) + "\n").encode()


def address(text: str) -> str:
    """A text that is the address of a page, to be linked; nothing for any other text."""
    return text if text.startswith(("https://", "http://")) and not any(map(str.isspace, text)) else ""


def _shown(value: object) -> object:
    """What is printed for a value: a text in which no sign turns the line or hides; line ends stand."""
    return "\n".join(map(printable, value.split("\n"))) if type(value) is str else value
