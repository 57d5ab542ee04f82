"""Search among terms by any of their names, however they are spelled, and by their definitions.

Names are folded before they are compared: case, accents, hyphens and the like fall away and Greek letters are spelled
out, so that one name written in several ways is one name.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kg.evidence.vocabulary import TermEntry
from kg.query.question import QuestionFault, find_term
from kg.query.terms import Terms

#: Where a match was found, the best first.
KINDS = ("label", "synonym", "id", "definition")
_GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that was found, the text that matched, and what that text is of the term."""

    term: TermEntry
    matched: str
    kind: str


def fold(text: str) -> str:
    """
    A text without what people vary in writing it: case, accents, Greek letters, hyphens and other marks.

    >>> fold("TNF-α"), fold("tnf alpha"), fold("Müller  cells")
    ('tnf alpha', 'tnf alpha', 'muller cells')
    """
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.casefold().replace("_", " ")))


def _plain(char: str) -> str:
    greek = _GREEK.match(unicodedata.name(char, ""))
    return f" {greek[1].lower().replace('lamda', 'lambda')} " if greek else char


def search_terms(terms: Terms, words: str, schemes: tuple[str, ...] = ()) -> tuple[Hit, ...]:
    """
    The terms that a text finds, best first: by a whole name, the beginning of one, words in one, words in a definition.

    Every word must be found, as the beginning of a word; spaces do not count where the whole name is given.
    """
    wanted = fold(words)
    if not wanted:
        raise QuestionFault(f"{words!r} has no letter or figure to search for")
    entries = (entry for entry in terms.vocabulary.terms.values() if not schemes or entry.scheme in schemes)
    ranked = [found for entry in entries if (found := _best(terms, entry, wanted)) is not None]
    return tuple(hit for _, hit in sorted(ranked, key=lambda found: found[0]))


def _best(terms: Terms, entry: TermEntry, wanted: str) -> tuple[tuple[int | str, ...], Hit] | None:
    """The best match of a term, with its place among all matches."""
    found = []
    for text, kind in _texts(terms, entry):
        if (rank := _rank(wanted, fold(text), kind)) is not None:
            place = (rank, KINDS.index(kind), len(text), entry.label.lower(), entry.id)
            found.append((place, Hit(entry, text, kind)))
    return min(found, key=lambda one: one[0], default=None)


def _texts(terms: Terms, entry: TermEntry) -> Iterator[tuple[str, str]]:
    yield entry.label, "label"
    yield from ((name, "synonym") for name in entry.synonyms)
    yield entry.id, "id"
    yield terms.definitions.get(entry.id, ""), "definition"


def _rank(wanted: str, text: str, kind: str) -> int | None:
    if kind == "definition":
        return 3 if _has_words(wanted, text) else None
    if wanted.replace(" ", "") == text.replace(" ", ""):
        return 0
    if text.startswith(wanted):
        return 1
    return 2 if _has_words(wanted, text) else None


def _has_words(wanted: str, text: str) -> bool:
    return all(re.search(rf"\b{re.escape(word)}", text) for word in wanted.split())


def one_term(terms: Terms, name: str, schemes: tuple[str, ...] = ()) -> TermEntry:
    """The term with this id, or with this name however it is spelled; raises `QuestionFault` unless it is one."""
    if terms.vocabulary.has(name, schemes or tuple(terms.schemes)):
        return terms.vocabulary.terms[name]
    squeezed = fold(name).replace(" ", "")
    found = [hit.term for hit in search_terms(terms, name, schemes) if fold(hit.matched).replace(" ", "") == squeezed]
    if len(found) > 1:
        known = " or ".join(f"{entry.id} ({entry.scheme})" for entry in found)
        raise QuestionFault(f"{name!r} is a name of several terms; give an id: {known}")
    return found[0] if found else terms.vocabulary.terms[find_term(name, schemes, terms.vocabulary)]
