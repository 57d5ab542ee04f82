"""A line of a user's file of later studies: one study, one thing it examined, one result; JSON, not YAML.

It is no evidence of a pack: nobody curated it, and it is only ever compared with the graph, never put into it. Terms
are as people name them; `kg.analysis.later` looks them up.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from kg.evidence.field import PLAIN, Doi, Record

_LONGEST_NAME = 120
_BENEFITS = ("benefit-lost", "benefit-reduced", "benefit-kept")
_OF_BENEFIT: JsonDict = {"enum": list(_BENEFITS)}
#: What a JSON Schema says of keys that belong together.
_TOGETHER: JsonDict = {
    "oneOf": [{"required": ["mechanism"]}, {"required": ["marker"]}],
    "if": {"required": ["blocker"]},
    "then": {"properties": {"result": _OF_BENEFIT}},
    "else": {"properties": {"result": {"not": _OF_BENEFIT}}},
}


def _stated(value: Any) -> Any:
    if value is None:
        raise PydanticCustomError("null", "is null; leave out a key whose value is not stated")
    return value


Name = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_NAME, strip_whitespace=True), PLAIN]
#: A name that may be left out, but is no null.
NameIfStated = Annotated[
    Name | None,
    BeforeValidator(_stated),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_NAME}),
]
Year = Annotated[StrictInt, Field(ge=1900, le=2100)]
Result = Literal[
    "increase", "decrease", "normalised", "no-significant-change", "not-decreased", "not-increased", "mixed", "unclear",
    "benefit-lost", "benefit-reduced", "benefit-kept",
]  # fmt: skip


class LaterStudyLine(Record):
    """One line: what a study that is not in the graph examined, and what it found."""

    model_config = ConfigDict(json_schema_extra=_TOGETHER)

    year: Year
    doi: Doi
    condition: Name
    species: NameIfStated = None
    modality: Name
    bout: Literal["training", "acute", "not-stated"]
    mechanism: NameIfStated = None
    marker: NameIfStated = None
    blocker: NameIfStated = None
    result: Result

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if (self.mechanism is None) == (self.marker is None):
            raise PydanticCustomError(
                "together", "needs either mechanism or marker, and not both: a second thing examined is a second line"
            )
        if (self.blocker is not None) != (self.result in _BENEFITS):
            raise PydanticCustomError(
                "together",
                "with a blocker, result says what became of the benefit ({benefits}); without one it is another word",
                {"benefits": ", ".join(_BENEFITS)},
            )
        return self
