"""The records of a conflict: two sides, what stands on each, and in what the sides differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Comparable:
    """
    What a value of a setting is compared by: a name and what is wider than it, or the bounds of a quantity in one unit.

    A bound that is empty is open; `without` names the one that is not reached.
    """

    name: str
    within: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    without: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it is a quantity with a bound."""
        return bool(self.low or self.high)

    def begins_within(self, other: "Comparable") -> bool:
        """Whether the lower bound leaves room below the upper bound of the other."""
        if not self.low or not other.high:
            return True
        low, high = Decimal(self.low), Decimal(other.high)
        return low < high or (low == high and self.without != "low" and other.without != "high")

    def meets(self, other: "Comparable") -> bool:
        """Whether both can be said of one thing: one lies within the other, or the two ranges overlap."""
        if not (self.is_range and other.is_range):
            return self.name == other.name or self.name in other.within or other.name in self.within
        return self.name == other.name and self.begins_within(other) and other.begins_within(self)


def meet(one: Iterable[Comparable], two: Iterable[Comparable]) -> bool:
    """Whether any of these values meets any of those."""
    others = tuple(two)
    return any(value.meets(other) for value in one for other in others)


#: Of each setting that is stated, its values: what each is compared by, and how it reads.
Settings = tuple[tuple[str, tuple[tuple[Comparable, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One finding of one paper, as it stands on a side."""

    finding: str
    measured: str
    result: str
    said: str
    arms: tuple[str, ...]
    single_arm: bool
    study: str
    ref: int
    doi: str
    laboratory: str
    read: str
    settings: Settings = ()

    def stated(self, setting: str) -> dict[Comparable, str]:
        """The values of a setting: what each is compared by, and how it reads; none where it is not stated."""
        return dict(dict(self.settings).get(setting, ()))


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, as it stands on a side."""

    statement: str
    says: str
    quantifier: str
    certainty: str
    limits: str
    cites: str
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class Side:
    """What speaks for one answer: findings of papers, or statements."""

    reports: tuple[Report, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def papers(self) -> tuple[int, ...]:
        """The numbers of the papers, each once."""
        return tuple(sorted({report.ref for report in self.reports}))

    @property
    def laboratories(self) -> tuple[str, ...]:
        """The recorded laboratories; a paper without one is not known to be independent of the others."""
        return tuple(sorted({report.laboratory for report in self.reports if report.laboratory}))


@dataclass(frozen=True, slots=True)
class Stated:
    """What one side states of a setting: each value with the findings that state it, and how many are silent."""

    values: tuple[tuple[str, int], ...]
    silent: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting on both sides. `verdict` is differs, overlaps, alike or not stated."""

    setting: str
    verdict: str
    changed: Stated
    opposed: Stated


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that do not answer one question alike, in one class of conditions."""

    iri: str
    kind: str
    question: str
    condition_class: str
    way: str
    set_aside: str
    changed: Side
    opposed: Side
    differences: tuple[Difference, ...] = field(default=())

    def with_verdict(self, verdict: str) -> tuple[Difference, ...]:
        """The settings of which the verdict is this one."""
        return tuple(each for each in self.differences if each.verdict == verdict)


@dataclass(frozen=True, slots=True)
class Lead:
    """
    How one setting goes with the side taken, over all comparable conflicts between papers.

    Of `pairs` of findings of different papers in which both state it, `differ` state it differently. `values` gives for
    each value the papers on the changed and on the opposed side.
    """

    setting: str
    conflicts: int
    pairs: int
    differ: int
    values: tuple[tuple[str, int, int], ...]
