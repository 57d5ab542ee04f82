"""What the next study could take over from studies that were done: subjects, markers, blockers, with their sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.analysis.dose import DoseMap
from kg.analysis.read_doses import doses
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import word
from kg.store.protocol import Store

QUESTIONS = ("exercise-settings", "markers-measured", "blockers-given", "agents-that-lower", "accounts")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a slot of a plan stands: the paper, how deep it was read, the file and the line."""

    study: Term
    ref: int
    doi: str
    read: Term
    file: str
    line: int
    finding: str

    @property
    def words(self) -> str:
        """The source as a reader follows it."""
        doi = f"doi:{self.doi}" if self.doi else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{self.study} [{self.ref}] ({', '.join(each for each in (doi, str(self.read), place) if each)})"


@dataclass(frozen=True, slots=True)
class Setting:
    """One finding on pain in a comparison that isolates exercise: who, which programme, against what, when."""

    condition: Term
    kin: Term
    people: bool
    bout: Term
    exercise: Term
    programme: str
    model: Term
    species: Term | None
    strain: Term | None
    sex: Term | None
    start: str
    outcome: Term
    test: Term | None
    effect: str
    single_arm: bool
    times: tuple[str, ...]
    arm: str
    compared_with: str
    other_gets: str
    also_gets: str
    source: Source

    @property
    def relieved(self) -> bool:
        """Whether relief was found, against another group."""
        return self.effect == word("relief").value

    @property
    def failed(self) -> bool:
        """Whether relief was looked for and not found."""
        return self.effect == word("no-relief").value

    @property
    def told(self) -> int:
        """How many of the slots the paper tells."""
        return sum(bool(each) for each in (self.species, self.strain, self.sex, self.start, self.test, self.times))


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding on a marker of a mechanism, or on subjects that got what lowers it, and in whom."""

    mechanism: str
    what: Term
    with_exercise: bool
    beside: str
    condition: Term
    model: Term | None
    kin: Term
    species: Term | None
    details: tuple[tuple[str, str], ...]
    source: Source

    @property
    def whom(self) -> str:
        """In whom, in words."""
        model, species = self.model or "condition not stated", self.species or "species not stated"
        beside = f", together with {self.beside}" if self.beside else ""
        return f"{model}, {species}, {'with' if self.with_exercise else 'without'} exercise{beside}"


@dataclass(frozen=True, slots=True)
class PlanData:
    """All that studies give to a plan."""

    settings: tuple[Setting, ...]
    markers: tuple[Seen, ...]
    blockers: tuple[Seen, ...]
    agents: dict[str, tuple[Term, ...]]
    doses: DoseMap
    files: dict[str, str]


def read_plan_data(store: Store) -> PlanData:
    """What a store gives to a plan, as the papers tell it."""
    settings, markers, blockers, agents, accounts = (ask(store, bundled_question(name)) for name in QUESTIONS)
    lower: dict[str, list[Term]] = {}
    for row in agents:
        lower.setdefault(row.mechanism.iri, []).append(row.agent)
    return PlanData(
        tuple(_settings(settings)),
        tuple(_seen(row, row.marker, {"site": row.site, "test": row.test}) for row in markers),
        tuple(
            _seen(row, row.blocker, {name: getattr(row, name) for name in ("route", "reaches", "dose", "given", "arm")})
            for row in blockers
        ),
        {key: tuple(sorted(terms, key=str)) for key, terms in lower.items()},
        doses(store),
        {row.study.iri: row.file.iri.rpartition("/file/")[2] for row in accounts if not row.by_review},
    )


def _settings(rows: Iterable[Any]) -> Iterable[Setting]:
    """One setting a finding, group and programme; the rows of its clocks are put together."""
    times: dict[tuple[Any, ...], dict[str, None]] = {}
    first: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        key = (row.finding.iri, row.programme.iri, row.arm, row.compared_with, row.model.iri, row.condition_class.iri)
        first.setdefault(key, row)
        told = times.setdefault(key, {})
        if row.time:
            told[f"{row.time} {'by a clock that is not stated' if _vague(row.clock) else row.clock}"] = None
    return [_setting(row, tuple(times[key])) for key, row in first.items()]


def _vague(clock: str) -> bool:
    return clock == "clock not stated"


def _setting(row: Any, times: tuple[str, ...]) -> Setting:
    start = " ".join(str(each) for each in (row.interval, row.start, "the injury" if row.start else "") if each)
    return Setting(
        row.condition_class, row.species_group, bool(row.people), row.bout, row.exercise, row.programme.iri, row.model,
        row.species, row.strain, row.sex, start, row.outcome, row.test, row.effect.iri if row.effect else "",
        bool(row.single_arm), times, row.arm, row.compared_with,
        row.other_gets or "", row.also_gets or "", _source(row),
    )  # fmt: skip


def _seen(row: Any, what: Term, details: dict[str, object]) -> Seen:
    told = tuple((name, str(value)) for name, value in details.items() if value)
    place = (row.condition_class, row.model, row.species_group, row.species)
    return Seen(
        row.mechanism.iri,
        what,
        bool(row.with_exercise),
        getattr(row, "together_with", None) or "",
        *place,
        told,
        _source(row),
    )


def _source(row: Any) -> Source:
    return Source(row.study, row.ref, row.doi or "", row.read, row.file, row.line, row.finding.iri)
