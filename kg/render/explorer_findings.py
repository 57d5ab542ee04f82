"""The findings behind the edges of the explorer, each in words with its dose, depth of reading, paper and passage."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.exchange.sheets import read_sheet
from kg.query.answer import label
from kg.rdf.namespaces import WORD
from kg.render.finding_words import begun, one_of, when, with_unit
from kg.store.protocol import Store

_QUERY = files(__package__).joinpath("explorer-findings.rq")
#: Columns of the table of findings that hold terms.
_TERMS = ("model", "species", "modality", "measured", "site", "assay", "isolates", "said", "intensity_unit")
#: What each result is called in the words of the glossary.
_RESULTS = {
    "increase": "rose", "decrease": "fell", "normalised": "became normal", "no-significant-change":
    "showed no significant change", "not-increased": "did not rise, as the source says",
    "not-decreased": "did not fall, as the source says", "mixed": "went both ways", "unclear":
    "was measured; the direction is not told where we read",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingText:
    """One finding as a reader needs it."""

    iri: str
    words: str
    contrast: str
    facts: tuple[tuple[str, str], ...]
    study: str
    reference: str
    title: str
    year: int | None
    laboratory: str
    told: str
    read: str
    doi: str
    links: tuple[tuple[str, str], ...]
    file: str
    line: str


def web_address(text: str) -> str:
    """
    The text if it is the address of a page on the web, else nothing: a link never runs a script.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return text if text.lower().startswith(("https://", "http://")) else ""


def doi_address(doi: str) -> str:
    """
    The address that a DOI leads to.

    >>> doi_address("10.1000/a<b>")
    'https://doi.org/10.1000/a%3Cb%3E'
    """
    return "https://doi.org/" + quote(doi, safe="/:;().-_") if doi else ""


def read_findings(store: Store, wanted: Container[str], names: Mapping[str, str]) -> tuple[FindingText, ...]:
    """The findings of a store that are wanted, in the order of their addresses; `names` has a label for each term."""
    sheet = read_sheet(store, "findings", iri=True)
    columns = [column.name for column in sheet.columns]
    rows = {str(row[0]): dict(zip(columns, row, strict=True)) for row in sheet.rows if row[0] in wanted}
    told = _told(store, wanted)
    studies = label(store, [NamedNode(found["study"]) for found in told.values()])
    labels = {node.value: text for node, text in studies.items()}
    return tuple(_text(iri, _cells(rows[iri], names), told[iri], labels) for iri in sorted(rows.keys() & told.keys()))


def _told(store: Store, wanted: Container[str]) -> dict[str, dict[str, str]]:
    """What the table of findings does not hold: file, line, passage, source, title, year, laboratory."""
    found = store.select(_QUERY.read_text(encoding="utf-8"))
    told: dict[str, dict[str, str]] = {}
    for row in found.rows:
        cells = {name: node.value for name, node in zip(found.variables, row, strict=True) if node is not None}
        if cells["finding"] in wanted:
            told.setdefault(cells["finding"], cells)
    return told


def _cells(row: Mapping[str, object], names: Mapping[str, str]) -> dict[str, str]:
    """A row as text, terms by their label; several values stay in one cell."""
    cells = {name: str(value) for name, value in row.items() if value is not None}
    for name in _TERMS:
        if name in cells:
            cells[name] = " | ".join(
                ", ".join(names.get(term, term) for term in each.split(", ")) for each in cells[name].split(" | ")
            )
    return cells


def _text(iri: str, cells: Mapping[str, str], told: Mapping[str, str], studies: Mapping[str, str]) -> FindingText:
    number = f" [{cells['reference_number']}]" if "reference_number" in cells else ""
    telling = "review" if told["telling"].removeprefix(WORD).startswith("review") else "paper"
    versus = cells.get("versus", "").replace("-", " ")
    sides = {"itself before": "itself before", "not stated": "a side that is not stated"}
    place = {"passage": "passage", "url": "source"}
    return FindingText(
        iri=iri,
        words=f"{cells['measured']} {_RESULTS[cells['result']]}",
        contrast=f"{cells['group']} compared with {sides.get(versus, cells.get('versus', ''))}",
        facts=tuple(_facts(cells)),
        study=told["study"],
        reference=studies.get(told["study"], cells["study"]) + number,
        title=told.get("title", ""),
        year=int(told["year"][:4]) if told.get("year", "")[:4].isdigit() else None,
        laboratory=told.get("laboratory", ""),
        told=telling,
        read=cells.get("read", ""),
        doi=cells.get("doi", ""),
        links=tuple((place[name], address) for name in place if (address := web_address(told.get(name, "")))),
        file=told["file"],
        line=told["line"],
    )


def _facts(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is stated of a finding, named; what is not stated has no entry."""
    low, high, unit = (cells.get(f"intensity_{part}", "") for part in ("low", "high", "unit"))
    intensity = f"{low} to {high} {unit}" if low != high else f"{low} {unit}"
    dose = [
        one_of(cells.get("modality", "")), one_of(cells.get("bout", "").replace("not-stated", "bout not stated")),
        with_unit(cells.get("weeks", ""), "weeks"),
        with_unit(cells.get("days_per_week", ""), "days a week"),
        with_unit(cells.get("minutes", ""), "minutes"), intensity.strip() if low or high else "",
        begun(cells.get("timing", "")),
    ]  # fmt: skip
    size = [f"{cells['estimate']}" if "estimate" in cells else "", f"p {cells['p']}" if "p" in cells else "",
            f"interval {cells['low']} to {cells['high']}" if "low" in cells and "high" in cells else ""]  # fmt: skip
    named = {
        "dose": ", ".join(filter(None, dose)),
        "in": ", ".join(filter(None, (cells.get("species"), cells.get("sex"), cells.get("model")))),
        "isolates": one_of(cells.get("isolates", "")) if cells.get("isolates") != cells.get("modality") else "",
        "where": cells.get("site", ""),
        "test": cells.get("assay", ""),
        "when": when(cells.get("at", "")),
        "the teller's word": cells.get("said", ""),
        "size": ", ".join(filter(None, size)),
    }
    return ((name, value) for name, value in named.items() if value)
