"""The published JSON Schema: what the check takes it takes, and what it refuses is at fault."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from kg.evidence import Pack
from kg.evidence.field import Record
from kg.evidence.schema import FILES, all_records, json_schema
from kg.evidence.study import Finding, Group, StudyFile
from tests.corpus import STUDY

PACK = Path(__file__).parents[2] / "kg" / "packs" / "leitzelar-koltyn-2021"
BUNDLED = [
    *(("study", path) for folder in ("studies", "review/studies") for path in sorted((PACK / folder).glob("*.yaml"))),
    *(
        (name, path)
        for name in ("statements", "questions", "uncarried", "discrepancies")
        if (path := PACK / "review" / f"{name}.yaml").exists()
    ),
    *((name, path) for name in ("laboratories", "second-readings", "pack") if (path := PACK / f"{name}.yaml").exists()),
]
#: A study in the long form throughout, with numbers as numbers: what a program would write.
LONG = """
study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, strain: [wistar]}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training, programme: {length: {low: 5, high: 5, unit: week}}}], n: 6}
findings:
  - {id: touch, measured: mechanical-allodynia, group: [run], versus: rest, result: decrease, interval: {low: 1.5, high: 2}}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""


class EditorsLoader(yaml.SafeLoader):
    """YAML as an editor reads it before it asks a schema: numbers are typed, dates are text (YAML 1.2, core schema)."""


EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(file: str, text: str) -> list[str]:
    """What a schema says against the text of a file."""
    content = yaml.load(text, EditorsLoader)  # noqa: S506 - a safe loader with one rule less
    return [error.message for error in Draft202012Validator(json_schema(file)).iter_errors(content)]


@pytest.mark.parametrize("file", FILES)
def test_schema_is_sound_and_has_its_address(file: str) -> None:
    """
    Each kind of file has a schema of draft 2020-12 with its own address.
    """
    schema = json_schema(file)
    Draft202012Validator.check_schema(schema)

    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    assert f"https://w3id.org/exercise-pain-kg/schema/{file}.json" == schema["$id"]


@pytest.mark.parametrize("file", FILES)
def test_schema_is_titled_after_its_file(file: str) -> None:
    """
    Editors show the title: it names the project and the kind of file, not a class of the program.
    """
    assert f"Exercise–Pain Mechanism Graph: {file}" == json_schema(file)["title"]


def test_long_form_is_valid() -> None:
    """
    A study that a program writes out in full is valid.
    """
    assert [] == errors("study", LONG)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("read: abstract", "read: cover"),
        ("read: abstract\n", ""),
        ("read: abstract", "read: abstract\ncolour: red"),
        ("bout: training, ", ""),
        ("n: 6", "n: many"),
        ("study: small-2000", "study: Small 2000"),
        ("adverse_events: not-read", "adverse_events: []"),
        ("result: decrease", "result: less"),
    ],
)
def test_fault_of_form_is_refused_by_the_schema_too(old: str, new: str) -> None:
    """
    An editor that knows the schema marks wrong words, missing keys and unknown keys as they are typed.
    """
    assert old in LONG
    assert errors("study", LONG.replace(old, new, 1))


@pytest.mark.parametrize(("file", "path"), BUNDLED, ids=lambda part: getattr(part, "stem", part))
def test_bundled_file_is_valid(file: str, path: Path) -> None:
    """
    What the check takes, the published schema takes.
    """
    assert [] == errors(file, path.read_text(encoding="utf-8"))


def test_shorthand_is_valid() -> None:
    """
    The format's own examples are written short.
    """
    assert [] == errors("study", STUDY)


def test_bundled_files_are_tried(bundled_pack: Pack) -> None:
    """
    The test above sees every file of the bundled pack but the reference list, which has its own schema.
    """
    assert set(bundled_pack.located) - {"references.json"} == {path.relative_to(PACK).as_posix() for _, path in BUNDLED}


def test_every_record_is_listed_once() -> None:
    """
    The list of records has each class of the format, and not the class that all are made from.
    """
    records = all_records()

    assert {Finding, Group, StudyFile} <= set(records)
    assert Record not in records
    assert len(records) == len(set(records))


def test_schema_names_every_key_of_a_study() -> None:
    """
    No key of the format is missing from the schema of the study file.
    """
    definitions: dict[str, Any] = json_schema("study")["$defs"]
    for record in (Finding, Group):
        keys = {field.alias or name for name, field in record.model_fields.items()}
        named = definitions["GroupAsWritten" if record is Group else record.__name__]["properties"]
        assert keys <= set(named)
