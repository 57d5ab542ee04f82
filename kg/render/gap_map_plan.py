"""The studies that would close gaps of a map, planned once for all: each in words, with where each slot stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analysis.gaps import Gaps
from kg.analysis.plan import Plan, PlanFault, PlannedStudy, find_plan
from kg.analysis.plan_data import Source
from kg.analysis.plan_slots import slots
from kg.analysis.plan_words import NOTE, ask_of, pico
from kg.render.gap_map_mechanism import short
from kg.store.protocol import Store

#: So many studies at most; those of a graph that together close all that can be closed are fewer.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan for all gaps of a map, where there is anything to plan."""

    plan: Plan | None = None
    note: str = NOTE

    @property
    def studies(self) -> tuple[PlannedStudy, ...]:
        """The studies, the one that closes most first."""
        return self.plan.studies if self.plan else ()


def plan_for(store: Store, gaps: Gaps) -> Planned:
    """The studies that together close all gaps that a study made of this graph can close."""
    try:
        return Planned(find_plan(store, gaps, _MOST))
    except PlanFault:
        return Planned()


def plan_sections(planned: Planned, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each study as the page shows it; `numbers` has the number of each finding on the page."""
    return [_study(planned, study, numbers) for study in planned.studies]


def plan_places(planned: Planned) -> dict[str, list[int]]:
    """The numbers of the studies by mechanism, class of conditions and group of species, as the map names a cell."""
    found: dict[str, list[int]] = {}
    for number, study in enumerate(planned.studies, 1):
        for one in study.means:
            place = (one.mechanism.iri, study.where.condition.iri, study.where.kin.iri)
            found.setdefault("~".join(map(short, place)), []).append(number)
    return found


def plan_reasons(planned: Planned) -> dict[str, str]:
    """Why no study made of this graph closes a gap, by mechanism and class of conditions."""
    apart = planned.plan.apart if planned.plan else ()
    return {f"{short(one.mechanism.iri)}~{short(one.condition.iri)}": reason for one, reason in apart if one.condition}


def _study(planned: Planned, study: PlannedStudy, numbers: Mapping[str, int]) -> dict[str, Any]:
    found = slots(study, planned.plan.data) if planned.plan else ()
    silent: dict[str, list[str]] = {}
    for one in found:
        if not one.sources:
            silent.setdefault(one.note, []).append(one.name)
    return {
        "words": pico(study, found),
        "slots": [(one.name, one.told, one.note, _sources(one.sources, numbers)) for one in found if one.sources],
        "silent": silent,
        "asks": [f"{one.mechanism}: {ask_of(one)}" for one in study.means],
        "closes": [one.words for one in study.closes],
    }


def _sources(sources: Iterable[Source], numbers: Mapping[str, int]) -> list[tuple[str, str, int | None]]:
    """Each source: the paper, and the number of its finding on the page, which says the line, or else the line."""
    return [
        (f"{one.study} [{one.ref}]", f"{one.file}:{one.line}" if one.line else one.file, numbers.get(one.finding))
        for one in sources
    ]
