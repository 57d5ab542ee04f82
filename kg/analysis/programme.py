"""A programme of exercise as one teller tells it: its doses, each at its place, and what came out.

A dose stays as it is told: a range is a range, an open bound is open, and a number stands on an axis only with numbers
of its own unit and reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from kg.query.answer import Term
from kg.rdf.namespaces import word

QUANTITIES = ("weeks", "days", "minutes", "intensity", "speed")


class Verdict(StrEnum):
    """What came out with a programme on outcomes that count as relief, in comparisons that isolate it."""

    RELIEF = "relief"
    SOME = "relief of some outcomes"
    NONE = "no relief"
    UNCLEAR = "unclear"
    NOT_ISOLATED = "not isolated"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where programmes may be counted together: one class of condition, species group and bout, told by one side."""

    condition_class: Term
    species_group: Term
    bout: Term
    told: str

    @property
    def one_session(self) -> bool:
        """Whether exercise was a single session."""
        return self.bout.iri == word("acute").value

    @property
    def quantities(self) -> tuple[str, ...]:
        """What a dose has here: one session has no weeks and no days a week."""
        return QUANTITIES[2:] if self.one_session else QUANTITIES


@dataclass(frozen=True, slots=True)
class Axis:
    """What may stand on one line: a quantity in one unit, of whole sessions (or programmes) or of parts of them."""

    quantity: str
    unit: str
    of_part: bool


@dataclass(frozen=True, slots=True)
class Dose:
    """One quantity as it is told. `low` without `high` (or the reverse) has an open end; `one_of` is no range."""

    quantity: str
    text: str
    part: Term | None = None
    unit: Term | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    open: str = ""
    exclude: str = ""
    one_of: tuple[Decimal, ...] = ()
    printed: str = ""

    @property
    def axis(self) -> Axis:
        """The axis on which it may stand."""
        return Axis(self.quantity, str(self.unit or ""), self.part is not None)

    @property
    def words(self) -> str:
        """The dose read aloud, with what it is told of."""
        numbered = self.low is not None or self.high is not None or bool(self.one_of)
        unit = {"days": " day{s} a week", "minutes": " minute{s}"}.get(self.quantity, "") if numbered else ""
        aloud = self.text + unit.format(s="" if self.text == "1" else "s")
        return f"{aloud} of {self.part}" if self.part else aloud

    @property
    def rank(self) -> tuple[object, ...]:
        """Where it stands among doses of its axis: by what is lowest, then by what is highest."""
        numbers = [number for number in (self.low, self.high, *self.one_of) if number is not None]
        ends = (min(numbers), max(numbers)) if numbers else (Decimal("Infinity"), Decimal("Infinity"))
        return (self.quantity, str(self.unit or ""), self.part is not None, *ends, self.text, str(self.part or ""))


@dataclass(frozen=True, slots=True)
class Reading:
    """A dose at its place in a programme: the phase with its weeks, the kind of day, the part; None is the whole."""

    dose: Dose
    phase: str
    place: tuple[int | None, int | None, int | None]

    def meets(self, other: "Reading") -> bool:
        """Whether both hold at once: no step of their places tells them apart."""
        return all(None in pair or pair[0] == pair[1] for pair in zip(self.place, other.place, strict=True))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result on an outcome that counts as relief; `relieved` is None where it is neither relief nor its absence."""

    finding: str
    measured: Term
    result: Term
    relieved: bool | None
    isolated: bool
    single_arm: bool
    after: str
    read: Term

    @property
    def words(self) -> str:
        """The result read aloud."""
        after = f", {self.after} after the last session" if self.after else ""
        return f"{self.measured} {self.result}{after}"


@dataclass(frozen=True, slots=True)
class Programme:
    """One exercise that groups of a study got (a programme, or one session), as one teller tells it in one cell."""

    iri: str
    cell: Cell
    exercise: Term
    study: Term
    reference: int
    doi: str
    read: Term
    readings: tuple[Reading, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def shown(self) -> tuple[Outcome, ...]:
        """The results that speak of it: against another group if there are such, else against the group before."""
        alone = tuple(outcome for outcome in self.outcomes if outcome.isolated)
        return tuple(outcome for outcome in alone if not outcome.single_arm) or alone

    @property
    def single_arm(self) -> bool:
        """Whether nothing but time stands against what came out."""
        return any(outcome.single_arm for outcome in self.shown)

    @property
    def verdict(self) -> Verdict:
        """What came out."""
        if not self.shown:
            return Verdict.NOT_ISOLATED if self.outcomes else Verdict.NOT_MEASURED
        found = {outcome.relieved for outcome in self.shown}
        if True in found:
            return Verdict.SOME if False in found else Verdict.RELIEF
        return Verdict.NONE if False in found else Verdict.UNCLEAR

    def tells(self, quantity: str) -> bool:
        """Whether it tells a quantity at all."""
        return any(reading.dose.quantity == quantity for reading in self.readings)

    def varies(self, quantity: str) -> bool:
        """Whether it tells more than one dose in a quantity."""
        return len({reading.dose for reading in self.readings if reading.dose.quantity == quantity}) > 1

    def together(self, quantities: Sequence[str]) -> list[tuple[Reading, ...]]:
        """Its readings of the quantities, one of each, that hold at once."""
        each = [[reading for reading in self.readings if reading.dose.quantity == name] for name in quantities]
        return [one for one in product(*each) if all(a.meets(b) for a in one for b in one)]
