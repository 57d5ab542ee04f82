"""The questions on a small made-up pack of which every answer is known: what must come out, and what must not."""

import json
from collections.abc import Callable

import pytest

from kg.evidence import Vocabulary
from kg.query import ask, bundled_names, bundled_question, construct
from kg.rdf.namespaces import EPK, TERM
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

REFERENCES = [
    {"id": f"ref-{n}", "type": "article-journal", "title": f"Paper {n}", "author": [{"family": name, "given": "A"}],
     "issued": {"date-parts": [[year]]}, "DOI": f"10.1000/{n}"}
    for n, name, year in [(1, "Runner", 2000), (2, "Mouse", 2000), (3, "Trial", 2002), (4, "Absent", 2003),
                          (5, "Drug", 2005)]
]  # fmt: skip
RUNNER = """
study: runner-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, sex: male, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run:
    gets:
      - exercise: treadmill-running
        bout: training
        start: {relative_to_injury: after, time: 7 day}
        programme:
          length: 5 week
          phases: [{week: [{days: 5, minutes: 30, parts: [{modality: treadmill-running, speed: 15..20 metre-per-minute}]}]}]
  run-blocked: {like: run, plus: [{agent: naloxone, dose: 1 mg-per-kg, route: subcutaneous, reaches: [peripheral]}]}
  stopped: {like: run, at: {after_last_session: 5 day}}
  sounded: {gets: [{care: therapeutic-ultrasound}]}
findings:
  - {id: touch, measured: mechanical-allodynia, test: von-frey, group: run, versus: rest, at: {after_injury: 14 day}, result: decrease}
  - {id: blocked, measured: mechanical-allodynia, group: run-blocked, versus: run, result: increase, said: reversed}
  - {id: washout, measured: mechanical-allodynia, group: stopped, versus: run, result: increase}
  - {id: bdnf, measured: bdnf, site: lumbar-dorsal-horn, group: run, versus: rest, result: decrease}
  - {id: glia, measured: microglial-activation, group: [run, sounded], versus: rest, result: decrease}
  - {id: aea, measured: anandamide, site: blood, group: run, versus: rest, result: increase}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""
MOUSE = """
study: mouse-2000
publication: ref-2
told_by: ref-2
read: full-text
base: {species: mouse, sex: female, condition: chronic-constriction-injury}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training, effort: moderate}]}
  swim: {gets: [{exercise: swimming, bout: acute}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: no-significant-change}
  - {id: bdnf, measured: bdnf, site: blood, group: run, versus: rest, result: increase}
  - {id: heat, measured: heat-hyperalgesia, group: swim, versus: rest, result: unclear}
  - {id: late, measured: heat-hyperalgesia, group: run, versus: itself-before, at: {after_last_session: 1 hour}, result: mixed}
  - {id: bdnf-swim, measured: bdnf, group: swim, versus: rest, result: no-significant-change}
sources: {paper: {kind: full-text, extent: full}}
adverse_events: not-mentioned
"""
TRIAL = """
study: trial-2002
publication: ref-3
told_by: ref-3
read: abstract
population: {n: 40, age: {mean: 58.5}, criteria: type 2 diabetes}
flow: {enrolled: 44, lost: {usual: 1, trained: 3}}
base: {species: human, sex: both, condition: painful-diabetic-neuropathy}
groups:
  usual: {gets: [{care: usual-care}]}
  trained: {gets: [{exercise: combined-training, bout: training, programme: {length: 12 week, setting: [supervised]}}]}
findings:
  - id: pain
    measured: neuropathic-pain-intensity
    group: trained
    versus: usual
    result: decrease
    estimate: {value: -1.50, kind: mean-difference, unit: point}
    interval: {low: -2.3, high: -0.5, level: 95}
    p: 0.003
    n: {group: 19, versus: 21}
  - {id: over-time, measured: neuropathic-pain-intensity, group: trained, versus: itself-before, result: decrease}
  - {id: bdnf, measured: bdnf, site: blood, group: trained, versus: not-stated, result: increase}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: none
"""
DRUG = """
study: drug-2005
publication: ref-5
told_by: ref-5
read: title
base: {species: mouse, condition: cisplatin-neuropathy}
groups:
  plain: {gets: []}
  treated: {gets: [{agent: anandamide-given, route: intraplantar}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: treated, versus: plain, result: decrease}
sources: {title: {kind: title}}
adverse_events: not-read
"""
TOLD = """
study: runner-2000
publication: ref-1
told_by: review
read: text
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  run: {gets: [{exercise: treadmill-running, bout: training, passage: {start: rats ran, end: for weeks}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: not-stated, result: no-significant-change, passage: {start: nothing changed, end: in rats}}
  - {id: bdnf, measured: bdnf, group: run, versus: not-stated, result: decrease, passage: {start: BDNF fell, end: in rats}}
sources: {text: {kind: review-text, extent: full}}
adverse_events: not-read
"""
STATEMENTS = """
- id: training-relieves-touch
  section: Pain
  passage: {start: training relieves, end: of touch}
  frame: effect
  slots: {exposure: exercise-training, measured: mechanical-allodynia, direction: decrease}
  cites: [ref-1, ref-4]
  cites_from: passage
  certainty: asserted
- id: training-relieves-heat
  section: Pain
  passage: {start: training relieves heat, end: as well}
  frame: effect
  slots: {exposure: exercise-training, measured: heat-hyperalgesia, direction: decrease}
  cites: [ref-2, ref-4]
  cites_from: passage
  certainty: hedged
- id: exercise-moves-bdnf
  section: Mechanisms
  passage: {start: exercise moves, end: that system}
  frame: effect
  slots: {exposure: exercise, measured: bdnf-signalling, direction: change}
  cites: []
  cites_from: passage
  certainty: asserted
- id: nobody-looked
  section: Mechanisms
  passage: {start: nobody has looked, end: at cannabinoids}
  frame: not-examined
  slots: {mechanism: endocannabinoid-system, of: {exposure: exercise-training, measured: neuropathic-pain-intensity, direction: decrease}}
  cites: []
  cites_from: passage
  certainty: asserted
- id: drugs-named
  section: Background
  passage: {start: drugs in use, end: of many kinds}
  frame: recommends
  slots: {what: drugs and exercise, exposure: [duloxetine, exercise]}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
"""
QUESTIONS = """
- id: cannabinoids-in-diabetes
  statement: nobody-looked
  about: {mechanism: endocannabinoid-system, exposure: exercise-training, condition: diabetic-neuropathy}
- id: cannabinoids-in-injury
  statement: nobody-looked
  about: {mechanism: endocannabinoid-system, exposure: exercise-training, condition: peripheral-nerve-injury}
"""
LABORATORIES = """
- laboratory: small-town
  publications: [ref-1, ref-2]
  reason: one last author and one address
"""

Rows = Callable[..., set[tuple[str, ...]]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> OxigraphStore:
    """The graph of the made-up pack."""
    corpus = Corpus(tmp_path_factory.mktemp("small"), vocabulary)
    corpus.study.unlink()
    corpus.write("references.json", json.dumps(REFERENCES))
    for name, text in (
        ("studies/runner-2000", RUNNER), ("studies/mouse-2000", MOUSE), ("studies/trial-2002", TRIAL),
        ("studies/drug-2005", DRUG), ("review/studies/runner-2000", TOLD), ("review/statements", STATEMENTS),
        ("review/questions", QUESTIONS), ("laboratories", LABORATORIES),
    ):  # fmt: skip
        corpus.write(f"{name}.yaml", text.lstrip("\n"))
    return OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)


@pytest.fixture(scope="module")
def rows(small: OxigraphStore, vocabulary: Vocabulary) -> Rows:
    """Asks a question and gives the wanted columns of its rows."""

    def answer(name: str, columns: str, **given: str) -> set[tuple[str, ...]]:
        answer = ask(small, bundled_question(name), given, vocabulary=vocabulary)
        return {tuple(row[column] for column in columns.split()) for row in answer.texts()}

    return answer


def test_exercise_to_mechanisms_is_narrowed_by_bout(rows: Rows) -> None:
    """
    One session and training are told apart: swimming once is no training.
    """
    asked = "modality bout"
    assert ("swimming", "acute") in rows("exercise-to-mechanisms", asked)
    assert {("swimming", "acute")} == rows("exercise-to-mechanisms", asked, by_bout="acute")
    assert {("treadmill running", "training")} == rows("exercise-to-mechanisms", asked, by_bout="training")


def test_mechanism_evidence_puts_a_marker_without_relief_against(rows: Rows) -> None:
    """
    BDNF fell where exercise relieved (for) and rose where nothing was relieved (against); both stand.
    """
    found = rows(
        "mechanism-evidence", "side study result", of_mechanism="bdnf-signalling", in_condition="neuropathic-pain"
    )
    assert {("for", "Runner 2000", "decrease"), ("against", "Mouse 2000", "increase")} == {
        row for row in found if row[0] != "neither"
    }


def test_mechanism_evidence_of_one_mechanism_leaves_its_neighbours_out(rows: Rows) -> None:
    """
    BDNF signalling is asked for by its own name, though gaps are counted above it.
    """
    assert {"BDNF"} == {
        measured for (measured,) in rows("mechanism-evidence", "measured", of_mechanism="bdnf-signalling")
    }


def test_mechanism_evidence_names_the_exercise_of_a_result_printed_for_two_groups(rows: Rows) -> None:
    """
    One result for running and for ultrasound speaks of the mechanism with running only.
    """
    found = rows("mechanism-evidence", "side what", of_mechanism="microglial-reactivity")
    assert {("for", "treadmill running"), ("neither", "treadmill running")} == found


def test_mechanism_evidence_counts_a_lost_benefit_for_and_a_drug_without_exercise(rows: Rows) -> None:
    """
    A benefit lost under a blocker speaks for the mechanism with exercise; relief by a drug speaks for it without.
    """
    assert {("for", "yes", "naloxone", "increase")} == rows(
        "mechanism-evidence", "side with_exercise what result", of_mechanism="opioid-system"
    )
    assert ("for", "no", "anandamide (given)", "decrease") in rows(
        "mechanism-evidence", "side with_exercise what result", of_mechanism="endocannabinoid-system"
    )


def test_animal_evidence_only_leaves_out_what_people_were_measured_for(rows: Rows) -> None:
    """
    BDNF was measured in people who trained, even without a comparator, so its mechanism is not animal evidence only.
    """
    found = rows("animal-evidence-only", "mechanism species blocking_tests")
    assert ("endocannabinoid system", "rat", "0") in found
    assert ("endogenous opioid system", "rat", "1") in found
    assert {"endocannabinoid system", "endogenous opioid system", "microglial reactivity"} == {
        mechanism for mechanism, *_ in found
    }


def test_markers_by_site_tell_the_direction_of_the_marker(rows: Rows) -> None:
    """
    Rise, fall and no significant change of one marker stand apart; what isolates nothing has no row.
    """
    assert {
        ("lumbar dorsal horn", "decrease", "Runner 2000"),
        ("blood", "increase", "Mouse 2000"),
        ("", "no significant change", "Mouse 2000"),
    } == rows("markers-by-site", "site result study", of_marker="bdnf")
    assert {("Mouse 2000",)} == rows("markers-by-site", "study", of_marker="bdnf", at_site="blood")


def test_conflicts_set_aside_one_paper_and_other_sites(rows: Rows) -> None:
    """
    BDNF fell in the cord of one paper and rose in the blood of another: two sites. A rise and no significant change
    after swimming are of one paper. What is left: two papers on withdrawal, and a fall against a result without a site.
    """
    assert {
        ("evoked withdrawal", "change against no change found", "better", ""),
        ("BDNF", "change against no change found", "decrease", ""),
        ("BDNF", "change against no change found", "increase", "of one paper"),
        ("BDNF", "opposite direction", "increase", "other site"),
    } == rows("conflicts", "question kind way set_aside")


def test_conflicts_stay_within_a_class_of_conditions_and_keep_both_sides(rows: Rows) -> None:
    """
    The drug's cisplatin neuropathy and the trial's diabetes oppose nothing in nerve injury; a mechanism finds the
    conflicts on its markers.
    """
    assert {("peripheral nerve injury",)} == rows("conflicts", "condition_class")
    assert {("changed", "Runner 2000"), ("opposed", "Mouse 2000")} == rows(
        "conflicts", "side study", of_measured="mechanical-allodynia"
    )
    assert {("BDNF",)} == rows("conflicts", "question", of_measured="bdnf-signalling")
    assert set() == rows("conflicts", "question", in_condition="diabetic-neuropathy")


def test_gap_papers_tell_anything_of_a_mechanism_or_a_class(rows: Rows) -> None:
    """
    A marker of a paper on exercise, and a drug of a paper without; a class by its subjects. The review counts not.
    """
    asked = "study read"
    assert {("Runner 2000", "abstract"), ("Drug 2005", "title")} == rows(
        "gap-papers", asked, of_term="endocannabinoid-system"
    )
    assert {("Runner 2000", "abstract")} == rows("gap-papers", asked, of_term="opioid-system")
    assert {("Trial 2002", "abstract")} == rows("gap-papers", asked, of_term="diabetic-neuropathy")
    assert set() == rows("gap-papers", asked, of_term="spinal-cord-injury")


def test_gap_places_lead_from_a_term_to_its_cell(rows: Rows) -> None:
    """
    A marker is counted at its mechanism, a model at its class, and the healthy nowhere.
    """
    found = dict(rows("gap-places", "term counted_at"))
    assert "neurotrophic factor signalling" == found["BDNF"]
    assert "peripheral nerve injury" == found["spinal nerve ligation"]
    assert not {"healthy", "mechanical allodynia"} & set(found)


def test_statements_of_different_things_are_in_no_conflict(rows: Rows) -> None:
    """
    A mechanism called not examined goes against nothing that a statement says of another mechanism.
    """
    assert set() == rows("conflicts-of-statements", "question")


def test_result_settings_tell_dose_and_start(rows: Rows) -> None:
    """
    Length, days, minutes and start of the exercise of a finding; another paper that states none has no such row.
    """
    found = rows("result-settings", "finding setting value")
    runner = {(setting, value) for finding, setting, value in found if finding.endswith("runner-2000/finding/touch")}
    assert {
        ("length of programme", "5 weeks"), ("days a week", "5"), ("minutes a session", "30"), ("sex", "male"),
        ("start against injury", "after"), ("time from injury to start", "7 days"), ("time of measuring (after injury)", "14 days"),
    } <= runner  # fmt: skip
    assert not any(
        setting == "length of programme" for finding, setting, _ in found if "mouse-2000/finding/touch" in finding
    )


def test_wider_settings_say_what_is_no_difference(rows: Rows) -> None:
    """
    Treadmill running is aerobic exercise, and a rat a rodent; nothing is said of what stands on no side.
    """
    found = rows("wider-settings", "term wider")

    assert ("treadmill running", "aerobic exercise") in found
    assert ("rat", "rodent") in found
    assert not any(term == "anandamide" for term, _ in found)


def test_bridges_untested_join_two_ends_that_no_study_holds(rows: Rows) -> None:
    """
    Exercise raised anandamide in nerve injury, and anandamide relieved in cisplatin neuropathy: a bridge to
    chemotherapy, none to nerve injury.
    """
    assert {
        ("endocannabinoid system", "chemotherapy-induced peripheral neuropathy", "raised", "Runner 2000", "Drug 2005")
    } == rows("bridges-untested", "mechanism condition_class moves study drug_study")


def test_agents_given_say_where_they_reach_and_whether_with_exercise(rows: Rows) -> None:
    """
    A blocker in exercised rats and a drug at rest; what was not told stays empty.
    """
    assert {
        ("naloxone", "lowers", "endogenous opioid system", "peripheral", "1 mg/kg", "yes"),
        ("anandamide (given)", "raises", "endocannabinoid system", "", "", "no"),
    } == rows("agents-given", "agent moves mechanism reaches dose with_exercise")


def test_effect_network_draws_both_sides(small: OxigraphStore) -> None:
    """
    An edge stands for each kind of result, and what was blocked is needed; a rise under a blocker is no edge of exercise.
    """
    edges = {
        tuple(node.value.removeprefix(TERM).removeprefix(EPK) for node in (t.subject, t.predicate, t.object))  # type: ignore[union-attr]
        for t in construct(small, bundled_question("effect-network"))
    }
    assert {
        ("treadmill-running", "foundToLower", "bdnf"), ("treadmill-running", "foundToRaise", "bdnf"),
        ("swimming", "foundToLeave", "bdnf"), ("treadmill-running", "foundToRelieve", "mechanical-allodynia"),
        ("treadmill-running", "foundNotToRelieve", "mechanical-allodynia"),
        ("opioid-system", "foundNeededFor", "mechanical-allodynia"), ("bdnf", "positiveMarkerOf", "bdnf-signalling"),
    } <= edges  # fmt: skip
    assert not {edge for edge in edges if edge[0] == "naloxone" or edge[:2] == ("swimming", "foundToRelieve")}


def test_network_edges_are_of_one_teller_and_one_finding_each(rows: Rows) -> None:
    """
    A marker that fell with relief, a benefit lost, a drug that relieved; the review's telling stands apart.
    """
    told = "from relation to moved bout species"
    assert {
        ("BDNF", "changes-with-relief", "mechanical allodynia", "decrease", "training", "rat"),
        ("microglial activation", "changes-with-relief", "mechanical allodynia", "decrease", "training", "rat"),
        ("anandamide", "changes-with-relief", "mechanical allodynia", "increase", "training", "rat"),
    } == {row for row in rows("network-edges", told, by_telling="paper") if row[1] == "changes-with-relief"}
    assert {("endogenous opioid system", "needed", "mechanical allodynia", "lowered", "training", "rat")} == {
        row for row in rows("network-edges", told, by_telling="paper") if row[1] in ("needed", "kept-when-blocked")
    }
    assert {("anandamide (given)", "relieves", "mechanical allodynia", "decrease", "none", "mouse")} == {
        row for row in rows("network-edges", told, in_condition="cisplatin-neuropathy") if row[1] == "relieves"
    }
    assert set() == rows("network-edges", told, by_telling="review")


def test_finding_proofs_say_what_was_compared_and_where_it_was_read(rows: Rows) -> None:
    """
    One row a contrast, both tellers by name; the review's finding has its passage.
    """
    told = rows("finding-proofs", "measured result group compared_with by_telling read source", ref="1")
    assert ("mechanical allodynia", "decrease", "run", "rest", "paper", "abstract", "abstract") in told
    assert ("BDNF", "decrease", "run", "a side that is not stated", "review", "text") in {row[:6] for row in told}
    assert {"run", "sounded"} == {row[2] for row in told if row[0] == "microglial activation"}


def test_terms_within_hold_the_term_itself_and_the_outcomes_of_a_domain(rows: Rows) -> None:
    """
    Up and down the hierarchy of one term, and no further.
    """
    assert {("BDNF signalling",)} == rows("terms-within", "term", of="bdnf-signalling")
    assert {("mechanical allodynia",), ("heat hyperalgesia",)} <= rows("terms-within", "term", of="evoked-withdrawal")
    assert ("neuropathic pain intensity",) not in rows("terms-within", "term", of="evoked-withdrawal")


def test_results_by_domain_count_by_the_worse_side(rows: Rows) -> None:
    """
    A fall of allodynia is better, unclear and mixed are neither better nor worse, and what isolates a blocker is not counted.
    """
    counts = "domain species better no_significant_change worse other findings"
    assert {
        ("evoked withdrawal", "rat", "1", "0", "0", "0", "1"),
        ("evoked withdrawal", "mouse", "0", "1", "0", "2", "3"),
        ("neuropathic pain intensity", "human", "2", "0", "0", "0", "2"),
    } == rows("results-by-domain", counts)


def test_results_by_sex_keep_not_stated_and_both_apart(rows: Rows) -> None:
    """
    One sex each in animals, both in people; an unclear result is neither relief nor its absence.
    """
    assert {("male", "1", "1", "0"), ("female", "3", "0", "1"), ("both", "2", "2", "0")} == rows(
        "results-by-sex", "sex findings relief no_relief"
    )


def test_clinical_outcomes_are_of_people_and_say_what_they_compare(rows: Rows) -> None:
    """
    No animal stands there; a group against itself is named so.
    """
    assert {
        ("neuropathic pain intensity", "better", "usual"),
        ("neuropathic pain intensity", "better", "itself before"),
    } == rows("clinical-outcomes", "outcome change compared_with")


def test_trial_flow_prints_losses_by_group_and_nothing_worked_out(rows: Rows) -> None:
    """
    Two groups lost people; how many completed was not told and stays empty.
    """
    assert {("44", "usual", "1", ""), ("44", "trained", "3", "")} == rows(
        "trial-flow", "enrolled left_group people_left completed"
    )


def test_trial_participants_are_of_people_only(rows: Rows) -> None:
    """
    The trial with its criteria; the share of men was not told.
    """
    assert {("Trial 2002", "40", "58.5", "", "type 2 diabetes")} == rows(
        "trial-participants", "study n mean_age percent_male criteria"
    )


def test_printed_numbers_stand_as_printed_and_only_where_printed(rows: Rows) -> None:
    """
    Estimate, interval, p and counts of the one finding that has them.
    """
    assert {("Trial 2002", "-1.5", "mean difference", "-2.3", "-0.5", "0.003", "19", "21")} == rows(
        "printed-numbers", "study estimate estimate_kind interval_low interval_high p n_arm n_compared"
    )


def test_single_arm_findings_hold_no_comparison_of_groups(rows: Rows) -> None:
    """
    Only the change from before stands there, not the comparison with usual care.
    """
    assert {
        ("neuropathic pain intensity", "trained", "Trial 2002"),
        ("heat hyperalgesia", "run", "Mouse 2000"),
    } == rows("single-arm-findings", "measured arm study")


def test_start_against_injury_needs_a_start_and_isolated_exercise(rows: Rows) -> None:
    """
    The rats began after 7 days; the mice's start is not told, and the blocker's finding isolates the blocker.
    """
    assert {("after", "7 days", "decrease", "relief", "5 weeks", "14 days")} == rows(
        "start-against-injury", "start interval result effect programme_length at_time"
    )


def test_measuring_times_name_their_clock(rows: Rows) -> None:
    """
    A time on the finding and a time on its group; a finding without a time has no row.
    """
    assert {
        ("after injury", "14 days", "run"),
        ("after the last session", "5 days", "stopped"),
        ("after the last session", "1 hour", "run"),
    } == rows("measuring-times", "clock time arm")


def test_after_exercise_stops_tells_washout_from_a_comparison_at_one_time(rows: Rows) -> None:
    """
    Rats that stopped, against rats that train: only time passed. Mice an hour after a session, against before it: no washout.
    """
    assert {
        ("5 days", "after training ended", "increase", "stopped", "run"),
        ("1 hour", "against the time before exercise", "mixed", "run", "itself before"),
    } == rows("after-exercise-stops", "time comparison result arm compared_with")


def test_dose_reporting_counts_what_is_told_out_of_all_programmes(rows: Rows) -> None:
    """
    Of the papers' two animal programmes one tells its length; one session is no programme; nought of one is said.
    """
    found = rows("dose-reporting", "told subjects item reported programmes read_in_full")
    for row in (
        ("the paper tells", "animals", "length", "1", "2", "1"),
        ("the paper tells", "animals", "effort in words", "1", "2", "1"),
        ("the paper tells", "animals", "intensity with its reference", "0", "2", "1"),
        ("the paper tells", "people", "setting", "1", "1", "0"),
        ("the paper tells", "people", "minutes", "0", "1", "0"),
        ("the review tells", "animals", "length", "0", "1", "0"),
    ):
        assert row in found


def test_animal_doses_keep_session_and_speed_and_leave_out_people(rows: Rows) -> None:
    """
    The rats' dose in words; the mice's is not stated; the trial is no animal's.
    """
    found = rows("animal-doses", "study told length days_per_week session_minutes speed start_interval")
    assert ("Runner 2000", "the paper tells", "5 weeks", "5", "30", "15 to 20 m/min", "7 days") in found
    assert ("Mouse 2000", "the paper tells", "", "", "", "", "") in found
    assert {"Runner 2000", "Mouse 2000"} == {study for study, *_ in found}


def test_doses_tried_keep_each_number_at_its_place_and_count_the_silent(rows: Rows) -> None:
    """
    Weeks are the programme's, minutes the session's, the speed is of its part and stays a range; a programme of which
    nothing is told has one row without a quantity.
    """
    asked = "species_group bout told study quantity dose part low high"
    assert {
        ("rodent", "training", "the paper tells", "Runner 2000", "weeks", "5 weeks", "", "5", "5"),
        ("rodent", "training", "the paper tells", "Runner 2000", "days", "5", "", "5", "5"),
        ("rodent", "training", "the paper tells", "Runner 2000", "minutes", "30", "", "30", "30"),
        ("rodent", "training", "the paper tells", "Runner 2000", "speed", "15 to 20 m/min", "treadmill running", "15", "20"),
        ("rodent", "training", "the review tells", "Runner 2000", "", "", "", "", ""),
        ("rodent", "training", "the paper tells", "Mouse 2000", "", "", "", "", ""),
        ("rodent", "acute", "the paper tells", "Mouse 2000", "", "", "", "", ""),
        ("human", "training", "the paper tells", "Trial 2002", "weeks", "12 weeks", "", "12", "12"),
    } == rows("doses-tried", asked)  # fmt: skip
    assert {("swimming",)} == rows("doses-tried", "exercise", by_modality="swimming")
    assert {("Trial 2002",)} == rows("doses-tried", "study", in_species="human")
    assert {("Trial 2002",)} == rows("doses-tried", "study", in_condition="diabetic-neuropathy")


def test_dose_outcomes_say_whether_the_comparison_isolates_the_exercise(rows: Rows) -> None:
    """
    Against rest running relieved; with a blocker, or stopped against going on, it is not isolated and has no effect;
    unclear and mixed have none either; the group before is single-arm. The review compares with nothing stated.
    """
    found = rows("dose-outcomes", "study told outcome result effect isolated single_arm after")
    paper = "the paper tells"
    assert {
        ("Runner 2000", paper, "mechanical allodynia", "decrease", "relief", "yes", "", ""),
        ("Runner 2000", paper, "mechanical allodynia", "increase", "", "no", "", ""),
        ("Runner 2000", paper, "mechanical allodynia", "increase", "", "no", "", "5 days"),
        ("Runner 2000", "the review tells", "mechanical allodynia", "no significant change", "", "no", "", ""),
        ("Mouse 2000", paper, "mechanical allodynia", "no significant change", "no relief", "yes", "", ""),
        ("Mouse 2000", paper, "heat hyperalgesia", "unclear", "", "yes", "", ""),
        ("Mouse 2000", paper, "heat hyperalgesia", "mixed", "", "yes", "yes", "1 hour"),
        ("Trial 2002", paper, "neuropathic pain intensity", "decrease", "relief", "yes", "", ""),
        ("Trial 2002", paper, "neuropathic pain intensity", "decrease", "relief", "yes", "yes", ""),
    } == found


def test_studies_by_condition_count_papers_not_tellings(rows: Rows) -> None:
    """
    The review's telling of a paper is no second paper.
    """
    found = rows("studies-by-condition", "condition_class condition papers with_exercise findings")
    assert ("peripheral nerve injury", "spinal nerve ligation", "1", "1", "6") in found
    assert ("chemotherapy-induced peripheral neuropathy", "cisplatin-induced neuropathy", "1", "0", "1") in found


def test_studies_by_species_keep_a_sex_that_is_not_stated(rows: Rows) -> None:
    """
    Mice stand twice: females in one paper, sex not stated in the other.
    """
    assert {
        ("rat", "male", "1", "1"),
        ("mouse", "female", "1", "1"),
        ("mouse", "not stated", "1", "0"),
        ("human", "both", "1", "1"),
    } == rows("studies-by-species", "species sex papers with_exercise")


def test_studies_by_year_count_references_that_nobody_read(rows: Rows) -> None:
    """
    A reference without a study file counts as a reference and as nothing else.
    """
    assert {("2000", "2", "2", "1"), ("2002", "1", "1", "0"), ("2003", "1", "0", "0"), ("2005", "1", "1", "0")} == rows(
        "studies-by-year", "year references papers read_in_full"
    )


def test_studies_by_laboratory_say_where_none_is_recorded(rows: Rows) -> None:
    """
    Two papers of one laboratory, and two of which nobody has looked.
    """
    assert {
        ("small-town", "Runner 2000"), ("small-town", "Mouse 2000"),
        ("no laboratory recorded", "Trial 2002"), ("no laboratory recorded", "Drug 2005"),
    } == rows("studies-by-laboratory", "laboratory study")  # fmt: skip


def test_accounts_are_of_papers_and_of_the_review_and_name_what_they_are_chosen_by(rows: Rows) -> None:
    """
    One row an account; narrowed to a species, those with a group of it.
    """
    columns = "reference told laboratory year read"
    assert {
        ("ref-1", "the paper tells", "small-town", "2000", "abstract"),
        ("ref-1", "the review tells", "small-town", "2000", "text"),
        ("ref-2", "the paper tells", "small-town", "2000", "full text"), ("ref-3", "the paper tells", "", "2002", "abstract"),
        ("ref-5", "the paper tells", "", "2005", "title"),
    } == rows("accounts", columns)  # fmt: skip
    assert {("ref-3",)} == rows("accounts", "reference", in_species="human")


def test_studies_by_read_depth_keep_the_tellers_apart(rows: Rows) -> None:
    """
    Papers by depth, and the review's telling by its own.
    """
    assert {
        ("the paper tells", "abstract", "2", "9"), ("the paper tells", "full text", "1", "5"),
        ("the paper tells", "title", "1", "1"), ("the review tells", "text", "1", "2"),
    } == rows("studies-by-read-depth", "told read studies findings")  # fmt: skip


def test_tests_used_keep_findings_without_a_named_test(rows: Rows) -> None:
    """
    The von Frey test is named once; where no test is named, that is said.
    """
    found = rows("tests-used", "test species findings", of_measured="mechanical-allodynia")
    assert {("von Frey test", "rat", "1"), ("not stated", "rat", "2"), ("not stated", "mouse", "2")} == found


def test_statements_on_mechanism_reach_through_slots_and_markers(rows: Rows) -> None:
    """
    A not-examined statement names the mechanism itself; a statement on another mechanism stays out.
    """
    assert {("nobody-looked", "exercise training", "0")} == rows(
        "statements-on-mechanism", "statement exposure references", of_mechanism="endocannabinoid-system"
    )


def test_statements_on_mechanism_reach_through_what_an_agent_acts_on(rows: Rows) -> None:
    """
    A recommended drug leads to each mechanism that it moves; what it moves is not read as an effect.
    """
    assert {("noradrenergic system", "drugs-named", "duloxetine", "", "")} == rows(
        "statements-on-mechanism", "mechanism statement names exposure measured", of_mechanism="noradrenergic-system"
    )


def test_statements_citing_name_each_recommended_exposure(rows: Rows) -> None:
    """
    A recommendation names exposures and measures nothing.
    """
    assert {("drugs-named", "duloxetine", ""), ("drugs-named", "exercise", "")} <= rows(
        "statements-citing", "statement exposure measured", ref="1"
    )


def test_papers_behind_statement_say_what_is_not_in_the_graph(rows: Rows) -> None:
    """
    One cited paper with what it measured, one that nobody read; other papers stay out.
    """
    found = rows("papers-behind-statement", "study held measured result", statement="training-relieves-touch")
    assert ("Absent 2003", "no", "", "") in found
    assert ("Runner 2000", "yes", "mechanical allodynia", "decrease") in found
    assert {"Absent 2003", "Runner 2000"} == {study for study, *_ in found}


def test_said_without_finding_leaves_only_what_no_paper_bears_out(rows: Rows) -> None:
    """
    Touch is borne out, a mechanism by its marker; heat was measured once with an unclear result, after one session.
    """
    assert {("training-relieves-heat", "2", "1")} == rows("said-without-finding", "statement references held")


def test_ladder_puts_each_piece_on_its_rung(rows: Rows) -> None:
    """
    The blocker makes opioids needed; BDNF changed with relief in one study and moved without it in the other; a drug
    relieves without exercise; what the review tells of the first study stands nowhere.
    """
    found = rows("ladder", "mechanism rung study species_group")
    assert ("endogenous opioid system", "needed", "Runner 2000", "rodent") in found
    assert {("changed with relief", "Runner 2000"), ("moved without relief", "Mouse 2000"), ("measured", "Runner 2000"),
            ("measured", "Mouse 2000")} == {row[1:3] for row in found if row[0] == "neurotrophic factor signalling"}  # fmt: skip
    assert ("endocannabinoid system", "manipulation relieves", "Drug 2005", "rodent") in found
    assert {("not tested", "small-town")} == rows("ladder", "alone laboratory", of_mechanism="opioid-system")


def test_ladder_findings_lead_back_to_the_line(rows: Rows) -> None:
    """
    The lost benefit rests on two findings, each with its part and its line.
    """
    assert {
        ("shown by", "increase", "studies/runner-2000.yaml", "21"),
        ("benefit blocked", "decrease", "studies/runner-2000.yaml", "20"),
    } == rows("ladder-findings", "part result file line", of_mechanism="opioid-system")


def test_ladder_settings_say_what_evidence_may_be_counted_by(rows: Rows) -> None:
    """
    BDNF was measured beside withdrawal in running that began after the injury, or at a time not stated; it changed with
    relief in the first only. Both kinds of exercise measured it. The benefit that naloxone took away is one on withdrawal.
    """
    found = rows("ladder-settings", "rung by value study", of_mechanism="neurotrophin-signalling")
    assert {("after", "Runner 2000"), ("not stated", "Mouse 2000")} == {
        (value, study) for rung, by, value, study in found if (rung, by) == ("measured", "start")
    }
    assert {("evoked withdrawal", "Runner 2000")} == {
        (value, study) for rung, by, value, study in found if (rung, by) == ("changed with relief", "outcome")
    }
    assert {"treadmill running", "swimming"} == {value for _, by, value, _ in found if by == "exercise"}
    assert {("training", "Runner 2000"), ("training", "Mouse 2000"), ("acute", "Mouse 2000")} == {
        (value, study) for _, by, value, study in found if by == "bout"
    }
    assert {"BDNF signalling"} == {value for _, by, value, _ in found if by == "narrower mechanism"}
    blocked = rows("ladder-settings", "by value", of_mechanism="opioid-system")
    assert {
        ("outcome", "evoked withdrawal"),
        ("start", "after"),
        ("bout", "training"),
        ("exercise", "treadmill running"),
    } == blocked


def test_ladder_review_tells_direct_claims_from_broad_ones(rows: Rows) -> None:
    """
    The telling of BDNF in injured rats is direct; a statement without a condition is broad in every class; one that
    nobody looked speaks of no rung; a telling without relief is measured only.
    """
    found = rows("ladder-review", "mechanism condition_class rung broadly frame")
    bdnf = {row[1:] for row in found if row[0] == "neurotrophic factor signalling"}
    assert ("peripheral nerve injury", "measured", "no", "telling of a study") in bdnf
    assert ("spinal cord injury", "measured", "yes", "effect statement") in bdnf
    assert {"measured"} == {rung for _, rung, _, _ in bdnf}
    assert {("not examined with exercise", "yes")} == {row[2:4] for row in found if row[0] == "endocannabinoid system"}


def test_references_without_study_are_those_no_paper_tells(rows: Rows) -> None:
    """
    One reference is cited twice and read by nobody.
    """
    assert {("4", "Absent 2003", "2", "no")} == rows(
        "references-without-study", "ref reference statements told_by_review"
    )


def test_open_questions_held_tell_there_from_elsewhere(rows: Rows) -> None:
    """
    With training in nerve injury one finding; in diabetes none, one elsewhere; the drug is in another condition.
    """
    assert {
        ("cannabinoids-in-diabetes", "0", "0", "1"),
        ("cannabinoids-in-injury", "1", "0", "1"),
    } == rows("open-questions-held", "question with_exercise without_exercise in_other_conditions")


def test_tellers_differ_only_where_the_review_has_a_result_of_its_own(rows: Rows) -> None:
    """
    On touch the review's result is none of the paper's; on BDNF both tell a fall.
    """
    found = rows("tellers-differ", "measured paper_result review_result")
    assert {("mechanical allodynia", "no significant change")} == {(row[0], row[2]) for row in found}


def test_findings_of_paper_say_what_each_isolates_and_where_it_stands(rows: Rows) -> None:
    """
    Exercise, the blocker, and nothing where only time passed; the file is named.
    """
    found = rows("findings-of-paper", "arm compared_with isolates file", ref="1")
    file = "studies/runner-2000.yaml"
    assert {
        ("run", "rest", "treadmill running", file),
        ("sounded", "rest", "therapeutic ultrasound", file),
        ("run-blocked", "run", "naloxone", file),
        ("stopped", "run", "", file),
    } == found


def test_every_question_answers_on_a_small_graph(small: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    No question needs the bundled evidence, and each sentence reads without left-over marks.
    """
    for name in bundled_names():
        if bundled_question(name).is_construct:
            continue
        for line in ask(small, bundled_question(name), {}, vocabulary=vocabulary).sentences():
            assert "{" not in line and "None" not in line and "  " not in line, (name, line)


def test_gap_cells_count_who_could_have_looked(rows: Rows) -> None:
    """
    In nerve injury two papers examined something and one the cannabinoids; in people with diabetes one looked at BDNF.
    """
    found = rows(
        "gap-cells", "condition_class species examined looked_at out_of read_in_full",
        of_mechanism="endocannabinoid-system", in_condition="peripheral-nerve-injury",
    )  # fmt: skip
    assert {
        ("peripheral nerve injury", "", "1", "0", "2", "1"),
        ("peripheral nerve injury", "rodent", "1", "0", "2", "1"),
        ("peripheral nerve injury", "human", "0", "0", "0", "0"),
    } == found


def test_gap_detections_say_what_is_inherited_and_crossed(rows: Rows) -> None:
    """
    The authors ask of diabetes; the statement names no condition; a bridge within rodents and training crosses one thing.
    """
    found = rows(
        "gap-detections", "detector condition_class asked_of crossings crosses", of_mechanism="endocannabinoid-system"
    )
    assert ("stated", "diabetic neuropathy", "diabetic neuropathy", "", "") in found
    assert ("bridge", "chemotherapy-induced peripheral neuropathy", "", "1", "population") in found
    assert ("empty", "peripheral nerve injury") not in {row[:2] for row in found}


def test_gaps_are_of_several_kinds(rows: Rows) -> None:
    """
    The opioids were blocked, in rats and by one laboratory; nobody examined them in people.
    """
    found = rows("gaps", "kind condition_class", of_mechanism="opioid-system")
    assert ("not examined in people with neuropathic pain", "peripheral nerve injury") in found
    assert ("one laboratory only", "peripheral nerve injury") in found
    assert ("not examined with exercise", "spinal cord injury") in found
    assert "changed but never blocked" not in {kind for kind, _ in found}


def test_gap_evidence_leads_from_a_gap_to_what_it_rests_on(rows: Rows) -> None:
    """
    A cell that is empty rests on the cell and the detection; one laboratory's on its studies too.
    """
    found = rows("gap-evidence", "kind condition_class rests_on", of_mechanism="opioid-system")
    empty = {
        rests for kind, place, rests in found if (kind, place) == ("not examined with exercise", "spinal cord injury")
    }
    assert {"gap-cell", "detection"} == {rests.split("/")[4] for rests in empty}
    assert any(rests.endswith("/runner-2000") for kind, _, rests in found if kind == "one laboratory only")


def test_gap_looks_keep_a_measured_marker_from_being_called_empty(rows: Rows) -> None:
    """
    A trial measured BDNF against nobody stated: it examined nothing, and the cell is not called empty.
    """
    assert {("neurotrophic factor signalling", "diabetic neuropathy", "Trial 2002")} == rows(
        "gap-looks", "mechanism condition_class study", in_condition="diabetic-neuropathy"
    )
    assert ("empty", "diabetic neuropathy") not in rows(
        "gap-detections", "detector condition_class", of_mechanism="neurotrophin-signalling"
    )


def test_gap_margins_are_the_studies_behind_the_cells(rows: Rows) -> None:
    """
    One paper examined the cannabinoids with exercise.
    """
    assert {("Runner 2000", "peripheral nerve injury")} == rows(
        "gap-margins", "study condition_class", of_mechanism="endocannabinoid-system"
    )


def test_gap_papers_elsewhere_needs_a_statement_with_a_condition(rows: Rows) -> None:
    """
    No statement here names a condition, so no paper is cited for another.
    """
    assert set() == rows("gap-papers-elsewhere", "study")


def test_gap_search_words_have_synonyms_of_every_part(rows: Rows) -> None:
    """
    A search needs the mechanism, its markers, exercise and the condition.
    """
    found = rows(
        "gap-search-words", "role name", of_mechanism="endocannabinoid-system", in_condition="diabetic-neuropathy"
    )
    assert {"mechanism", "marker", "agent", "exercise", "condition"} == {role for role, _ in found}
    assert ("marker", "anandamide") in found


def test_exercise_settings_are_plain_comparisons_on_pain(rows: Rows) -> None:
    """
    Only comparisons that isolate exercise, on an outcome of relief; the time is that of the finding.
    """
    found = rows("exercise-settings", "model species sex exercise outcome test time compared_with", in_species="rat")
    assert {("spinal nerve ligation", "rat", "male", "treadmill running", "mechanical allodynia", "von Frey test",
             "14 days", "rest")} == found  # fmt: skip
    arms = rows(
        "exercise-settings", "people arm compared_with other_gets single_arm", in_condition="diabetic-neuropathy"
    )
    assert {("yes", "trained", "usual", "usual care", ""), ("yes", "trained", "itself before", "", "yes")} == arms


def test_markers_measured_say_whether_exercise_was_isolated(rows: Rows) -> None:
    """
    BDNF against nobody stated was measured, and not with exercise alone.
    """
    found = rows("markers-measured", "marker site with_exercise species study", of_mechanism="neurotrophin-signalling")
    assert ("BDNF", "blood", "no", "human", "Trial 2002") in found
    assert ("BDNF", "blood", "yes", "mouse", "Mouse 2000") in found
    assert {("anandamide", "blood", "yes", "rat", "Runner 2000")} == rows(
        "markers-measured", "marker site with_exercise species study", of_mechanism="endocannabinoid-system"
    )


def test_blockers_given_name_route_reach_and_company(rows: Rows) -> None:
    """
    Naloxone was given to rats that ran, beside nothing else; what raises a system is no blocker.
    """
    assert {("naloxone", "subcutaneous", "peripheral", "1 mg/kg", "yes", "", "run-blocked")} == rows(
        "blockers-given", "blocker route reaches dose with_exercise together_with arm", of_mechanism="opioid-system"
    )
    assert set() == rows("blockers-given", "blocker", of_mechanism="endocannabinoid-system")


def test_agents_that_lower_come_from_the_vocabulary(rows: Rows) -> None:
    """
    They are listed though nobody in the pack got them; where none lowers a mechanism there is no row.
    """
    assert ("naltrexone",) in rows("agents-that-lower", "agent", of_mechanism="opioid-system")
    assert set() == rows("agents-that-lower", "agent", of_mechanism="astrocyte-reactivity")
