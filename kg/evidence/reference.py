"""The reference list of a pack: CSL-JSON, as Zotero writes it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from kg.evidence.field import Count, Doi, Pmcid, Pmid, Text, Word


def _not_empty(value: tuple[object, ...]) -> tuple[object, ...]:
    if not value:
        raise PydanticCustomError("date", "must not be empty; the first number is the year")
    return value


DateParts = Annotated[tuple[Count, ...], AfterValidator(_not_empty)]


class _Csl(BaseModel):
    """Part of a CSL-JSON item; keys that this program does not use are kept by the file, not by the record."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Name(_Csl):
    """An author as printed."""

    family: Text | None = None
    given: Text | None = None
    suffix: Text | None = None
    literal: Text | None = None

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.family, self.given, self.suffix) if part)


class Issued(_Csl):
    """When a work came out."""

    date_parts: Annotated[tuple[DateParts, ...], AfterValidator(_not_empty), Field(alias="date-parts")]


class Custom(_Csl):
    """What the list's curator added: the defects of the printed entry."""

    defects: tuple[Text, ...] = ()


def _empty(value: object) -> object:
    return {} if value is None else value


class Publication(_Csl):
    """One item of a reference list."""

    id: Word
    type: Text
    title: Text
    author: tuple[Name, ...] = ()
    container_title: Text | None = Field(None, alias="container-title")
    issued: Issued
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    doi: Doi | None = Field(None, alias="DOI")
    pmid: Pmid | None = Field(None, alias="PMID")
    pmcid: Pmcid | None = Field(None, alias="PMCID")
    custom: Annotated[Custom, BeforeValidator(_empty)] = Custom()

    @property
    def year(self) -> int:
        """The year of publication."""
        return self.issued.date_parts[0][0]

    @property
    def short(self) -> str:
        """The first author's family name and the year, as people cite it."""
        first = self.author[0] if self.author else None
        name = (first.family or first.literal or "Anonymous") if first else "Anonymous"
        return f"{name} {self.year}"

    @property
    def number(self) -> int | None:
        """The number in the list, for ids such as `ref-36`."""
        tail = self.id.rpartition("-")[2]
        return int(tail) if tail.isdigit() else None
