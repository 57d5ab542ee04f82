"""The SSSOM file: valid, complete, true to where each object was read, and never stronger than what was verified."""

import csv
import io
import os
from pathlib import Path

import pytest
import sssom_pydantic

from kg.rdf.mappings import load_mappings
from kg.rdf.ontology import Ontology, OntologyError

ROOT = Path(__file__).resolve().parents[2]
#: The list of identifiers that were looked up by hand before the vocabulary was made; it is not part of the project.
VERIFIED = Path(os.environ.get("KG_VERIFIED_TERMS", ROOT.parent / "shared" / "reference" / "term-ids.tsv"))
NO_TERM = "sssom:NoTermFound"
RELATIONS = {f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
STRENGTH = {"related": 1, "broad": 2, "narrow": 2, "close": 3, "exact": 4}
#: Out of use in their own vocabulary; HP sends the first one elsewhere, MONDO has each of the others twice.
OBSOLETE = {"HP:0031005", "MONDO:0004870", "MONDO:0002566"}
#: Prefixes without an entry in the Bioregistry, by which `object_source` is named.
UNREGISTERED = {"SEVCO", "unit"}


def rows_of(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def text(ontology: Ontology) -> str:
    """The file."""
    return (ontology.root / "mappings.sssom.tsv").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(text: str) -> list[dict[str, str]]:
    """Its rows."""
    return rows_of(text)


def kind(row: dict[str, str]) -> str:
    """How strong a row is, in the words of the verified list."""
    return row["predicate_id"].removeprefix("skos:").removesuffix("Match")


def test_file_is_valid_sssom(text: str, rows: list[dict[str, str]]) -> None:
    """
    A reader of the standard takes every row and the description of the set.
    """
    mappings, _, about, refused = sssom_pydantic.read(io.StringIO(text), return_errors=True)
    assert [] == refused
    assert len(rows) == len(mappings)
    assert "https://w3id.org/exercise-pain-kg/mappings" == str(about.id)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("\tsemapv:ManualMappingCuration\t", "\t\t"),
        ("\tskos:exactMatch\t", "\texactly\t"),
        ("\tskos:exactMatch\t", "\tschema:same\t"),
        ("\tbioregistry:mesh\t", "\tmesh\t"),
        ("\t1:0\t", "\tnone\t"),
    ],
    ids=["no justification", "no relation", "undeclared prefix", "no reference", "no cardinality"],
)
def test_what_is_not_valid_sssom_is_refused(right: str, wrong: str, text: str) -> None:
    """
    The check above can fail: one such row is refused.
    """
    _, _, _, refused = sssom_pydantic.read(io.StringIO(text.replace(right, wrong, 1)), return_errors=True)
    assert right in text and 1 == len(refused)


def test_every_term_has_a_row(rows: list[dict[str, str]], ontology: Ontology) -> None:
    """
    Each term is mapped, or it is said where no match was found; and each row is about a term, by its label.
    """
    terms = ontology.vocabulary.terms
    assert {f"EPKT:{id}" for id in terms} == {row["subject_id"] for row in rows}
    for row in rows:
        assert terms[row["subject_id"].removeprefix("EPKT:")].label == row["subject_label"], row
        assert row["predicate_id"] in RELATIONS, row


def test_every_row_names_where_its_object_was_read(rows: list[dict[str, str]]) -> None:
    """
    A mapping names its vocabulary and the copy that was read; a search without a match names the vocabulary searched.
    """
    for row in rows:
        prefix = row["object_id"].partition(":")[0]
        if row["object_id"] == NO_TERM:
            assert row["object_source"].startswith("bioregistry:") and "1:0" == row["mapping_cardinality"], row
            assert "" == row["object_label"] and "skos:exactMatch" == row["predicate_id"], row
        else:
            assert "semapv:ManualMappingCuration" == row["mapping_justification"], row
            source = "" if prefix in UNREGISTERED else f"bioregistry:{prefix.lower()}"
            assert source == row["object_source"] and "" == row["mapping_cardinality"], row
            assert row["object_source_version"] or prefix in UNREGISTERED, row


def test_no_row_contradicts_another(rows: list[dict[str, str]]) -> None:
    """
    One term and one object are tied once, and nothing is the same as a thing of a vocabulary said to have no match.
    """
    pairs = [(row["subject_id"], row["object_id"], row["object_source"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    missing = {(row["subject_id"], row["object_source"]) for row in rows if row["object_id"] == NO_TERM}
    same = {(row["subject_id"], row["object_source"]) for row in rows
            if row["object_id"] != NO_TERM and row["predicate_id"] == "skos:exactMatch"}  # fmt: skip
    assert set() == missing & same


def test_nothing_maps_to_a_class_out_of_use(rows: list[dict[str, str]]) -> None:
    """
    Obsolete classes that look right are not used.
    """
    assert set() == OBSOLETE & {row["object_id"] for row in rows}


def test_rows_stand_in_one_order(rows: list[dict[str, str]]) -> None:
    """
    The file has one order, so that a change to it is a short difference.
    """
    keys = [(row["subject_id"], row["predicate_id"], row["object_id"], row["object_source"]) for row in rows]
    assert sorted(keys) == keys


def too_strong(rows: list[dict[str, str]], listed: list[dict[str, str]], ontology: Ontology) -> list[str]:
    """The rows that say more than the list: of the list's own term, or of an object under another name."""
    by_object: dict[str, list[dict[str, str]]] = {}
    for entry in listed:
        by_object.setdefault(entry["curie"], []).append(entry)
    found = []
    for row in rows:
        entries = by_object.get(row["object_id"], [])
        term = ontology.vocabulary.terms[row["subject_id"].removeprefix("EPKT:")]
        names = {name.lower() for name in (term.label, *term.synonyms)}
        own = [entry for entry in entries if entry["term"].lower() in names]
        allowed = own or [
            *entries,
            *({"match": "exact"} for entry in entries if entry["official_label"].lower() in names),
        ]
        if allowed and STRENGTH[kind(row)] > max(STRENGTH[entry["match"]] for entry in allowed):
            found.append(f"{row['subject_id']} {row['predicate_id']} {row['object_id']}")
        if own and kind(row) in ("broad", "narrow") and {kind(row)} != {e["match"] for e in own} & {"broad", "narrow"}:
            found += [f"{row['subject_id']} {row['object_id']}: the other way round"
                      for entry in own if entry["match"] in ("broad", "narrow")]  # fmt: skip
    return found


@pytest.fixture(scope="module")
def listed() -> list[dict[str, str]]:
    """The verified list, where it is at hand."""
    if not VERIFIED.is_file():
        pytest.skip("list of verified identifiers not given")
    return rows_of(VERIFIED.read_text(encoding="utf-8"))


def test_no_mapping_is_stronger_than_the_verified_list(
    rows: list[dict[str, str]], listed: list[dict[str, str]], ontology: Ontology
) -> None:
    """
    What was verified as close is not called exact here, and what was found to be broader is not called narrower.
    """
    assert [] == too_strong(rows, listed, ontology)


def test_objects_bear_the_labels_of_the_verified_list(rows: list[dict[str, str]], listed: list[dict[str, str]]) -> None:
    """
    An identifier that was verified stands here with the label that was seen.
    """
    labels: dict[str, set[str]] = {}
    for entry in listed:
        if entry["verified"] == "yes":
            labels.setdefault(entry["curie"], set()).add(entry["official_label"])
    shared = [row for row in rows if row["object_id"] in labels]
    assert 500 < len(shared)
    assert [] == [row for row in shared if row["object_label"] and row["object_label"] not in labels[row["object_id"]]]


def test_a_mapping_that_says_too_much_is_found(rows: list[dict[str, str]], ontology: Ontology) -> None:
    """
    The comparison can fail: a close match called exact and a broader object called narrower are both told.
    """
    close = next(row for row in rows if kind(row) == "close")
    broad = next(row for row in rows if kind(row) == "broad")
    listed = [{"term": row["subject_label"], "curie": row["object_id"], "match": kind(row), "official_label": row["object_label"]}
              for row in (close, broad)]  # fmt: skip
    assert [] == too_strong([close, broad], listed, ontology)
    for row, relation in ((close, "skos:exactMatch"), (broad, "skos:narrowMatch")):
        assert 1 == len(too_strong([{**row, "predicate_id": relation}], listed, ontology))


def test_mappings_are_read_with_whole_iris(rows: list[dict[str, str]], ontology: Ontology) -> None:
    """
    Each row becomes a record of its term; prefixes are spelled out, and a search without a match has no IRI.
    """
    found = load_mappings(ontology.root)
    assert len(rows) == sum(map(len, found.values()))
    assert "http://purl.obolibrary.org/obo/CHEBI_2700" in {mapping.iri for mapping in found["anandamide"]}
    assert {""} == {mapping.iri for own in found.values() for mapping in own if mapping.object == NO_TERM}


def test_missing_mappings_are_one_clear_fault(tmp_path: Path) -> None:
    """
    The file that is not there is named.
    """
    with pytest.raises(OntologyError, match=r"mappings\.sssom\.tsv: cannot be read"):
        load_mappings(tmp_path)
