"""Faults in what people wrote: where each is, what it is, and how to put it right.

A fault is data, not an exception: a reader wants all faults of a file at once, in line order. The words are
made when the fault is shown. `docs/reference/errors.md` has a section for every code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class KgError(Exception):
    """Something the person running the command can put right."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place in a curated file."""

    file: Path
    line: int
    column: int
    code: str
    where: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning " if self.warning else ""
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.code} {where}{self.message}"


class FaultsFound(KgError):
    """A pack cannot be used as it stands; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
