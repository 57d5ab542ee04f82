"""Checks across fields and files. The files in `data/` say line by line which faults they hold."""

import re
from pathlib import Path

import pytest

from kg.evidence import Pack, Problem
from tests.corpus import STUDY, Corpus

DATA = Path(__file__).parent / "data"
REVIEW = "review/studies/small-2000.yaml"
STATEMENTS = "review/statements.yaml"
QUESTIONS = "review/questions.yaml"
RUN = "  run: {gets: [{exercise: treadmill-running, bout: training, programme: {length: 5 week}}]}\n"
FINDING = "  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease}\n"
TOLD = "passage: {start: abc, end: def}"
SAID = (
    "- id: one\n  section: S\n  passage: {start: Exercise lowers, end: in rats}\n  frame: effect\n"
    "  slots: {exposure: exercise, measured: fatigue, direction: decrease}\n  cites: [ref-1]\n"
    "  cites_from: sentence\n  certainty: asserted\n"
)


def place(problem: Problem) -> tuple[str, int, int]:
    """Code, line and column of a problem."""
    return problem.code, problem.line, problem.column


def by_review(corpus: Corpus) -> Corpus:
    """The same study once more, told by the review."""
    text = STUDY.replace("told_by: ref-1", "told_by: review").replace("decrease}", f"decrease, {TOLD}}}")
    return corpus.write(REVIEW, text.replace("bout: training", f"bout: training, {TOLD}"))


# --- whole files


@pytest.mark.parametrize("name", ["fields", "gaps", "links", "contrasts", "review"])
def test_all_faults_of_a_file_are_told_at_once_in_line_order(corpus: Corpus, name: str) -> None:
    """
    Every fault that a file marks is found on its line, in order, and no other.
    """
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    marked = [
        (number, code)
        for number, line in enumerate(text.splitlines(), 1)
        for code in re.findall(r"E\d{3}", line.partition("#")[2])
    ]
    if "told_by: review" in text:
        corpus.write(REVIEW, text)
    else:
        corpus.write_study(text)

    assert len(marked) > 3
    assert marked == [(p.line, p.code) for p in corpus.check()]


def test_sound_pack_has_no_problem(corpus: Corpus) -> None:
    """
    The pack that the tests bend is right, and so are its two tellings together.
    """
    assert [] == corpus.check()
    assert [] == by_review(corpus).check()


def test_faults_across_fields_are_told_with_those_of_single_fields(corpus: Corpus) -> None:
    """
    A mistyped term and an undeclared group in one file are told in one run.
    """
    corpus.with_text("species: rat", "species: mose").with_text("versus: rest", "versus: rst")

    assert ["E012", "E020"] == [p.code for p in corpus.check()]


# --- groups and sources


def test_undeclared_group_is_refused_with_the_groups(corpus: Corpus) -> None:
    """
    A finding names groups of its file; the message lists them, and on the other side also the two fixed words.
    """
    mine = corpus.with_text("group: run", "group: runn").problem()
    theirs = corpus.with_text("group: runn", "group: run").with_text("versus: rest", "versus: rst").problem()

    assert ("E020", 10, 49, "findings[0].group") == (*place(mine), mine.where)
    assert "'runn' is no group here; there are rest, run" == mine.message
    assert ("E020", *corpus.place("versus"), "findings[0].versus") == (*place(theirs), theirs.where)
    assert "'rst' is no group here; there are rest, run, itself-before, not-stated" == theirs.message


def test_unknown_like_is_refused_with_the_groups(corpus: Corpus) -> None:
    """
    A group is like another one of its file.
    """
    problem = corpus.with_text(RUN, RUN + "  b: {like: rum}\n").problem()

    assert ("E021", *corpus.place("like")) == place(problem)
    assert "'rum' is no group here; there are rest, run" == problem.message


@pytest.mark.parametrize(
    ("groups", "circles"),
    [
        ("  a: {like: a}\n", ["a -> a"]),
        ("  a: {like: b}\n  b: {like: a}\n", ["a -> b -> a"]),
        (
            "  a: {like: b}\n  b: {like: c}\n  c: {like: b}\n",
            ["b -> c -> b"],
        ),
    ],
)
def test_circle_of_like_is_refused_with_its_way(corpus: Corpus, groups: str, circles: list[str]) -> None:
    """
    Groups that are like each other have no beginning; a circle is told once, with its way, at its first group.
    """
    problems = corpus.with_text(RUN, RUN + groups).check()

    assert [f"leads in a circle: {circle}" for circle in circles] == [p.message for p in problems]
    assert {"E021"} == {p.code for p in problems}


@pytest.mark.parametrize(
    ("groups", "where"),
    [
        ("  a: {gets: [{agent: naloxone}, {agent: morphine}, {agent: naloxone}]}\n", "groups.a.gets"),
        ("  a: {like: run, plus: [{agent: naloxone}, {agent: naloxone}]}\n", "groups.a.plus"),
        ("  b: {gets: [{agent: naloxone}]}\n  a: {like: b, plus: [{agent: naloxone}]}\n", "groups.a.plus"),
        ("  a: {gets: [{agent: naloxone}, {agent: naloxone}]}\n  b: {like: a}\n", "groups.a.gets"),
    ],
)
def test_same_exposure_twice_in_a_group_is_refused(corpus: Corpus, groups: str, where: str) -> None:
    """
    A group that gets a thing twice with the same keys says nothing more; it is told once, where the second comes in.
    """
    problem = corpus.with_text(RUN, RUN + groups).problem()

    assert ("E023", where) == (problem.code, problem.where)
    assert "naloxone stands twice with the same keys; keep one, or say how the two differ" == problem.message


def test_two_exposures_that_differ_in_a_key_are_two(corpus: Corpus) -> None:
    """
    One drug by two routes stands in a group twice, and rightly.
    """
    group = "  a: {gets: [{agent: naloxone, route: intrathecal}, {agent: naloxone, route: subcutaneous}]}\n"
    assert [] == corpus.with_text(RUN, RUN + group).check()


def test_plus_without_like_is_refused(corpus: Corpus) -> None:
    """
    There is nothing to add to.
    """
    problem = corpus.with_text("rest: {gets: []}", "rest: {plus: [{agent: naloxone}]}").problem()

    assert ("E021", *corpus.place("plus")) == place(problem)
    assert "plus adds to a group named by like; use gets here" == problem.message


@pytest.mark.parametrize("name", ["itself-before", "not-stated"])
def test_group_with_the_name_of_a_fixed_word_is_refused(corpus: Corpus, name: str) -> None:
    """
    `versus: itself-before` has one meaning.
    """
    assert corpus.with_text("rest: {gets: []}", f"rest: {{gets: []}}\n  {name}: {{gets: []}}").check()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("result: decrease", "result: decrease, from: legend"),
        ("result: decrease", "result: decrease, from: [abstract, legend]"),
        ("bout: training", "bout: training, from: legend"),
        ("length: 5 week", "from: legend, length: 5 week"),
        ("length: 5 week", "length: {value: 5, unit: week, from: legend}"),
        ("adverse_events: not-read", "adverse_events: [{events: 1, from: legend}]"),
        ("adverse_events: not-read", "flow: {enrolled: 1, from: legend}\nadverse_events: none"),
        ("adverse_events: not-read", "population: {n: 1, from: legend}\nadverse_events: none"),
    ],
)
def test_unknown_source_is_refused_wherever_a_fact_names_one(corpus: Corpus, old: str, new: str) -> None:
    """
    `from` names a source of the file: on findings, exposures, quantities, events, flow and population.
    """
    problem = corpus.with_text(old, new).problem()

    assert ("E022", *corpus.place("from: ")) == place(problem)
    assert "'legend' is no source here; there are abstract" == problem.message
    assert problem.where.endswith(".from")


def test_finding_id_given_twice_is_refused_at_the_second(corpus: Corpus) -> None:
    """
    An id names one finding of a study.
    """
    problem = corpus.with_text(FINDING, FINDING + FINDING).problem()

    assert ("E023", 11, 6, "findings[1].id") == (*place(problem), problem.where)
    assert "'touch' stands twice; ids are used once" == problem.message


# --- contrasts


@pytest.mark.parametrize("group", ["rest", "[rest, run]"])
def test_group_against_itself_is_refused_with_the_cure(corpus: Corpus, group: str) -> None:
    """
    A group is not its own comparator, alone or among others; the message shows the two ways out.
    """
    problem = corpus.with_text("group: run", f"group: {group}").problem()

    assert ("E024", *corpus.place("versus")) == place(problem)
    assert "versus: itself-before" in problem.message and "like and another at" in problem.message


def test_contrast_the_other_way_round_is_refused_with_the_cure(corpus: Corpus) -> None:
    """
    The group that gets more stands on the left; the message says what to swap.
    """
    problem = corpus.with_text("group: run, versus: rest", "group: rest, versus: run").problem()

    assert ("E025", 10, 5) == place(problem)
    wanted = "is written the other way round: run gets more than rest; swap group and versus and turn the result"
    assert wanted == problem.message


@pytest.mark.parametrize("agent", ["placebo", "vehicle"])
def test_control_exposure_counts_for_nothing_in_a_contrast(corpus: Corpus, agent: str) -> None:
    """
    A group that gets a placebo gets no more than a group at rest, and less than one that exercises.
    """
    corpus.with_text("rest: {gets: []}", f"rest: {{gets: []}}\n  sham: {{gets: [{{agent: {agent}}}]}}")
    right = corpus.with_text("group: run, versus: rest", "group: run, versus: sham").check()
    same = corpus.with_text("group: run, versus: sham", "group: rest, versus: sham").check()
    round_ = corpus.with_text("group: rest, versus: sham", "group: sham, versus: run").check()

    assert ([], [], ["E025"]) == (right, same, [p.code for p in round_])


def test_groups_that_get_different_things_stand_either_way(corpus: Corpus) -> None:
    """
    Running against a drug has no right way round; nor has one group at two times.
    """
    corpus.with_text(
        RUN, RUN + "  drug: {gets: [{agent: naloxone}]}\n  late: {like: run, at: {after_injury: 9 week}}\n"
    )
    for pair in ("group: drug, versus: run", "group: run, versus: drug", "group: late, versus: run"):
        old = next(text for text in re.findall(r"group: \w+, versus: \w+", corpus.study.read_text()))
        assert [] == corpus.with_text(old, pair).check()


# --- exposures that are nearly equal


def contrast(corpus: Corpus, one: str, other: str) -> Corpus:
    """The study with two more groups, each with one exposure, and their contrast in place of the finding's."""
    corpus.with_text(RUN, f"{RUN}  a: {{gets: [{one}]}}\n  b: {{gets: [{other}]}}\n")
    return corpus.with_text("group: run, versus: rest", "group: a, versus: b")


def test_exposures_that_differ_only_in_what_is_left_out_are_a_warning(corpus: Corpus) -> None:
    """
    Both sides of a contrast get one drug, whose route stands at one of them only: they are probably meant to be equal.
    """
    dose = "agent: naloxone, dose: 1 mg-per-kg"
    problem = contrast(corpus, f"{{{dose}}}", f"{{{dose}, route: subcutaneous}}").problem()

    assert ("E026", 12, 5, "findings[0]", True) == (*place(problem), problem.where, problem.warning)
    assert "naloxone of a and of b differ only in what is left out" in problem.message
    assert ["small-2000"] == list(corpus.load().usable().papers)


def test_groups_that_are_never_compared_are_not_asked_about(corpus: Corpus) -> None:
    """
    What two groups get matters where a finding compares them.
    """
    contrast(corpus, "{agent: naloxone}", "{agent: naloxone, route: oral}")

    assert [] == corpus.with_text("group: a, versus: b", "group: a, versus: rest").check()


@pytest.mark.parametrize(
    "other",
    [
        "{agent: naloxone, dose: 1 mg-per-kg}",
        "{agent: naloxone, dose: 2 mg-per-kg}",
        "{agent: naltrexone, dose: 1 mg-per-kg}",
        "{agent: naltrexone}",
        "{care: usual-care}",
    ],
)
def test_equal_and_different_exposures_are_no_warning(corpus: Corpus, other: str) -> None:
    """
    The same exposure, another dose, another drug: nothing to ask.
    """
    assert [] == contrast(corpus, "{agent: naloxone, dose: 1 mg-per-kg}", other).check()


def test_programmes_with_another_number_of_phases_are_no_warning(corpus: Corpus) -> None:
    """
    A programme that goes on for another phase is another programme.
    """
    run = "{{exercise: swimming, bout: training, programme: {{phases: [{}]}}}}"
    phases = ["{weeks: 1..2, week: [{days: 3}]}", "{weeks: 3..4, week: [{days: 5}]}"]

    assert [] == contrast(corpus, run.format(phases[0]), run.format(", ".join(phases))).check()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{agent: naloxone}", "{agent: naloxone, reaches: spinal}"),
        ("{agent: naloxone, reaches: spinal}", "{agent: naloxone, reaches: [spinal, supraspinal]}"),
        ("{agent: naloxone}", "{agent: naloxone, from: abstract}"),
        (
            "{exercise: swimming, bout: training, programme: {length: 5 week}}",
            "{exercise: swimming, bout: training, programme: {length: 5 week, setting: supervised}}",
        ),
        (
            "{exercise: swimming, bout: training, programme: {phases: [{week: [{days: 5}]}]}}",
            "{exercise: swimming, bout: training, programme: {length: 5 week, phases: [{week: [{days: 5, minutes: 9}]}]}}",
        ),
    ],
)
def test_what_is_left_out_inside_or_in_a_list_is_a_warning_too(corpus: Corpus, one: str, other: str) -> None:
    """
    A compartment, a source or a setting that stands on one side only makes two exposures of one, either way round.
    """
    first = contrast(corpus, one, other).check()
    second = contrast(corpus.write_study(STUDY), other, one).check()

    assert ["E026"] == [p.code for p in first] == [p.code for p in second]


# --- tellers and places


def test_teller_is_the_paper_or_the_review(corpus: Corpus) -> None:
    """
    No third one tells a study.
    """
    problem = corpus.with_text("told_by: ref-1", "told_by: ref-2").problem()

    assert ("E027", 3, 1) == place(problem)
    assert "must be ref-1 (the paper tells) or review" == problem.message


def test_telling_stands_in_the_folder_of_its_teller(corpus: Corpus) -> None:
    """
    Facts of the paper and of the review never share a folder.
    """
    in_studies = by_review(corpus).write_study((corpus.root / REVIEW).read_text()).check()
    in_review = corpus.write_study(STUDY).write(REVIEW, STUDY).check()

    assert [("E027", "a study told by review belongs in review/studies/")] == [(p.code, p.message) for p in in_studies]
    assert [("E027", "a study told by ref-1 belongs in studies/")] == [(p.code, p.message) for p in in_review]
    assert [3] == [p.line for p in in_review]


def test_file_is_named_after_its_study(corpus: Corpus) -> None:
    """
    The id of a study is the name of its file.
    """
    problem = corpus.with_text("study: small-2000", "study: small-2001").problem()

    assert ("E027", 1, 1) == place(problem)
    pack = corpus.load().pack
    assert pack is not None and [] == list(pack.papers)
    assert "the file is named small-2000.yaml; name it small-2001.yaml" == problem.message


def test_study_told_twice_is_refused(corpus: Corpus) -> None:
    """
    One id stands for one study of a teller; the message names the other file.
    """
    problems = corpus.write("studies/zebra-2000.yaml", STUDY).check()

    assert ["E023", "E027"] == [p.code for p in problems]
    assert {"zebra-2000.yaml"} == {p.file.name for p in problems}
    assert "'small-2000' is told in studies/small-2000.yaml already; ids are used once" == problems[0].message


def test_study_told_twice_is_refused_in_either_order(corpus: Corpus) -> None:
    """
    The name of the second file does not decide whether the fault is seen.
    """
    assert "E023" in [p.code for p in corpus.write("studies/aardvark-2000.yaml", STUDY).check()]


def test_two_tellings_of_a_study_are_of_one_paper(corpus: Corpus) -> None:
    """
    The paper's and the review's telling share id and publication; either that differs is told at the review's file.
    """
    other_paper = (
        by_review(corpus).write(REVIEW, (corpus.root / REVIEW).read_text().replace(": ref-1", ": ref-2")).problem()
    )
    by_review(corpus)
    text = (corpus.root / REVIEW).read_text().replace("small-2000", "petit-2000")
    (corpus.root / REVIEW).unlink()
    other_id = corpus.write("review/studies/petit-2000.yaml", text).problem()

    assert ("E027", 2, 1, "small-2000.yaml") == (*place(other_paper), other_paper.file.name)
    assert "the paper's telling of small-2000 is of ref-1" == other_paper.message
    assert ("E027", 1, 1, "petit-2000.yaml") == (*place(other_id), other_id.file.name)
    assert "ref-1 is called small-2000 in studies/; use one id" == other_id.message


# --- references


def test_unknown_publication_is_refused_for_either_teller(corpus: Corpus) -> None:
    """
    What a study is of stands in the reference list.
    """
    corpus.write_study(STUDY.replace("ref-1", "ref-9"))
    paper = corpus.problem()
    corpus.write_study(STUDY)
    review = (
        by_review(corpus)
        .write(REVIEW, (corpus.root / REVIEW).read_text().replace("publication: ref-1", "publication: ref-8"))
        .check()
    )

    assert ("E028", 2, 1, "'ref-9' is not in references.json") == (*place(paper), paper.message)
    assert ("E028", "'ref-8' is not in references.json") in [(p.code, p.message) for p in review]


@pytest.mark.parametrize("ref", ["ref-2", "ref-99"])
def test_cell_is_in_the_row_of_the_paper_that_is_told(corpus: Corpus, ref: str) -> None:
    """
    What the review's table tells of a paper stands in that paper's row, and in no other.
    """
    text = (by_review(corpus).root / REVIEW).read_text()
    cell = f'cell: {{table: "1", ref: {ref}, column: outcomes}}'
    problem = corpus.write(REVIEW, text.replace("decrease, ", f"decrease, {cell}, ")).problem()

    assert ("E029", *corpus.place(f"ref: {ref}", REVIEW)) == place(problem)
    assert f"is the row of {ref}, but this file tells of ref-1" == problem.message


def test_statement_that_cites_an_unknown_reference_is_refused(corpus: Corpus) -> None:
    """
    Every citation stands in the reference list; each that does not is told.
    """
    problems = corpus.write(STATEMENTS, SAID.replace("[ref-1]", "[ref-8, ref-1, ref-9]")).check()

    assert [("E028", 6, 3)] * 2 == [place(p) for p in problems]
    assert ["'ref-8' is not in references.json", "'ref-9' is not in references.json"] == [p.message for p in problems]


# --- what the review tells, and harm


@pytest.mark.parametrize(
    ("old", "where"),
    [(f"decrease, {TOLD}", "findings[0]"), (f"bout: training, {TOLD}", "groups.run.gets[0]")],
)
def test_fact_of_the_review_without_a_place_is_refused(corpus: Corpus, old: str, where: str) -> None:
    """
    What the review says of a finding or of exercise carries the passage, or the cell of a table.
    """
    text = (by_review(corpus).root / REVIEW).read_text()
    assert old in text
    problem = corpus.write(REVIEW, text.replace(old, old.removesuffix(f", {TOLD}"))).problem()
    in_table = f'{old.removesuffix(TOLD)}cell: {{table: "2", ref: ref-1, column: outcomes}}'

    assert ("E029", where) == (problem.code, problem.where)
    assert "carries the passage, or the cell of its table, where it stands" in problem.message
    assert [] == corpus.write(REVIEW, text.replace(old, in_table)).check()


def test_fact_of_the_paper_needs_no_passage(corpus: Corpus) -> None:
    """
    The paper's own telling names sources; its text is not at hand.
    """
    assert "passage" not in corpus.study.read_text()
    assert [] == corpus.check()


@pytest.mark.parametrize(
    ("key", "told"), [("passage", TOLD), ("cell", 'cell: {table: "1", ref: ref-1, column: outcomes}')]
)
@pytest.mark.parametrize("fact", ["result: decrease", "bout: training"])
def test_fact_of_the_paper_leads_not_into_the_review(corpus: Corpus, fact: str, key: str, told: str) -> None:
    """
    A passage or a cell of the review in a paper's file would mix the two tellers.
    """
    problem = corpus.with_text(fact, f"{fact}, {told}").problem()

    assert ("E029", *corpus.place(f"{key}: ")) == place(problem)
    assert "leads into the review's text; in a paper's file say from which source (from)" == problem.message


@pytest.mark.parametrize(("depth", "codes"), [("full-text", []), ("abstract", ["E030"]), ("title", ["E030"])])
def test_harm_is_not_mentioned_only_where_all_was_read(corpus: Corpus, depth: str, codes: list[str]) -> None:
    """
    Whoever read an abstract cannot say that the paper does not mention harm.
    """
    corpus.with_text("adverse_events: not-read", "adverse_events: not-mentioned")

    assert codes == [p.code for p in corpus.with_text("read: abstract", f"read: {depth}").check()]


# --- statements and questions


def test_same_statement_twice_is_refused(corpus: Corpus) -> None:
    """
    One claim of one passage stands once; the message names the first.
    """
    problem = corpus.write(STATEMENTS, SAID + SAID.replace("id: one", "id: two")).problem()

    assert ("E033", 9, 3, "[1]") == (*place(problem), problem.where)
    assert "says the same as one: same passage, frame, slots, context and cites; keep one" == problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("start: Exercise lowers", "start: Running lowers"),
        ("measured: fatigue", "measured: fitness"),
        ("frame: effect", "frame: effect\n  context: {species: rat}"),
    ],
)
def test_statements_that_differ_are_two(corpus: Corpus, old: str, new: str) -> None:
    """
    Another passage, slot or context makes another statement.
    """
    assert [] == corpus.write(STATEMENTS, SAID + SAID.replace("id: one", "id: two").replace(old, new)).check()


def test_statement_repeated_with_a_sha_is_the_same(corpus: Corpus) -> None:
    """
    A digest that stands at one of two equal statements does not make them two.
    """
    again = SAID.replace("id: one", "id: two").replace("end: in rats", "end: in rats, sha: 0123456789ab")

    assert ["E033"] == [p.code for p in corpus.write(STATEMENTS, SAID + again).check()]


def test_statement_id_given_twice_is_refused(corpus: Corpus) -> None:
    """
    An id names one statement.
    """
    problem = corpus.write(STATEMENTS, SAID + SAID.replace("fatigue", "fitness")).problem()

    assert ("E023", 9, 3, "[1].id") == (*place(problem), problem.where)


def test_fault_after_a_repeated_id_is_at_its_own_line(corpus: Corpus) -> None:
    """
    A repeated id does not move the faults of the statements after it.
    """
    third = SAID.replace("id: one", "id: three").replace("fatigue", "fitness").replace("ref-1", "ref-9")
    problems = corpus.write(STATEMENTS, SAID + SAID.replace("fatigue", "analgesia") + third).check()

    assert [("E023", 9), ("E028", 22)] == [(p.code, p.line) for p in problems]


def test_question_points_at_a_statement(corpus: Corpus) -> None:
    """
    An open question whose statement is not there is refused at its key.
    """
    corpus.write(STATEMENTS, SAID)
    right = corpus.write(QUESTIONS, "- {id: q, statement: one, about: {}}\n").check()
    problem = corpus.write(
        QUESTIONS, "- {id: q, statement: one, about: {}}\n- {id: r, statement: two, about: {}}\n"
    ).problem()

    assert [] == right
    assert ("E034", 2, 11, "questions.yaml") == (*place(problem), problem.file.name)
    assert "'two' is no statement of review/statements.yaml" == problem.message


def test_fault_of_a_statement_is_not_a_fault_of_every_question(corpus: Corpus) -> None:
    """
    One wrong term in the statements is one fault.
    """
    corpus.write(STATEMENTS, SAID.replace("fatigue", "tiredness"))

    assert ["E012"] == [p.code for p in corpus.write(QUESTIONS, "- {id: q, statement: one, about: {}}\n").check()]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("result: decrease", "result: down", "E013"),
        ("result: decrease", "result: decrease, p: many", "E014"),
        ("result: decrease", "result: decrease, colour: red", "E010"),
        ("result: decrease", "result: decrease, interval: [2, 1]", "E014"),
        ("bout: training", "bout: weekly", "E013"),
        ("read: abstract", "read: skimmed", "E013"),
        ("length: 5 week", "length: long", "E014"),
    ],
)
def test_fault_of_form_hides_no_fault_across_fields(corpus: Corpus, old: str, new: str, code: str) -> None:
    """
    A wrong word, number or key and an undeclared group in one file are told in one run, each at its place.
    """
    corpus.with_text("versus: rest", "versus: rst").with_text(old, new)
    assert {code, "E020"} == {p.code for p in corpus.check()}


def test_finding_that_lacks_a_key_hides_no_fault_of_another(corpus: Corpus) -> None:
    """
    A finding without a result is set aside; its neighbour is checked, and nothing is told of the stand-in.
    """
    corpus.with_text(
        "result: decrease}",
        "result: decrease}\n  - {id: heat, measured: heat-hyperalgesia, group: run, versus: rest}\n"
        "  - {id: cold, measured: cold-allodynia, group: rnu, versus: rest, result: decrease}",
    )
    assert [("E011", "findings[1].result"), ("E020", "findings[2].group")] == [
        (p.code, p.where) for p in corpus.check()
    ]


def test_second_reading_names_a_study_of_its_teller(corpus: Corpus) -> None:
    """
    A study that is not there, or is told by the other, was not read twice.
    """
    corpus.write("second-readings.yaml", "papers: [small-2000, large-2000]\nreview: small-2000\n")
    told = [(p.code, p.line, p.where, p.message) for p in corpus.check()]
    assert [
        ("E034", 1, "papers", "'large-2000' is no study of studies/"),
        ("E034", 2, "review", "'small-2000' is no study of review/studies/"),
    ] == told


def test_bundled_pack_names_what_has_a_second_reading(bundled_pack: Pack) -> None:
    """
    The list of second readings is that of the files that the curators keep.
    """
    kept = Path(__file__).resolve().parents[2] / "docs" / "curation" / "second-pass"
    readings = bundled_pack.readings
    assert readings is not None
    assert sorted(path.stem for path in (kept / "studies").glob("*.yaml")) == sorted(readings.papers)
    assert sorted(path.stem for path in (kept / "review" / "studies").glob("*.yaml")) == sorted(readings.review)
    assert readings.sentences == (kept / "review" / "statements.yaml").exists()
