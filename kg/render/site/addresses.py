"""Where each page stands: an address that is made from the IRI or id of what it tells, and so stays."""

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote

from kg.rdf.namespaces import BASE
from kg.render.explorer_findings import web_address

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
#: IRIs of the kinds of things that have a page, or a place on one.
_TOLD = re.compile(
    re.escape(BASE) + r"(?:term/[^/]+|(?:gap|conflict)/.+|pack/[^/]+/"
    r"(?:(?:paper|review)/[^/]+(?:/finding/[^/]+)?|(?:statement|question|entry|file)/.+))"
)


def page_path(iri: str) -> str:
    """
    The path of the page of an IRI.

    A step that no file system could hold, or that would lead elsewhere, is replaced by a digest of it.

    >>> page_path("https://w3id.org/exercise-pain-kg/term/pain")
    'term/pain.html'
    >>> page_path("https://w3id.org/exercise-pain-kg/term/../../etc")
    'term/x-5ec1f7e700f3/x-5ec1f7e700f3/etc.html'
    """
    local = iri.removeprefix(BASE)
    return "/".join(map(_step, local.split("/"))) + ".html"


def _step(text: str) -> str:
    plain = _SAFE.fullmatch(text) and not text.endswith(".")
    return text if plain else "x-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def anchor(text: str) -> str:
    """An id for an element, of any text."""
    return (
        text
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", text)
        else "x-" + hashlib.sha256(text.encode()).hexdigest()[:12]
    )


def finding_id(iri: str) -> str:
    """The id of a finding on the page of its study."""
    return anchor("finding-" + iri.rpartition("/finding/")[2])


def thing_place(iri: str) -> str:
    """
    Where a thing of the graph is told, a finding on the page of its study; empty for what has no page by its kind.

    >>> thing_place("https://w3id.org/exercise-pain-kg/pack/p/paper/s/finding/touch")
    'pack/p/paper/s.html#finding-touch'
    >>> thing_place("https://w3id.org/exercise-pain-kg/word/decrease")
    ''
    """
    if not _TOLD.fullmatch(iri):
        return ""
    owner, found, _ = iri.partition("/finding/")
    return page_path(owner) + (f"#{finding_id(iri)}" if found else "")


class Addresses:
    """What has a page: IRIs with the path, and the part of it, where each is told."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(places)
        self._written: dict[tuple[str, str], str] = {}

    def path(self, to: str) -> str:
        """The path of a page of this site that a link leads to; empty if it is none of ours."""
        return self._places.get(to, "")

    def href(self, to: str, here: str) -> str:
        """What a page at `here` writes into a link; empty where a link would lead nowhere."""
        found = self._places.get(to, "")
        if found.startswith(here):
            return relative(found, here)
        key = here.rpartition("/")[0], to
        if key not in self._written:
            self._written[key] = relative(found, here) if found else _outside(to)
        return self._written[key]


def _outside(to: str) -> str:
    """The address of what is no page of ours, if it is one of the web."""
    return "" if to.startswith(BASE) else web_address(to)


def relative(path: str, here: str) -> str:
    """
    A path of the site as a page at another path writes it.

    >>> relative("term/pain.html#now", "question/why.html"), relative("index.html", "term/pain.html")
    ('../term/pain.html#now', '../index.html')
    """
    file, mark, fragment = path.partition("#")
    if file == here and fragment:
        return mark + quote(fragment)
    steps, own = file.split("/"), here.split("/")
    while len(steps) > 1 and len(own) > 1 and steps[0] == own[0]:
        steps, own = steps[1:], own[1:]
    return "../" * (len(own) - 1) + quote("/".join(steps)) + mark + quote(fragment)
