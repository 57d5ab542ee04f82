"""What a group gets: eight kinds of exposure, told apart by one key."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from kg.evidence import exposure
from kg.evidence.exposure import KEYS, Exposure, what
from kg.evidence.passage import Told
from tests.corpus import Corpus

RUN = "{exercise: treadmill-running, bout: training, programme: {length: 5 week}}"
#: One exposure of every kind: as written, and the term that says what it is.
EVERY_KIND: dict[str, tuple[dict[str, Any], str]] = {
    "exercise": ({"exercise": "treadmill-running", "bout": "acute"}, "treadmill-running"),
    "agent": ({"agent": "naloxone"}, "naloxone"),
    "knock-out": ({"knock-out": "il-4"}, "il-4"),
    "chemogenetic": ({"chemogenetic": {"tool": "hm4di", "cells": "vta-dopamine-neurons"}}, "hm4di"),
    "transplant": ({"transplant": "gabaergic-neural-progenitors"}, "gabaergic-neural-progenitors"),
    "diet": ({"diet": "high-fat-diet"}, "high-fat-diet"),
    "education": ({"education": "health-education"}, "health-education"),
    "care": ({"care": "usual-care"}, "usual-care"),
}


@pytest.mark.parametrize("key", KEYS)
def test_key_tells_the_kind_of_exposure(key: str) -> None:
    """
    Every kind is read by its own key, and says what it is.
    """
    written, term = EVERY_KIND[key]
    read = TypeAdapter(Exposure).validate_python(written)

    assert KEYS[key] is type(read)
    assert term == what(read)


def test_every_kind_of_exposure_has_its_key() -> None:
    """
    A new class of exposure is given a key, and stands in `EVERY_KIND` here.
    """
    kinds = {kind for kind in vars(exposure).values() if isinstance(kind, type) and issubclass(kind, Told)}

    assert kinds - {Told, exposure.Programme} == set(KEYS.values())
    assert set(KEYS) == set(EVERY_KIND)


def test_what_refuses_what_is_no_exposure() -> None:
    """
    A programme is no exposure: asking what it is shows a mistake in the program.
    """
    with pytest.raises(TypeError, match="Programme"):
        what(exposure.Programme())


@pytest.mark.parametrize("item", ["{}", "naloxone", "[]", "{dose: 1 mg}"])
def test_exposure_without_its_key_is_refused_with_all_keys(corpus: Corpus, item: str) -> None:
    """
    What is not told to be exercise, a drug or another kind is refused at its place, and the kinds are listed.
    """
    problem = corpus.with_text(f"[{RUN}]", f"[{RUN}, {item}]").problem()

    assert (corpus.place(RUN)[1] + len(RUN) + 2, "groups.run.gets[1]") == (problem.column, problem.where)
    assert "needs one of the keys " + ", ".join(KEYS) == problem.message


def test_two_kinds_in_one_exposure_are_refused(corpus: Corpus) -> None:
    """
    Exercise and a drug are two things that a group gets.
    """
    problem = corpus.with_text("bout: training", "bout: training, agent: naloxone").problem()

    assert ("E010", *corpus.place("agent")) == (problem.code, problem.line, problem.column)


def test_bout_of_exercise_is_never_left_out(corpus: Corpus) -> None:
    """
    Whether one session or a programme is never guessed.
    """
    problem = corpus.with_text("bout: training, ", "").problem()

    assert ("E011", *corpus.place("{exercise")) == (problem.code, problem.line, problem.column)
    assert "groups.run.gets[0].bout" == problem.where
    assert "the key 'bout' is missing" == problem.message


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("knock-out: naloxone", RUN, "{knock-out: naloxone}"),
        ("cells: hm4di", RUN, "{chemogenetic: {tool: hm4di, cells: hm4di}}"),
        ("setting: garden", "length: 5 week", "length: 5 week, setting: garden"),
        ("education: usual", RUN, "{education: usual}"),
    ],
)
def test_terms_of_an_exposure_are_checked(corpus: Corpus, key: str, old: str, new: str) -> None:
    """
    Genes, tools, cells, settings: each is a term of its own scheme.
    """
    problem = corpus.with_text(old, new).problem()

    assert "E012" == problem.code
    assert problem.line == corpus.place(key)[0]


def test_full_dose_is_read_to_its_last_part(corpus: Corpus) -> None:
    """
    Phases, days and parts of a week hold what the source states, quantity by quantity.
    """
    week = (
        "{days: 2, minutes: 52.5, parts: [{modality: cycling, minutes: 30, intensity: 50..60 percent-vo2-reserve, "
        "work: 1 minute, rest: 90 second, incline: 5 percent-incline}]}, {days: 1, parts: [{modality: "
        "resistance-training, sets: 2, reps: 10..12, intensity: [{low: 40, open: high, unit: percent-1rm}]}]}"
    )
    corpus.with_text("length: 5 week", f"length: 12 week, phases: [{{weeks: 1..6, week: [{week}]}}]")
    (ride,) = corpus.load().usable().papers["small-2000"].groups["run"].gets

    assert isinstance(ride, exposure.Exercise) and ride.programme is not None
    (phase,) = ride.programme.phases
    mixed, strong = phase.week
    assert phase.weeks is not None
    assert (Decimal(1), Decimal(6)) == phase.weeks.numbers
    assert ("cycling", "resistance-training") == (mixed.parts[0].modality, strong.parts[0].modality)
    assert ["percent-vo2-reserve"] == [x.unit for x in mixed.parts[0].intensity]
    assert [None] == [x.high for x in strong.parts[0].intensity]
    assert "second" == (mixed.parts[0].rest and mixed.parts[0].rest.unit)
