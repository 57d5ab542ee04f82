"""The map of doses as rows, sentences and plain data: how much is told, and what was found at each dose."""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.analysis.dose import ENOUGH_PROGRAMMES, ENOUGH_STUDIES, DoseMap, DosePoint, Reported, Tried
from kg.analysis.programme import QUANTITIES, Cell, Dose, Programme, Verdict
from kg.query.answer import Term
from kg.rdf.namespaces import word

#: What every answer about doses ends with.
NOTE = "This lists what was tried and what was found there; it recommends no dose."
_WHY = (
    f"Two quantities are set out together where {ENOUGH_PROGRAMMES} programmes of {ENOUGH_STUDIES} studies tell both, "
    "each in one unit and reference; with fewer, the points are the designs of one or two studies."
)
_NOT_STATED = word("not-stated").value
_CELL = ("told", "condition_class", "species", "bout")
OVERVIEW = (*_CELL, "quantity", "reported", "programmes", "studies", "read_in_full", "tried")
_EVIDENCE = ("held", "exercise", "relief", "outcomes", "study", "ref", "doi", "read")
_SPOKEN = {
    Verdict.RELIEF: "relief",
    Verdict.SOME: "relief of some outcomes and not of others",
    Verdict.NONE: "no relief",
    Verdict.UNCLEAR: "unclear",
    Verdict.NOT_ISOLATED: "measured, but in no comparison that isolates this exercise",
    Verdict.NOT_MEASURED: "no outcome that counts as relief told where it was read",
}


def overview_rows(doses: DoseMap) -> list[list[str]]:
    """One row a cell and quantity: how many programmes tell it, and which doses they tell."""
    rows = []
    for cell in doses.cells:
        for quantity in cell.quantities:
            told, tried = doses.reported(cell, quantity), [_words(one) for one in doses.points(cell, quantity)]
            counts = [str(n) for n in (told.programmes, told.of, told.studies, told.read_in_full)]
            rows.append([*_names(cell), quantity, *counts, "; ".join(tried)])
    return rows


def overview_sentences(doses: DoseMap) -> list[str]:
    """The same, read aloud."""
    lines = []
    for cell in doses.cells:
        for quantity in cell.quantities:
            tried = ", ".join(_words(one) for one in doses.points(cell, quantity))
            share = f"{_place(cell)}: {_of(doses.reported(cell, quantity), cell)} report {quantity}"
            lines.append(f"{share}; tried: {tried}" if tried else share)
    return lines


def point_columns(by: Sequence[str]) -> tuple[str, ...]:
    """The columns of the rows of doses in one or two quantities."""
    return (*_CELL, *by, *_EVIDENCE)


def point_rows(doses: DoseMap, by: Sequence[str]) -> list[list[str]]:
    """One row a dose and programme: what came out, on which outcomes, and where it stands."""
    return [
        [*_names(point.cell), *(dose.words for dose in point.doses), one.held, *_evidence(one.programme)]
        for cell in doses.cells for point in doses.points(cell, *by) for one in point.tried
    ]  # fmt: skip


def point_sentences(doses: DoseMap, by: Sequence[str]) -> list[str]:
    """One line a dose: the studies behind each thing that came out."""
    return [
        f"{_place(cell)}: {_words(point)}. " + " ".join(_found(point))
        for cell in doses.cells for point in doses.points(cell, *by)
    ]  # fmt: skip


def shares(doses: DoseMap, by: Sequence[str]) -> list[str]:
    """How many programmes of each cell tell the quantities, and where two are not set out because too few do."""
    lines, left_out = [], False
    for cell in doses.cells:
        line = f"{_place(cell)}: {_of(doses.reported(cell, *by), cell)} report {' and '.join(by)}"
        too_few = len(by) > 1 and not doses.points(cell, *by)
        lines.append(line + (", too few to set out together" if too_few else ""))
        left_out |= too_few
    return [*lines, _WHY] if left_out else lines


def as_data(doses: DoseMap, by: Sequence[str]) -> dict[str, Any]:
    """The map as plain data, for JSON: every cell with its counts, and its points in the quantities asked for."""
    asked = [tuple(by)] if by else [(quantity,) for quantity in QUANTITIES]
    return {
        "note": NOTE,
        "enough_for_two": {"programmes": ENOUGH_PROGRAMMES, "studies": ENOUGH_STUDIES},
        "cells": [
            {
                "told": cell.told,
                **{name: _term(getattr(cell, name)) for name in ("condition_class", "species_group", "bout")},
                "reported": {" and ".join(names): _counts(doses.reported(cell, *names)) for names in asked},
                "points": [_point(point) for names in asked for point in doses.points(cell, *names)],
            }
            for cell in doses.cells
        ],
    }


def _names(cell: Cell) -> list[str]:
    return [cell.told, str(cell.condition_class), str(cell.species_group), str(cell.bout)]


def _place(cell: Cell) -> str:
    named = {"condition": cell.condition_class, "species": cell.species_group, "bout": cell.bout}
    parts = [f"{name} {term}" if term.iri == _NOT_STATED else str(term) for name, term in named.items()]
    return f"{', '.join(parts)}, as {cell.told}"


def _of(told: Reported, cell: Cell) -> str:
    return f"{told.programmes} of {told.of} {'sessions' if cell.one_session else 'programmes'}"


def _words(point: DosePoint) -> str:
    return " with ".join(dose.words for dose in point.doses)


def _found(point: DosePoint) -> Iterator[str]:
    """What came out at a point, each with the studies behind it."""
    for verdict, spoken in _SPOKEN.items():
        if behind := list(dict.fromkeys(map(_source, point.with_verdict(verdict)))):
            yield f"{spoken[0].upper()}{spoken[1:]}: {'; '.join(behind)}."


def _source(tried: Tried) -> str:
    programme = tried.programme
    marks = ["doi:" + programme.doi] if programme.doi else []
    marks += ["single-arm"] if programme.single_arm else []
    marks += [tried.held] if tried.held else []
    return f"{programme.study} [{programme.reference}] ({', '.join([*marks, str(programme.read)])})"


def _evidence(programme: Programme) -> list[str]:
    verdict = programme.verdict.value + (" (single-arm)" if programme.single_arm else "")
    outcomes = "; ".join(dict.fromkeys(one.words for one in programme.shown))
    place = [str(programme.study), str(programme.reference), programme.doi, str(programme.read)]
    return [str(programme.exercise), verdict, outcomes, *place]


def _counts(told: Reported) -> dict[str, int]:
    return {"reported": told.programmes, "of": told.of, "studies": told.studies, "read_in_full": told.read_in_full}


def _point(point: DosePoint) -> dict[str, Any]:
    return {
        "doses": [_dose(dose) for dose in point.doses],
        "tried": [
            {"phases": list(one.phases), "one_of_several_doses": one.several, **_behind(one.programme)}
            for one in point.tried
        ],
    }


def _dose(dose: Dose) -> dict[str, Any]:
    numbers = {"low": dose.low, "high": dose.high}
    told: dict[str, Any] = {
        "quantity": dose.quantity, "words": dose.words, "unit": _term(dose.unit), "part": _term(dose.part),
        **{name: None if value is None else float(value) for name, value in numbers.items()},
        "open": dose.open or None, "exclude": dose.exclude or None,
        "one_of": [float(one) for one in dose.one_of], "as_printed": dose.printed or None,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in (None, [])}


def _behind(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme.iri, "exercise": _term(programme.exercise), "relief": programme.verdict.value,
        "single_arm": programme.single_arm, "study": _term(programme.study), "ref": programme.reference,
        "doi": programme.doi or None, "read": str(programme.read),
        "outcomes": [
            {"finding": one.finding, "measured": _term(one.measured), "result": str(one.result),
             "relief": one.relieved, "after_last_session": one.after or None, "read": str(one.read)}
            for one in programme.shown
        ],
    }  # fmt: skip


def _term(term: Term | None) -> dict[str, str] | None:
    return None if term is None else {"iri": term.iri, "label": str(term)}
