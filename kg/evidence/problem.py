"""Faults in what people wrote: where each is, what it is, and how to put it right.

A fault is data, not an exception: a reader wants all faults of a file at once, in line order. The words are
made when the fault is shown. `docs/reference/errors.md` has a section for every code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: So much of a wrong value is shown; the place says where the rest is.
_MOST_SHOWN = 80
#: So many faults of one file are told at once.
MOST_FAULTS = 100


class KgError(Exception):
    """Something the person running the command can put right."""


def printable(text: str) -> str:
    r"""
    Text without a sign that a terminal would obey or not show: control and direction characters are escaped.

    >>> print(printable("caf\u00e9 \u202e\x1b[31m"))
    café \u202e\x1b[31m
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "surrogatepass").decode() for sign in text
    )


def quoted(value: object) -> str:
    r"""
    A value as a message shows it: in quotation marks, escaped, and no longer than a line.

    >>> quoted("a\nb"), quoted("x" * 500)[-4:], quoted(None)
    ("'a\\nb'", 'x...', 'nothing')
    """
    if value is None:
        return "nothing"
    text = repr(value[: 2 * _MOST_SHOWN]) if isinstance(value, str) else printable(repr(value))
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 3] + "..."


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
        return printable(f"{self.file}:{self.line}:{self.column}: {kind}{self.code} {where}{self.message}")


def foremost(problems: Iterable[Problem]) -> list[Problem]:
    """
    The problems of one file in line order; of more than `MOST_FAULTS` only the first, and that there are more.

    A file with hundreds of faults is another kind of file, or has one fault that makes all others.
    """
    ordered = sorted(set(problems))
    if len(ordered) <= MOST_FAULTS:
        return ordered
    last = ordered[MOST_FAULTS]
    message = "this fault and all that follow in this file are not told; mend those above first"
    return [*ordered[:MOST_FAULTS], Problem(last.file, last.line, last.column, "E004", "", message)]


class FaultsFound(KgError):
    """A pack cannot be used as it stands; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
