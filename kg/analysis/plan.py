"""The next studies: which few would together close most of the ranked gaps, and from what each could be built.

A plan is made of what this graph holds. It says what to ask next, never what to do to a patient.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.analysis.gaps import Gaps
from kg.analysis.plan_cover import Choice, Place, Unit, cover
from kg.analysis.plan_data import PlanData, Setting, read_plan_data
from kg.analysis.plan_gaps import Rungs, Wanted, closes, count_weightless, read_rungs, read_wanted, reason
from kg.analysis.plan_means import Means, Where, find_means, largest, papers, settings_at
from kg.evidence.problem import KgError
from kg.query.answer import Term
from kg.rdf.namespaces import word
from kg.store.protocol import Store


class PlanFault(KgError):
    """Nothing can be planned as it was asked."""


@dataclass(frozen=True, slots=True)
class PlannedStudy:
    """One study: where, the finding it is built on, what asks for each mechanism, and the gaps that it closes."""

    where: Where
    base: Setting
    means: tuple[Means, ...]
    closes: tuple[Wanted, ...]
    weight: float
    runner_up: tuple[str, float] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The studies in their order, what they close of what is open, and what no study made of this graph could close."""

    asked: int
    score: str
    studies: tuple[PlannedStudy, ...]
    apart: tuple[tuple[Wanted, str], ...]
    weightless: int
    weight: float
    closable: float
    total: float
    at_most: float
    data: PlanData
    searched: str

    def sentences(self) -> list[str]:
        """The plan read aloud: each study with its slots and their sources, then what no study could close."""
        from kg.analysis.plan_words import sentences

        return [*sentences(self)]

    @property
    def closed(self) -> int:
        """How many gaps the studies close."""
        return sum(len(study.closes) for study in self.studies)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A place with a bout, and what can be asked there of each mechanism."""

    where: Where
    bout: Term
    means: dict[str, Means]

    @property
    def name(self) -> str:
        return f"{self.where.condition.iri} {self.where.kin.iri} {self.bout.iri}"


def find_plan(store: Store, gaps: Gaps, number: int) -> Plan:
    """The studies, `number` at most, that close most of these gaps; raises `PlanFault` if there is nothing to plan."""
    if number < 1:
        raise PlanFault(f"a plan has at least one study, not {number}")
    wanted = read_wanted(gaps)
    if not wanted:
        raise PlanFault("there is nothing to plan: no gap here has a rank and a score above zero")
    data, rungs = read_plan_data(store), read_rungs(gaps)
    offers = {offer.name: offer for offer in _offers(gaps, rungs, data)}
    places = [_place(offer, wanted, rungs, data) for offer in offers.values()]
    reachable = sorted({gap for place in places for unit in place.units for gap in unit.closes})
    chosen = cover(places, {at: wanted[at].weight for at in reachable}, number)
    everywhere = _everywhere(gaps)
    return Plan(
        number, gaps.score.name, tuple(_study(choice, offers, wanted, data) for choice in chosen.choices),
        tuple((one, reason(one, everywhere, rungs, data)) for at, one in enumerate(wanted) if at not in reachable),
        count_weightless(gaps), chosen.weight, _sum(wanted[at].weight for at in reachable),
        _sum(one.weight for one in wanted), chosen.at_most, data, gaps.searched,
    )  # fmt: skip


def _sum(weights: Iterable[float]) -> float:
    return round(math.fsum(weights), 9)


def _everywhere(gaps: Gaps) -> list[Where]:
    """Every class of conditions with every group of species that is counted."""
    found = {
        (cell.condition.iri, count.species.iri): Where(cell.condition, count.species)
        for _, cell in gaps.cells for count in cell.species if count.species
    }  # fmt: skip
    return [found[key] for key in sorted(found)]


def _offers(gaps: Gaps, rungs: Rungs, data: PlanData) -> list[_Offer]:
    """Where somebody exercised against the same without it, by a bout that is told, and what can be asked there."""
    mechanisms = {mechanism.iri: mechanism for mechanism, _ in gaps.cells}
    offers = []
    for where in _everywhere(gaps):
        bouts = {one.bout.iri: one.bout for one in settings_at(data, where)}
        means = {
            iri: found for iri in sorted(mechanisms)
            if (key := (iri, where.condition.iri, where.kin.iri)) in rungs
            and isinstance(found := find_means(data, mechanisms[iri], rungs[key], where), Means)
        }  # fmt: skip
        offers += [_Offer(where, bouts[iri], means) for iri in sorted(bouts) if iri != word("not-stated").value]
    return offers


def _place(offer: _Offer, wanted: Sequence[Wanted], rungs: Rungs, data: PlanData) -> Place:
    """What a study there can take up; of equal places the one with relief in more papers, then with more papers."""
    own = [one for one in settings_at(data, offer.where) if one.bout.iri == offer.bout.iri]
    people, units = any(one.people for one in own), []
    for mechanism, means in offer.means.items():
        gaps = frozenset(
            at for at, one in enumerate(wanted)
            if one.mechanism.iri == mechanism and closes(one, offer.where, rungs, people)
        )  # fmt: skip
        tie = (means.by_blocker, -papers(data.markers, mechanism, offer.where))
        units += [Unit(mechanism, gaps, means.by_blocker, tie)] if gaps else []
    relieved = {one.source.ref for one in own if one.relieved and not one.single_arm}
    backed = (-len(relieved), -len({one.source.ref for one in own}))
    return Place(offer.name, largest(data, offer.where)[0], tuple(units), backed)


def _study(choice: Choice, offers: dict[str, _Offer], wanted: Sequence[Wanted], data: PlanData) -> PlannedStudy:
    offer = offers[choice.place]
    means = tuple(offer.means[mechanism] for mechanism in choice.units)
    second = None
    if choice.runner_up:
        other = offers[choice.runner_up[0]]
        second = (f"{other.where.words}, {other.bout}", choice.runner_up[1])
    base = _base(data, offer.where, offer.bout, means)
    near = (find_means(data, one.mechanism, one.missing, offer.where, base) for one in means)
    means = tuple(one for one in near if isinstance(one, Means))
    return PlannedStudy(
        offer.where, base, means, tuple(wanted[at] for at in sorted(choice.closes)), choice.weight, second
    )  # fmt: skip


def _base(data: PlanData, where: Where, bout: Term, means: Sequence[Means]) -> Setting:
    """
    The finding that the study is built on: plain exercise against another group, with relief, in a paper that also has
    the second exercise or the blocker if one is asked for; then the one that tells most, and the lowest reference.
    """
    asked = {one.second.source.ref for one in means if one.second}
    asked |= {one.blocker.source.ref for one in means if one.by_blocker and one.blocker}

    def order(one: Setting) -> tuple[object, ...]:
        plain = (bool(one.also_gets), one.single_arm, not one.relieved, one.source.ref not in asked)
        return (*plain, -one.told, one.source.ref, one.source.line, one.source.finding, one.programme, one.arm)

    return min((one for one in settings_at(data, where) if one.bout.iri == bout.iri), key=order)
