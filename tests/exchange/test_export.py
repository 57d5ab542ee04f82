"""Tables for pandas and R: every record a row, every cell what the record says, in text and in Parquet."""

import io
import json
import re

import pandas as pd
import pyarrow.parquet as pq
import pytest

from kg.evidence import Finding, Pack, Study
from kg.exchange import Sheet, read_sheet, sheet_bytes
from kg.exchange.sheets import SHEETS
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, RdflibStore, build_graph
from scripts.export_page import PAGE, page
from tests.corpus import Corpus

NAMED = [
    "pack",
    "study",
    "reference_number",
    "doi",
    "told_by",
    "level",
    "condition_class",
    "model",
    "species",
    "sex",
    "bout",
    "modality",
    "days_per_week",
    "minutes",
    "weeks",
    "intensity_low",
    "intensity_high",
    "intensity_unit",
    "timing",
    "group",
    "versus",
    "isolates",
    "measured",
    "kind",
    "site",
    "assay",
    "at",
    "result",
    "said",
    "estimate",
    "low",
    "high",
    "p",
    "read",
]
AWKWARD = """study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, sex: male, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run:
    gets:
      - exercise: treadmill-running
        bout: training
        programme:
          length: 14 day
          phases:
            - weeks: 1
              week:
                - days: 3..5
                  parts:
                    - {modality: treadmill-running, minutes: 20, intensity: {low: 50, open: high, exclude: low, unit: percent-vo2-peak}}
                    - {modality: walking, minutes: 10}
            - weeks: 2
              week: [{days: {as_printed: daily}, minutes: {one_of: [30, 45]}}]
        start: {relative_to_injury: after, time: 7 day}
  swim: {sex: female, gets: [{exercise: swimming, bout: training, programme: {length: 5 week}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: [run, swim], versus: rest, at: {after_injury: 21 day}, result: decrease, estimate: -1.4, interval: [-2.3, -0.5], p: "<0.05"}
  - {id: bdnf, measured: bdnf, group: run, versus: rest, result: no-significant-change}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""


@pytest.fixture
def awkward(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """A small graph with ranges, choices, words, two groups under one result and no result of size."""
    return build_graph([corpus.write_study(AWKWARD).load().usable()], ontology).store()


def frame(sheet: Sheet, form: str = "tsv") -> pd.DataFrame:
    data = io.BytesIO(sheet_bytes(sheet, form))
    return pd.read_csv(data, sep="\t" if form == "tsv" else ",", dtype=str, keep_default_na=False)


def rows_of(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def told(pack: Pack) -> dict[str, tuple[Study, Finding]]:
    """Every finding of a pack, by the end of its address."""
    return {
        f"{'review' if study.by_review else 'paper'}/{study.study}/finding/{finding.id}": (study, finding)
        for studies in (pack.papers, pack.review)
        for study in studies.values()
        for finding in study.findings
    }


def test_columns_are_those_that_were_asked_for() -> None:
    """
    The table of findings has these columns and no other, in this order.
    """
    assert NAMED == [column.name for column in read_sheet(OxigraphStore.in_memory(), "findings").columns]


def test_pandas_reads_every_finding_of_the_pack(store: OxigraphStore, bundled_pack: Pack) -> None:
    """
    One row a finding, cell by cell what the curated record says, for both tellers.
    """
    records = told(bundled_pack)
    rows = rows_of(frame(read_sheet(store, "findings", iri=True)))
    assert sorted(records) == sorted(row["iri"].partition(f"/{bundled_pack.id}/")[2] for row in rows)
    for row in rows:
        study, finding = records[row["iri"].partition(f"/{bundled_pack.id}/")[2]]
        publication = bundled_pack.references[study.publication]
        assert (str(publication.number), publication.doi or "") == (row["reference_number"], row["doi"])
        assert ("review" if study.by_review else "paper") == row["told_by"]
        assert [finding.measured, finding.site or "", finding.test or "", finding.result, finding.said or ""] == [
            row[name] for name in ("measured", "site", "assay", "result", "said")
        ]
        assert (" | ".join(finding.group), finding.versus) == (row["group"], row["versus"])
        models = [study.groups[name].condition or "" for name in finding.group]
        assert models == (row["model"].split(" | ") if " | " in row["model"] else [row["model"]] * len(models))
        size, interval = finding.estimate, finding.interval
        numbers = (size and size.value, interval and interval.low, interval and interval.high)
        assert [float(n) if n is not None else None for n in numbers] == [
            float(row[name]) if row[name] else None for name in ("estimate", "low", "high")
        ]
        assert (finding.p is None) == (row["p"] == "")


def test_awkward_cells_say_what_is_stated(awkward: OxigraphStore) -> None:
    """
    Ranges stay ranges, units that are not the column's are named, groups keep their places, nothing is added up.
    """
    (bdnf, touch) = sorted(rows_of(frame(read_sheet(awkward, "findings"))), key=lambda row: row["measured"])
    expected = {
        "pack": "tiny", "study": "small-2000", "reference_number": "1", "doi": "10.1000/one", "told_by": "paper",
        "level": "animals", "condition_class": "peripheral-nerve-injury", "model": "spinal-nerve-ligation",
        "species": "rat", "sex": "male | female", "bout": "training", "modality": "treadmill-running | swimming",
        "days_per_week": "3..5, daily | ", "minutes": "20 + 10, 30 or 45 | ", "weeks": "14 day | 5",
        "intensity_low": ">50 | ", "intensity_high": "", "intensity_unit": "percent-vo2-peak | ",
        "timing": "after 7 day | ", "group": "run | swim", "versus": "rest",
        "isolates": "treadmill-running | ", "measured": "mechanical-allodynia", "kind": "outcome", "site": "",
        "assay": "", "at": "after_injury 21 day", "result": "decrease", "said": "", "estimate": "-1.4", "low": "-2.3",
        "high": "-0.5", "p": "<0.05", "read": "abstract",
    }  # fmt: skip
    assert expected == touch
    assert ("marker", "no-significant-change", "", "", "male") == tuple(
        bdnf[name] for name in ("kind", "result", "estimate", "p", "sex")
    )


def test_programmes_stand_part_by_part(awkward: OxigraphStore) -> None:
    """
    A row for each part; bounds are numbers, both empty for words and for a choice.
    """
    rows = rows_of(frame(read_sheet(awkward, "programmes")))
    by_place = {(row["gets"], row["phase"], row["day"], row["part"]): row for row in rows}
    assert {
        ("swimming", "", "", ""), ("treadmill-running", "1", "1", "1"), ("treadmill-running", "1", "1", "2"),
        ("treadmill-running", "2", "1", ""),
    } == set(by_place)  # fmt: skip
    first, last = by_place["treadmill-running", "1", "1", "1"], by_place["treadmill-running", "2", "1", ""]
    assert (">50 percent-vo2-peak", "50", "", "percent-vo2-peak") == tuple(
        first[f"intensity{end}"] for end in ("", "_low", "_high", "_unit")
    )
    assert ("3..5", "3", "5") == tuple(first[f"days_per_week{end}"] for end in ("", "_low", "_high"))
    assert ("daily", "", "", "30 or 45", "", "") == tuple(
        last[f"{name}{end}"] for name in ("days_per_week", "session_minutes") for end in ("", "_low", "_high")
    )
    assert {"14 day"} == {row["length"] for row in rows if row["gets"] == "treadmill-running"}


def test_every_statement_is_a_row(store: OxigraphStore, bundled_pack: Pack) -> None:
    """
    Locators, frame, slots and cited numbers come back from the table as they were curated.
    """
    rows = {row["id"]: row for row in rows_of(frame(read_sheet(store, "statements")))}
    assert set(bundled_pack.statements) == set(rows)
    for id, said in bundled_pack.statements.items():
        row = rows[id]
        assert (said.passage.start, said.passage.end, said.section) == (
            row["passage_start"], row["passage_end"], row["section"],
        )  # fmt: skip
        assert (said.frame, said.cites_from, said.certainty) == (row["frame"], row["cites_from"], row["certainty"])
        numbers = sorted(bundled_pack.references[cited].number or 0 for cited in said.cites)
        assert ", ".join(map(str, numbers)) == row["cites"]
        slots = json.loads(row["slots"], parse_int=str, parse_float=str)
        assert said.slots == type(said.slots).model_validate(slots)
        assert (said.context is None) == (row["context"] == "")


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_parquet_holds_the_cells_of_the_text(name: str, store: OxigraphStore) -> None:
    """
    Numbers are numbers, an empty cell is null, each column says what it means, all else is the text of the TSV.
    """
    sheet = read_sheet(store, name, iri=True)
    table = pq.read_table(io.BytesIO(sheet_bytes(sheet, "parquet")))
    text = frame(sheet)
    assert list(text.columns) == table.column_names
    assert [column.means for column in sheet.columns] == [f.metadata[b"description"].decode() for f in table.schema]
    kinds = {"text": "string", "number": "double", "count": "int64"}
    assert [kinds[column.kind] for column in sheet.columns] == [str(field.type) for field in table.schema]
    for column in sheet.columns:
        read = table.column(column.name).to_pylist()
        same = float if column.kind != "text" else str
        assert [same(cell) if cell else None for cell in text[column.name]] == [
            same(cell) if cell is not None else None for cell in read
        ]


def test_other_engine_gives_the_same_bytes(awkward: OxigraphStore) -> None:
    """
    RDFLib holds rows in no order of its own; the tables are the same to the byte in every form.
    """
    other = RdflibStore.from_quads(sorted(awkward.quads(), key=str, reverse=True))
    for name in SHEETS:
        ours, theirs = read_sheet(awkward, name), read_sheet(other, name)
        for form in ("tsv", "csv", "parquet"):
            assert sheet_bytes(ours, form) == sheet_bytes(theirs, form)


def test_page_has_the_columns_of_the_code() -> None:
    """
    The page about the tables says of each column what the code says; scripts/export_page.py writes it.
    """
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text
    listed = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert [column.name for name in ("findings", "statements", "programmes")
            for column in SHEETS[name](OxigraphStore.in_memory()).columns[1:]] == listed  # fmt: skip
