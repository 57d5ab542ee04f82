"""Plans on the bundled evidence and on small packs: each slot from the graph, and nothing from nowhere."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.analysis.gap_data import word_of
from kg.analysis.gaps import find_gaps
from kg.analysis.plan import Plan, PlanFault, find_plan
from kg.analysis.plan_slots import NO_SOURCE, Slot, slots
from kg.analysis.plan_words import as_data, flat, sentences, summary
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import TERM
from kg.rdf.ontology import Ontology
from kg.store import Graph, OxigraphStore, build_graph
from tests.corpus import Corpus

PACK = Path(__file__).resolve().parents[2] / "kg" / "packs" / "leitzelar-koltyn-2021"
Planned = Callable[[int], Plan]


@pytest.fixture(scope="module")
def plan(store: OxigraphStore) -> Plan:
    """More studies than can be planned on the bundled evidence."""
    return find_plan(store, find_gaps(store), 100)


@pytest.fixture
def planned(corpus: Corpus, ontology: Ontology) -> Planned:
    """A plan on the small pack as a test has bent it."""

    def make(number: int) -> Plan:
        store = build_graph([corpus.load().usable()], ontology).store()
        return find_plan(store, find_gaps(store), number)

    return make


def by_name(plan: Plan, at: int = 0) -> dict[str, Slot]:
    return {slot.name: slot for slot in slots(plan.studies[at], plan.data)}


def test_every_slot_is_cited_or_says_no_source(plan: Plan) -> None:
    """
    What a slot says stands at the line that it cites; a slot without a source says so and why.
    """
    for study in plan.studies:
        for slot in slots(study, plan.data):
            assert slot.sources or (NO_SOURCE == slot.told and slot.note)
            for source in slot.sources:
                lines = (PACK / source.file).read_text(encoding="utf-8").splitlines()
                assert f"publication: ref-{source.ref}" in lines
                if source.finding:
                    name = source.finding.rpartition("/")[2]
                    assert f"id: {name}" in lines[source.line - 1]


def test_what_a_slot_takes_is_what_its_finding_measured(plan: Plan, store: OxigraphStore) -> None:
    """
    Markers and outcomes are those of the findings that are cited, asked of the graph by another question.
    """
    for study in plan.studies:
        by = {slot.name: slot for slot in slots(study, plan.data)}
        cited = [by["pain"], *(slot for name, slot in by.items() if name.startswith("marker") and slot.sources)]
        for slot in cited:
            (source,) = slot.sources
            rows = ask(store, bundled_question("finding-proofs"), {"ref": str(source.ref)})
            measured = {str(row.measured) for row in rows if row.finding.iri == source.finding}
            assert 1 == len(measured) and slot.words.startswith(measured.pop())


def test_doses_are_ends_that_were_tried(plan: Plan, store: OxigraphStore) -> None:
    """
    Both ends of each range are doses that the papers named beside them tell; there is no number between.
    """
    tried = {(row.ref, f"{row.dose}") for row in ask(store, bundled_question("doses-tried")) if row.dose}
    for study in plan.studies:
        for slot in slots(study, plan.data):
            if slot.name.startswith("dose tried") and slot.sources:
                for end in re.split(r"(?<=\]) to ", re.sub("^(from|as printed:) ", "", slot.words)):
                    dose, refs = end.split(" [", 1)
                    for ref in refs.rstrip("]").split("]["):
                        assert any(number == int(ref) and dose.startswith(text) for number, text in tried)


def test_gaps_are_closed_once_or_told_apart(plan: Plan) -> None:
    """
    Every gap with a weight is closed by one study, or stands apart with a reason; the weights add up.
    """
    closed = [one for study in plan.studies for one in study.closes]
    apart = [one for one, reason in plan.apart if reason]
    assert len(closed) == len(set(closed)) and not set(closed) & set(apart)
    assert plan.total == pytest.approx(sum(one.weight for one in [*closed, *apart]))
    assert plan.closable == pytest.approx(plan.weight)
    assert "studies close all that can be closed" in summary(plan)[0]


def test_reasons_name_what_is_missing(plan: Plan) -> None:
    """
    No agent lowers it, no marker in that species, nobody exercised there: each is said where it holds.
    """
    reasons = {(one.mechanism.iri.removeprefix(TERM), word_of(one.kind)): why for one, why in plan.apart}
    assert "no agent of the vocabulary lowers it" == reasons["astrocyte-reactivity", "changed-never-blocked"]
    assert "no marker of it was measured here (human)" in reasons["serotonergic-system", "not-examined-in-people"]
    assert "one more settles nothing" in reasons["inflammatory-signalling", "conflict-unresolved"]
    assert "nobody here exercised" in reasons["endocannabinoid-system", "not-examined-with-exercise"]


def test_people_are_planned_for_where_only_people_close_the_gap(plan: Plan) -> None:
    """
    A gap "not examined in people" is closed in people only.
    """
    found = [study for study in plan.studies if any(one.in_people for one in study.closes)]
    assert found and all(study.base.people for study in found)


def test_no_study_is_larger_than_any_that_was_done(plan: Plan) -> None:
    """
    Four mechanisms in rodents, one in people, and one blocker that a gap asks for.
    """
    for study in plan.studies:
        assert len(study.means) <= (1 if study.base.people else 4)
        assert sum(one.by_blocker for one in study.means) <= 1


def test_bound_is_above_and_guarantee_below(plan: Plan, store: OxigraphStore) -> None:
    """
    With five studies the plan covers no more than the bound, and more studies cover at least as much.
    """
    five = find_plan(store, find_gaps(store), 5)
    assert five.weight <= five.at_most <= plan.closable
    assert plan.studies[:5] == five.studies


def test_order_of_input_changes_no_byte(plan: Plan, graph: Graph) -> None:
    """
    The same quads in another order give the same plan.
    """
    quads = list(graph.quads)
    random.Random(2).shuffle(quads)
    store = OxigraphStore.in_memory(quads)
    other = find_plan(store, find_gaps(store), 100)
    assert json.dumps(as_data(plan)) == json.dumps(as_data(other))
    assert list(sentences(plan)) == list(sentences(other))
    assert flat(plan) == flat(other)


# Small packs


MARKER = "  - {id: bdnf, measured: bdnf, group: run, versus: rest, result: decrease}\n"
GIVEN = "  drugged: {gets: [{agent: am251, dose: 3 mg-per-kg, route: intraperitoneal}]}\n"
TESTED = (
    "  - {id: alone, measured: mechanical-allodynia, group: drugged, versus: rest, result: no-significant-change}\n"
)


def bend(corpus: Corpus, group: str = "", finding: str = "") -> None:
    corpus.with_text("findings:\n", f"{group}findings:\n")
    corpus.with_text("result: decrease}\n", f"result: decrease}}\n{finding}")


def test_slots_of_a_small_pack(corpus: Corpus, planned: Planned) -> None:
    """
    One study, one marker elsewhere in the body, one blocker: what is told is taken, what is not has no source.
    """
    seen = "  - {id: aea, measured: anandamide, site: blood, group: drugged, versus: rest, result: decrease}\n"
    bend(corpus, GIVEN, MARKER + TESTED + seen)
    plan = planned(9)
    by = by_name(plan)
    assert "spinal nerve ligation" == by["condition or model"].told
    assert "rat" == by["species"].told
    assert NO_SOURCE == by["sex"].told and "was read (abstract)" in by["sex"].note
    assert "5 weeks [1]" == by["dose tried, weeks"].told
    assert NO_SOURCE == by["dose tried, minutes"].told
    assert NO_SOURCE == by["time of measuring"].told
    assert "AM251, against the endocannabinoid system" == by["blocker"].told
    assert ("intraperitoneal", "3 mg/kg") == (by["blocker route"].told, by["blocker dose"].told)
    assert NO_SOURCE == by["blocker reaches"].told
    assert "AM251 in spinal nerve ligation, rat, without exercise" == by["blocker alone, at rest"].told
    assert "anandamide in blood" == by["marker of endocannabinoid system"].told
    assert corpus.place("- {id: aea")[0] == by["marker of endocannabinoid system"].sources[0].line


def test_agent_given_beside_another_is_not_the_blocker_alone(corpus: Corpus, planned: Planned) -> None:
    """
    A blocker that was only given on top of another drug leaves the group at rest without a source.
    """
    both = "  both: {gets: [{agent: am251}, {agent: win-55212-2}]}\n"
    seen = "  - {id: aea, measured: anandamide, group: both, versus: rest, result: decrease}\n"
    bend(corpus, both, MARKER + seen)
    by = by_name(planned(1))
    assert "together with WIN 55,212-2" in by["blocker"].note
    assert NO_SOURCE == by["blocker alone, at rest"].told


def test_blocker_asks_where_the_rung_needed_is_missing(corpus: Corpus, ontology: Ontology) -> None:
    """
    A system that tracks relief asks for a blocker arm, and for the blocker alone.
    """
    swim = "  swim: {gets: [{exercise: swimming, bout: training}]}\n" + GIVEN
    rows = (
        "  - {id: aea, measured: anandamide, group: run, versus: rest, result: increase}\n"
        "  - {id: aea-swim, measured: anandamide, group: swim, versus: rest, result: no-significant-change}\n"
        "  - {id: touch-swim, measured: mechanical-allodynia, group: swim, versus: rest, result: no-significant-change}\n"
    )
    bend(corpus, swim, rows + TESTED)
    store = build_graph([corpus.load().usable()], ontology).store()
    from kg.analysis.plan_data import read_plan_data
    from kg.analysis.plan_gaps import read_rungs
    from kg.analysis.plan_means import NEEDED, Means, Where, find_means

    gaps, data = find_gaps(store), read_plan_data(store)
    base = next(one for one in data.settings if one.relieved)
    where = Where(base.condition, base.kin)
    mechanism = next(m for m, _ in gaps.cells if m.iri == TERM + "endocannabinoid-system")
    missing = read_rungs(gaps)[mechanism.iri, where.condition.iri, where.kin.iri]
    found = find_means(data, mechanism, missing, where)
    assert isinstance(found, Means)
    assert NEEDED == found.rung and found.by_blocker and found.blocker is not None
    microglia = next(m for m, _ in gaps.cells if m.iri == TERM + "microglial-reactivity")
    assert "no agent of the vocabulary lowers it" == find_means(data, microglia, missing, where)


def test_pack_with_nothing_to_plan_says_so(corpus: Corpus, planned: Planned) -> None:
    """
    Without a study no gap has a weight; a plan of no study is none.
    """
    with pytest.raises(PlanFault, match="at least one study, not 0"):
        planned(0)
    corpus.study.unlink()
    with pytest.raises(PlanFault, match="nothing to plan"):
        planned(3)


def test_gaps_without_means_leave_an_empty_plan_with_reasons(corpus: Corpus, planned: Planned) -> None:
    """
    One study that measured one marker: no other mechanism has a marker, so all stand apart.
    """
    bend(corpus, finding=MARKER)
    plan = planned(2)
    assert () == plan.studies[1:]
    assert plan.apart and all(reason for _, reason in plan.apart)
    assert any("no agent of the vocabulary lowers it" in reason for _, reason in plan.apart)


def test_range_goes_from_the_lowest_to_the_highest_tried(corpus: Corpus, planned: Planned) -> None:
    """
    Both ends, whatever stands between; an end without a bound says so, and words that make no number stand apart.
    """
    groups = "".join(
        f"  run{at}: {{gets: [{{exercise: treadmill-running, bout: training, programme: {{length: {told}}}}}]}}\n"
        for at, told in enumerate(("2 week", "8 week", "{low: 8, open: high, exclude: low, unit: week}"))
    )
    rows = "".join(
        f"  - {{id: touch{at}, measured: mechanical-allodynia, group: run{at}, versus: rest, result: decrease}}\n"
        for at in range(3)
    )
    seen = "  - {id: aea, measured: anandamide, group: drugged, versus: rest, result: decrease}\n"
    bend(corpus, groups + GIVEN, MARKER + seen + rows)
    assert "from 2 weeks [1] to more than 8 weeks [1]" == by_name(planned(1))["dose tried, weeks"].told
