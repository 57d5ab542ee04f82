"""The file format as JSON Schema, made from the records, for editors and for other programs."""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kg.evidence import (
    discrepancy,
    exposure,
    later,
    pack,
    passage,
    quantity,
    readings,
    reference,
    statement,
    study,
    uncarried,
)
from kg.evidence.field import Record

FILES: dict[str, Any] = {
    "study": study.StudyFile,
    "statements": list[statement.Statement],
    "questions": list[statement.OpenQuestion],
    "discrepancies": list[discrepancy.RecordedDiscrepancy],
    "laboratories": list[pack.Laboratory],
    "uncarried": uncarried.Uncarried,
    "second-readings": readings.SecondReadings,
    "pack": pack.PackMeta,
    "later-study": later.LaterStudyLine,
}
#: Files whose values are typed where they are written.
TYPED = ("later-study",)


def all_records() -> list[type[BaseModel]]:
    """Every record class of the format, in the order of its modules."""
    modules = (quantity, passage, exposure, study, statement, discrepancy, pack, reference)
    return [
        value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == module.__name__
        and value is not Record
    ]  # fmt: skip


def json_schema(file: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    schema = TypeAdapter(FILES[file]).json_schema(by_alias=True, mode="validation")
    schema = schema if file in TYPED else _scalars_are_text(schema)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"https://w3id.org/exercise-pain-kg/schema/{file}.json",
        **schema,
        "title": f"Exercise–Pain Mechanism Graph: {file}",
    }


def _scalars_are_text(schema: Any) -> Any:
    """
    The schema with every text open to numbers.

    A curated file's scalars are text to this program; an editor's YAML reader types `2021` and `0.04` before the
    schema sees them.
    """
    if isinstance(schema, list):
        return [_scalars_are_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {key: _scalars_are_text(value) for key, value in schema.items()}
    if opened.get("type") == "string" and "enum" not in opened and "const" not in opened:
        opened["type"] = ["string", "number"]
    return opened
