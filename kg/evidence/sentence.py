"""The sentences of a document's body, with the heading each stands under and the citations each prints.

Separate from the passages because a passage is what a curator names, while a sentence is what the text has. Both are
stretches of the folded text, so that one can be held against the other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.evidence.passage import fold
from kg.evidence.problem import KgError, quoted

#: Words whose full stop does not end a sentence, and those of which it is true before a number.
_ABBREVIATIONS = frozenset({"e.g", "i.e", "vs", "cf", "viz", "al", "approx", "resp", "dr", "mr", "mrs", "prof"})
_NUMBERED = frozenset({"fig", "figs", "no", "nos", "eq", "ref", "refs", "ca"})
_CITED = r"\[\d+(?:\s*[,–-]\s*\d+)*\]"
_CLOSING = r"[)\]”’\"']*"
#: A full stop, what closes with it, citations printed behind it, a space, and what a sentence may begin with.
_END = re.compile(rf"[.!?]{_CLOSING}(?:\s?{_CITED})*(?=\s[(\[“‘\"']*[A-ZÀ-ÞΑ-Ωα-ω0-9])")
_LAST_WORD = re.compile(r"[^\s(\[“‘\"']*$")
_STOPPED = re.compile(rf"[.!?:;]{_CLOSING}(?:\s?{_CITED})*$")
_CITATION = re.compile(_CITED)
_RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")
_CAPTION = re.compile(r"(?:table|figure|fig\.)\s\S*\d", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
#: A range such as [1–500] is no citation of five hundred works but a slip.
_WIDEST = 100
_SHOWN = 60


class BodyFault(KgError):
    """The document's body cannot be told from the rest of its text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the folded text."""

    start: int
    end: int

    def shares(self, other: "Stretch") -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Stretch") -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Citation(Stretch):
    """One bracket of citations, and the numbers that it prints or spans."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence(Stretch):
    """A sentence: the heading above it, its number under that heading, its text and its citations."""

    heading: str
    number: int
    text: str
    citations: tuple[Citation, ...]

    @property
    def opening(self) -> str:
        """Enough of the sentence to find it by."""
        return quoted(self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…")

    @property
    def cited(self) -> frozenset[int]:
        """Every number that the sentence cites."""
        return frozenset(number for citation in self.citations for number in citation.numbers)


def paragraphs(text: str) -> list[tuple[Stretch, str]]:
    """The paragraphs of a text, parted by blank lines, folded, each with its place in the folded whole."""
    found = []
    at = 0
    for written in _BLANK_LINE.split(text):
        if folded := fold(written):
            found.append((Stretch(at, at + len(folded)), folded))
            at += len(folded) + 1
    return found


def sentence_ends(paragraph: str) -> Iterator[int]:
    """
    Where the sentences of a folded paragraph end; citations behind a full stop belong before the cut.

    >>> text = "Pain fell (e.g., touch vs. heat).[1,2] Rats ran 0.5 h. Chiang et al. agree."
    >>> [text[a:b].strip() for a, b in pairwise([0, *sentence_ends(text)])]
    ['Pain fell (e.g., touch vs. heat).[1,2]', 'Rats ran 0.5 h.', 'Chiang et al. agree.']
    """
    for end in _END.finditer(paragraph):
        if not _abbreviates(paragraph, end.start()):
            yield end.end()
    yield len(paragraph)


def _abbreviates(paragraph: str, stop: int) -> bool:
    """Whether the sign at `stop` is the full stop of an abbreviation."""
    word = _LAST_WORD.search(paragraph[:stop])
    if paragraph[stop] != "." or word is None:
        return False
    numbered = word[0].lower() in _NUMBERED and paragraph[stop + 1 :].lstrip()[:1].isdigit()
    return numbered or word[0].lower() in _ABBREVIATIONS


def citations(folded: str, at: int = 0) -> tuple[Citation, ...]:
    """
    The bracketed citations of a folded text that begins at `at`, ranges spelled out.

    >>> [sorted(citation.numbers) for citation in citations("falls [17, 21,22] and [85-88] returns [a]")]
    [[17, 21, 22], [85, 86, 87, 88]]
    """
    return tuple(
        Citation(at + found.start(), at + found.end(), frozenset(_numbers(found[0])))
        for found in _CITATION.finditer(folded)
    )


def _numbers(bracket: str) -> Iterator[int]:
    for first, last in _RANGE.findall(bracket):
        low, high = int(first), int(last or first)
        yield from range(low, high + 1) if low <= high < low + _WIDEST else (low, high)


def body(text: str, first: str, last: str) -> tuple[Sentence, ...]:
    """
    The sentences from under the heading `first` to the end of what stands under the heading `last`.

    A paragraph that ends without a stop is a heading or a caption, and no sentence; a caption parts no section.
    """
    parts = paragraphs(text)
    headings = [index for index, (_, paragraph) in enumerate(parts) if not _STOPPED.search(paragraph)]
    begin = _heading(parts, headings, first)
    after = _heading(parts, headings, last)
    if after < begin:
        raise BodyFault(f"the heading {quoted(last)} stands before {quoted(first)} in the source")
    end = next((index for index in headings if index > after), len(parts))
    return tuple(_sentences(parts[begin:end], {index - begin for index in headings}))


def _heading(parts: list[tuple[Stretch, str]], headings: list[int], wanted: str) -> int:
    found = [index for index in headings if parts[index][1] == fold(wanted)]
    if len(found) != 1:
        raise BodyFault(f"the heading {quoted(wanted)} stands {len(found)} times in the source, not once")
    return found[0]


def _sentences(parts: Iterable[tuple[Stretch, str]], headings: set[int]) -> Iterator[Sentence]:
    heading, number = "", 0
    for index, (stretch, paragraph) in enumerate(parts):
        if index in headings:
            if not _CAPTION.match(paragraph):
                heading, number = paragraph, 0
            continue
        for begin, end in pairwise([0, *sentence_ends(paragraph)]):
            text = paragraph[begin:end].lstrip()
            at = stretch.start + end - len(text)
            number += 1
            yield Sentence(at, stretch.start + end, heading, number, text, citations(text, at))
