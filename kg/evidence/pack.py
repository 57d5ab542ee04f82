"""A pack: one review and the papers it draws on, as a folder of curated files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.document import Document
from kg.evidence.field import Count, Doi, Record, Reference, Several, Sha256, TermIn, Text, Url, Word
from kg.evidence.readings import SecondReadings
from kg.evidence.reference import Publication
from kg.evidence.statement import OpenQuestion, Statement
from kg.evidence.study import Study, StudyFile
from kg.evidence.uncarried import Uncarried


class SourceDocument(Record):
    """The document that a pack reads: where it is, and the digest of the text that was read."""

    title: Text
    doi: Doi
    url: Url
    licence: Text
    authors: Text | None = None
    year: Count | None = None
    sha256: Sha256 | None = None


class Searched(Record):
    """How far the document's own search went."""

    until: Text | None = None
    databases: Several[Text] = ()


class PackScope(Record):
    """What the pack is about."""

    exposures: Several[Annotated[str, TermIn("modality")]] = ()
    conditions: Several[Annotated[str, TermIn("condition")]] = ()


class PackMeta(Record):
    """`pack.yaml`."""

    pack: Word
    title: Text
    licence: Text
    document: SourceDocument
    searched: Searched | None = None
    scope: PackScope = PackScope()


class Laboratory(Record):
    """Papers that come from one laboratory, and why the curator says so."""

    laboratory: Word
    publications: Annotated[Several[Reference], Field(min_length=1)]
    reason: Text


@dataclass(frozen=True, slots=True)
class Located:
    """
    A file of the pack: its name there, its SHA-256, the line of each part, and in a list the place of each id.

    `order` holds every id that the file names, those of items at fault too.
    """

    file: str
    sha256: str
    document: Document = field(repr=False)
    order: Mapping[str, int] = field(default_factory=dict, repr=False)

    def line(self, *loc: str | int) -> int:
        """The line of one part of the file."""
        return self.document.place(loc)[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as far as it could be read; every record in it keeps to the format and the vocabulary.

    `written` holds the study files before `base` and `like` are worked in, by file.
    """

    root: Path
    meta: PackMeta
    references: Mapping[str, Publication]
    papers: Mapping[str, Study]
    review: Mapping[str, Study]
    statements: Mapping[str, Statement]
    questions: Mapping[str, OpenQuestion]
    discrepancies: Mapping[str, RecordedDiscrepancy]
    laboratories: Mapping[str, Laboratory]
    written: Mapping[str, StudyFile] = field(repr=False)
    located: Mapping[str, Located] = field(repr=False)
    uncarried: Uncarried | None = None
    readings: SecondReadings | None = None

    def names(self, file: str, id: str) -> bool:
        """Whether a list file names an id; a file that could not be read is not blamed on those who refer to it."""
        return file not in self.located or id in self.located[file].order

    def index(self, file: str, id: str) -> int:
        """The place of an item in its list file."""
        return self.located[file].order[id]

    @property
    def id(self) -> str:
        """The pack's id, part of its IRIs."""
        return self.meta.pack
