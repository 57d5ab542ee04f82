"""A mechanism on the page of the map of gaps: its evidence row by row, and its gaps class by class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.analysis.gap_map import STEPS, GapMap, MapPiece, MapRow
from kg.analysis.gap_words import in_condition, sentence, species_lines
from kg.analysis.gaps import GapCondition
from kg.analysis.ladder_words import NAMES
from kg.evidence.problem import printable
from kg.query.answer import Term
from kg.rdf.namespaces import TERM, WORD
from kg.render.gap_map_words import SIGNS

_ALONE = {None: "", True: "blocker alone tested", False: "blocker alone not tested"}


@dataclass(frozen=True, slots=True)
class Argued:
    """What lets a reader argue: bridges by mechanism and class, questions by mechanism, words of a search."""

    bridges: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    asked: Mapping[str, list[str]] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)


def short(iri: str) -> str:
    """A term as it stands in addresses of the page."""
    return printable(iri.removeprefix(TERM).removeprefix(WORD))


def group_name(term: Term) -> str:
    """A group of species; of one that is not stated it is said that this is the species."""
    return f"species {term}" if term.iri.startswith(WORD) else str(term)


def mechanism_section(
    grid: GapMap, row: MapRow, definitions: Mapping[str, str], numbers: Mapping[str, int], argued: Argued
) -> dict[str, Any]:
    """A mechanism with its evidence and its gaps."""
    iri = row.term.iri
    classes = dict.fromkeys(column.value for column in grid.columns["condition"])
    return {
        "row": row,
        "id": short(iri),
        "numbers": [at for at, one in enumerate(grid.rows) if iri in (one.term.iri, _whole(one))],
        "means": definitions.get(iri.removeprefix(TERM), ""),
        "gap": sentence(row.gap) if row.gap else "",
        "pieces": [_piece(piece, numbers) for piece in grid.pieces if piece.mechanism == iri],
        "classes": [
            (short(value.iri), _gap(value, grid.gaps.get((iri, value.iri)), argued.bridges.get((iri, value.iri), ())))
            for value in classes
        ],
        "asked": argued.asked.get(iri, []),
        "words": argued.words.get(("mechanism", iri), ""),
    }


def _whole(row: MapRow) -> str:
    """The mechanism of which a narrower one is told; nothing for others."""
    return row.within if row.kind == "part" else ""


def _gap(value: Term, gap: GapCondition | None, bridges: Iterable[str]) -> dict[str, Any]:
    if gap is None:
        return {"value": value, "line": f"{value}: no gap was found", "beneath": [], "bridges": []}
    beneath = [*species_lines(gap), *(f"note: {one}" for one in gap.cited_elsewhere)]
    return {"value": value, "line": in_condition(gap), "beneath": beneath, "bridges": list(bridges)}


def _piece(piece: MapPiece, numbers: Mapping[str, int]) -> dict[str, Any]:
    """A piece of evidence as a row of a table."""
    evidence = piece.evidence
    domains = dict.fromkeys(domain for step in STEPS for domain in piece.steps.get(step, ()))
    given = [str(part) for part in (evidence.what, evidence.route, evidence.benefit) if part]
    went = [SIGNS[sign] for sign in SIGNS if sign in piece.signs] or [*given, _ALONE[evidence.alone]]
    seen = dict.fromkeys((seen.finding, seen.part) for seen in evidence.observations if seen.finding in numbers)
    return {
        "stands": ", ".join(NAMES[step] for step in STEPS if step in piece.steps),
        "cells": [
            ", ".join(filter(None, went)), str(piece.condition), group_name(piece.species), ", ".join(piece.exercise),
            ", ".join(piece.bout), ", ".join(piece.start), ", ".join(domains),
            f"{piece.study.study} [{piece.study.ref}]", piece.study.depth,
        ],
        "findings": [(numbers[finding], part) for finding, part in seen],
    }  # fmt: skip
