"""Passages: locators into a text that never copy it.

A passage is named by its first and last few words. It is found exactly once or it is at fault, and a digest over
its text, citations aside, shows later that the text has not changed. The same words make a link that opens the
open-access article at the passage (URL fragment text directives, WICG draft, section 3.3).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from pydantic import Field, StringConstraints

from kg.evidence.field import PLAIN, Digest, Record, Reference, Several, SourceId, TableNumber
from kg.evidence.problem import quoted

_CITATION = re.compile(r"\s*\[\d+(?:\s*[,–-]\s*\d+)*\]")
_SPACE = re.compile(r"\s+")

Locator = Annotated[str, StringConstraints(min_length=3, max_length=200, strip_whitespace=True), PLAIN]


class Passage(Record):
    """A stretch of the document, from where `start` begins to the first `end`; `sha` is absent until computed."""

    start: Locator
    end: Locator
    sha: Digest | None = None


ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=80), PLAIN]


class TableCell(Record):
    """A place in one of the document's tables: the row of a reference, under one or several columns."""

    table: TableNumber
    ref: Reference
    column: Annotated[Several[ColumnName], Field(min_length=1)]


class Told(Record):
    """Where a fact stands: a source of the study file, and for the review its passage or table cell."""

    source: Several[SourceId] = Field((), alias="from")
    passage: Passage | None = None
    cell: TableCell | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage in a text: where it begins and ends, what it says, and its digest."""

    start: int
    end: int
    text: str
    sha: str


class PassageFault(Exception):
    """A passage that is not found exactly once; the words say why."""


def fold(text: str) -> str:
    r"""
    Text after NFKC with every run of white space as one space.

    >>> fold("a\u00a0 b\n c")
    'a b c'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def without_citations(text: str) -> str:
    """
    Text without its bracketed citations.

    >>> without_citations("pain falls [17, 21,22] and [3–5] returns")
    'pain falls and returns'
    """
    return _CITATION.sub("", text)


def digest(text: str) -> str:
    """Twelve hex digits over a passage's text: SHA-256 after NFKC, citations removed, white space folded."""
    return hashlib.sha256(fold(without_citations(fold(text))).encode()).hexdigest()[:12]


def find(passage: Passage, folded: str) -> Found:
    """The passage in a folded text, or a `PassageFault` that says what to change."""
    start = fold(passage.start)
    count = len(re.findall(f"(?={re.escape(start)})", folded))  # matches that overlap count too
    if count != 1:
        raise PassageFault(
            f"start {quoted(start)} is not in the source" if count == 0
            else f"start {quoted(start)} stands {count} times in the source; add words until it stands once"
        )  # fmt: skip
    begin = folded.index(start)
    end = fold(passage.end)
    stop = folded.find(end, max(begin, begin + len(start) - len(end)))
    if stop < 0:
        raise PassageFault(f"end {quoted(end)} does not come from the start on")
    if _CITATION.search(end):
        raise PassageFault("end holds a citation; sites print those differently, so end before it")
    text = folded[begin : stop + len(end)]
    return Found(begin, stop + len(end), text, digest(text))


def link(url: str, passage: Passage) -> str:
    """
    A link that opens `url` at the passage; dashes and commas are part of the directive, so both are escaped.

    A browser seeks the end behind the start. Where the two overlap the passage is short, and is named whole.
    """
    start, end = fold(passage.start), fold(passage.end)
    whole = _overlapping(start, end, passage.sha)
    parts = [whole] if whole else [start, end]
    directive = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _overlapping(start: str, end: str, sha: str | None) -> str | None:
    """The whole passage if its end begins inside its start, as its digest tells."""
    for shared in range(len(end), 0, -1):
        if start.endswith(end[:shared]):
            whole = start + end[shared:]
            if digest(whole) == sha or (sha is None and shared == len(end)):
                return whole
    return None
