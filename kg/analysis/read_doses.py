"""Reads the doses of exercise from any store, by two named questions: what was tried, and what came out."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from kg.analysis.dose import DoseMap
from kg.analysis.programme import Cell, Dose, Outcome, Programme, Reading
from kg.query.answer import ask
from kg.query.header import QuestionFault
from kg.query.question import ANY, bundled_question
from kg.rdf.namespaces import word
from kg.store.protocol import Store

TRIED, OUTCOMES = "doses-tried", "dose-outcomes"
BOUTS = ("training", "acute", "not-stated")
#: The sides that tell; a word of the questions for each.
TELLINGS = {"paper": "the paper tells", "review": "the review tells"}


def doses(
    store: Store,
    *,
    condition: str = ANY,
    species: str = ANY,
    modality: str = ANY,
    bout: str = ANY,
    telling: str = "paper",
) -> DoseMap:
    """
    The programmes of exercise that a store holds, with their doses and what came out, as `paper` or `review` tells.

    Terms are named by id, label or synonym. With `both` tellings each programme still stands in a cell of one.
    """
    _refuse_other("telling", telling, (*TELLINGS, "both"))
    _refuse_other("bout", bout, (*BOUTS, ANY))
    sides = [told for side, told in TELLINGS.items() if telling in (side, "both")]
    bouts = [word(one).value for one in BOUTS if bout in (one, ANY)]
    given = {"in_condition": condition, "in_species": species, "by_modality": modality}
    rows: dict[tuple[str, Any, Any], list[Any]] = defaultdict(list)
    for row in ask(store, bundled_question(TRIED), given):
        if row.told in sides and row.bout.iri in bouts:
            rows[_key(row)].append(row)
    results: dict[tuple[str, Any, Any], list[Outcome]] = defaultdict(list)
    for row in ask(store, bundled_question(OUTCOMES), given):
        results[_key(row)].append(_outcome(row))
    return DoseMap(tuple(_programme(own, tuple(results[key])) for key, own in rows.items()))


def _refuse_other(name: str, given: str, known: tuple[str, ...]) -> None:
    """Raises `QuestionFault` unless what was given is one of what is known."""
    if given not in known:
        raise QuestionFault(f"{name}: {given!r} is none of {', '.join(known)}")


def _key(row: Any) -> tuple[str, Any, Any]:
    return row.programme.iri, row.condition_class, row.species_group


def _programme(rows: list[Any], outcomes: tuple[Outcome, ...]) -> Programme:
    first = rows[0]
    cell = Cell(first.condition_class, first.species_group, first.bout, first.told)
    readings = tuple(dict.fromkeys(_reading(row) for row in rows if row.quantity is not None))
    study = (first.study, first.ref, first.doi or "", first.read)
    return Programme(first.programme.iri, cell, first.exercise, *study, readings, outcomes)


def _reading(row: Any) -> Reading:
    choice = tuple(sorted(Decimal(one) for one in row.choice.split(" or "))) if row.choice else ()
    dose = Dose(
        row.quantity, row.dose, row.part, row.unit, _number(row.low), _number(row.high),
        str(row.open_end or ""), str(row.exclude or ""), choice, row.printed or "",
    )  # fmt: skip
    return Reading(dose, row.phase or "", (row.phase_at, row.day_at, row.part_at))


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _outcome(row: Any) -> Outcome:
    relieved = None if row.effect is None else row.effect.iri == word("relief").value
    alone = (row.isolated, bool(row.single_arm))
    return Outcome(row.finding.iri, row.outcome, row.result, relieved, *alone, row.after or "", row.read)
