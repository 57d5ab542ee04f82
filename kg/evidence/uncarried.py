"""Sentences of the document that no statement and no study carries, each with its reason.

A file of its own, and no part of the graph: it says nothing of exercise or pain, only what the curator left out and
why, so that `kg check --source` can prove that nothing else was.
"""

from typing import Annotated, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kg.evidence.field import LocalId, Record, Text, Word
from kg.evidence.passage import Passage

Reason = Literal["method-of-searching", "heading", "plain-background", "repeats"]


class UncarriedSentence(Record):
    """A sentence that is carried by nothing; one that repeats another names the statement that carries that one."""

    passage: Passage
    reason: Reason
    repeats: Annotated[Word, LocalId("statement")] | None = None

    @model_validator(mode="after")
    def _names_what_it_repeats(self) -> Self:
        if (self.reason == "repeats") != (self.repeats is not None):
            raise PydanticCustomError("repeats", "the reason repeats and the key repeats go together")
        return self


class Uncarried(Record):
    """`review/uncarried.yaml`: the headings that the document's body begins and ends with, and what it leaves out."""

    first_heading: Text
    last_heading: Text
    sentences: tuple[UncarriedSentence, ...] = ()
