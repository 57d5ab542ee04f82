"""Every single fact of a pack with its place and its source, and a fair draw from them.

A fact is a finding, a statement, or one stated field of an exercise programme: what somebody can look up and call
right or wrong.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kg.evidence import Pack
from kg.evidence.document import Loc
from kg.evidence.exposure import Exercise, Programme
from kg.evidence.field import Record
from kg.evidence.passage import Told, link
from kg.evidence.study import Finding, StudyFile

STATEMENTS = "review/statements.yaml"


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One fact: the file and line it stands in, its kind, what it says, and where its source can be read."""

    file: str
    line: int
    where: str
    kind: str
    says: str
    source: str


def draw(pack: Pack, commit: str, many: int) -> list[Fact]:
    """So many different facts of the pack, the same for the same commit; the order is that of the draw."""
    return random.Random(int(commit, 16)).sample(sorted(facts(pack)), many)  # noqa: S311 - fair, not secret


def facts(pack: Pack) -> Iterator[Fact]:
    """Every fact of a pack."""
    for file, study in pack.written.items():
        for loc, record in _parts(study, ()):
            if isinstance(record, Finding):
                yield _fact(
                    pack, file, loc, "finding", _said(record, {"source", "passage", "cell"}), _read(pack, study, record)
                )
            elif isinstance(record, Exercise) and record.programme is not None:
                for field, value in _fields(record.programme):
                    place = (*loc, "programme", *field)
                    yield _fact(pack, file, place, "programme", value, _read(pack, study, record.programme, record))
    for statement in pack.statements.values():
        loc = (pack.index(STATEMENTS, statement.id),)
        says = _said(statement, {"id", "section", "passage"})
        yield _fact(pack, STATEMENTS, loc, "statement", says, link(pack.meta.document.url, statement.passage))


def _fact(pack: Pack, file: str, loc: Loc, kind: str, says: str, source: str) -> Fact:
    problem = pack.located[file].document.problem("", loc, "")
    return Fact(file, problem.line, problem.where, kind, says, source)


def _parts(value: object, loc: Loc) -> Iterator[tuple[Loc, Record]]:
    if isinstance(value, Record):
        yield loc, value
        for name, field in type(value).model_fields.items():
            yield from _parts(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parts(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, (*loc, key))


def _fields(programme: Programme) -> Iterator[tuple[Loc, str]]:
    """Each stated field of a programme, of its days and of their parts."""
    for loc, record in _parts(programme, ()):
        if type(record).__name__ in ("Programme", "Phase", "Day", "Part"):
            for name in type(record).model_fields:
                value = getattr(record, name)
                if name not in ("source", "passage", "cell", "phases", "week", "parts") and value not in (None, ()):
                    yield (*loc, name), f"{name}: {_shown(value)}"


def _said(record: Record, without: set[str]) -> str:
    told = ((name, getattr(record, name)) for name in type(record).model_fields if name not in without)
    return "; ".join(f"{name}: {_shown(value)}" for name, value in told if value not in (None, ()))


def _shown(value: object) -> str:
    if isinstance(value, Record):
        return value.model_dump_json(exclude_defaults=True)
    return ", ".join(map(_shown, value)) if isinstance(value, tuple) else str(value)


def _read(pack: Pack, study: StudyFile, *told: Told) -> str:
    """The address at which a fact was read: its passage, or its sources, or the first source of the file."""
    for one in told:
        if one.passage is not None:
            return link(pack.meta.document.url, one.passage)
        if one.cell is not None:
            columns = " and ".join(one.cell.column)
            return f"{pack.meta.document.url}, table {one.cell.table}, {one.cell.ref}, column {columns}"
    named = next((one.source for one in told if one.source), (next(iter(study.sources)),))
    doi = pack.references[study.publication].doi or pack.references[study.publication].title
    return ", ".join(f"{study.sources[name].kind} {study.sources[name].url or doi}" for name in named)
