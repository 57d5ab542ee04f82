"""Doses on a small made-up pack: each number as it is told, what came out beside it, and nothing from too few."""

import json

import pytest

from kg.analysis import Dose, DoseMap, Verdict, dose_words, doses
from kg.analysis.programme import Cell, Outcome, Programme, Reading
from kg.evidence import Vocabulary
from kg.query import QuestionFault
from kg.query.answer import Term
from kg.rdf.namespaces import WORD
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

RATS = """
study: small-2000
publication: ref-1
told_by: ref-1
read: full-text
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  long: {gets: [{exercise: treadmill-running, bout: training, programme: {length: {low: 5, open: high, exclude: low, unit: day},
         phases: [{weeks: 1, week: [{days: {as_printed: daily}, minutes: 30..60}]}, {weeks: 2..3, week: [{days: 5, minutes: 60}]}]}}]}
  either: {gets: [{exercise: swimming, bout: training, programme: {length: {one_of: [2, 4], unit: week}}}]}
  told-nothing: {gets: [{exercise: wheel-running, bout: training}]}
  once: {gets: [{exercise: swimming, bout: acute, programme: {phases: [{week: [{minutes: 90}]}]}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: long, versus: rest, result: decrease}
  - {id: heat, measured: heat-hyperalgesia, group: long, versus: rest, result: no-significant-change}
  - {id: swum, measured: mechanical-allodynia, group: either, versus: long, result: decrease}
  - {id: once, measured: mechanical-allodynia, group: once, versus: rest, result: unclear}
  - {id: bdnf, measured: bdnf, group: told-nothing, versus: rest, result: increase}
sources: {paper: {kind: full-text, extent: full}}
adverse_events: not-mentioned
"""
PEOPLE = """
study: other-2001
publication: ref-2
told_by: ref-2
read: abstract
base: {species: human, condition: painful-diabetic-neuropathy}
groups:
  usual: {gets: [{care: usual-care}]}
  ride: {gets: [{exercise: cycling, bout: training, programme: {phases: [{week: [{days: 3, parts: [
         {modality: cycling, minutes: 30, intensity: 50..60 percent-vo2-reserve},
         {modality: resistance-training, intensity: {low: 40, open: high, unit: percent-1rm}}]}]}]}}]}
findings:
  - {id: pain, measured: neuropathic-pain-intensity, group: ride, versus: usual, result: no-significant-change}
  - {id: over-time, measured: neuropathic-pain-intensity, group: ride, versus: itself-before, result: decrease}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""
REVIEW = (
    RATS.replace("told_by: ref-1", "told_by: review").replace("read: full-text", "read: text").replace("30..60", "45")
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> OxigraphStore:
    """The graph of the made-up pack."""
    corpus = Corpus(tmp_path_factory.mktemp("doses"), vocabulary).write_study(RATS)
    corpus.write("studies/other-2001.yaml", PEOPLE.lstrip("\n"))
    corpus.write("review/studies/small-2000.yaml", told_in_review(REVIEW))
    return OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)


def told_in_review(text: str) -> str:
    """A study with a passage on each of its facts, as the review's telling needs them, and the review as its source."""
    passage = "passage: {start: rats ran here, end: for so long}"
    text = text.replace("bout:", f"{passage}, bout:").replace("- {id:", f"- {{{passage}, id:")
    return text.replace("paper: {kind: full-text, extent: full}", "text: {kind: review-text, extent: full}").replace(
        "not-mentioned", "not-read"
    )


@pytest.fixture(scope="module")
def tried(small: OxigraphStore) -> DoseMap:
    """What the papers tell."""
    return doses(small)


def cell(doses: DoseMap, species: str, bout: str = "training") -> Cell:
    """The one cell of a species and bout."""
    (found,) = [one for one in doses.cells if one.species_group == species and one.bout == bout]
    return found


def words(doses: DoseMap, where: Cell, quantity: str) -> list[str]:
    """The doses of a cell, read aloud."""
    return [dose.words for point in doses.points(where, quantity) for dose in point.doses]


def test_people_animals_and_single_sessions_stand_apart(tried: DoseMap) -> None:
    """
    Each cell is one class of condition, one species group and one bout; rats are told of as rodents.
    """
    assert [
        ("diabetic neuropathy", "human", "training"),
        ("peripheral nerve injury", "rodent", "acute"),
        ("peripheral nerve injury", "rodent", "training"),
    ] == [(one.condition_class, one.species_group, one.bout) for one in tried.cells]


def test_silent_programmes_count_among_all(tried: DoseMap) -> None:
    """
    Of three programmes two tell their length and one its minutes; the one that tells nothing is counted among the three.
    """
    rats = cell(tried, "rodent")
    told = tried.reported(rats, "weeks")
    assert (2, 3, 1, 3) == (told.programmes, told.of, told.studies, told.read_in_full)
    assert (1, 3) == (tried.reported(rats, "minutes").programmes, tried.reported(rats, "minutes").of)
    assert (0, 3) == (tried.reported(rats, "intensity").programmes, tried.reported(rats, "intensity").of)


def test_numbers_stay_as_they_are_told(tried: DoseMap) -> None:
    """
    An open bound, a choice, a range and a printed word: none becomes a number of its own.
    """
    rats = cell(tried, "rodent")
    assert ["more than 5 days", "2 or 4 weeks"] == words(tried, rats, "weeks")
    assert ["30 to 60 minutes", "60 minutes"] == words(tried, rats, "minutes")
    assert ["5 days a week", "daily"] == words(tried, rats, "days")
    (longer, either) = (point.doses[0] for point in tried.points(rats, "weeks"))
    assert (5, None, "high", "low") == (longer.low, longer.high, longer.open, longer.exclude)
    assert ((2, 4), None, None) == (either.one_of, either.low, either.high)


def test_intensities_keep_their_reference_and_never_share_an_axis(tried: DoseMap) -> None:
    """
    Percent of VO2 reserve and percent of 1-RM are two axes; so are the minutes of a part and of a session.
    """
    people = cell(tried, "human")
    points = tried.points(people, "intensity")
    assert 2 == len({dose.axis for point in points for dose in point.doses})
    assert [
        "50 to 60 percent of oxygen uptake reserve of cycling",
        "at least 40 percent of the one-repetition maximum of resistance training",
    ] == words(tried, people, "intensity")
    assert ["30 minutes of cycling"] == words(tried, people, "minutes")
    (part,), (session, _) = (tried.points(one, "minutes") for one in (people, cell(tried, "rodent")))
    assert part.doses[0].axis != session.doses[0].axis


def test_what_came_out_is_one_of_six(tried: DoseMap) -> None:
    """
    One outcome relieved and one not is both; two exercises compared isolate neither; a marker alone is no outcome of
    relief; unclear is its own; a comparison with another group goes before one with the group before.
    """
    assert {
        "treadmill running": Verdict.SOME, "wheel running": Verdict.NOT_MEASURED, "cycling": Verdict.NONE,
    } == {one.exercise: one.verdict for one in tried.programmes if one.exercise != "swimming"}  # fmt: skip
    assert {("training", Verdict.NOT_ISOLATED), ("acute", Verdict.UNCLEAR)} == {
        (one.cell.bout, one.verdict) for one in tried.programmes if one.exercise == "swimming"
    }
    assert not any(one.single_arm for one in tried.programmes)


def test_phases_tell_when_a_dose_held(tried: DoseMap) -> None:
    """
    A dose that changed within a programme is two points of it, each with its weeks.
    """
    assert ["weeks 1; one of several doses", "weeks 2 to 3; one of several doses"] == [
        one.held for point in tried.points(cell(tried, "rodent"), "minutes") for one in point.tried
    ]
    assert ["", ""] == [one.held for point in tried.points(cell(tried, "rodent"), "weeks") for one in point.tried]


def test_tellings_never_share_a_row(small: OxigraphStore) -> None:
    """
    Paper and review tell of other minutes; asked for both, each stands in cells of its own.
    """
    both = doses(small, telling="both", species="rat", bout="training")
    assert {
        "the paper tells": ["30 to 60 minutes", "60 minutes"], "the review tells": ["45 minutes", "60 minutes"],
    } == {one.told: words(both, one, "minutes") for one in both.cells}  # fmt: skip
    assert {"the review tells"} == {one.told for one in doses(small, telling="review").cells}


@pytest.mark.parametrize(
    ("wanted", "exercises"),
    [
        ({"condition": "diabetic neuropathy"}, {"cycling"}),
        ({"species": "human"}, {"cycling"}),
        ({"modality": "swimming", "bout": "acute"}, {"swimming"}),
        ({"modality": "swimming", "species": "human"}, set()),
    ],
)
def test_answer_is_narrowed(small: OxigraphStore, wanted: dict[str, str], exercises: set[str]) -> None:
    """
    By condition, species, exercise and bout.
    """
    assert exercises == {one.exercise for one in doses(small, **wanted).programmes}


@pytest.mark.parametrize("wanted", [{"telling": "gossip"}, {"bout": "often"}, {"species": "unicorn"}])
def test_unknown_wish_is_refused(small: OxigraphStore, wanted: dict[str, str]) -> None:
    """
    What is not one of the words or terms is a fault with the words or terms that are.
    """
    with pytest.raises(QuestionFault, match=r"is none of|is no term"):
        doses(small, **wanted)


def term(label: str, word: str = "") -> Term:
    return Term(label, WORD + (word or label))


PLACE = Cell(term("a condition"), term("a species"), term("training"), "the paper tells")


def programme(name: str, study: str, *readings: Reading, outcomes: tuple[Outcome, ...] = ()) -> Programme:
    return Programme(name, PLACE, term("running"), term(study), 1, "", term("abstract"), readings, outcomes)


def weeks(text: str, unit: str = "week") -> Reading:
    return Reading(Dose("weeks", text, unit=term(unit)), "", (None, None, None))


def minutes(text: str, phase: int = 1, day: int = 1, part: int | None = None) -> Reading:
    return Reading(Dose("minutes", text, part=term("running") if part else None), "", (phase, day, part))


def test_two_quantities_are_set_out_only_where_enough_tell_both() -> None:
    """
    Five programmes of three studies are enough; four are not, nor are five of two studies; one quantity always is.
    """
    five = [programme(f"p{n}", f"s{n % 3}", weeks("5"), minutes("30")) for n in range(5)]
    two = [programme(f"p{n}", f"s{n % 2}", weeks("5"), minutes("30")) for n in range(5)]
    assert 1 == len(DoseMap(tuple(five)).points(PLACE, "weeks", "minutes"))
    assert () == DoseMap(tuple(five[:4])).points(PLACE, "weeks", "minutes")
    assert () == DoseMap(tuple(two)).points(PLACE, "weeks", "minutes")
    assert 1 == len(DoseMap(tuple(five[:1])).points(PLACE, "weeks"))


def test_units_do_not_add_up_to_enough() -> None:
    """
    Four lengths in weeks and one in days are four and one, not five.
    """
    mixed = [programme(f"p{n}", f"s{n}", weeks("5", "day" if n else "week"), minutes("30")) for n in range(5)]
    assert 5 == DoseMap(tuple(mixed)).reported(PLACE, "weeks", "minutes").programmes
    assert () == DoseMap(tuple(mixed)).points(PLACE, "weeks", "minutes")


def test_quantities_of_different_phases_do_not_meet() -> None:
    """
    Thirty minutes of phase one and the three days of phase two never held at once; the length holds throughout.
    """
    days = Reading(Dose("days", "3"), "", (2, 1, None))
    one = programme("p", "s", weeks("5"), minutes("30", 1), days)
    assert [] == one.together(("minutes", "days"))
    assert 1 == len(one.together(("weeks", "minutes")))


def test_single_arm_counts_where_nothing_better_is_there() -> None:
    """
    A comparison with the group before stands, and is marked.
    """
    before = Outcome(
        "f", term("pain"), term("decrease"), True, isolated=True, single_arm=True, after="", read=term("x")
    )
    alone = programme("p", "s", weeks("5"), outcomes=(before,))
    assert (Verdict.RELIEF, True) == (alone.verdict, alone.single_arm)
    assert ["relief (single-arm)"] == [row[7] for row in dose_words.point_rows(DoseMap((alone,)), ["weeks"])]


def test_sentences_name_the_studies_behind_each_result(tried: DoseMap) -> None:
    """
    A point is one line: the dose, what came out, and reference, DOI and read depth of each study.
    """
    assert [
        "peripheral nerve injury, rodent, training, as the paper tells: more than 5 days. Relief of some outcomes and not "
        "of others: Small 2000 [1] (doi:10.1000/one, full text).",
        "peripheral nerve injury, rodent, training, as the paper tells: 2 or 4 weeks. Measured, but in no comparison that "
        "isolates this exercise: Small 2000 [1] (doi:10.1000/one, full text).",
    ] == dose_words.point_sentences(tried, ["weeks"])


def test_overview_counts_and_lists(tried: DoseMap) -> None:
    """
    Each cell says how many programmes report each quantity and which doses they had; one session has no weeks.
    """
    lines = dose_words.overview_sentences(tried)
    assert (
        "peripheral nerve injury, rodent, training, as the paper tells: 2 of 3 programmes report weeks; "
        "tried: more than 5 days, 2 or 4 weeks" in lines
    )
    assert "diabetic neuropathy, human, training, as the paper tells: 0 of 1 programmes report weeks" in lines
    acute = [line for line in lines if "acute" in line]
    assert ["1 of 1 sessions report minutes", "0 of 1 sessions report intensity", "0 of 1 sessions report speed"] == [
        line.split(": ")[1].partition(";")[0] for line in acute
    ]


def test_data_hold_numbers_as_told_and_no_other(tried: DoseMap) -> None:
    """
    JSON leaves out what is not told: an open end has no number, and a range has no middle.
    """
    told = json.loads(json.dumps(dose_words.as_data(tried, ())))
    rats = told["cells"][2]
    numbers = [
        (dose.get("low"), dose.get("high"), dose.get("one_of"))
        for point in rats["points"] for dose in point["doses"] if dose["quantity"] in ("weeks", "minutes")
    ]  # fmt: skip
    assert [(5, None, None), (None, None, [2, 4]), (30, 60, None), (60, 60, None)] == numbers
    assert {"reported": 2, "of": 3, "studies": 1, "read_in_full": 3} == rats["reported"]["weeks"]
    assert "recommends no dose" in told["note"]


def test_every_programme_of_the_bundled_graph_is_counted_in_each_of_its_cells(store: OxigraphStore) -> None:
    """
    Nothing is lost between the map and its points: whoever tells a quantity stands at a point of it, under its own number.
    """
    found = doses(store, telling="both")
    for where in found.cells:
        for quantity in where.quantities:
            there = {one.programme.iri for point in found.points(where, quantity) for one in point.tried}
            assert {one.iri for one in found.of(where) if one.tells(quantity)} == there
