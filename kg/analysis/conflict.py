"""The records of a conflict: two sides, what stands on each, and in what the sides differ."""

from dataclasses import dataclass, field

#: What a value of a setting is compared by: a term's label, or the bounds of a quantity in one unit.
Comparable = tuple[str, ...]
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
