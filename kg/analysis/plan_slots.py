"""The slots of a planned study: each taken over from something that was done, with its source, or "no source".

No slot is filled in, averaged or converted. A range of doses goes from the lowest to the highest that was tried with
that exercise in that class of conditions and group of species; it has two ends and no middle.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.analysis.dose import DoseMap, DosePoint, Reported
from kg.analysis.plan import PlannedStudy
from kg.analysis.plan_data import PlanData, Seen, Setting, Source
from kg.analysis.plan_means import NEEDED, Where, no_blocker, settings_at
from kg.analysis.programme import Axis, Dose, Programme
from kg.analysis.read_doses import TELLINGS

NO_SOURCE = "no source"
POPULATION, INTERVENTION, COMPARATOR, OUTCOME = "population", "intervention", "comparator", "outcome"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a study has to settle, what was done before, and where that stands; without a source, why not."""

    part: str
    name: str
    words: str
    sources: tuple[Source, ...] = ()
    note: str = ""

    @property
    def told(self) -> str:
        """What stands in the slot."""
        return self.words if self.sources else NO_SOURCE


def slots(study: PlannedStudy, data: PlanData) -> tuple[Slot, ...]:
    """The slots of a planned study, in the order of population, intervention, comparator and outcome."""
    blocker = _blocker(study)
    return (
        *_population(study.base),
        *_exercise(study, data),
        *_blocker_slots(study, data, blocker),
        *_comparators(study, data, blocker),
        *_outcomes(study, data),
    )


def _from(part: str, name: str, words: object, source: Source, note: str = "") -> Slot:
    """A slot that a paper fills if it tells it where it was read."""
    if not words:
        return Slot(part, name, "", (), f"not told where {source.study} [{source.ref}] was read ({source.read})")
    return Slot(part, name, str(words), (source,), note)


def _population(base: Setting) -> Iterator[Slot]:
    yield _from(POPULATION, "condition or model", base.model, base.source)
    yield _from(POPULATION, "species", base.species, base.source)
    if base.strain or not base.people:
        yield _from(POPULATION, "strain", base.strain, base.source)
    yield _from(POPULATION, "sex", base.sex, base.source)


def _exercise(study: PlannedStudy, data: PlanData) -> Iterator[Slot]:
    base = study.base
    yield _from(INTERVENTION, "exercise", f"{base.exercise}, {base.bout}", base.source)
    yield _from(INTERVENTION, "start", base.start, base.source)
    yield from _doses(base, data)
    for second in _seconds(study):
        words = f"{second.exercise}, {second.bout}, as {second.arm}; there {second.outcome} was not relieved"
        yield _from(INTERVENTION, "second exercise, without relief", words, second.source)


def _seconds(study: PlannedStudy) -> list[Setting]:
    """The exercises without relief that are asked for; a place has one."""
    return list({one.second.programme: one.second for one in study.means if one.second}.values())


def _doses(base: Setting, data: PlanData) -> Iterator[Slot]:
    """The lowest and the highest dose on each axis, with the programmes at both ends."""
    own = DoseMap(tuple(
        one for one in data.doses.programmes
        if one.cell.condition_class.iri == base.condition.iri and one.cell.species_group.iri == base.kin.iri
        and one.cell.bout.iri == base.bout.iri and one.exercise.iri == base.exercise.iri
        and one.cell.told == TELLINGS["paper"]
    ))  # fmt: skip
    for cell in own.cells:
        for quantity in cell.quantities:
            yield from _tried(quantity, own.points(cell, quantity), own.reported(cell, quantity), data)


def _tried(quantity: str, points: Sequence[DosePoint], told: Reported, data: PlanData) -> Iterator[Slot]:
    """A slot an axis of a quantity, and one for what makes no number, such as "daily"."""
    name = f"dose tried, {quantity}"
    share = f"{told.programmes} of {told.of} programmes of this exercise there tell it"
    axes: dict[Axis, list[DosePoint]] = {}
    for point in points:
        axes.setdefault(point.doses[0].axis, []).append(point)
    for own in axes.values():
        numbered = [point for point in own if _numbers(point.doses[0])]
        ends = dict.fromkeys([min(numbered, key=_low), max(numbered, key=_high)] if numbered else [])
        if ends:
            words = " to ".join(f"{end.doses[0].words} {_refs(end)}" for end in ends)
            yield Slot(INTERVENTION, name, f"from {words}" if len(ends) > 1 else words, _cited(ends, data), share)
        for point in own:
            if point not in numbered:
                words = f"as printed: {point.doses[0].words} {_refs(point)}"
                yield Slot(INTERVENTION, name, words, _cited([point], data), share)
    if not axes:
        yield Slot(INTERVENTION, name, "", (), share)


def _numbers(dose: Dose) -> list[Decimal]:
    return [number for number in (dose.low, dose.high, *dose.one_of) if number is not None]


def _low(point: DosePoint) -> tuple[object, ...]:
    """An end without a lower bound is lower than its number."""
    dose = point.doses[0]
    return min(_numbers(dose)), dose.low is not None or bool(dose.one_of), dose.text


def _high(point: DosePoint) -> tuple[object, ...]:
    """An end without an upper bound is higher than its number."""
    dose = point.doses[0]
    return max(_numbers(dose)), dose.high is None and not dose.one_of, dose.text


def _refs(point: DosePoint) -> str:
    return "".join(f"[{ref}]" for ref in sorted({one.programme.reference for one in point.tried}))


def _cited(points: Iterable[DosePoint], data: PlanData) -> tuple[Source, ...]:
    """The papers behind doses, each once and at the line of a finding if there is one."""
    found = [_programme_source(tried.programme, data) for point in points for tried in point.tried]
    found.sort(key=lambda one: (one.ref, not one.line, one.line))
    return tuple({one.ref: one for one in reversed(found)}[ref] for ref in sorted({one.ref for one in found}))


def _programme_source(programme: Programme, data: PlanData) -> Source:
    """Where a programme stands: a finding on it if pain was compared, else the file of its study."""
    found = [one.source for one in data.settings if one.programme == programme.iri]
    if found:
        return min(found, key=lambda one: (one.line, one.finding))
    file = data.files.get(programme.study.iri, "")
    return Source(programme.study, programme.reference, programme.doi, programme.read, file, 0, "")


def _blocker(study: PlannedStudy) -> Seen | None:
    """The blocker that a rung asks for; else that of the first mechanism here of which one was given."""
    asked = [one for one in study.means if one.by_blocker]
    return next((one.blocker for one in [*asked, *study.means] if one.blocker), None)


def _blocker_slots(study: PlannedStudy, data: PlanData, blocker: Seen | None) -> Iterator[Slot]:
    if blocker is None:
        why = "; ".join(f"{one.mechanism}: {no_blocker(data, one.mechanism, study.where)}" for one in study.means)
        yield Slot(INTERVENTION, "blocker", "", (), why)
        return
    means = next(one for one in study.means if one.blocker is blocker)
    asked = "asked for by the gap" if means.by_blocker else f"goes beyond the next rung, to {NEEDED.partition('-')[2]}"
    words, told = f"{blocker.what}, against the {means.mechanism}", dict(blocker.details)
    yield _from(INTERVENTION, "blocker", words, blocker.source, f"{asked}; given to {blocker.whom}")
    for name in ("route", "reaches", "dose", "given"):
        yield _from(INTERVENTION, f"blocker {name}", told.get(name), blocker.source)


def _comparators(study: PlannedStudy, data: PlanData, blocker: Seen | None) -> Iterator[Slot]:
    base = study.base
    if base.single_arm:
        note = f"{base.source.study} [{base.source.ref}] compared the group with itself before; another group is needed"
        yield Slot(COMPARATOR, "without exercise", "", (), note)
    else:
        gets = f", which gets {base.other_gets}" if base.other_gets else ""
        words = f"the same without exercise ({base.arm} against {base.compared_with}{gets})"
        yield _from(COMPARATOR, "without exercise", words, base.source)
    if blocker is None:
        return
    alone = [
        one for one in data.blockers
        if one.what.iri == blocker.what.iri and one.kin.iri == blocker.kin.iri and not one.with_exercise
        and not one.beside
    ]  # fmt: skip
    if alone:
        one = min(alone, key=lambda each: (each.model != base.model, each.source.ref, each.source.line))
        yield _from(COMPARATOR, "blocker alone, at rest", f"{one.what} in {one.whom}", one.source)
    else:
        note = f"nobody here ({blocker.kin}) got {blocker.what} alone; the group is needed"
        yield Slot(COMPARATOR, "blocker alone, at rest", "", (), note)


def _outcomes(study: PlannedStudy, data: PlanData) -> Iterator[Slot]:
    base = study.base
    yield _from(
        OUTCOME, "pain", base.outcome, base.source, "" if base.people else "behaviour of animals; a reflex is not pain"
    )
    yield _from(OUTCOME, "test", base.test, base.source)
    timed = base if base.times else _timed(study.where, base, data)
    if timed is None:
        yield _from(OUTCOME, "time of measuring", "", base.source)
    else:
        other = "" if timed is base else f"of another finding, on {timed.outcome} in {timed.model}"
        yield _from(OUTCOME, "time of measuring", ", ".join(timed.times), timed.source, other)
    for one in study.means:
        if one.marker is None:
            why = f"nobody here ({study.where.kin}) measured one; the blocker asks instead"
            yield Slot(OUTCOME, f"marker of {one.mechanism}", "", (), why)
        else:
            told = dict(one.marker.details)
            site = f" in {told['site']}" if "site" in told else ", site not told"
            test = f", by {told['test']}" if "test" in told else ""
            words = f"{one.marker.what}{site}{test}"
            yield _from(
                OUTCOME, f"marker of {one.mechanism}", words, one.marker.source, f"measured in {one.marker.whom}"
            )


def _timed(where: Where, base: Setting, data: PlanData) -> Setting | None:
    """A finding of that place whose time is told, on the same outcome and in the same species first."""
    found = [one for one in settings_at(data, where) if one.times and one.bout.iri == base.bout.iri]

    def order(one: Setting) -> tuple[object, ...]:
        same = (one.outcome != base.outcome, one.species != base.species, one.model != base.model)
        return (*same, one.source.ref, one.source.line, one.source.finding)

    return min(found, key=order, default=None)
