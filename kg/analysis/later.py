"""Reads a user's file of later studies (JSON Lines), and looks its terms up in a vocabulary; nothing is guessed.

Every fault of the file is told at once, each with its line and its cure. What the lines mean is for the back-test.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.analysis.later_line import SHAPE, LineFault, parse_line
from kg.evidence.file import FileFault, read_limited
from kg.evidence.later import LaterStudyLine
from kg.evidence.problem import MOST_FAULTS, KgError, printable
from kg.evidence.vocabulary import Vocabulary
from kg.query.question import QuestionFault, find_term

MOST_BYTES = 20_000_000
_SCHEMES = {
    "condition": ("condition",), "species": ("species",), "modality": ("modality",), "mechanism": ("mechanism",),
    "marker": ("marker",), "blocker": ("agent", "gene", "tool"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LaterStudy:
    """One study of a user's file: its terms are ids of the vocabulary, its DOI is in lower case; None is not stated."""

    line: int
    year: int
    doi: str
    condition: str
    species: str | None
    modality: str
    bout: str
    mechanism: str | None
    marker: str | None
    blocker: str | None
    result: str

    @property
    def examined(self) -> tuple[str | None, ...]:
        """What makes two lines the same line: the study, and all that says what it examined."""
        return (self.doi, *(getattr(self, key) for key in ("bout", *_SCHEMES)))


class LaterFault(KgError):
    """A file of later studies that cannot be used; `faults` holds each line, or 0 for the file, with what is wrong."""

    def __init__(self, file: Path, faults: list[tuple[int, str]]) -> None:
        self.faults = tuple(sorted(faults))
        shown = [f"{file}:{line}: {message}" if line else f"{file}: {message}" for line, message in self.faults]
        if len(shown) > MOST_FAULTS:
            shown = [*shown[:MOST_FAULTS], f"{file}: there are more; mend those above first"]
        super().__init__("\n".join(map(printable, shown)))


def read_later(path: Path, vocabulary: Vocabulary) -> tuple[LaterStudy, ...]:
    """
    The studies of a file, in the order of its lines; raises `LaterFault` with every fault there is.

    Terms are named by id, label or synonym, as `vocabulary` has them. Empty lines are passed over.
    """
    try:
        data = read_limited(path, MOST_BYTES)
    except FileFault as error:
        raise LaterFault(path, [(0, str(error))]) from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LaterFault(path, [(1, "is UTF-16 text; save the file as UTF-8")])
    reading = _Reading(vocabulary)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip() and len(reading.faults) <= MOST_FAULTS:
            reading.take(number, line)
    if reading.faults:
        raise LaterFault(path, reading.faults)
    if not reading.studies:
        raise LaterFault(path, [(0, f"holds no study; {SHAPE}")])
    return tuple(reading.studies)


@dataclass
class _Reading:
    """The studies and faults of a file while it is read."""

    vocabulary: Vocabulary
    studies: list[LaterStudy] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    _terms: dict[tuple[str, str], str] = field(default_factory=dict)
    _lines: dict[tuple[str | None, ...], int] = field(default_factory=dict)
    _years: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self, number: int, data: bytes) -> None:
        """Takes a line in, or notes every fault of it."""
        try:
            told = parse_line(data)
        except LineFault as fault:
            self.faults += [(number, message) for message in fault.messages]
        else:
            named = self._found(number, told)
            if named is not None:
                self._add(LaterStudy(number, told.year, told.doi.lower(), bout=told.bout, result=told.result, **named))

    def _found(self, number: int, told: LaterStudyLine) -> dict[str, Any] | None:
        """The terms of a line as ids, or nothing if one of them is unknown."""
        named: dict[str, Any] = {}
        for key in _SCHEMES:
            value = getattr(told, key)
            try:
                named[key] = None if value is None else self._id(key, value)
            except QuestionFault as fault:
                self.faults.append((number, str(fault)))
        return named if len(named) == len(_SCHEMES) else None

    def _id(self, key: str, value: str) -> str:
        if (key, value) not in self._terms:
            self._terms[key, value] = find_term(value, _SCHEMES[key], self.vocabulary, key)
        return self._terms[key, value]

    def _add(self, study: LaterStudy) -> None:
        first = self._lines.setdefault(study.examined, study.line)
        year, line = self._years.setdefault(study.doi, (study.year, study.line))
        if first != study.line:
            self.faults.append((study.line, f"tells the same study and cell as line {first}; keep one of them"))
        elif year != study.year:
            self.faults.append((study.line, f"{study.doi} has the year {year} in line {line}; one of them is wrong"))
        else:
            self.studies.append(study)
