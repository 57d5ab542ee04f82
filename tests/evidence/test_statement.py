"""Statements: a closed frame for each kind of claim, with its own slots."""

import typing

import pytest
from pydantic import TypeAdapter

from kg.evidence.statement import DescribesStatement, EffectStatement, OpenQuestion, RecommendsStatement, Statement
from tests.corpus import Corpus

FILE = "review/statements.yaml"
EFFECT = "{frame: effect, exposure: exercise, measured: mechanical-allodynia, direction: decrease}"
#: The slots of every frame.
FRAMES = {
    "effect": "{exposure: exercise, measured: mechanical-allodynia, direction: decrease}",
    "blocked": f"{{blocker: naloxone, mechanism: opioid-system, of: {EFFECT}, how: reversed, dose_dependent: true}}",
    "mediates": f"{{mechanism: opioid-system, of: {EFFECT}}}",
    "association": "{a: mechanical-allodynia, b: bdnf, sign: positive}",
    "compare": "{better: cycling, worse: usual-care, measured: fatigue}",
    "not-examined": f"{{mechanism: endocannabinoid-system, of: {EFFECT}}}",
    "needed": "{what: trials in women}",
    "recommends": "{what: exercise}",
    "number": "{of: adults with neuropathic pain, value: 7..10 percent-of-people}",
    "describes": "{topic: opioid-system}",
}


def statement(frame: str = "effect", slots: str | None = None, id: str = "one", more: str = "") -> str:
    """One statement as it stands in the file."""
    return (
        f"- id: {id}\n  section: Mechanisms\n  passage: {{start: Exercise lowers, end: in rats}}\n"
        f"  frame: {frame}\n  slots: {slots or FRAMES[frame]}\n  cites: [ref-1]\n  cites_from: sentence\n"
        f"  certainty: asserted\n{more}"
    )


def test_every_frame_is_tried_here() -> None:
    """
    A new frame gets its slots in `FRAMES`, and so a test.
    """
    union = typing.get_args(typing.get_args(Statement)[0])
    frames = {typing.get_args(kind.model_fields["frame"].annotation)[0] for kind in union}

    assert set(FRAMES) == frames


@pytest.mark.parametrize("frame", FRAMES)
def test_frame_is_read_with_its_slots(corpus: Corpus, frame: str) -> None:
    """
    Every frame takes its own slots, and the record says which frame it is.
    """
    said = corpus.write(FILE, statement(frame)).load().usable().statements["one"]

    assert frame == said.frame
    assert f"{frame.title().replace('-', '')}Statement" == type(said).__name__


@pytest.mark.parametrize("frame", FRAMES)
def test_frame_refuses_slots_that_are_not_its_own(corpus: Corpus, frame: str) -> None:
    """
    A slot that a frame does not have is refused at its line.
    """
    slots = FRAMES[frame].replace("{", "{colour: red, ", 1)
    problem = corpus.write(FILE, statement(frame, slots)).problem()

    assert ("E010", 5, "[0].slots.colour") == (problem.code, problem.line, problem.where)


@pytest.mark.parametrize("frame", FRAMES)
def test_frame_is_refused_without_its_slots(corpus: Corpus, frame: str) -> None:
    """
    A frame without what it is about says nothing.
    """
    problems = corpus.write(FILE, statement(frame, "{}")).check()

    assert problems
    assert {"E011"} == {p.code for p in problems}


def test_unknown_frame_is_refused_with_all_frames(corpus: Corpus) -> None:
    """
    A frame outside the closed list is refused, and the list is shown.
    """
    problem = corpus.write(FILE, statement("effekt", FRAMES["effect"])).problem()

    assert 1 <= problem.line <= 4
    assert all(f"'{frame}'" in problem.message for frame in FRAMES)


def test_mechanism_that_is_a_marker_is_refused(corpus: Corpus) -> None:
    """
    A slot takes terms of its scheme only, and says which scheme the term is of.
    """
    problem = corpus.write(FILE, statement("mediates", f"{{mechanism: beta-endorphin, of: {EFFECT}}}")).problem()

    assert ("E012", 5, "[0].slots.mechanism") == (problem.code, problem.line, problem.where)
    assert "is a term of the scheme marker, not of mechanism" in problem.message


def test_inner_effect_is_checked_too(corpus: Corpus) -> None:
    """
    The effect inside a frame is held to the same words.
    """
    wrong = EFFECT.replace("direction: decrease", "direction: down")
    problem = corpus.write(FILE, statement("mediates", f"{{mechanism: opioid-system, of: {wrong}}}")).problem()

    assert ("E013", "[0].slots.of.direction") == (problem.code, problem.where)
    assert "'attenuated-rise'" in problem.message


def test_context_limits_a_statement(corpus: Corpus) -> None:
    """
    Condition, species and the rest say what a claim is limited to; one or several each.
    """
    more = "  context: {condition: [spinal-cord-injury, healthy], species: rat, bout: training}\n  quantifier: most\n"
    said = corpus.write(FILE, statement(more=more)).load().usable().statements["one"]

    assert isinstance(said, EffectStatement) and said.context is not None
    assert (("healthy", "spinal-cord-injury"), ("rat",), "training", "most") == (
        said.context.condition,
        said.context.species,
        said.context.bout,
        said.quantifier,
    )


@pytest.mark.parametrize(
    ("frame", "slot"), [("recommends", "what: two of the old drugs"), ("describes", "topic: opioid-system")]
)
def test_treatments_are_named_as_terms(corpus: Corpus, frame: str, slot: str) -> None:
    """
    What is recommended, or named as a treatment, may stand as terms beside the words: one, several or none.
    """
    several = statement(frame, f"{{{slot}, exposure: [swimming, naloxone]}}")
    said = corpus.write(FILE, several + statement(frame, f"{{{slot}}}", id="none")).load().usable().statements

    assert isinstance(said["one"], RecommendsStatement | DescribesStatement)
    assert isinstance(said["none"], RecommendsStatement | DescribesStatement)
    assert (("naloxone", "swimming"), ()) == (said["one"].slots.exposure, said["none"].slots.exposure)


@pytest.mark.parametrize("key", ["certainty", "cites_from", "section", "passage"])
def test_where_and_how_surely_it_is_said_is_never_left_out(corpus: Corpus, key: str) -> None:
    """
    A claim has a section, a passage, a certainty, and says where its citations stand.
    """
    text = "".join(line for line in statement().splitlines(keepends=True) if not line.startswith(f"  {key}:"))
    problem = corpus.write(FILE, text).problem()

    assert ("E011", f"[0].{key}") == (problem.code, problem.where)


def test_question_may_leave_every_slot_open() -> None:
    """
    An absent slot of a question means any.
    """
    question = TypeAdapter(OpenQuestion).validate_python({"id": "q", "statement": "s", "about": {"species": "rat"}})

    assert ((), ("rat",)) == (question.about.mechanism, question.about.species)
