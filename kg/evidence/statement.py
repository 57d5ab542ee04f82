"""What a document says beyond single studies, sentence by sentence, in closed frames.

A statement is a claim, never an observation: nothing here lifts a rung of the ladder. A sentence that cites three
papers is one statement over a set, not three facts about studies.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kg.evidence.field import PLAIN, Flag, LocalId, Record, Reference, Several, TermIn, Text, Word
from kg.evidence.passage import Passage
from kg.evidence.quantity import Quantity

Exposing = Annotated[str, TermIn("modality", "agent", "care")]
Measurable = Annotated[str, TermIn("outcome", "marker", "mechanism")]
MechanismTerm = Annotated[str, TermIn("mechanism")]
Section = Annotated[str, StringConstraints(min_length=1, max_length=200), PLAIN]


class EffectFrame(Record):
    """An exposure moves something one way."""

    frame: Literal["effect"] = "effect"
    exposure: Exposing
    measured: Measurable
    direction: Literal["increase", "decrease", "normalised", "no-change", "attenuated-rise", "change"]


class BlockedFrame(Record):
    """An effect was lost, or kept, when a mechanism was blocked."""

    blocker: Annotated[str, TermIn("agent", "gene", "mechanism", "tool")]
    mechanism: MechanismTerm
    of: EffectFrame
    how: Literal["lost", "prevented", "reversed", "kept"]
    dose_dependent: Flag | None = None


class MediatesFrame(Record):
    """A mechanism carries an effect; the document says through what, and may say it with a hedge."""

    mechanism: MechanismTerm
    of: EffectFrame


class AssociationFrame(Record):
    """Two things go together; no direction of cause is said."""

    a: Annotated[str, TermIn("outcome", "marker", "mechanism", "modality", "condition")]
    b: Annotated[str, TermIn("outcome", "marker", "mechanism", "modality", "condition")]
    sign: Literal["positive", "negative", "not-stated"]


class CompareFrame(Record):
    """One exposure did better than another on something measured."""

    better: Exposing
    worse: Exposing
    measured: Measurable


class NotExaminedFrame(Record):
    """Nobody has examined a mechanism for an effect. This is not "no effect"."""

    mechanism: MechanismTerm
    of: EffectFrame


class NeededFrame(Record):
    """Research that the document calls for."""

    what: Text


class RecommendsFrame(Record):
    """Something that the document recommends to do, and the exposures that it recommends, where they are terms."""

    what: Text
    exposure: Several[Exposing] = ()


class NumberFrame(Record):
    """A number that the document states."""

    of: Text
    value: Quantity


class DescribesFrame(Record):
    """Plain background, and the treatments that it names.

    A sentence with a direction, comparison, number or negation is not carried by this.
    """

    topic: Annotated[str, TermIn("topic", "mechanism", "marker", "condition")]
    exposure: Several[Exposing] = ()


class Context(Record):
    """What a statement is limited to."""

    condition: Several[Annotated[str, TermIn("condition")]] = ()
    species: Several[Annotated[str, TermIn("species")]] = ()
    site: Several[Annotated[str, TermIn("site")]] = ()
    modality: Several[Annotated[str, TermIn("modality")]] = ()
    bout: Literal["training", "acute"] | None = None
    dose: Text | None = None


class _Statement(Record):
    id: Word
    section: Section
    passage: Passage
    context: Context | None = None
    cites: Several[Reference] = ()
    cites_from: Literal["passage", "sentence", "previous", "next"]
    cites_part: Text | None = None
    quantifier: Literal["all", "most", "some"] | None = None
    certainty: Literal["asserted", "hedged"]
    remark: Text | None = None


class EffectStatement(_Statement):
    """The document says that an exposure has an effect."""

    frame: Literal["effect"]
    slots: EffectFrame


class BlockedStatement(_Statement):
    """The document says that a blocker took an effect away, or did not."""

    frame: Literal["blocked"]
    slots: BlockedFrame


class MediatesStatement(_Statement):
    """The document says through which mechanism an effect comes about."""

    frame: Literal["mediates"]
    slots: MediatesFrame


class AssociationStatement(_Statement):
    """The document says that two things go together."""

    frame: Literal["association"]
    slots: AssociationFrame


class CompareStatement(_Statement):
    """The document says that one exposure did better than another."""

    frame: Literal["compare"]
    slots: CompareFrame


class NotExaminedStatement(_Statement):
    """The document says that nobody has looked."""

    frame: Literal["not-examined"]
    slots: NotExaminedFrame


class NeededStatement(_Statement):
    """The document says what research is needed."""

    frame: Literal["needed"]
    slots: NeededFrame


class RecommendsStatement(_Statement):
    """The document recommends something."""

    frame: Literal["recommends"]
    slots: RecommendsFrame


class NumberStatement(_Statement):
    """The document states a number."""

    frame: Literal["number"]
    slots: NumberFrame


class DescribesStatement(_Statement):
    """The document gives background."""

    frame: Literal["describes"]
    slots: DescribesFrame


Statement = Annotated[
    EffectStatement
    | BlockedStatement
    | MediatesStatement
    | AssociationStatement
    | CompareStatement
    | NotExaminedStatement
    | NeededStatement
    | RecommendsStatement
    | NumberStatement
    | DescribesStatement,
    Field(discriminator="frame"),
]


class About(Record):
    """What an open question asks about; an absent slot means any."""

    mechanism: Several[MechanismTerm] = ()
    exposure: Several[Exposing] = ()
    condition: Several[Annotated[str, TermIn("condition")]] = ()
    outcome: Several[Annotated[str, TermIn("outcome")]] = ()
    species: Several[Annotated[str, TermIn("species")]] = ()
    topic: Several[Annotated[str, TermIn("topic")]] = ()


class OpenQuestion(Record):
    """Something that the authors call unknown or needed; it points at the statement and holds no second copy."""

    id: Word
    statement: Annotated[Word, LocalId("statement")]
    about: About
