"""The gaps that a plan may close, which a study in one place would close, and why nobody could close the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.gap_data import word_of
from kg.analysis.gaps import Gaps
from kg.analysis.plan_data import PlanData
from kg.analysis.plan_means import Where, find_means, settings_at
from kg.query.answer import Term

_IN_PEOPLE, _CONFLICT = "not-examined-in-people", "conflict-unresolved"
#: The rung that is missing next of a mechanism in a class of conditions and a group of species, by their addresses.
Rungs = Mapping[tuple[str, str, str], Term | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gap that the score weighs: a row over all classes of conditions, or one class beneath it."""

    rank: int
    mechanism: Term
    condition: Term | None
    kind: Term
    missing: Term | None
    weight: float
    looks: tuple[str, ...]

    @property
    def in_people(self) -> bool:
        """Whether only a study in people closes it."""
        return word_of(self.kind) == _IN_PEOPLE

    @property
    def in_conflict(self) -> bool:
        """Whether results differ; one result more settles nothing."""
        return word_of(self.kind) == _CONFLICT

    @property
    def words(self) -> str:
        """The gap, in words."""
        rung = f"; next rung: {self.missing}" if self.missing else ""
        return f"#{self.rank} {self.mechanism}, {self.condition or 'all classes together'} ({self.kind}{rung})"


def read_wanted(gaps: Gaps) -> list[Wanted]:
    """The gaps with a rank and a weight: each row with its score, and each class beneath that lacks something."""
    found = []
    for row in gaps.rows:
        if row.mechanism is None or row.rank is None:
            continue
        looks = tuple(dict.fromkeys(paper for cell in row.conditions for paper in cell.looks))
        found.append(Wanted(row.rank, row.mechanism, None, row.kind, row.missing_rung, row.score or 0.0, looks))
        found += [
            Wanted(
                row.rank, row.mechanism, cell.condition, cell.kinds[0], cell.count.missing_rung, cell.score, cell.looks
            )
            for cell in row.conditions if cell.kinds
        ]  # fmt: skip
    return [each for each in found if each.weight > 0]


def count_weightless(gaps: Gaps) -> int:
    """How many classes beneath rows lack something that the score does not weigh."""
    return sum(bool(cell.kinds) and cell.score <= 0 for _, cell in gaps.cells)


def read_rungs(gaps: Gaps) -> Rungs:
    """The missing rung of every mechanism, class of conditions and group of species."""
    return {
        (mechanism.iri, cell.condition.iri, count.species.iri): count.missing_rung
        for mechanism, cell in gaps.cells for count in cell.species if count.species
    }  # fmt: skip


def closes(wanted: Wanted, where: Where, rungs: Rungs, people: bool) -> bool:
    """Whether a study there that asks for the missing rung of the mechanism asks for what this gap lacks."""
    key = (wanted.mechanism.iri, where.condition.iri, where.kin.iri)
    if wanted.in_conflict:
        return False
    here = wanted.condition is None or wanted.condition.iri == where.condition.iri
    return here and (people or not wanted.in_people) and key in rungs and rungs[key] == wanted.missing


def reason(wanted: Wanted, places: Sequence[Where], rungs: Rungs, data: PlanData) -> str:
    """Why no study made of this graph could close a gap: what is missing, each reason once."""
    if wanted.in_conflict:
        return "results differ, and one more settles nothing; kg conflicts shows in which settings they do"
    people = {one.kin.iri for one in data.settings if one.people}
    fitting = [where for where in places if closes(wanted, where, rungs, not people or where.kin.iri in people)]
    bare = [where for where in fitting if not settings_at(data, where)]
    lacking = [find_means(data, wanted.mechanism, wanted.missing, where) for where in fitting if where not in bare]
    told = list(dict.fromkeys(each for each in lacking if isinstance(each, str)))
    if bare:
        listed = "all other places" if told and wanted.condition is None else " and ".join(one.words for one in bare)
        told.append(f"nobody here exercised against the same without it, with pain measured, in {listed}")
    return "; ".join(told) or "no group of species stands just beneath that rung"
