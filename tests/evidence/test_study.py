"""Studies: what `base`, `like` and `plus` come to, and the parts of a study besides its findings."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from pydantic import ValidationError

from kg.evidence import Finding, Study
from kg.evidence.exposure import what
from kg.evidence.study import Group, StudyFile, Times, contrasts, spell_out
from tests.corpus import Corpus

RUN = {"exercise": "treadmill-running", "bout": "training"}
NALOXONE = {"agent": "naloxone", "dose": "1 mg-per-kg"}
GROUPS = "  rest: {gets: []}\n"


def written(groups: dict[str, Any], **parts: Any) -> StudyFile:
    """A study file with these groups."""
    fixed = {"study": "s-2000", "publication": "ref-1", "told_by": "ref-1", "read": "abstract"}
    given = {
        "sources": {"abstract": {"kind": "abstract"}},
        "adverse_events": "not-read",
        "groups": groups,
        **fixed,
        **parts,
    }
    return StudyFile.model_validate(given)


def spelled(groups: dict[str, Any], **parts: Any) -> dict[str, Group]:
    """The groups of a study, spelled out."""
    return spell_out(written(groups, **parts)).groups


def got(group: Group) -> list[str]:
    """What a group gets, by its terms."""
    return [what(exposure) for exposure in group.gets]


# --- base, like, plus


def test_base_holds_for_every_group() -> None:
    """
    What `base` says is true of each group that does not say otherwise.
    """
    groups = spelled({"a": {}, "b": {"sex": "male"}}, base={"species": "rat", "strain": "wistar", "sex": "female"})

    assert [("rat", ("wistar",), "female"), ("rat", ("wistar",), "male")] == [
        (group.species, group.strain, group.sex) for group in groups.values()
    ]


def test_group_overrides_base_key_by_key() -> None:
    """
    A group that names another condition keeps the rest of the base.
    """
    group = spelled({"sham": {"condition": "sham-injury"}}, base={"species": "rat", "condition": "spinal-cord-injury"})

    assert ("rat", "sham-injury") == (group["sham"].species, group["sham"].condition)


def test_like_copies_what_members_get_and_when_they_are_measured() -> None:
    """
    `like` copies exposures, condition and `at`.
    """
    model = {"gets": [RUN], "at": {"after_injury": "3 week"}, "condition": "spinal-cord-injury", "age": "8 weeks"}
    groups = spelled({"model": model, "copy": {"like": "model"}}, base={"condition": "healthy"})

    assert groups["model"] == groups["copy"]
    assert groups["copy"].at is not None and groups["copy"].at.after_injury is not None
    assert ("spinal-cord-injury", "8 weeks", ["treadmill-running"]) == (
        groups["copy"].condition,
        groups["copy"].age,
        got(groups["copy"]),
    )


def test_like_copies_neither_number_nor_label() -> None:
    """
    How many there are and what the paper calls them belongs to one group.
    """
    copy = spelled({"model": {"n": "6", "label": "runners"}, "copy": {"like": "model"}})["copy"]

    assert (None, None) == (copy.n, copy.label)


def test_own_keys_override_what_like_copied() -> None:
    """
    A group like another but measured later says so itself, and keeps the rest.
    """
    model = {"gets": [RUN], "at": {"after_last_session": "1 hour"}, "sex": "male"}
    later = spelled({"model": model, "later": {"like": "model", "at": {"of_programme": "5 week"}, "n": "4"}})["later"]

    assert later.at is not None and later.at.of_programme is not None
    assert (None, "male", 4) == (later.at.after_last_session, later.sex, later.n)
    assert ["treadmill-running"] == got(later)


def test_plus_adds_to_what_like_copied() -> None:
    """
    `plus` leaves the copied exposures as they are, so that a contrast with the model adds exactly what it names.
    """
    groups = spelled({"model": {"gets": [RUN]}, "dosed": {"like": "model", "plus": [NALOXONE]}})

    assert {"naloxone", "treadmill-running"} == set(got(groups["dosed"]))
    assert set(groups["model"].gets) < set(groups["dosed"].gets)
    assert ["treadmill-running"] == got(groups["model"])


def test_gets_beside_like_replaces_what_was_copied() -> None:
    """
    A group that says itself what it gets does not get what its model gets.
    """
    groups = spelled(
        {"model": {"gets": [RUN]}, "other": {"like": "model", "gets": [NALOXONE], "plus": [{"diet": "d"}]}}
    )

    assert {"naloxone", "d"} == set(got(groups["other"]))


def test_empty_list_and_nothing_override_too() -> None:
    """
    `gets: []` beside `like` takes the exposures away, and a key set to nothing takes back what `base` says.
    """
    groups = spelled(
        {"model": {"gets": [RUN]}, "rested": {"like": "model", "gets": []}, "unknown": {"sex": None}},
        base={"sex": "male", "species": "rat"},
    )

    assert ([], "male") == (got(groups["rested"]), groups["rested"].sex)
    assert (None, "rat") == (groups["unknown"].sex, groups["unknown"].species)


def test_like_leads_through_several_groups() -> None:
    """
    A group like a group that is like a third one has what all of them add.
    """
    groups = spelled(
        {
            "c": {"like": "b", "plus": [{"diet": "d"}]},
            "b": {"like": "a", "plus": [NALOXONE], "sex": "male"},
            "a": {"gets": [RUN]},
        }
    )

    assert {"d", "naloxone", "treadmill-running"} == set(got(groups["c"]))
    assert "male" == groups["c"].sex


def test_order_of_groups_in_the_file_carries_no_meaning() -> None:
    """
    Whatever stands first, the spelled-out study is the same, its groups in alphabetical order.
    """
    parts = {
        "rest": {"gets": []},
        "run": {"gets": [RUN, NALOXONE]},
        "also": {"like": "run", "plus": [{"diet": "d"}]},
    }
    studies = [spell_out(written(dict(order))) for order in permutations(parts.items())]

    assert ["also", "rest", "run"] == list(studies[0].groups)
    assert {studies[0].model_dump_json()} == {study.model_dump_json() for study in studies}


def test_order_of_exposures_in_a_group_carries_no_meaning() -> None:
    """
    Exercise and a drug are the same in either order.
    """
    assert spelled({"a": {"gets": [RUN, NALOXONE]}}) == spelled({"a": {"gets": [NALOXONE, RUN]}})


def test_spelling_out_keeps_every_other_part() -> None:
    """
    Findings, sources, flow and remarks pass unchanged, and nothing of the shorthand is left.
    """
    finding = {"id": "f", "measured": "x", "group": "a", "versus": "not-stated", "result": "unclear"}
    file = written(
        {"a": {"like": "b"}, "b": {}}, findings=[finding], remark="r", flow={"enrolled": "5"}, design="pilot"
    )
    study = spell_out(file)

    assert set(Study.model_fields) == set(StudyFile.model_fields) - {"base"}
    assert {"like", "plus"}.isdisjoint(Group.model_fields)
    for name in set(Study.model_fields) - {"groups"}:
        assert getattr(file, name) == getattr(study, name), name


def test_spelled_out_study_does_not_change_its_file() -> None:
    """
    Spelling out makes a new record; the written one keeps `like`.
    """
    file = written({"a": {"gets": [RUN]}, "b": {"like": "a", "plus": [NALOXONE]}})
    before = file.model_dump_json()
    spell_out(file)

    assert before == file.model_dump_json()


def test_long_chain_of_like_is_followed() -> None:
    """
    A chain of any length is data: it ends in groups or in a fault, never in a crash.
    """
    chain = {f"g{n}": {"like": f"g{n - 1}"} for n in range(1, 1500)}

    assert 1500 == len(spelled({"g0": {"gets": []}, **chain}))


# --- records do not change


def test_records_are_frozen() -> None:
    """
    A record that was read cannot be changed.
    """
    group = spelled({"a": {}})["a"]

    with pytest.raises(ValidationError, match="frozen"):
        group.sex = "male"  # type: ignore[misc]


# --- findings


def test_finding_for_several_groups_is_several_contrasts() -> None:
    """
    One result printed for two groups is one finding with two pairs, each against the same other side.
    """
    parts = {"id": "f", "measured": "x", "versus": "rest", "result": "decrease"}

    assert (("a", "rest"), ("b", "rest")) == contrasts(Finding(group=("b", "a"), **parts))
    assert (("a", "rest"),) == contrasts(Finding.model_validate({**parts, "group": "a"}))


def test_pooled_groups_of_a_file_are_contrasts(corpus: Corpus) -> None:
    """
    `group: [a, b]` in a file is read as a pair for each.
    """
    corpus.with_text(GROUPS, GROUPS + "  swim: {gets: [{exercise: swimming, bout: acute}]}\n")
    study = corpus.with_text("group: run", "group: [run, swim]").load().usable().papers["small-2000"]

    assert (("run", "rest"), ("swim", "rest")) == contrasts(study.findings[0])


# --- times


def test_times_need_a_clock() -> None:
    """
    A time without any clock says nothing; the message names the clocks.
    """
    with pytest.raises(ValidationError) as refused:
        Times()

    clocks = "after_injury, after_last_session, after_agent, of_programme, clock_not_stated"
    assert f"needs one of {clocks}" == refused.value.errors()[0]["msg"]


def test_time_that_holds_nothing_is_no_time() -> None:
    """
    A clock set to nothing is as good as none.
    """
    with pytest.raises(ValidationError):
        Times(after_injury=None)


def test_time_in_a_file_has_a_unit(corpus: Corpus) -> None:
    """
    `at` takes lengths of time with their unit.
    """
    problem = corpus.with_text("rest: {gets: []", "rest: {gets: [], at: {after_injury: 3}").problem()

    assert ("E014", *corpus.place("after_injury")) == (problem.code, problem.line, problem.column)


# --- adverse events, flow, population


@pytest.mark.parametrize("word", ["none", "not-read"])
def test_adverse_events_may_be_one_word(corpus: Corpus, word: str) -> None:
    """
    "None", "not mentioned" and "not read" are three values, and none of them is an empty list.
    """
    study = corpus.with_text("adverse_events: not-read", f"adverse_events: {word}").load().usable().papers["small-2000"]

    assert word == study.adverse_events


def test_adverse_events_are_never_left_out(corpus: Corpus) -> None:
    """
    Whoever read a paper says what it tells of harm.
    """
    problem = corpus.with_text("adverse_events: not-read\n", "").problem()

    assert ("E011", "adverse_events") == (problem.code, problem.where)


def test_adverse_events_are_read_event_by_event(corpus: Corpus) -> None:
    """
    Events, people and kinds are kept for the groups that they are told of.
    """
    text = "adverse_events: [{group: run, events: 19, people: 7, kinds: back-pain, serious: false}, {said: mild}]"
    events = corpus.with_text("adverse_events: not-read", text).load().usable().papers["small-2000"].adverse_events

    assert isinstance(events, tuple)
    assert (("run",), 19, 7, ("back-pain",), False) == (
        events[0].group,
        events[0].events,
        events[0].people,
        events[0].kinds,
        events[0].serious,
    )
    assert ((), None, None) == (events[1].group, events[1].events, events[1].serious)


def test_wrong_word_for_adverse_events_lists_the_words(corpus: Corpus) -> None:
    """
    A word outside the three is refused with all of them.
    """
    problem = corpus.with_text("adverse_events: not-read", "adverse_events: nothing").problem()

    assert ("E013", 12, 1) == (problem.code, problem.line, problem.column)
    assert "'nothing' must be 'none', 'not-mentioned' or 'not-read'" == problem.message


def test_wrong_word_for_adverse_events_names_the_key(corpus: Corpus) -> None:
    """
    A fault names a part that the file has.
    """
    assert "adverse_events" == corpus.with_text("adverse_events: not-read", "adverse_events: nothing").problem().where


def test_fault_in_the_one_event_is_one_fault(corpus: Corpus) -> None:
    """
    One wrong number is one fault, not also an empty list.
    """
    problem = corpus.with_text("adverse_events: not-read", "adverse_events: [{events: many}]").problem()

    assert ("E015", "adverse_events[0].events") == (problem.code, problem.where)


def test_empty_list_of_adverse_events_is_refused(corpus: Corpus) -> None:
    """
    No event is said with a word.
    """
    assert 12 == corpus.with_text("adverse_events: not-read", "adverse_events: []").problem().line


def test_losses_are_told_by_group(corpus: Corpus) -> None:
    """
    `lost: {run: 3}` is three people of one group.
    """
    flow = corpus.with_text(
        "adverse_events: not-read", "flow: {enrolled: 20, lost: {run: 3, rest: 0}, retained: 85}\nadverse_events: none"
    )
    lost = flow.load().usable().papers["small-2000"].flow

    assert lost is not None and lost.retained is not None
    assert [("run", 3), ("rest", 0)] == [(left.group, left.people) for left in lost.lost]
    assert (20, None, Decimal(85)) == (lost.enrolled, lost.completed, lost.retained.low)


def test_wrong_number_of_losses_is_refused_at_its_group(corpus: Corpus) -> None:
    """
    The fault is at the group whose number is wrong.
    """
    problem = corpus.with_text(
        "adverse_events: not-read", "flow:\n  lost:\n    run: 3\n    rest: few\nadverse_events: none"
    ).problem()

    assert ("flow.lost.rest", *corpus.place("rest: few")) == (problem.where, problem.line, problem.column)


def test_population_holds_age_and_share(corpus: Corpus) -> None:
    """
    Age is in years and may be a mean, a range or both; the share of men is in percent.
    """
    text = "population: {n: 81, age: {mean: 54.5, sd: 8, low: 40}, share_male: 40..60, country: Iran}\nadverse_events: none"
    people = corpus.with_text("adverse_events: not-read", text).load().usable().papers["small-2000"].population

    assert people is not None and people.age is not None and people.share_male is not None
    assert (81, Decimal("54.5"), Decimal(40), None) == (people.n, people.age.mean, people.age.low, people.age.high)
    assert (Decimal(40), Decimal(60)) == people.share_male.numbers


# --- tellers


@pytest.mark.parametrize(("told_by", "by_review"), [("review", True), ("ref-1", False)])
def test_review_is_a_teller_like_no_paper(told_by: str, by_review: bool) -> None:
    """
    A study says whether the paper tells it or the review.
    """
    assert by_review == written({"a": {}}, told_by=told_by).by_review
