"""With what a study could ask for the rung that is missing of a mechanism: a marker, a second exercise, a blocker.

Nothing is proposed that nobody in this graph did in that group of species; where nobody did, the reason is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analysis.gap_data import word_of
from kg.analysis.plan_data import PlanData, Seen, Setting, Source
from kg.query.answer import Term

CHANGED, TRACKS, NEEDED = "rung-changed", "rung-tracks", "rung-needed"


@dataclass(frozen=True, slots=True)
class Means:
    """What asks for one rung of a mechanism in one place, each part as somebody did it."""

    mechanism: Term
    missing: Term | None
    marker: Seen | None
    blocker: Seen | None
    second: Setting | None

    @property
    def rung(self) -> str:
        """The word of the rung that is asked for; empty where none is missing."""
        return word_of(self.missing) if self.missing else ""

    @property
    def by_blocker(self) -> bool:
        """Whether the study must give a blocker to ask."""
        return self.marker is None or self.rung == NEEDED


@dataclass(frozen=True, slots=True)
class Where:
    """A class of conditions and a group of species."""

    condition: Term
    kin: Term

    @property
    def words(self) -> str:
        """The place, in words."""
        return f"{self.condition}, {self.kin}"


def find_means(
    data: PlanData, mechanism: Term, missing: Term | None, where: Where, near: Setting | None = None
) -> Means | str:
    """What could ask for a rung there, as near to a setting as there is, or why nothing in this graph can."""
    rung = word_of(missing) if missing else ""
    marker = _nearest([one for one in data.markers if one.mechanism == mechanism.iri], where, near)
    blocker = _nearest([one for one in data.blockers if one.mechanism == mechanism.iri], where, near)
    second = best_failed(data, where, near) if rung == TRACKS else None
    if rung == NEEDED and blocker is None:
        return no_blocker(data, mechanism, where)
    if rung in (CHANGED, TRACKS) and marker is None:
        return no_marker(data, mechanism, where)
    if rung == TRACKS and second is None:
        return f"no exercise after which relief was looked for and not found in {where.words}"
    if marker is None and blocker is None:
        return f"{no_marker(data, mechanism, where)}; {no_blocker(data, mechanism, where)}"
    return Means(mechanism, missing, marker, blocker, second)


def best_failed(data: PlanData, where: Where, near: Setting | None = None) -> Setting | None:
    """An exercise after which relief was looked for and not found, plain, in the paper of a setting first."""
    found = [one for one in settings_at(data, where) if one.failed and not one.also_gets and not one.single_arm]
    lifted = {one.programme for one in data.settings if one.relieved}
    found = [one for one in found if one.programme not in lifted]

    def order(one: Setting) -> tuple[object, ...]:
        other = near is not None and one.source.ref != near.source.ref
        return other, -one.told, one.source.ref, one.source.line, one.source.finding

    return min(found, key=order, default=None)


def settings_at(data: PlanData, where: Where) -> list[Setting]:
    """The settings of a class of conditions and a group of species."""
    return [
        one for one in data.settings if one.condition.iri == where.condition.iri and one.kin.iri == where.kin.iri
    ]  # fmt: skip


def papers(seen: Sequence[Seen], mechanism: str, where: Where) -> int:
    """How many papers measured or gave it in that group of species."""
    return len({one.source.ref for one in seen if one.mechanism == mechanism and one.kin.iri == where.kin.iri})


def largest(data: PlanData, where: Where) -> tuple[int, tuple[Source, ...]]:
    """How many mechanisms any one paper measured with exercise in that group of species, and the papers that did."""
    held: dict[int, dict[str, Source]] = {}
    for one in data.markers:
        if one.with_exercise and one.kin.iri == where.kin.iri:
            held.setdefault(one.source.ref, {}).setdefault(one.mechanism, one.source)
    most = max(map(len, held.values()), default=1)
    return most, tuple(next(iter(held[ref].values())) for ref in sorted(held) if len(held[ref]) == most)


def _nearest(found: Sequence[Seen], where: Where, near: Setting | None) -> Seen | None:
    """
    With exercise, in the class, beside nothing else, in the model and species of the setting, in that order of weight;
    among equals what most papers have, what is told most fully, and the lowest reference.
    """
    own = [one for one in found if one.kin.iri == where.kin.iri]
    count = Counter(what for what, _ in {(one.what.iri, one.source.ref) for one in own})

    def order(one: Seen) -> tuple[object, ...]:
        far = (not one.with_exercise, one.condition.iri != where.condition.iri, bool(one.beside))
        other = near is not None and one.model != near.model, near is not None and one.species != near.species
        last = (one.source.ref, one.source.line, one.what.iri, one.source.finding)
        return (*far, *other, -count[one.what.iri], -len(one.details), *last)

    return min(own, key=order, default=None)


def no_marker(data: PlanData, mechanism: Term, where: Where) -> str:
    """Why no marker can be named: in whom one was measured instead."""
    elsewhere = [one for one in data.markers if one.mechanism == mechanism.iri]
    told = f"no marker of it was measured here ({where.kin})"
    return told + (f" (elsewhere: {_first(elsewhere)})" if elsewhere else "")


def no_blocker(data: PlanData, mechanism: Term, where: Where) -> str:
    """Why no blocker can be named: the vocabulary has none, or nobody of the group of species got one."""
    agents = data.agents.get(mechanism.iri, ())
    if not agents:
        return "no agent of the vocabulary lowers it"
    named = ", ".join(map(str, agents))
    return f"nobody here ({where.kin}) got an agent that lowers it; the vocabulary has {named}"


def _first(found: Sequence[Seen]) -> str:
    one = min(found, key=lambda each: (each.source.ref, each.source.line))
    return f"{one.what} in {one.whom.rsplit(', ', 1)[0]}, {one.source.words}"
