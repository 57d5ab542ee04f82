"""A pack: one review and the papers it draws on, as a folder of curated files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from kg.evidence.document import Document
from kg.evidence.field import Doi, Record, Reference, Several, Sha256, TermIn, Text, Url, Word
from kg.evidence.reference import Publication
from kg.evidence.statement import OpenQuestion, Statement
from kg.evidence.study import Study


class SourceDocument(Record):
    """The document that a pack reads: where it is, and the digest of the text that was read."""

    title: Text
    doi: Doi
    url: Url
    licence: Text
    authors: tuple[Text, ...] = ()
    year: Text | None = None
    sha256: Sha256 | None = None


class Searched(Record):
    """How far the document's own search went."""

    until: Text | None = None
    databases: tuple[Text, ...] = ()


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
    publications: Several[Reference]
    reason: Text


@dataclass(frozen=True, slots=True)
class Located:
    """Where a record was read: its file inside the pack, that file's SHA-256, and the line of each part."""

    file: str
    sha256: str
    document: Document = field(repr=False)

    def line(self, *loc: str | int) -> int:
        """The line of one part of the file."""
        return self.document.place(loc)[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """A checked pack; every record in it keeps to the format and the vocabulary."""

    root: Path
    meta: PackMeta
    references: Mapping[str, Publication]
    papers: Mapping[str, Study]
    review: Mapping[str, Study]
    statements: Mapping[str, Statement]
    questions: Mapping[str, OpenQuestion]
    laboratories: Mapping[str, Laboratory]
    located: Mapping[str, Located] = field(repr=False)

    @property
    def id(self) -> str:
        """The pack's id, part of its IRIs."""
        return self.meta.pack
