"""Reporting guidelines as data: which fields of a study answer which item, and what a study says of each.

The tables stand in `ontology/reporting/`. An item is reported when the record holds something for it, which is less
than that it is described well. What an abstract does not say may stand in the paper, and was not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from kg.evidence.document import read_document
from kg.evidence.field import Doi, Record, Several, Text, Word, one_or_many
from kg.evidence.problem import FaultsFound
from kg.evidence.refusal import validated
from kg.evidence.study import Study
from kg.evidence.vocabulary import Vocabulary

_STEP = r"[a-z_-]+(?:\[[a-z_.-]+\])?"
_STEPS = re.compile(r"([a-z_-]+)(?:\[([a-z_.-]+)\])?")
#: What a study says where it has nothing to say.
_SILENT = frozenset({None, "not-read", "not-mentioned", "not-stated"})


class State(StrEnum):
    """What a study says of an item."""

    REPORTED = "reported"
    NOT_REPORTED = "not reported"
    NOT_READ = "not read"
    NOT_KEPT = "not kept by the format"


class Answer(Record):
    """A field that answers an item: its path, and the values that count."""

    field: Annotated[str, StringConstraints(pattern=rf"^{_STEP}(\.{_STEP})*$")]
    among: Several[Word] = ()
    not_among: Several[Word] = ()

    def given(self, study: Study) -> bool:
        """Whether the study has such a value."""
        return any(
            value not in self.not_among and (not self.among or value in self.among)
            for value in values(study, self.field)
        )


def _as_answer(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


def _as_answers(value: object) -> object:
    return [_as_answer(item) for item in value] if isinstance(value, list) else [_as_answer(value)]


#: One of several fields is enough.
Need = Annotated[tuple[Answer, ...], BeforeValidator(_as_answers), Field(min_length=1)]


class Item(Record):
    """One item of a guideline; each of its needs must be met, and without needs the format does not keep it."""

    item: Word
    asks: Text
    needs: Annotated[tuple[Need, ...], BeforeValidator(one_or_many)] = ()

    def state(self, study: Study) -> State:
        """What the study says of this item."""
        if not self.needs:
            return State.NOT_KEPT
        if all(any(answer.given(study) for answer in need) for need in self.needs):
            return State.REPORTED
        return State.NOT_REPORTED if study.read == "full-text" else State.NOT_READ


class Guideline(Record):
    """A reporting guideline: what it is, for which studies it is meant, and its items."""

    guideline: Word
    title: Text
    cite: Text
    doi: Doi
    when: Annotated[tuple[Need, ...], Field(min_length=1)]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    def meant_for(self, study: Study) -> bool:
        """Whether the guideline asks anything of such a study."""
        return all(any(answer.given(study) for answer in need) for need in self.when)


@dataclass(frozen=True, slots=True)
class Completeness:
    """What one study says of the items of one guideline."""

    study: str
    guideline: str
    items: Mapping[str, State]

    def having(self, state: State) -> tuple[str, ...]:
        """The items in one state, in the guideline's order."""
        return tuple(item for item, own in self.items.items() if own is state)


def load_guidelines(folder: Path, vocabulary: Vocabulary) -> tuple[Guideline, ...]:
    """Every guideline of a folder, by name; raises `FaultsFound` if a file is at fault."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        document = read_document(path)
        if isinstance(document, list):
            raise FaultsFound(document)
        guideline, problems = validated(document, Guideline, vocabulary)
        if guideline is None:
            raise FaultsFound(problems)
        found.append(guideline)
    return tuple(found)


def completeness(study: Study, guidelines: tuple[Guideline, ...]) -> Iterator[Completeness]:
    """What a study says of each guideline that is meant for it."""
    for guideline in guidelines:
        if guideline.meant_for(study):
            states = {item.item: item.state(study) for item in guideline.items}
            yield Completeness(study.study, guideline.guideline, states)


def values(record: Record, path: str) -> Iterator[object]:
    """
    Every value that a path leads to; lists and mappings are gone through, and `[...]` keeps what has such a value.

    >>> from kg.evidence.field import Record
    >>> class Leaf(Record): n: int | None = None
    >>> class Tree(Record): leaves: tuple[Leaf, ...] = ()
    >>> list(values(Tree(leaves=(Leaf(n=1), Leaf(), Leaf(n=3))), "leaves.n"))
    [1, 3]
    """
    here: list[object] = [record]
    for name, kept in _STEPS.findall(path):
        found = [item for one in here for item in _items(_value(one, name))]
        here = [one for one in found if not kept or (isinstance(one, Record) and any(values(one, kept)))]
    return (value for value in here if value not in _SILENT)


def _value(record: object, name: str) -> object:
    if not isinstance(record, Record):
        return None
    fields = type(record).model_fields
    key = next((key for key, field in fields.items() if name in (key, field.alias)), None)
    return getattr(record, key) if key else None


def _items(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, tuple) else [value]
