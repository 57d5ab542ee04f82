"""What a group gets: exercise with its dose, a drug, a missing gene, silenced cells, a transplant, care, diet.

A blocker is just one more thing that a group gets. What a comparison isolates is computed from these, never
curated.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from kg.evidence.field import OneOrList, Record, Several, TermIn, Text, one_or_many
from kg.evidence.passage import Told
from kg.evidence.quantity import DaysAWeek, Dose, Duration, FromOne, Intensity, Minutes, Slope, Speed, Times

Intensities = Annotated[tuple[Intensity, ...], BeforeValidator(one_or_many), OneOrList()]


class Part(Record):
    """One piece of a session: one modality at one dose (FITT: intensity, time, type)."""

    modality: Annotated[str, TermIn("modality")]
    minutes: Minutes | None = None
    intensity: Intensities = ()
    effort: Text | None = None
    speed: Speed | None = None
    incline: Slope | None = None
    sets: Times | None = None
    reps: Times | None = None
    repeats: Times | None = None
    exercises: Times | None = None
    work: Duration | None = None
    rest: Duration | None = None
    warm_up: Duration | None = None
    cool_down: Duration | None = None
    targets: Text | None = None


class Day(Record):
    """One kind of exercise day: on how many days a week, how long in all, made of which parts."""

    days: DaysAWeek | None = None
    minutes: Minutes | None = None
    parts: tuple[Part, ...] = ()


class Phase(Record):
    """A stretch of a programme in which the dose does not step; `weeks` counts from 1, both ends in."""

    weeks: FromOne | None = None
    sessions: FromOne | None = None
    week: tuple[Day, ...] = ()


class Programme(Told):
    """An exercise programme: length, setting and, as far as stated, its phases."""

    length: Duration | None = None
    sessions: Times | None = None
    setting: Several[Annotated[str, TermIn("setting")]] = ()
    progression: Text | None = None
    phases: tuple[Phase, ...] = ()


class Start(Record):
    """When exercise began, seen from the injury (or from the drug that causes it)."""

    relative_to_injury: Literal["before", "after", "before-and-after", "with"]
    time: Duration | None = None


class Exercise(Told):
    """Exercise that a group does; `bout` says whether one session (acute) or a programme (training)."""

    exercise: Annotated[str, TermIn("modality")]
    bout: Literal["training", "acute", "not-stated"]
    manner: Literal["voluntary", "forced"] | None = None
    effort: Text | None = None
    programme: Programme | None = None
    start: Start | None = None


class AgentDose(Told):
    """A drug or antibody that a group is given."""

    agent: Annotated[str, TermIn("agent")]
    dose: Dose | None = None
    route: Annotated[str, TermIn("route")] | None = None
    reaches: Several[Annotated[str, TermIn("compartment")]] = ()
    given: Annotated[str, TermIn("given")] | None = None
    schedule: Text | None = None


class KnockOut(Told):
    """A gene that a group lacks."""

    knock_out: Annotated[str, TermIn("gene")] = Field(alias="knock-out")


class ToolOnCells(Record):
    """A chemogenetic tool and the cells it acts on."""

    tool: Annotated[str, TermIn("tool")]
    cells: Annotated[str, TermIn("cell")]


class Chemogenetic(Told):
    """Cells that a group has silenced or driven."""

    chemogenetic: ToolOnCells
    given: Annotated[str, TermIn("given")] | None = None


class Transplantation(Told):
    """Cells that a group receives."""

    transplant: Annotated[str, TermIn("transplant")]
    given: Annotated[str, TermIn("given")] | None = None


class DietGiven(Told):
    """A diet that a group is on."""

    diet: Annotated[str, TermIn("diet")]


class EducationGiven(Told):
    """Teaching that a group gets."""

    education: Annotated[str, TermIn("care")]
    programme: Programme | None = None


class CareGiven(Told):
    """Care or another treatment that a group gets; the vocabulary says which care is a mere control."""

    care: Annotated[str, TermIn("care")]
    detail: Text | None = None


#: The key that tells each kind of exposure, and the field that holds what it is.
KEYS: dict[str, type[Record]] = {
    "exercise": Exercise, "agent": AgentDose, "knock-out": KnockOut, "chemogenetic": Chemogenetic,
    "transplant": Transplantation, "diet": DietGiven, "education": EducationGiven, "care": CareGiven,
}  # fmt: skip


def _kind(value: Any) -> str | None:
    if isinstance(value, Record):
        return type(value).__name__
    if isinstance(value, dict):
        return next((kind.__name__ for key, kind in KEYS.items() if key in value), None)
    return None


Exposure = Annotated[
    Annotated[Exercise, Tag("Exercise")]
    | Annotated[AgentDose, Tag("AgentDose")]
    | Annotated[KnockOut, Tag("KnockOut")]
    | Annotated[Chemogenetic, Tag("Chemogenetic")]
    | Annotated[Transplantation, Tag("Transplantation")]
    | Annotated[DietGiven, Tag("DietGiven")]
    | Annotated[EducationGiven, Tag("EducationGiven")]
    | Annotated[CareGiven, Tag("CareGiven")],
    Discriminator(
        _kind,
        custom_error_type="exposure",
        custom_error_message="needs one of the keys " + ", ".join(KEYS),
    ),
]


def what(exposure: Record) -> str:
    """The term that says what an exposure is."""
    for key, kind in KEYS.items():
        if isinstance(exposure, kind):
            value = getattr(exposure, key.replace("-", "_"))
            return value.tool if isinstance(value, ToolOnCells) else str(value)
    raise TypeError(type(exposure).__name__)
