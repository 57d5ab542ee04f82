"""A reference on its way into a pack: as CSL-JSON, with the line it came from; or why it cannot come in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evidence.problem import KgError, printable

_DOI = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\S+?)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d])")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One reference: the line of its entry, the key that it has in its file, and the item without an id."""

    line: int
    key: str
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """One thing that is wrong in a file of references."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of references holds, and what is wrong with it."""

    found: tuple[Incoming, ...]
    troubles: tuple[Trouble, ...]


@dataclass
class Gathering:
    """References and troubles while a file is read."""

    found: list[Incoming] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, line: int, message: str) -> None:
        """Notes that something is wrong at a line."""
        self.troubles.append(Trouble(line, message))

    def done(self) -> Read:
        """All of it, in the order of the lines."""
        return Read(tuple(self.found), tuple(sorted(self.troubles)))


class ImportFault(KgError):
    """References that cannot be added; nothing was written."""

    def __init__(self, file: object, troubles: Iterable[Trouble]) -> None:
        lines = [printable(f"{file}:{trouble.line}: {trouble.message}") for trouble in troubles]
        super().__init__("\n".join([*lines, "nothing was added"]))


def doi_of(text: str) -> str:
    """
    The DOI alone, however it is written.

    >>> doi_of("https://doi.org/10.1000/182"), doi_of("doi: 10.1000/182")
    ('10.1000/182', '10.1000/182')
    """
    match = _DOI.match(text)
    return match[1] if match else text.strip()


def issued_of(text: str) -> dict[str, list[list[int]]] | None:
    """
    A date as CSL has it, as far as it is numbers from the year on.

    >>> issued_of("2020-03"), issued_of("2011/05/03/spring"), issued_of("in press")
    ({'date-parts': [[2020, 3]]}, {'date-parts': [[2011, 5, 3]]}, None)
    """
    match = _YEAR.match(text)
    return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else None


def one_line(text: str) -> str:
    """Text with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()
