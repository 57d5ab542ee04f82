"""What the ladder is made of: findings, the evidence they make, the papers on a rung, the cell that holds the rungs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.strength import AGAINST, DEPTHS, MARKS, RUNGS, Laboratories, strength
from kg.query.answer import Term
from kg.rdf.namespaces import word

#: The species group of studies that state no species.
NOT_STATED = word("not-stated").value


@dataclass(frozen=True, slots=True)
class Observation:
    """A finding, its part in a piece of evidence, and where it was read."""

    finding: str
    part: str
    measured: Term
    result: Term
    said: Term | None
    site: Term | None
    read: Term
    source: Term
    page: str | None
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One piece of evidence: a finding, or what a rule made of several; `observations` are the findings behind it.

    For a blocker or a manipulation, `what` was given by `route` and `reaches` these places. `benefit` is what became of
    the relief, and `alone` whether the blocker was tested in rested subjects; both are None where nothing was blocked.
    `single_arm` says that a group was compared with itself before.
    """

    iri: str
    species: Term
    what: Term | None = None
    route: Term | None = None
    reaches: str | None = None
    benefit: Term | None = None
    alone: bool | None = None
    single_arm: bool = False
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class RungStudy:
    """One paper on one rung, with its evidence; `study.iri` is the publication, `read` how far the paper was read."""

    study: Term
    ref: int
    doi: str | None
    read: Term
    laboratories: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def depth(self) -> str:
        """How far the paper was read, as the word that files use."""
        return self.read.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Rung:
    """The papers on one rung, mark or side, in the order of their reference numbers; it may be empty."""

    name: str
    studies: tuple[RungStudy, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.studies)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence on the rung."""
        return tuple(piece for study in self.studies for piece in study.evidence)

    @property
    def single_arm(self) -> bool:
        """Whether all that stands on the rung comes from groups compared with themselves before."""
        return bool(self) and all(piece.single_arm for piece in self.evidence)

    @property
    def laboratories(self) -> Laboratories:
        """The laboratories behind the papers."""
        return laboratories_of(self.studies)

    @property
    def read_depths(self) -> dict[str, int]:
        """How many papers were read how far, the deepest first."""
        return depths_of(self.studies)


@dataclass(frozen=True)
class Cell:
    """
    What the papers tell of one mechanism in one condition class and species group.

    `rungs`, `marks` and `against` have every name of `kg.analysis.strength`, empty ones included.
    """

    mechanism: Term
    condition_class: Term
    species_group: Term
    species: tuple[Term, ...]
    rungs: Mapping[str, Rung]
    marks: Mapping[str, Rung]
    against: Mapping[str, Rung]

    @property
    def key(self) -> tuple[str, str, str]:
        """The IRIs of mechanism, condition class and species group."""
        return self.mechanism.iri, self.condition_class.iri, self.species_group.iri

    @cached_property
    def highest(self) -> str | None:
        """The strongest rung with exercise that any paper stands on; None where exercise was not examined."""
        return next((name for name in RUNGS if self.rungs[name]), None)

    @property
    def everywhere(self) -> Iterator[Rung]:
        """The rungs, the marks and the evidence against, strongest first."""
        for names, held in ((RUNGS, self.rungs), (MARKS, self.marks), (AGAINST, self.against)):
            yield from (held[name] for name in names)

    @cached_property
    def studies(self) -> tuple[RungStudy, ...]:
        """Every paper of the cell once, by reference number; its evidence is that of all its rungs together."""
        return gather(study for rung in self.everywhere for study in rung.studies)

    @property
    def papers(self) -> int:
        """How many papers tell anything of the cell."""
        return len(self.studies)

    @property
    def laboratories(self) -> Laboratories:
        """The laboratories behind all papers of the cell."""
        return laboratories_of(self.studies)

    @property
    def read_depths(self) -> dict[str, int]:
        """How many papers of the cell were read how far."""
        return depths_of(self.studies)

    @cached_property
    def strength(self) -> tuple[int, ...]:
        """What sorts the best known cell first: the highest rung, then the laboratories and read depths on it."""
        top = self.rungs[self.highest].studies if self.highest else self.studies
        return strength(self.highest, laboratories_of(top), (study.depth for study in top))


def gather(studies: Iterable[RungStudy]) -> tuple[RungStudy, ...]:
    """Each publication once, with the evidence of all its entries, read as deep as the deepest of them."""
    found: dict[str, list[RungStudy]] = {}
    for study in studies:
        found.setdefault(study.study.iri, []).append(study)
    return tuple(sorted((_merged(same) for same in found.values()), key=lambda study: (study.ref, study.study.iri)))


def _merged(same: list[RungStudy]) -> RungStudy:
    first = min(same, key=lambda study: (DEPTHS.index(study.depth), study.ref))
    evidence = {piece.iri: piece for study in same for piece in study.evidence}
    names = sorted({name for study in same for name in study.laboratories})
    return RungStudy(first.study, first.ref, first.doi, first.read, tuple(names), tuple(evidence.values()))


def laboratories_of(studies: Iterable[RungStudy]) -> Laboratories:
    """The laboratories recorded for some papers, and how many have none."""
    papers = list(studies)
    recorded = sorted({name for study in papers for name in study.laboratories})
    return Laboratories(tuple(recorded), sum(not study.laboratories for study in papers), len(papers))


def depths_of(studies: Iterable[RungStudy]) -> dict[str, int]:
    """How many papers were read how far, the deepest first."""
    counted = Counter(study.depth for study in studies)
    return {depth: counted[depth] for depth in DEPTHS if counted[depth]}
