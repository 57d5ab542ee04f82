"""The table of programmes: one row for each part of each exercise or teaching that groups get, with all doses."""

from collections.abc import Iterator

from kg.evidence.exposure import Day, EducationGiven, Exercise, Exposure, Part, Phase, Programme, what
from kg.evidence.quantity import Quantity
from kg.evidence.study import Group
from kg.exchange.amount import amount, quantity_cells, quantity_columns
from kg.exchange.publications import Publications
from kg.exchange.sheet import GROUPS, VALUES, Cell, Column, Sheet, sheet
from kg.query.records import PlacedStudy, placed_studies
from kg.rdf.codec import Scope, exposure_node
from kg.store.protocol import Store

#: Quantities of a part: field, what it is, whether it has a unit.
_OF_PART = (
    ("minutes", "Minutes of the part", False),
    ("speed", "Speed", True),
    ("incline", "Incline", True),
    ("sets", "Sets", False),
    ("reps", "Repetitions in a set", False),
    ("repeats", "How often the part is repeated", False),
    ("exercises", "Number of different exercises", False),
    ("work", "Length of a bout of work", True),
    ("rest", "Length of the rest between", True),
    ("warm_up", "Warming up", True),
    ("cool_down", "Cooling down", True),
)

COLUMNS = (
    Column("pack", "Id of the pack."),
    Column("reference_numbers", "Number of the paper in the pack's reference list."),
    Column("study", "Id of the study."),
    Column("told_by", "Who tells of it: paper or review."),
    Column("group", "Ids of all groups of the study that get it."),
    Column("gets", "What they get, a term: the exercise or the teaching."),
    Column("bout", "training, acute or not-stated."),
    Column("manner", "voluntary or forced."),
    Column("effort", "Effort in words."),
    Column("start", "Begin of the exercise, seen from the injury: before, after, with, before-and-after."),
    *quantity_columns("start_time", "How long before or after", unit=True),
    *quantity_columns("length", "Length of the programme", unit=True),
    *quantity_columns("sessions", "Number of sessions", unit=False),
    Column("setting", "Where and how it is done, terms."),
    Column("progression", "How the dose rises, in words."),
    Column("phase", "Which phase of the programme, from 1; empty where no phase is told.", "count"),
    *quantity_columns("phase_weeks", "Weeks of the phase, counted from 1, both ends in", unit=False),
    *quantity_columns("phase_sessions", "Sessions of the phase, counted from 1, both ends in", unit=False),
    Column("day", "Which kind of exercise day of the phase, from 1.", "count"),
    *quantity_columns("days_per_week", "On how many days a week", unit=False),
    *quantity_columns("session_minutes", "Minutes of the whole session", unit=False),
    Column("part", "Which part of the session, from 1.", "count"),
    Column("modality", "Modality of the part, a term."),
    *quantity_columns("intensity", "Intensity; where several are told, bounds and unit are those of none", unit=True),
    Column("part_effort", "Effort of the part in words."),
    *(column for field, means, unit in _OF_PART for column in quantity_columns(field, means, unit=unit)),
    Column("targets", "Muscles or parts of the body, in words."),
)


def programmes_sheet(store: Store) -> Sheet:
    """Every exercise and teaching of a store, a row for each of its parts, or one row where no part is told."""
    publications = Publications.of(store)
    rows = (row for placed in placed_studies(store) for row in _rows(placed, publications))
    return sheet("programmes", (Column("iri", "Address of what the groups get."), *COLUMNS), rows)


def _rows(placed: PlacedStudy, publications: Publications) -> Iterator[dict[str, Cell]]:
    study = placed.study
    given = {exposure: None for group in study.groups.values() for exposure in group.gets if _counts(exposure)}
    for exposure in given:
        head: dict[str, Cell] = {
            "iri": exposure_node(Scope(placed.node), exposure).value,
            "pack": placed.pack.value.rpartition("/")[2],
            "reference_numbers": publications.listed(placed.pack, [study.publication]),
            "study": study.study,
            "told_by": "review" if study.by_review else "paper",
            "group": GROUPS.join(name for name, group in study.groups.items() if _has(group, exposure)),
            "gets": what(exposure),
            **_exercise(exposure),
        }
        programme = getattr(exposure, "programme", None)
        for cells in _steps(programme):
            yield {**head, **_whole(programme), **cells}


def _counts(exposure: Exposure) -> bool:
    return isinstance(exposure, Exercise) or (isinstance(exposure, EducationGiven) and exposure.programme is not None)


def _has(group: Group, exposure: Exposure) -> bool:
    return any(own == exposure for own in group.gets)


def _exercise(exposure: Exposure) -> dict[str, Cell]:
    if not isinstance(exposure, Exercise):
        return {}
    cells: dict[str, Cell] = {"bout": exposure.bout, "manner": exposure.manner, "effort": exposure.effort}
    if exposure.start is None:
        return cells
    timing = quantity_cells("start_time", exposure.start.time, unit=True)
    return cells | {"start": exposure.start.relative_to_injury} | timing


def _whole(programme: Programme | None) -> dict[str, Cell]:
    if programme is None:
        return {}
    return {
        **quantity_cells("length", programme.length, unit=True),
        **quantity_cells("sessions", programme.sessions, unit=False),
        "setting": VALUES.join(programme.setting) or None,
        "progression": programme.progression,
    }


def _steps(programme: Programme | None) -> Iterator[dict[str, Cell]]:
    """The phases, days and parts of a programme, down to the last level that is told."""
    for number, phase in enumerate(programme.phases if programme else (), 1):
        head = {"phase": number, **_phase(phase)}
        for kind, day in enumerate(phase.week, 1):
            inner = {**head, "day": kind, **_day(day)}
            yield from ({**inner, "part": place, **_part(part)} for place, part in enumerate(day.parts, 1))
            if not day.parts:
                yield inner
        if not phase.week:
            yield head
    if programme is None or not programme.phases:
        yield {}


def _phase(phase: Phase) -> dict[str, Cell]:
    weeks = quantity_cells("phase_weeks", phase.weeks, unit=False)
    return weeks | quantity_cells("phase_sessions", phase.sessions, unit=False)


def _day(day: Day) -> dict[str, Cell]:
    days = quantity_cells("days_per_week", day.days, unit=False)
    return days | quantity_cells("session_minutes", day.minutes, unit=False)


def _part(part: Part) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"modality": part.modality, "part_effort": part.effort, "targets": part.targets}
    cells |= _intensity(part.intensity)
    for field, _, unit in _OF_PART:
        cells |= quantity_cells(field, getattr(part, field), unit=unit)
    return cells


def _intensity(stated: tuple[Quantity, ...]) -> dict[str, Cell]:
    if len(stated) == 1:
        return quantity_cells("intensity", stated[0], unit=True)
    return {"intensity": VALUES.join(told for one in stated if (told := amount(one)) is not None) or None}
