"""A plan in words, as a flat table and as plain data: a PICO line a study, its slots, and what it closes."""

from collections.abc import Iterator

from kg.analysis.plan import Plan, PlannedStudy
from kg.analysis.plan_cover import GUARANTEE
from kg.analysis.plan_data import Source
from kg.analysis.plan_gaps import Wanted
from kg.analysis.plan_means import CHANGED, NEEDED, TRACKS, Means, largest
from kg.analysis.plan_slots import COMPARATOR, INTERVENTION, NO_SOURCE, OUTCOME, POPULATION, Slot, slots
from kg.query.answer import Term

COLUMNS = ("study", "part", "slot", "taken", "source", "note")
NOTE = (
    "A plan of what to ask next, made of what this graph holds. It recommends no exercise, drug or dose to anybody; an "
    "empty slot is to be settled by whoever plans the study."
)
_PARTS = (POPULATION, INTERVENTION, COMPARATOR, OUTCOME)
_ASKS = {
    CHANGED: "measure it beside pain, with exercise and at rest",
    TRACKS: "measure it with an exercise that relieves and with one that does not",
    NEEDED: "block it in exercised subjects, and at rest",
}


def sentences(plan: Plan) -> Iterator[str]:
    """The plan read aloud, study by study, then what no study could close."""
    for number, study in enumerate(plan.studies, start=1):
        found = slots(study, plan.data)
        yield f"{number}. {pico(study, found)}"
        yield f"   why {'first' if number == 1 else 'next'}: {why(plan, study)}"
        for part in _PARTS:
            yield f"   {part}"
            yield from (f"      {_line(slot)}" for slot in found if slot.part == part)
        yield "   asks"
        yield from (f"      {one.mechanism}: {ask_of(one)}" for one in study.means)
        yield "   closes"
        yield from (f"      {_gap(one)}" for one in study.closes)
    if plan.apart:
        yield "No study made of this graph could close:"
        yield from (f"   {one.words}: {reason}" for one, reason in plan.apart)


def pico(study: PlannedStudy, found: tuple[Slot, ...]) -> str:
    """Population, intervention, comparator and outcome in one sentence."""
    by = {slot.name: slot.told for slot in found}
    base, blocked = study.base, any(one.by_blocker for one in study.means)
    who = [str(base.species or f"{study.where.kin}, species {NO_SOURCE}"), str(base.model)]
    gets = [f"{base.exercise} ({base.bout})", *([by["blocker"]] if blocked else [])]
    against = ["the same without exercise", *(["the blocker alone, at rest"] if blocked else [])]
    against += ["an exercise without relief"] if any(one.second for one in study.means) else []
    measured = [str(base.outcome), *(str(one.marker.what) for one in study.means if one.marker)]
    parts = zip(_PARTS, (who, gets, against, measured), strict=True)
    return " ".join(f"{part.capitalize()}: {', '.join(words)}." for part, words in parts)


def why(plan: Plan, study: PlannedStudy) -> str:
    """Why this study stands where it does."""
    told = f"closes {len(study.closes)} gaps that weigh {study.weight:.3f}, more than any other study of what is left"
    if study.runner_up:
        told += f" (the best elsewhere: {study.runner_up[0]}, {study.runner_up[1]:.3f})"
    size, held = largest(plan.data, study.where)
    papers = ", ".join(f"[{source.ref}]" for source in held) or "no paper"
    most = f"{size} mechanism{'s' if size > 1 else ''}"
    return f"{told}; no study here takes up more than {most}, the most of any paper here ({study.where.kin}: {papers})"


def ask_of(means: Means) -> str:
    """What a study does to ask for the missing rung."""
    if means.by_blocker:
        return _ASKS[NEEDED]
    again = "" if means.missing else "again, "
    return _ASKS.get(means.rung, f"measure it {again}with exercise and at rest")


def summary(plan: Plan) -> list[str]:
    """What the plan covers, the bounds, what was left out, and what it is not."""
    least = f"{100 * GUARANTEE:.0f} %"
    lines = []
    if len(plan.studies) < plan.asked:
        closing = f"{len(plan.studies)} stud{'y closes' if len(plan.studies) == 1 else 'ies close'}"
        lines.append(f"{closing} all that can be closed; there is nothing left for {plan.asked} studies.")
    covered = f"Closes {plan.closed} gaps that weigh {plan.weight:.3f} of {plan.closable:.3f} that studies made of this"
    covered += f" graph can close, and of {plan.total:.3f} in all, under the score {plan.score}."
    bounds = (
        f"No choice of {plan.asked} such studies closes more than {plan.at_most:.3f}; taking the best one each time"
    )
    bounds += f" closes at least 1 - 1/e ({least}) of what the best choice does."
    left = f"{plan.weightless} classes beneath rows lack something that this score gives no weight;"
    left += " they and rows without a rank are not planned for."
    lines += [covered, bounds, left, NOTE, plan.searched]
    return [line for line in lines if line]


def flat(plan: Plan) -> list[list[str]]:
    """One row a slot, then what each study closes, then what none could."""
    rows = []
    for number, study in enumerate(plan.studies, start=1):
        found = slots(study, plan.data)
        rows.append([str(number), "", "in words", pico(study, found), "", why(plan, study)])
        rows += [[str(number), one.part, one.name, one.told, _cited(one), one.note] for one in found]
        rows += [[str(number), "asks", str(one.mechanism), ask_of(one), "", ""] for one in study.means]
        rows += [[str(number), "closes", f"gap of rank {one.rank}", one.words, "", _first(one)] for one in study.closes]
    return rows + [["", "no study", f"gap of rank {one.rank}", one.words, "", reason] for one, reason in plan.apart]


def as_data(plan: Plan) -> dict[str, object]:
    """The whole plan as JSON takes it."""
    return {
        "note": NOTE, "score": plan.score, "asked": plan.asked, "searched": plan.searched,
        "closed_weight": plan.weight, "closable_weight": plan.closable, "total_weight": plan.total,
        "at_most": plan.at_most, "guarantee": GUARANTEE, "weightless": plan.weightless,
        "studies": [_study(plan, study) for study in plan.studies],
        "no_study": [{**_wanted(one), "reason": reason} for one, reason in plan.apart],
    }  # fmt: skip


def _study(plan: Plan, study: PlannedStudy) -> dict[str, object]:
    found = slots(study, plan.data)
    return {
        "pico": pico(study, found), "why": why(plan, study), "weight": study.weight,
        "condition_class": _named(study.where.condition), "species_group": _named(study.where.kin),
        "slots": [
            {"part": one.part, "slot": one.name, "taken": one.words if one.sources else None, "note": one.note or None,
             "sources": [_source(source) for source in one.sources]}
            for one in found
        ],
        "asks": [{"mechanism": _named(one.mechanism), "ask": ask_of(one)} for one in study.means],
        "closes": [_wanted(one) for one in study.closes],
    }  # fmt: skip


def _source(source: Source) -> dict[str, object]:
    return {
        "study": _named(source.study), "ref": source.ref, "doi": source.doi or None, "read": str(source.read),
        "file": source.file or None, "line": source.line or None, "finding": source.finding or None,
    }  # fmt: skip


def _wanted(one: Wanted) -> dict[str, object]:
    return {
        "rank": one.rank, "mechanism": _named(one.mechanism),
        "condition_class": _named(one.condition) if one.condition else None, "kind": _named(one.kind),
        "missing_rung": str(one.missing) if one.missing else None, "weight": one.weight, "read_first": list(one.looks),
    }  # fmt: skip


def _named(term: Term) -> dict[str, str]:
    return {"iri": term.iri, "label": str(term)}


def _line(slot: Slot) -> str:
    told = f"{slot.name}: {slot.told}"
    told += f" ({slot.note})" if slot.note else ""
    return f"{told} <- {_cited(slot)}" if slot.sources else told


def _cited(slot: Slot) -> str:
    return "; ".join(source.words for source in slot.sources)


def _gap(one: Wanted) -> str:
    first = _first(one)
    return f"{one.words}; {first}" if first else one.words


def _first(one: Wanted) -> str:
    return f"read first: {'; '.join(one.looks)}" if one.looks else ""
