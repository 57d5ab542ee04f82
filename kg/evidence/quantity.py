"""Numbers as sources print them: exact, a range, an open range, a choice; with a unit; never converted."""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kg.evidence.field import Count, Number, Record, SourceId, TermIn, Text, vocabulary_of, with_short_form
from kg.evidence.problem import quoted
from kg.evidence.unit import BARE_PERCENT, of_what, proposed
from kg.evidence.vocabulary import Vocabulary

Unit = Annotated[str, TermIn("unit")]

_SHORT = re.compile(
    r"(?P<low>[+-]?\d+(?:\.\d+)?)(?:\.\.(?P<high>[+-]?\d+(?:\.\d+)?))?(?:\s+(?P<unit>[a-z0-9-]+))?", re.ASCII
)
_P = re.compile(r"(?P<relation><=|>=|<|>|=)?\s*(?P<value>\d*\.?\d+)", re.ASCII)


def _fault(kind: str, message: str) -> PydanticCustomError:
    return PydanticCustomError("quantity", "{message}", {"message": message, "kind": kind})


def _ascending(numbers: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(sorted(set(numbers)))


class Quantity(Record):
    """
    One quantity: `5 week`, `50..60 percent-vo2-reserve`, or a mapping with `value` or `low` and `high`.

    An exact number has `low` equal to `high`. `open: high` says that no upper bound is stated, `open: low` that no
    lower one is; `exclude: low` reads "more than". `one_of` lists alternatives that are not a range.
    """

    low: Number | None = None
    high: Number | None = None
    unit: Unit | None = None
    open: Literal["high", "low"] | None = None
    exclude: Literal["high", "low"] | None = None
    one_of: Annotated[tuple[Number, ...], AfterValidator(_ascending)] = ()
    sd: Number | None = None
    as_printed: Text | None = None
    source: SourceId | None = Field(None, alias="from")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return with_short_form(handler(core), handler, {"type": "string"}, keys=("value",))

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            match = _SHORT.fullmatch(value)
            if not match:
                cure = proposed(value, vocabulary_of(info)) or " such as 5, 5 week or 50..60 percent-vo2-reserve"
                raise _fault("shape", f"{quoted(value)} is not a quantity{cure}")
            short = match.groupdict()
            short["high"] = short["high"] or short["low"]
            value = {key: part for key, part in short.items() if part is not None}
        vocabulary = vocabulary_of(info)
        if isinstance(value, dict) and value.get("unit") in BARE_PERCENT and vocabulary is not None:
            raise _fault("unit", of_what(vocabulary))
        if isinstance(value, dict) and "value" in value:
            if "low" in value or "high" in value:
                raise _fault("shape", "has value and a range; keep value for an exact number, low and high for a range")
            rest = {key: part for key, part in value.items() if key != "value"}
            return {**rest, "low": value["value"], "high": value["value"]}
        return value

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise _fault("order", f"low {self.low} is above high {self.high}; a reversed range goes to as_printed")
            if self.open:
                raise _fault("open", f"open: {self.open} says that no such bound is stated, but both are here")
        elif self.low is not None and self.open != "high":
            raise _fault("open", f"has low {self.low} only; say value: {self.low} if exact, or add open: high")
        elif self.high is not None and self.open != "low":
            raise _fault("open", f"has high {self.high} only; say value: {self.high} if exact, or add open: low")
        elif self.low is None and self.high is None and not self.one_of and self.as_printed is None:
            raise _fault("empty", "holds no number; leave the key out if the source does not state it")
        if self.one_of and (self.low is not None or self.high is not None or self.open):
            raise _fault(
                "choice", "one_of lists what may be meant; a range or an open end beside it says another thing"
            )
        if self.exclude and self.low is not None and self.low == self.high:
            raise _fault("exclude", f"value {self.low} with exclude: {self.exclude} leaves nothing; add open: high")
        if self.sd is not None and self.sd < 0:
            raise _fault("sd", f"a standard deviation of {self.sd} is impossible")
        if self.exclude and getattr(self, self.exclude) is None:
            raise _fault("exclude", f"exclude: {self.exclude} needs the bound {self.exclude}")
        return self

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that is stated, bounds first."""
        return tuple(n for n in (self.low, self.high, *self.one_of) if n is not None)


def limits(
    kind: str, *, least: int = 0, most: int | None = None, measures: str | None = None, example: str = "5 week"
) -> AfterValidator:
    """
    Refuses a quantity that is impossible for `kind`, or whose unit is of the wrong kind.

    With `measures` the quantity needs a unit that measures it; without, it is a plain number.
    """

    def check(quantity: Quantity, info: ValidationInfo) -> Quantity:
        for number in quantity.numbers:
            if number < least or (most is not None and number > most):
                bounds = f"at least {least}" if most is None else f"between {least} and {most}"
                raise _fault("limit", f"{number} is impossible for {kind}; it is {bounds}")
        if measures is None and quantity.unit is not None:
            raise _fault("unit", f"{kind}: write the number alone, without {quantity.unit}")
        if measures is not None and quantity.numbers:
            _check_unit(quantity, kind, measures, example, vocabulary_of(info))
        return quantity

    check.__doc__ = f"{kind}, such as {example if measures else '5 or 3..5'}"  # for those who explain the format
    return AfterValidator(check)


def _check_unit(quantity: Quantity, kind: str, measures: str, example: str, vocabulary: Vocabulary | None) -> None:
    if quantity.unit is None:
        raise _fault("unit", f"{kind} needs a unit, for example {example}")
    entry = vocabulary.terms.get(quantity.unit) if vocabulary else None
    if entry is None:
        return
    if entry.measures != measures:
        raise _fault("unit", f"{entry.id} does not measure {measures}; {kind} is, for example, {example}")
    for number in quantity.numbers:
        if entry.most is not None and number > entry.most:
            raise _fault("limit", f"{number} is impossible for {entry.label}; it is at most {entry.most}")


Speed = Annotated[Quantity, limits("a speed", measures="speed", example="20 metre-per-minute")]
Slope = Annotated[Quantity, limits("an incline", measures="slope", example="8 percent-incline")]
Duration = Annotated[Quantity, limits("a length of time", measures="time", example="5 week")]
Intensity = Annotated[
    Quantity,
    limits("an intensity", measures="intensity", example="50..60 percent-vo2-reserve, which names its reference"),
]
Dose = Annotated[Quantity, limits("a dose", measures="dose", example="0.1 mg-per-kg")]
Minutes = Annotated[Quantity, limits("the minutes of a session", most=1440)]
DaysAWeek = Annotated[Quantity, limits("the days of a week", most=7)]
Times = Annotated[Quantity, limits("a number of times")]
FromOne = Annotated[Quantity, limits("the weeks or sessions of a phase", least=1)]
Share = Annotated[Quantity, limits("a share in percent", most=100)]


class Measure(Record):
    """A value of one group at one time, as printed: a mean with its spread, or a count of people."""

    value: Number | None = None
    sd: Number | None = None
    unit: Unit | None = None
    count: Count | None = None
    of: Count | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return with_short_form(handler(core), handler, {"type": "string"})

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"value": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.value is None and self.count is None:
            raise _fault("empty", "needs value or count")
        if self.count is not None and self.of is not None and self.count > self.of:
            raise _fault("count", f"count {self.count} is above of {self.of}")
        return self


class Estimate(Record):
    """The size of an effect as printed; `kind` says what it is."""

    value: Number
    kind: (
        Literal["mean-difference", "mean-change", "standardised-mean-difference", "odds-ratio", "risk-ratio", "delay"]
        | None
    ) = None
    unit: Unit | None = None
    sd: Number | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return with_short_form(handler(core), handler, {"type": "string"})

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"value": value} if isinstance(value, str) else value


class Interval(Record):
    """An interval around an estimate; `level` in percent (95, not 0.95), absent where the source does not say it."""

    low: Number
    high: Number
    level: Annotated[Number, Field(ge=50, lt=100)] | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return with_short_form(handler(core), handler, {"type": "array", "minItems": 2, "maxItems": 2})

    @model_validator(mode="before")
    @classmethod
    def _pair(cls, value: object) -> object:
        if isinstance(value, list):
            if len(value) != 2:
                raise _fault("interval", "an interval is [low, high]")
            return {"low": value[0], "high": value[1]}
        return value

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.low > self.high:
            raise _fault("order", f"low {self.low} is above high {self.high}")
        return self


class PValue(Record):
    """A p value as printed: `0.04`, `"<0.0001"`, `">0.05"`."""

    value: Annotated[Number, Field(ge=0, le=1)]
    relation: Literal["equal", "below", "above", "at-most", "at-least"] = "equal"

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return with_short_form(handler(core), handler, {"type": "string"})

    @model_validator(mode="before")
    @classmethod
    def _printed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        match = _P.fullmatch(value)
        if not match:
            raise _fault("p", f'{quoted(value)} is not a p value such as 0.04 or "<0.0001"')
        relations = {"<": "below", ">": "above", "<=": "at-most", ">=": "at-least", "=": "equal", None: "equal"}
        number = match["value"]
        return {"value": f"0{number}" if number.startswith(".") else number, "relation": relations[match["relation"]]}
