"""Checks a pack against the text of its document: is every passage where it is said to be, and unchanged?

Separate from the other checks because the text is not part of the project; a pack can be checked without it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.evidence.document import Loc
from kg.evidence.field import Record
from kg.evidence.file import FileFault, read_limited
from kg.evidence.pack import Pack
from kg.evidence.passage import Passage, PassageFault, find, fold
from kg.evidence.problem import KgError, Problem

#: The text of an article is far smaller.
MAX_SOURCE_BYTES = 20_000_000


class SourceFault(KgError):
    """The document's text cannot be read."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the comparison with the text found."""

    problems: tuple[Problem, ...]
    found: int
    passages: int
    same_text: bool


def read_source(path: Path) -> str:
    """The text of a document, as it is in the file."""
    try:
        return read_limited(path, MAX_SOURCE_BYTES).decode("utf-8")
    except FileFault as fault:
        raise SourceFault(f"{path}: {fault}") from fault
    except UnicodeDecodeError as error:
        raise SourceFault(f"{path}: is not UTF-8 text") from error


def check_source(pack: Pack, text: str) -> Coverage:
    """Every passage of the pack looked up in the text."""
    folded = fold(text)
    problems: list[Problem] = []
    found = count = 0
    for file, loc, passage in passages(pack):
        count += 1
        document = pack.located[file].document
        try:
            here = find(passage, folded)
        except PassageFault as fault:
            problems.append(document.problem("E031", loc, str(fault)))
            continue
        if passage.sha is None:
            problems.append(document.problem("E032", loc, f"has no sha; in this text it is {here.sha}", warning=True))
        elif passage.sha != here.sha:
            message = f"the text has changed: sha is {passage.sha}, in this text {here.sha}"
            problems.append(document.problem("E032", (*loc, "sha"), message))
        found += passage.sha in (None, here.sha)
    same = hashlib.sha256(text.encode()).hexdigest() == pack.meta.document.sha256
    return Coverage(tuple(sorted(problems)), found, count, same)


def passages(pack: Pack) -> Iterator[tuple[str, Loc, Passage]]:
    """Every passage of a pack, with its file and its place there."""
    for file, study in pack.written.items():
        yield from ((file, loc, passage) for loc, passage in _inside(study, ()))
    for statement in pack.statements.values():
        file = "review/statements.yaml"
        yield file, (pack.index(file, statement.id), "passage"), statement.passage


def _inside(value: object, loc: Loc) -> Iterator[tuple[Loc, Passage]]:
    if isinstance(value, Passage):
        yield loc, value
    elif isinstance(value, Record):
        for name, field in type(value).model_fields.items():
            yield from _inside(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*loc, key))
