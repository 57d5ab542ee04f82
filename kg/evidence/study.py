"""One teller's account of one investigation: its groups, and its findings as contrasts between them.

`StudyFile` is what a curator writes (with `base` and `like`); `Study` is what the rest of the program reads, with
every group spelled out. The paper's telling and the review's telling of one paper are two studies that share an
id and never a file.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kg.evidence.exposure import Exposure
from kg.evidence.field import (
    Count,
    Flag,
    GroupId,
    Number,
    Record,
    Reference,
    Several,
    TermIn,
    Text,
    Url,
    Word,
)
from kg.evidence.passage import Told
from kg.evidence.quantity import Duration, Estimate, Interval, Measure, PValue, Share

REVIEW = "review"
ITSELF_BEFORE = "itself-before"
NOT_STATED = "not-stated"

Sex = Literal["female", "male", "both"]
ReadDepth = Literal["full-text", "abstract", "table", "text", "title"]
Result = Literal[
    "increase", "decrease", "normalised", "no-significant-change", "not-decreased", "not-increased", "mixed", "unclear"
]
Condition = Annotated[str, TermIn("condition")]
Species = Annotated[str, TermIn("species")]
Strain = Annotated[str, TermIn("strain")]
State = Annotated[str, TermIn("state")]


class Times(Record):
    """
    When something was measured, on one or more clocks: `{after_last_session: 23 hour}`.

    `clock_not_stated` keeps a time whose zero the source does not say; it is never compared.
    """

    after_injury: Duration | None = None
    after_last_session: Duration | None = None
    after_agent: Duration | None = None
    of_programme: Duration | None = None
    clock_not_stated: Duration | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(getattr(self, clock) is None for clock in type(self).model_fields):
            raise PydanticCustomError("times", "needs one of " + ", ".join(type(self).model_fields))
        return self


class Subjects(Record):
    """Who the members of a group are."""

    species: Species | None = None
    strain: Several[Strain] = ()
    sex: Sex | None = None
    condition: Condition | None = None
    site: Annotated[str, TermIn("site")] | None = None
    selected_for: Several[State] = ()
    age: Text | None = None


def _sorted(exposures: tuple[Exposure, ...]) -> tuple[Exposure, ...]:
    return tuple(sorted(exposures, key=lambda exposure: exposure.model_dump_json(exclude_none=True)))


class Group(Subjects):
    """Subjects that got the same; the order in which a file names exposures carries no meaning."""

    gets: Annotated[tuple[Exposure, ...], AfterValidator(_sorted)] = ()
    at: Times | None = None
    n: Count | None = None
    label: Text | None = None


class GroupAsWritten(Group):
    """A group in a file, which may start from another one."""

    gets: tuple[Exposure, ...] = ()
    like: Word | None = None
    plus: tuple[Exposure, ...] = ()


class BothCounts(Record):
    """The number of subjects on both sides of a contrast."""

    group: Count | None = None
    versus: Count | None = None


class Finding(Told):
    """One contrast, one thing measured, one result. "Measured, no change" is a row; "not measured" is none."""

    id: Word
    measured: Annotated[str, TermIn("outcome", "marker")]
    test: Annotated[str, TermIn("assay")] | None = None
    site: Annotated[str, TermIn("site")] | None = None
    group: Annotated[Several[GroupId], Field(min_length=1)]
    versus: GroupId
    at: Times | None = None
    result: Result
    said: Annotated[str, TermIn("word")] | None = None
    estimate: Estimate | None = None
    interval: Interval | None = None
    p: PValue | None = None
    n: BothCounts | None = None
    before: Measure | None = None
    after: Measure | None = None
    comparator_after: Measure | None = None
    dose_dependent: Flag | None = None
    remark: Text | None = None


class Source(Record):
    """What the curator read of the teller: its kind, its address, and whether all of it was at hand."""

    kind: Annotated[str, TermIn("source-kind")]
    url: Url | None = None
    extent: Literal["full", "partial"] | None = None


class AdverseEvent(Told):
    """Harm reported for one or more groups, as far as the teller states it."""

    group: Several[GroupId] = ()
    events: Count | None = None
    people: Count | None = None
    severity: Literal["mild", "moderate", "severe", "mixed"] | None = None
    serious: Flag | None = None
    related: Flag | None = None
    kinds: Several[Annotated[str, TermIn("event")]] = ()
    said: Text | None = None


def _not_empty(value: tuple[AdverseEvent, ...]) -> tuple[AdverseEvent, ...]:
    if not value:
        raise PydanticCustomError("events", "must not be empty; say none, not-mentioned or not-read")
    return value


def _events_kind(value: Any) -> str:
    return "list" if isinstance(value, (list, tuple)) else "word"


AdverseEvents = Annotated[
    Annotated[Literal["none", "not-mentioned", "not-read"], Tag("word")]
    | Annotated[
        tuple[AdverseEvent, ...], AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1}), Tag("list")
    ],
    Discriminator(_events_kind),
]


class LeftGroup(Record):
    """How many left one group."""

    group: GroupId
    people: Count


class LostByGroup:
    """Says in the JSON Schema that a file writes who left as `{group: number}`."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        handler(core)
        return {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}


def _lost(value: object) -> object:
    return [{"group": g, "people": n} for g, n in value.items()] if isinstance(value, dict) else value


class Flow(Told):
    """How many people went how far; absent is not stated."""

    approached: Count | None = None
    recruited: Count | None = None
    enrolled: Count | None = None
    randomised: Count | None = None
    completed: Count | None = None
    analysed: Count | None = None
    retained: Share | None = None
    lost: Annotated[tuple[LeftGroup, ...], BeforeValidator(_lost), LostByGroup] = ()


class Age(Record):
    """Age in years, as printed."""

    mean: Number | None = None
    sd: Number | None = None
    low: Number | None = None
    high: Number | None = None


class Population(Told):
    """The people or animals of the whole study."""

    n: Count | None = None
    age: Age | None = None
    share_male: Share | None = None
    country: Text | None = None
    criteria: Text | None = None


class _StudyParts(Record):
    study: Word
    publication: Reference
    told_by: Reference
    read: ReadDepth
    design: Several[Annotated[str, TermIn("design")]] = ()
    registered: Text | None = None
    population: Population | None = None
    flow: Flow | None = None
    findings: tuple[Finding, ...] = ()
    sources: Annotated[dict[Word, Source], Field(min_length=1)]
    adverse_events: AdverseEvents
    remark: Text | None = None

    @property
    def by_review(self) -> bool:
        """Whether this is the review's telling."""
        return self.told_by == REVIEW


class StudyFile(_StudyParts):
    """A study as it stands in its file."""

    base: Subjects = Subjects()
    groups: Annotated[dict[Word, GroupAsWritten], Field(min_length=1)]


class Study(_StudyParts):
    """A study with every group spelled out."""

    groups: dict[Word, Group]


def spell_out(written: StudyFile) -> Study:
    """
    The study with `base` and `like` worked in.

    `like` copies what its group got and was, `at` included, but not how
    many there were (`n`) nor its `label`; `plus` adds to it.

    Every group named by `like` must exist and none may lead back to itself: `kg.evidence.check` sees to that.
    """
    groups = {name: _group(name, written) for name in sorted(written.groups)}
    parts = {name: getattr(written, name) for name in _StudyParts.model_fields}
    return Study.model_construct(**parts, groups=groups)


def _group(name: str, written: StudyFile) -> Group:
    chain = [written.groups[name]]
    while (like := chain[-1].like) is not None:
        chain.append(written.groups[like])
    start: dict[str, Any] = {key: getattr(written.base, key) for key in Subjects.model_fields}
    for group in reversed(chain):
        start.pop("n", None)
        start.pop("label", None)
        start |= {key: getattr(group, key) for key in group.model_fields_set - {"like", "plus"}}
        start["gets"] = (*start.get("gets", ()), *group.plus)
    return Group(**start)


def contrasts(finding: Finding) -> tuple[tuple[str, str], ...]:
    """The (group, versus) pairs of a finding; more than one where one result is printed for several groups."""
    return tuple((group, finding.versus) for group in finding.group)
