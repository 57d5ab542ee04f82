"""The table of statements: one row a statement, its slots as JSON."""

import json
from decimal import Decimal
from typing import Any

from kg.evidence.field import Record
from kg.exchange.publications import Publications
from kg.exchange.sheet import Cell, Column, Sheet, sheet
from kg.query.records import PlacedStatement, placed_statements
from kg.store.protocol import Store

COLUMNS = (
    Column("id", "Id of the statement in its pack."),
    Column("section", "Section of the document."),
    Column("passage_start", "First words of the passage."),
    Column("passage_end", "Last words of the passage."),
    Column("frame", "What kind of claim it is."),
    Column("slots", "What the frame says, as JSON; keys that are not stated are left out."),
    Column("context", "What the claim is limited to, as JSON."),
    Column("cites", "Numbers of the references that the passage cites for it."),
    Column("cites_from", "Where the citation stands: passage, sentence, previous, next."),
    Column("certainty", "asserted or hedged."),
)


def statements_sheet(store: Store) -> Sheet:
    """Every statement of a store as one row, by its address."""
    publications = Publications.of(store)
    rows = (_row(placed, publications) for placed in placed_statements(store))
    return sheet("statements", (Column("iri", "Address of the statement in the graph."), *COLUMNS), rows)


def _row(placed: PlacedStatement, publications: Publications) -> dict[str, Cell]:
    said = placed.statement
    return {
        "iri": placed.node.value,
        "id": said.id,
        "section": said.section,
        "passage_start": said.passage.start,
        "passage_end": said.passage.end,
        "frame": said.frame,
        "slots": _as_json(said.slots),
        "context": _as_json(said.context) if said.context else None,
        "cites": publications.listed(placed.pack, said.cites),
        "cites_from": said.cites_from,
        "certainty": said.certainty,
    }


def _as_json(record: Record) -> str:
    return json.dumps(_without_empty(record.model_dump(exclude_none=True)), ensure_ascii=False, default=_number)


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return int(value) if value == value.to_integral_value() else float(value)


def _without_empty(stated: dict[str, Any]) -> dict[str, Any]:
    """A record without its frame (a column of its own) and without lists that hold nothing."""
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in stated.items()
        if key != "frame" and value != ()
    }
