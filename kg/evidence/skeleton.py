"""An empty study file to be filled in: every key of the format, made from the records, so it cannot drift from them.

What must be said stands as it will be, with a mark where a value belongs; what may be absent stands behind `#- `.
`kg check` refuses the mark, so nothing half filled is ever taken for evidence.
"""

import re
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from kg.evidence.exposure import KEYS
from kg.evidence.field import IN_WORDS, MARK, Count, Flag, LocalId, Number, Record, TermIn
from kg.evidence.pack import Pack
from kg.evidence.passage import Passage, TableCell, Told
from kg.evidence.problem import printable
from kg.evidence.quantity import Estimate, Interval, Measure, PValue, Quantity
from kg.evidence.reference import Publication
from kg.evidence.study import REVIEW, AdverseEvent, Finding, GroupAsWritten, LostByGroup, Source, StudyFile, Subjects

ABSENT = "#- "
_NOT_ID = re.compile(r"[^a-z0-9]+")
#: Keys that may be absent and hardly ever are.
_USUAL = {(Subjects, "species"), (Subjects, "condition"), (GroupAsWritten, "gets")}
#: Records that are written as one value, and how that looks.
_SHORT: dict[type[Record], str] = {
    Quantity: "a quantity such as 5, 5 week or 50..60 percent-vo2-reserve",
    Measure: "a number, or {value, sd, unit, count, of}",
    Estimate: "a number, or {value, kind, unit, sd}",
    Interval: "[low, high], or {low, high, level}",
    PValue: 'a p value such as 0.04 or "<0.0001"',
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a field is written: as one value (`hint` says which) or as records, alone or in a list."""

    hint: str = ""
    records: tuple[Any, ...] = ()
    many: bool = False


def study_id(publication: Publication) -> str:
    """
    The id that a study of a publication has: first author and year.

    >>> study_id(Publication.model_validate({"id": "ref-1", "type": "x", "title": "T",
    ...     "author": [{"family": "de Novellis"}], "issued": {"date-parts": [[2011]]}}))
    'de-novellis-2011'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", publication.short).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", plain.lower()).strip("-")


def id_in_pack(pack: Pack, publication: Publication) -> str:
    """The id of a new study: that of the other telling of the paper, else one that no other paper of the pack has."""
    told = [*pack.papers.values(), *pack.review.values()]
    for study in told:
        if study.publication == publication.id:
            return study.study
    plain, taken = study_id(publication), {study.study for study in told}
    return next(id for id in (plain, *(f"{plain}-{letter}" for letter in ascii_lowercase[1:])) if id not in taken)


def study_skeleton(publication: Publication, id: str, *, review: bool = False) -> str:
    """The file for what a paper tells of itself, or for what the review tells of it."""
    return "\n".join([*_title(publication), *_Skeleton(publication, id, review).lines(), ""])


def _title(publication: Publication) -> Iterator[str]:
    authors = ", ".join(str(name) for name in publication.author)
    where = ", ".join(filter(None, (publication.container_title, publication.volume, publication.page)))
    address = f"doi:{publication.doi}" if publication.doi else f"PMID {publication.pmid}" if publication.pmid else ""
    for text in (authors, publication.title, ". ".join(filter(None, (f"{where} ({publication.year})", address)))):
        if text:
            yield f"# {printable(' '.join(text.split()))}"
    yield "#"
    yield f"# Put a value where {MARK} stands. A key behind {ABSENT.strip()} may be absent: take the sign away where"
    yield "# it is stated, and delete what stays behind the sign. Names of groups and sources are yours to choose."
    yield "# docs/reference/format.md explains every key, kg terms shows the vocabulary."


class _Skeleton:
    """The lines of one file; what has been shown whole once is not shown again."""

    def __init__(self, publication: Publication, id: str, review: bool) -> None:
        self.review = review
        self.shown: set[type[Record]] = set()
        self.given = {
            "study": id,
            "publication": publication.id,
            "told_by": REVIEW if review else publication.id,
            "adverse_events": "not-read",
        }
        self.parts: dict[str, Callable[[], Iterator[str]]] = {
            "base": lambda: _deeper(self.record(Subjects), 2),
            "groups": lambda: iter(("  rest:", "    gets: []", "  trained:", *_deeper(self.group(), 4))),
            "findings": lambda: _item(self.record(Finding), 2),
            "sources": lambda: iter(("  source:", *_deeper(self.record(Source), 4))),
        }

    def lines(self) -> Iterator[str]:
        """The keys of the file, those that hold groups and findings in the order in which people write them."""
        fields = StudyFile.model_fields
        last = [*self.parts, "adverse_events", "remark"]
        for name in [name for name in fields if name not in last] + last:
            if name in self.parts:
                yield from (f"{name}:", *self.parts[name]())
            elif name in self.given:
                yield f"{name}: {self.given[name]}"
            else:
                yield from self.field(StudyFile, name, fields[name])
            if name == "adverse_events":
                yield f"{ABSENT}# {_shape(fields[name]).hint}; or a list of what happened, each with some of the keys"
                yield f"{ABSENT}# {', '.join(self.keys(AdverseEvent))}"

    def group(self) -> Iterator[str]:
        """A group that gets something; the first kind of exposure stands, the others may take its place."""
        first, *others = KEYS.values()
        yield "gets:"
        yield from _item(self.record(first), 2)
        for kind in others:
            yield from _absent(_item(self.record(kind, whole=True), 2))
        for name, field in _ordered(GroupAsWritten):
            if name not in ("gets", "plus"):
                yield from self.field(GroupAsWritten, name, field)
        yield f"{ABSENT}plus: {MARK}  # with like: a list of what the group gets beside what that one gets"

    def record(self, kind: type[Record], *, whole: bool = False) -> Iterator[str]:
        """The keys of a record; all of them as if each were stated, if `whole`."""
        self.shown.add(kind)
        for name, field in _ordered(kind):
            yield from self.field(kind, name, field, whole=whole)

    def keys(self, kind: type[Record]) -> list[str]:
        """The keys of a record that this teller's file may hold."""
        return [field.alias or name for name, field in _ordered(kind) if not self.elsewhere(_shape(field))]

    def elsewhere(self, shape: _Shape) -> bool:
        """Whether a field belongs to the other teller's file."""
        return not self.review and any(record in (Passage, TableCell) for record in shape.records)

    def field(self, kind: type[Record], name: str, field: FieldInfo, *, whole: bool = False) -> Iterator[str]:
        """The lines of one key, behind the sign if it may be absent."""
        shape, key = _shape(field), field.alias or name
        if self.elsewhere(shape):
            return
        must = whole or field.is_required() or (kind, name) in _USUAL or Passage in shape.records
        lines = self.value(key, shape, whole=whole or not must)
        yield from lines if must else _absent(lines)

    def value(self, key: str, shape: _Shape, *, whole: bool) -> Iterator[str]:
        """A key with its mark, or with the keys of the record that it holds."""
        if not shape.records:
            yield f"{key}: {MARK}{_comment(shape.hint)}"
        elif whole and self.shown.issuperset(shape.records):
            yield f"{key}: {MARK}  # as above"
        else:
            yield f"{key}:"
            inner = self.record(shape.records[0], whole=whole)
            yield from _item(inner, 2) if shape.many else _deeper(inner, 2)


def _ordered(kind: type[Record]) -> list[tuple[str, FieldInfo]]:
    """The fields of a record, those that say where a fact stands last."""
    return sorted(kind.model_fields.items(), key=lambda item: item[0] in Told.model_fields)


def _shape(field: FieldInfo) -> _Shape:
    return _shape_of(field.annotation, tuple(field.metadata))


def _shape_of(annotation: Any, marks: tuple[Any, ...]) -> _Shape:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape_of(args[0], (*args[1:], *marks))
    if LostByGroup in marks:
        return _Shape("a mapping of groups and numbers, {group: people}")
    if origin in (Union, types.UnionType):
        return _shape_of(next(arg for arg in args if arg is not type(None)), marks)
    if origin is tuple:
        inner = _shape_of(args[0], marks)
        return _Shape(f"{inner.hint}; or a list" if inner.hint else "", inner.records, many=True)
    if origin is Literal:
        return _Shape(" | ".join(map(str, args)))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        limits = (mark.func.__doc__ for mark in marks if isinstance(mark, AfterValidator) and annotation is Quantity)
        return (
            _Shape(next(limits, None) or _SHORT[annotation]) if annotation in _SHORT else _Shape(records=(annotation,))
        )
    return _Shape(_in_words(annotation, marks))


def _in_words(annotation: Any, marks: tuple[Any, ...]) -> str:
    for mark in marks:
        if isinstance(mark, TermIn):
            return "a term: kg terms --scheme " + " or ".join(mark.schemes)
        if isinstance(mark, LocalId):
            return f"a {mark.kind} of this file, by its name"
    for mark in marks:
        if (pattern := getattr(mark, "pattern", None)) in IN_WORDS:
            return IN_WORDS[pattern].partition(":")[0].partition(" such as")[0]
    for name, kind in (("a number", Number), ("a whole number", Count), ("true or false", Flag)):
        if annotation is get_args(kind)[0]:
            return name
    return "text"


def _comment(hint: str) -> str:
    return f"  # {hint}" if hint else ""


def _deeper(lines: Iterator[str], by: int) -> Iterator[str]:
    for line in lines:
        sign, text = (ABSENT, line.removeprefix(ABSENT)) if line.startswith(ABSENT) else ("", line)
        yield f"{sign}{' ' * by}{text}"


def _item(lines: Iterator[str], by: int) -> Iterator[str]:
    """The keys of one item of a list; the first of them takes the dash."""
    for at, line in enumerate(_deeper(lines, by + 2)):
        yield line.replace(" " * (by + 2), " " * by + "- ", 1) if at == 0 else line


def _absent(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.startswith(ABSENT) else ABSENT + line
