"""The tables that can be exported, by name."""

from collections.abc import Callable, Mapping

from kg.exchange.findings import findings_sheet
from kg.exchange.programmes import programmes_sheet
from kg.exchange.sheet import Sheet
from kg.exchange.statements import statements_sheet
from kg.store.protocol import Store

SHEETS: Mapping[str, Callable[[Store], Sheet]] = {
    "findings": findings_sheet,
    "programmes": programmes_sheet,
    "statements": statements_sheet,
}


def read_sheet(store: Store, name: str, *, iri: bool = False) -> Sheet:
    """The table `name` of a store; `iri` adds a first column with the address of what each row tells of."""
    whole = SHEETS[name](store)
    return whole if iri else Sheet(whole.name, whole.columns[1:], tuple(row[1:] for row in whole.rows))
