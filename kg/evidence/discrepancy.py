"""Discrepancies that a curator records, because no query over the two tellings can see them.

A discrepancy is a task for a reader: here the review and the paper, or one of them and itself, do not say the same.
It says what each side says and where, and blames nobody. What queries can see is never recorded, it is derived.
"""

from typing import Annotated, Literal

from pydantic import Field

from kg.evidence.field import LocalId, Record, Reference, Several, Text, Word
from kg.evidence.passage import Passage, TableCell

WITHIN_REVIEW = "within-review"
WITHIN_PAPER = "within-paper"

Kind = Literal[
    "model", "species", "population", "site", "exercise", "programme", "comparator", "timing", "measured", "result",
    "condition-left-out", "arm-left-out", "harm", "number", "citation", "within-review", "within-paper",
]  # fmt: skip


class ReviewSide(Record):
    """What the review says, in a few words of the curator's, and where: a passage or a cell of a table."""

    says: Text
    passage: Passage | None = None
    cell: TableCell | None = None


class PaperSide(Record):
    """What the paper says, in a few words of the curator's, and where: findings of its telling, or a source of it."""

    says: Text
    findings: Several[Word] = ()
    source: Word | None = Field(None, alias="from")


class RecordedDiscrepancy(Record):
    """One point on which two sides do not say the same, and why the curator thinks it worth a look."""

    id: Word
    kind: Kind
    ref: Reference
    statements: Several[Annotated[Word, LocalId("statement")]] = ()
    review: Annotated[tuple[ReviewSide, ...], Field(max_length=9)] = ()
    paper: Annotated[tuple[PaperSide, ...], Field(max_length=9)] = ()
    reason: Text
