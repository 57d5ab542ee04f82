"""What the script of the map of gaps counts again when a filter is set; what people read it takes from the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.analysis.gap_map import AXES, STEPS, GapMap, MapPiece
from kg.analysis.ladder_words import NAMES
from kg.evidence.problem import printable
from kg.query.answer import Term
from kg.rdf.namespaces import TERM
from kg.render.explorer_findings import FindingText, doi_address
from kg.render.explorer_view import ShownConflict
from kg.render.gap_map_mechanism import short
from kg.render.gap_map_words import AXIS_WORDS, CLOSES, HEADS, MARKS, SIGNS, STAYED, UNEXAMINED
from kg.render.papers import Numbers


def script_data(
    grid: GapMap, findings: Iterable[FindingText], numbers: Mapping[str, int], conflicts: Iterable[ShownConflict]
) -> dict[str, Any]:
    """The pieces with all they are counted by, terms and papers by number, and the words of cells."""
    terms = _terms(grid)
    rows = Numbers(row.term.iri for row in grid.rows)
    studies = {piece.study.study.iri: piece.study for piece in grid.pieces}
    papers = Numbers(studies)
    years = {one.iri: one.year for one in findings}
    year = {
        piece.study.study.iri: years[seen.finding]
        for piece in grid.pieces for seen in piece.evidence.observations if seen.finding in years
    }  # fmt: skip
    return {
        "rows": [
            [short(row.term.iri), printable(row.term), row.kind, short(row.within), row.gap.rank if row.gap else None]
            for row in grid.rows
        ],
        "columns": {axis: [_of(terms, column) for column in grid.columns[axis]] for axis in AXES},
        "looked": [
            "~".join(map(short, place)) for place, count in sorted(grid.counts.items()) if place[2] and count.looked_at
        ],
        "pieces": [_piece(piece, rows, terms, papers, numbers) for piece in grid.pieces],
        "terms": [[short(iri), printable(label)] for iri, label in terms.items()],
        "papers": [
            [printable(f"{one.study} [{one.ref}]"), list(map(printable, one.laboratories)), one.depth,
             doi_address(one.doi or ""), printable(one.doi or ""), year.get(iri)]
            for iri, one in studies.items()
        ],
        "conflicts": [sorted(numbers[one] for one in conflict.findings if one in numbers) for conflict in conflicts],
        "steps": [(step, NAMES[step]) for step in STEPS], "heads": HEADS, "signs": list(SIGNS.items()),
        "unexamined": UNEXAMINED, "marks": [(step, word) for step, (word, _) in MARKS.items()], "axes": AXIS_WORDS,
        "stayed": STAYED, "closes": CLOSES, "term": TERM,
    }  # fmt: skip


def _terms(grid: GapMap) -> dict[str, Term]:
    """Every term that a piece or a column names, by address."""
    found: dict[str, Term] = {}
    for piece in grid.pieces:
        domains = [domain for step in piece.steps.values() for domain in step]
        both = (piece.condition, piece.species, piece.group)
        found |= {term.iri: term for term in (*both, *piece.exercise, *piece.start, *piece.bout, *domains)}
    found |= {term.iri: term for columns in grid.columns.values() for column in columns for term in column}
    return {iri: found[iri] for iri in sorted(found)}


def _of(terms: Mapping[str, Term], named: Iterable[Term]) -> list[int]:
    order = list(terms)
    return [order.index(term.iri) for term in named]


def _piece(
    piece: MapPiece, rows: Numbers, terms: Mapping[str, Term], papers: Numbers, numbers: Mapping[str, int]
) -> dict[str, Any]:
    """One piece in few signs."""
    return {
        "m": rows.of((piece.mechanism, *piece.narrower)), "c": _of(terms, (piece.condition,)),
        "p": _of(terms, (piece.species,)), "g": _of(terms, (piece.group,)), "e": _of(terms, piece.exercise),
        "t": _of(terms, piece.start), "b": _of(terms, piece.bout), "s": list(piece.signs),
        "k": {step: _of(terms, piece.steps[step]) for step in STEPS if step in piece.steps},
        "u": papers[piece.study.study.iri],
        "f": sorted({numbers[seen.finding] for seen in piece.evidence.observations if seen.finding in numbers}),
    }  # fmt: skip
