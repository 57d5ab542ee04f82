"""What terms correspond to in other vocabularies: the SSSOM file of the ontology folder, as records."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.rdf.ontology import OntologyError

#: What SSSOM writes for an object that does not exist.
NO_TERM = "sssom:NoTermFound"


@dataclass(frozen=True, slots=True)
class TermMapping:
    """One term of ours and one of another vocabulary; `iri` is empty where a search found none."""

    term: str
    relation: str
    object: str
    iri: str
    label: str
    source: str
    comment: str


def load_mappings(root: Path) -> Mapping[str, tuple[TermMapping, ...]]:
    """The mappings in an ontology folder, by term, in the order of the file."""
    file = root / "mappings.sssom.tsv"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise OntologyError(f"{file}: cannot be read: {error.strerror}") from error
    head = "\n".join(line.removeprefix("#") for line in lines if line.startswith("#"))
    prefixes = yaml.load(head, Loader=yaml.CBaseLoader)["curie_map"]  # noqa: S506 - text only
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[str, list[TermMapping]] = {}
    for row in rows:
        mapping = _mapping(row, prefixes)
        found.setdefault(mapping.term, []).append(mapping)
    return {term: tuple(own) for term, own in found.items()}


def _mapping(row: Mapping[str, str], prefixes: Mapping[str, str]) -> TermMapping:
    prefix, _, local = row["object_id"].partition(":")
    return TermMapping(
        term=row["subject_id"].partition(":")[2],
        relation=row["predicate_id"],
        object=row["object_id"],
        iri="" if row["object_id"] == NO_TERM else prefixes[prefix] + local,
        label=row["object_label"],
        source=row["object_source"].partition(":")[2],
        comment=row["comment"],
    )
