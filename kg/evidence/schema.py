"""The file format as JSON Schema, made from the records, for editors and for other programs."""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kg.evidence import exposure, pack, passage, quantity, reference, statement, study
from kg.evidence.field import Record

FILES: dict[str, Any] = {
    "study": study.StudyFile,
    "statements": list[statement.Statement],
    "questions": list[statement.OpenQuestion],
    "laboratories": list[pack.Laboratory],
    "pack": pack.PackMeta,
}


def all_records() -> list[type[BaseModel]]:
    """Every record class of the format, in the order of its modules."""
    modules = (quantity, passage, exposure, study, statement, pack, reference)
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
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"https://w3id.org/exercise-pain-kg/schema/{file}.json",
        "title": f"Exercise–Pain Mechanism Graph: {file}",
        **schema,
    }
