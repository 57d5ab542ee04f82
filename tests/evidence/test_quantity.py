"""Quantities: every shorthand equals its long form, and what cannot be is refused."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import TypeAdapter, ValidationError

from kg.evidence import Vocabulary
from kg.evidence.quantity import (
    DaysAWeek,
    Duration,
    Estimate,
    FromOne,
    Intensity,
    Interval,
    Measure,
    Minutes,
    PValue,
    Quantity,
    Share,
    Times,
)
from tests.corpus import Corpus

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
LENGTH = "length: 5 week"


def read(kind: Any, value: object, vocabulary: Vocabulary | None = None) -> Any:
    """The value that a field of this kind makes of what a file holds."""
    return TypeAdapter(kind).validate_python(value, context={"vocabulary": vocabulary})


def refusal(kind: Any, value: object, vocabulary: Vocabulary | None = None) -> tuple[str, str]:
    """The kind of error and the words with which a value is refused."""
    with pytest.raises(ValidationError) as refused:
        read(kind, value, vocabulary)
    (error,) = refused.value.errors()
    return str(error["type"]), str(error["msg"])


# --- shorthands


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("5", {"low": "5", "high": "5"}),
        ("-0.5", {"low": "-0.5", "high": "-0.5"}),
        ("+2.50", {"low": "2.50", "high": "2.50"}),
        ("5 week", {"low": "5", "high": "5", "unit": "week"}),
        ("5   week", {"low": "5", "high": "5", "unit": "week"}),
        ("1 mg-per-kg", {"low": "1", "high": "1", "unit": "mg-per-kg"}),
        ("10 percent-10rm", {"low": "10", "high": "10", "unit": "percent-10rm"}),
        ("50..60", {"low": "50", "high": "60"}),
        ("-1.5..-0.5 point", {"low": "-1.5", "high": "-0.5", "unit": "point"}),
        ("50..60 percent-vo2-reserve", {"low": "50", "high": "60", "unit": "percent-vo2-reserve"}),
        ({"value": "5"}, {"low": "5", "high": "5"}),
        ({"value": "5", "unit": "week"}, {"low": "5", "high": "5", "unit": "week"}),
        (
            {"value": "5", "sd": "1.2", "as_printed": "about five", "from": "abstract"},
            {"low": "5", "high": "5", "sd": "1.2", "as_printed": "about five", "from": "abstract"},
        ),
    ],
)
def test_shorthand_equals_the_long_form(short: object, long: object) -> None:
    """
    However a curator writes a quantity, the record is the same.
    """
    assert read(Quantity, long) == read(Quantity, short)


def test_long_form_keeps_every_part() -> None:
    """
    Each key of the long form reaches the record under its name.
    """
    quantity = read(
        Quantity, {"low": "5", "unit": "week", "open": "high", "exclude": "low", "sd": "0.5", "from": "abstract"}
    )

    assert (Decimal(5), None, "week", "high", "low") == (
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.open,
        quantity.exclude,
    )
    assert (Decimal("0.5"), "abstract", ()) == (quantity.sd, quantity.source, quantity.one_of)


def test_shorthand_in_a_file_equals_the_long_form(corpus: Corpus) -> None:
    """
    From the file on, `5 week` and its long form are one.
    """
    short = corpus.load().usable().papers
    long = corpus.with_text(LENGTH, "length: {low: 5, high: 5, unit: week}").load().usable().papers

    assert short == long


NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3)


@given(NUMBERS, NUMBERS, st.sampled_from([None, "week", "percent-vo2-peak"]))
@QUICK
def test_any_range_written_short_is_read_back(one: Decimal, other: Decimal, unit: str | None) -> None:
    """
    Low, high and unit survive the shorthand, whatever they are.
    """
    low, high = sorted((one, other))
    text = f"{low:f}..{high:f}" + (f" {unit}" if unit else "")
    quantity = read(Quantity, text)

    assert (low, high, unit) == (quantity.low, quantity.high, quantity.unit)
    assert quantity == read(Quantity, {"low": f"{low:f}", "high": f"{high:f}", **({"unit": unit} if unit else {})})


@given(NUMBERS)
@QUICK
def test_any_single_number_is_exact(number: Decimal) -> None:
    """
    One number is a range from itself to itself.
    """
    quantity = read(Quantity, f"{number:f}")

    assert (number, number) == (quantity.low, quantity.high)


@pytest.mark.parametrize(
    "text",
    [
        "five week",
        "5week",
        "5 Week",
        "5 weeks!",
        "5-6 week",
        "5 – 6",
        "5...6",
        "5..",
        "..6",
        "week",
        "week 5",
        "<5",
        "1e3 week",
        ".inf",
        "NaN",
        "5:30",
        "0x1F",
        "1,5",
        "no",
        " 5",
        "5 week ",
        "٥ week",
        "5% week",
        "5 week long",
    ],
)
def test_what_is_no_quantity_is_refused_with_examples(text: str) -> None:
    """
    What cannot be read as number and unit is refused, and the message shows three right forms.
    """
    wanted = f"{text!r} is not a quantity such as 5, 5 week or 50..60 percent-vo2-reserve"

    assert ("quantity", wanted) == refusal(Quantity, text)


# --- what cannot be


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"low": "7", "high": "5"}, "low 7 is above high 5; a reversed range goes to as_printed"),
        ("7..5", "low 7 is above high 5; a reversed range goes to as_printed"),
        ({"low": "5"}, "has low 5 only; say value: 5 if exact, or add open: high"),
        ({"low": "5", "open": "low"}, "has low 5 only; say value: 5 if exact, or add open: high"),
        ({"high": "5"}, "has high 5 only; say value: 5 if exact, or add open: low"),
        ({"high": "5", "open": "high"}, "has high 5 only; say value: 5 if exact, or add open: low"),
        ({"low": "5", "high": "6", "open": "high"}, "open: high says that no such bound is stated, but both are here"),
        ({"value": "5", "open": "low"}, "open: low says that no such bound is stated, but both are here"),
        ({"value": "5", "low": "3"}, "has value and a range; keep value for an exact number, low and high for a range"),
        (
            {"value": "5", "high": "6"},
            "has value and a range; keep value for an exact number, low and high for a range",
        ),
        ({"unit": "week"}, "holds no number; leave the key out if the source does not state it"),
        ({}, "holds no number; leave the key out if the source does not state it"),
        ({"low": "5", "open": "high", "exclude": "high"}, "exclude: high needs the bound high"),
        ({"one_of": ["5"], "exclude": "low"}, "exclude: low needs the bound low"),
    ],
)
def test_impossible_quantity_is_refused_with_the_cure(value: object, message: str) -> None:
    """
    Bounds that contradict each other, and bounds that are half there, are refused.
    """
    assert ("quantity", message) == refusal(Quantity, value)


@pytest.mark.parametrize(
    "value",
    [
        {"low": "5", "open": "high"},
        {"high": "5", "open": "low"},
        {"low": "5", "open": "high", "exclude": "low"},
        {"low": "5", "high": "6", "exclude": "high"},
        {"low": "5", "high": "5"},
        {"one_of": ["5", "7"]},
        {"as_printed": "six to four"},
    ],
)
def test_possible_quantity_is_taken(value: object) -> None:
    """
    Open ranges, strict bounds, choices and what can only be quoted are all quantities.
    """
    assert isinstance(read(Quantity, value), Quantity)


@pytest.mark.parametrize(
    "value",
    [
        {"value": "5", "exclude": "low"},
        {"value": "5", "sd": "-2"},
        {"one_of": ["5", "7"], "open": "high"},
        {"one_of": ["5", "7"], "low": "1", "high": "2"},
    ],
)
def test_contradiction_in_a_quantity_is_refused(value: object) -> None:
    """
    More than five and exactly five, a negative spread, a choice that is open or a range besides: each is a slip.
    """
    assert "quantity" == refusal(Quantity, value)[0]


@pytest.mark.parametrize("part", ["value", "low", "high", "sd"])
@pytest.mark.parametrize("text", ["1e3", ".inf", "NaN", "five", ""])
def test_part_of_a_quantity_that_is_no_number_is_refused(part: str, text: str) -> None:
    """
    The long form takes plain numbers only.
    """
    with pytest.raises(ValidationError, match="is not a number such as 5"):
        read(Quantity, {"low": "1", "high": "9", part: text} if part != "value" else {"value": text})


def test_all_numbers_of_a_quantity_are_at_hand() -> None:
    """
    Bounds come first, then choices in order; nothing that is absent.
    """
    assert (Decimal(5), Decimal(6)) == read(Quantity, "5..6").numbers
    assert (Decimal(5),) == read(Quantity, {"low": "5", "open": "high"}).numbers
    assert (Decimal(1), Decimal(3)) == read(Quantity, {"one_of": ["3", "1"]}).numbers


# --- limits, each in its field


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Minutes, "-5", "-5 is impossible for the minutes of a session; it is between 0 and 1440"),
        (Minutes, "1441", "1441 is impossible for the minutes of a session; it is between 0 and 1440"),
        (Minutes, "2 hour", "the minutes of a session: write the number alone, without hour"),
        (DaysAWeek, "9", "9 is impossible for the days of a week; it is between 0 and 7"),
        (DaysAWeek, "3..8", "8 is impossible for the days of a week; it is between 0 and 7"),
        (DaysAWeek, {"one_of": ["3", "9"]}, "9 is impossible for the days of a week; it is between 0 and 7"),
        (FromOne, "0", "0 is impossible for the weeks or sessions of a phase; it is at least 1"),
        (Times, "-1", "-1 is impossible for a number of times; it is at least 0"),
        (Share, "101", "101 is impossible for a share in percent; it is between 0 and 100"),
        (Duration, "-5 week", "-5 is impossible for a length of time; it is at least 0"),
        (Duration, "5", "a length of time needs a unit, for example 5 week"),
        (
            Intensity,
            "50..60",
            "an intensity needs a unit, for example 50..60 percent-vo2-reserve, which names its reference",
        ),
    ],
)
def test_number_outside_its_limits_is_refused(kind: Any, value: object, message: str) -> None:
    """
    A week has seven days and a day 1,440 minutes; time is not negative, and a length has a unit.
    """
    assert ("quantity", message) == refusal(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Minutes, "0"),
        (Minutes, "1440"),
        (DaysAWeek, "7"),
        (DaysAWeek, "2.5"),
        (FromOne, "1..6"),
        (Share, "100"),
        (Duration, {"as_printed": "until recovery"}),
    ],
)
def test_number_at_its_limit_is_taken(kind: Any, value: object) -> None:
    """
    The limits belong to what is possible; words without a number need no unit.
    """
    assert isinstance(read(kind, value), Quantity)


@pytest.mark.parametrize(
    ("text", "code", "part", "words"),
    [
        ("programme: {phases: [{week: [{days: 9}]}]}", "E014", "days: 9", "between 0 and 7"),
        ("programme: {phases: [{week: [{minutes: -30}]}]}", "E014", "minutes: -30", "between 0 and 1440"),
        ("programme: {length: {low: 5, unit: week}}", "E014", "length", "say value: 5 if exact, or add open: high"),
        ("programme: {length: 5 wek}", "E012", "length", "did you mean week?"),
        ("programme: {length: 5}", "E014", "length", "needs a unit"),
    ],
)
def test_impossible_dose_is_refused_at_its_place(corpus: Corpus, text: str, code: str, part: str, words: str) -> None:
    """
    In a file, a quantity is refused at its own key.
    """
    problem = corpus.with_text("programme: {length: 5 week}", text).problem()

    assert (code, *corpus.place(part)) == (problem.code, problem.line, problem.column)
    assert words in problem.message


@pytest.mark.parametrize(
    ("intensity", "code", "words"),
    [
        ("60 percent", "E014", "a percentage says of what: percent-10rm, percent-1rm, percent-incline"),
        (
            "60 percent-of-people",
            "E014",
            "percent-of-people does not measure intensity; an intensity is, for example, 50..60 percent-vo2-",
        ),
        ("400 percent-vo2-peak", "E014", "400 is impossible for percent of peak oxygen uptake; it is at most 200"),
        ("60..101 percent-peak-heart-rate", "E014", "101 is impossible for"),
        ("21 rpe-borg", "E014", "21 is impossible for"),
        ("60", "E014", "an intensity needs a unit"),
    ],
)
def test_intensity_names_its_reference_and_is_possible(corpus: Corpus, intensity: str, code: str, words: str) -> None:
    """
    A percentage says of what, and no more than the reference allows: nobody works at 400 percent of VO2 peak.
    """
    part = f"{{modality: treadmill-running, intensity: {intensity}}}"
    text = f"programme: {{phases: [{{week: [{{parts: [{part}]}}]}}]}}"
    problem = corpus.with_text("programme: {length: 5 week}", text).problem()

    assert (code, *corpus.place("intensity")) == (problem.code, problem.line, problem.column)
    assert words in problem.message


@pytest.mark.parametrize("intensity", ["55..69 percent-peak-heart-rate", "200 percent-vo2-peak", "20 rpe-borg"])
def test_possible_intensity_is_taken(vocabulary: Vocabulary, intensity: str) -> None:
    """
    The largest possible number is possible.
    """
    assert isinstance(read(Intensity, intensity, vocabulary), Quantity)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("length: 5 mg", "mg does not measure time; a length of time is, for example, 5 week"),
        ("length: 5 percent-vo2-peak", "percent-vo2-peak does not measure time"),
        ("phases: [{week: [{minutes: 2 hour}]}]", "write the number alone, without hour"),
        ("phases: [{week: [{days: 3 week}]}]", "write the number alone, without week"),
        ("phases: [{week: [{parts: [{modality: walking, speed: 5 week}]}]}]", "week does not measure speed"),
        ("phases: [{week: [{parts: [{modality: walking, incline: 5 metre-per-minute}]}]}]", "does not measure slope"),
        ("phases: [{week: [{parts: [{modality: walking, sets: 3 set}]}]}]", "write the number alone, without set"),
    ],
)
def test_unit_fits_what_is_measured(corpus: Corpus, text: str, words: str) -> None:
    """
    A length of time is not in milligrams, and `minutes: 2 hour` is not two minutes.
    """
    problem = corpus.with_text(LENGTH, text).problem()

    assert "E014" == problem.code
    assert words in problem.message


@pytest.mark.parametrize("dose", ["5 week", "5 percent-vo2-peak"])
def test_dose_is_not_a_time_or_an_effort(corpus: Corpus, dose: str) -> None:
    """
    The amount of a drug has a unit of amount.
    """
    problem = corpus.with_text("rest: {gets: []}", f"rest: {{gets: [{{agent: naloxone, dose: {dose}}}]}}").check()[0]

    assert ("E014", *corpus.place("dose")) == (problem.code, problem.line, problem.column)
    assert "does not measure dose; a dose is, for example, 0.1 mg-per-kg" in problem.message


# --- measures, estimates, intervals, p values


def test_bare_number_is_a_measure_or_an_estimate() -> None:
    """
    A number alone is the value.
    """
    assert Measure(value="4.5") == read(Measure, "4.5")
    assert Estimate(value="-5.4") == read(Estimate, "-5.4")
    assert Decimal("-5.4") == read(Estimate, "-5.4").value


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"sd": "1"}, "needs value or count"),
        ({}, "needs value or count"),
        ({"count": "5", "of": "3"}, "count 5 is above of 3"),
    ],
)
def test_empty_or_impossible_measure_is_refused(value: object, message: str) -> None:
    """
    A measure has a value or a count, and no more people than there were.
    """
    assert ("quantity", message) == refusal(Measure, value)
    assert 3 == read(Measure, {"count": "3", "of": "3"}).count


def test_pair_is_an_interval() -> None:
    """
    `[low, high]` equals the long form; the level is absent where the source does not say it.
    """
    assert read(Interval, {"low": "-10.6", "high": "-0.2"}) == read(Interval, ["-10.6", "-0.2"])
    assert read(Interval, ["-10.6", "-0.2"]).level is None
    assert Decimal(95) == read(Interval, {"low": "1", "high": "2", "level": "95"}).level


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["1"], "an interval is [low, high]"),
        (["1", "2", "3"], "an interval is [low, high]"),
        ([], "an interval is [low, high]"),
        (["2", "1"], "low 2 is above high 1"),
    ],
)
def test_interval_is_two_numbers_in_order(value: object, message: str) -> None:
    """
    An interval that is reversed, or has one or three numbers, is refused.
    """
    assert ("quantity", message) == refusal(Interval, value)


@pytest.mark.parametrize("level", ["0", "0.95", "100", "-95", "950"])
def test_level_of_an_interval_is_a_percentage(level: str) -> None:
    """
    The level is printed in percent: 95, not 0.95.
    """
    with pytest.raises(ValidationError):
        read(Interval, {"low": "1", "high": "2", "level": level})


@pytest.mark.parametrize(
    ("text", "value", "relation"),
    [
        ("0.04", "0.04", "equal"),
        ("=0.04", "0.04", "equal"),
        ("<0.0001", "0.0001", "below"),
        ("< 0.05", "0.05", "below"),
        ("<=0.05", "0.05", "at-most"),
        (">0.05", "0.05", "above"),
        (">=0.05", "0.05", "at-least"),
        ("<.05", "0.05", "below"),
        ("1", "1", "equal"),
    ],
)
def test_p_value_is_read_as_printed(text: str, value: str, relation: str) -> None:
    """
    The sign before a p value is part of what the paper says.
    """
    p = read(PValue, text)

    assert (value, relation) == (str(p.value), p.relation)
    assert read(PValue, {"value": value, "relation": relation}) == p


@pytest.mark.parametrize("text", ["n.s.", "", "<", "0,05", "p<0.05", "<<0.05", "5%", "-0.05", "1e-5", "NaN"])
def test_what_is_no_p_value_is_refused(text: str) -> None:
    """
    Words and other signs are refused with two right forms.
    """
    assert ("quantity", f'{text!r} is not a p value such as 0.04 or "<0.0001"') == refusal(PValue, text)


@pytest.mark.parametrize("text", ["1.01", "5", "<5"])
def test_p_value_is_a_probability(text: str) -> None:
    """
    Nothing above one is a p value.
    """
    with pytest.raises(ValidationError, match="less than or equal to 1"):
        read(PValue, text)


def test_numbers_of_a_finding_are_refused_at_their_place(corpus: Corpus) -> None:
    """
    All faults of one finding are told together, each at its own key, from left to right.
    """
    bent = "result: decrease, estimate: big, interval: [2, 1], p: n.s., before: {count: 5, of: 3}"
    problems = corpus.with_text("result: decrease", bent).check()

    assert [corpus.place(key) for key in ("estimate:", "interval:", "p: n.s.", "before:")] == [
        (p.line, p.column) for p in problems
    ]
    assert ["E015", "E014", "E014", "E014"] == [p.code for p in problems]


@pytest.mark.parametrize("unit", ["[week]", "{week: 1}", "[[percent]]"])
def test_unit_that_is_no_word_is_refused(corpus: Corpus, unit: str) -> None:
    """
    A list or a mapping in place of the unit is a fault like another.
    """
    problem = corpus.with_text(LENGTH, f"length: {{value: 5, unit: {unit}}}").problem()

    assert ("E015", "groups.run.gets[0].programme.length.unit") == (problem.code, problem.where)
