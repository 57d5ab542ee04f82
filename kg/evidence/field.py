"""The kinds of value a curated file may hold, each typed from text.

A record names its fields with these; the checks (is it a term, is it a number) follow from the type alone, and
`kg.rdf` reads the same types to know how a value is written as RDF.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kg.evidence.problem import quoted
from kg.evidence.vocabulary import Vocabulary

MAX_TEXT = 2_000
#: Stands in a new file where a value belongs, and is none.
MARK = "FILL-IN"
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class Record(BaseModel):
    """A frozen, closed record: no unknown key, no change after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, serialize_by_alias=True)


@dataclass(frozen=True, slots=True)
class TermIn:
    """Marks text that must be a term of one of `schemes`, and checks it where a vocabulary is at hand."""

    schemes: tuple[str, ...]

    def __init__(self, *schemes: str) -> None:
        object.__setattr__(self, "schemes", schemes)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, value: str, info: ValidationInfo) -> str:
        vocabulary = vocabulary_of(info)
        if not vocabulary or not vocabulary.terms or vocabulary.has(value, self.schemes):
            return value
        wanted = " or ".join(self.schemes)
        known = vocabulary.terms.get(value)
        what = f"a term of the scheme {known.scheme}, not of {wanted}" if known else f"no term of the scheme {wanted}"
        raise PydanticCustomError(
            "term", "{value} is {what}", {"value": quoted(value), "what": what, "schemes": self.schemes}
        )


def vocabulary_of(info: ValidationInfo) -> Vocabulary | None:
    """The vocabulary that the caller checks against, if any."""
    vocabulary = (info.context or {}).get("vocabulary")
    return vocabulary if isinstance(vocabulary, Vocabulary) else None


@dataclass(frozen=True, slots=True)
class LocalId:
    """Marks text that names a part of the same study: a group or a source."""

    kind: str


@dataclass(frozen=True, slots=True)
class ReferenceId:
    """Marks text that names an item of the pack's reference list."""


def _number(value: object) -> object:
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise PydanticCustomError("number", "{value} is not a number such as 5 or -0.75", {"value": quoted(value)})
        return Decimal(value)
    return value


def _flag(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("flag", "{value} must be true or false", {"value": quoted(value)})
        return value == "true"
    return value


def _whole(value: object) -> object:
    number = _number(value)
    if isinstance(number, Decimal):
        if number != number.to_integral_value() or number < 0:
            raise PydanticCustomError("count", "{value} must be a whole number, zero or more", {"value": quoted(value)})
        return int(number)
    return number


def _text(value: str) -> str:
    if _CONTROL.search(value):
        raise PydanticCustomError("text_control", "holds a control or direction character; remove it")
    if MARK in value:
        raise PydanticCustomError(
            "text_mark", "still holds the mark {mark}; put what the teller states", {"mark": MARK}
        )
    return value


def one_or_many(value: object) -> object:
    """Lets a file write one item where a list may stand."""
    return value if value is None or isinstance(value, (list, tuple)) else [value]


def in_order(value: tuple[str, ...]) -> tuple[str, ...]:
    """The same names without a repeat, in alphabetical order: the order in a file carries no meaning."""
    return tuple(sorted(set(value)))


#: Refuses control, line and direction characters in text that is shown.
PLAIN = AfterValidator(_text)

Number = Annotated[Decimal, BeforeValidator(_number)]
Count = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True), PLAIN]
_ID, _WEB, _DOI = r"^[a-z0-9]+(-[a-z0-9]+)*$", r"^https?://[^\s<>\"{}|\\^`]+$", r"^10\.\d{4,9}/[^\s<>\"{}|\\^`]+$"
_SHORT_HASH, _LONG_HASH, _PMID, _PMCID = r"^[0-9a-f]{12}$", r"^[0-9a-f]{64}$", r"^\d{1,9}$", r"^PMC\d{1,9}$"
_TABLE = r"^[1-9]$"

#: What text of each pattern is, in words; every pattern of the format stands here.
IN_WORDS = {
    _ID: "an id: lower-case letters and digits, in parts joined by single hyphens, such as small-2000",
    _WEB: "a web address: it begins with http:// or https:// and holds no space, quotation mark or bracket",
    _DOI: "a DOI such as 10.1000/182, without https://doi.org/ before it",
    _SHORT_HASH: "the sha of a passage, 12 digits 0-9 and a-f; kg passage prints it",
    _LONG_HASH: "a SHA-256, 64 digits 0-9 and a-f",
    _PMID: "a PubMed number such as 12345678",
    _PMCID: "a PubMed Central number such as PMC1234567",
    _TABLE: "the number of a table, 1 to 9",
}

Word = Annotated[str, StringConstraints(pattern=_ID, max_length=80)]
Url = Annotated[str, StringConstraints(pattern=_WEB, max_length=600), PLAIN]
Doi = Annotated[str, StringConstraints(pattern=_DOI, max_length=200)]
Pmid = Annotated[str, StringConstraints(pattern=_PMID)]
Pmcid = Annotated[str, StringConstraints(pattern=_PMCID)]
Digest = Annotated[str, StringConstraints(pattern=_SHORT_HASH)]
Sha256 = Annotated[str, StringConstraints(pattern=_LONG_HASH)]
TableNumber = Annotated[str, StringConstraints(pattern=_TABLE)]
Reference = Annotated[str, StringConstraints(pattern=_ID, max_length=80), ReferenceId()]


@dataclass(frozen=True, slots=True)
class OneOrList:
    """Says in the JSON Schema that one item may stand without a list."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler(core)
        return {"anyOf": [schema["items"], schema]}


def with_short_form(
    schema: JsonSchemaValue, handler: GetJsonSchemaHandler, *short: JsonSchemaValue, keys: Sequence[str] = ()
) -> JsonSchemaValue:
    """The JSON Schema of a record that may also be written short; `keys` are mapping keys that only files use."""
    full = handler.resolve_ref_schema(schema)
    mapping = {**full, "properties": {**full["properties"], **{key: {"type": "number"} for key in keys}}}
    mapping.pop("required", None)
    full.clear()
    full.update({"anyOf": [mapping, *short]})
    return schema


Item = TypeVar("Item")
#: One item or a list of items, whose order carries no meaning.
Several = Annotated[tuple[Item, ...], BeforeValidator(one_or_many), AfterValidator(in_order), OneOrList()]
GroupId = Annotated[Word, LocalId("group")]
SourceId = Annotated[Word, LocalId("source")]
