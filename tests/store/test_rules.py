"""The rules, on the studies that were chosen because they are awkward, and on small studies made for one rule."""

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode

from kg.evidence import Pack
from kg.rdf.dataset import study_node
from kg.rdf.namespaces import EPK, TERM, WORD
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

PREFIXES = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
PREFIX word: <https://w3id.org/exercise-pain-kg/word/>
PREFIX term: <https://w3id.org/exercise-pain-kg/term/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

Asked = Callable[..., set[tuple[str, ...]]]


def short(node: object) -> str:
    """The last part of an IRI, which is what a test reads."""
    value = getattr(node, "value", "")
    for base in (EPK, TERM, WORD):
        value = value.removeprefix(base)
    return str(value).rpartition("/finding/")[2] if "/finding/" in str(value) else str(value)


def asker(store: OxigraphStore) -> Asked:
    """Asks a store a pattern about one study (by id, in the paper's telling) and answers in short names."""

    def ask(select: str, where: str, study: str | None = None, teller: str = "paper") -> set[tuple[str, ...]]:
        query = f"{PREFIXES} SELECT DISTINCT {select} WHERE {{ {where} }}"
        if study is not None:
            iri = f"<https://w3id.org/exercise-pain-kg/pack/leitzelar-koltyn-2021/{teller}/{study}>"
            query = query.replace("?study", iri)
        return {tuple(short(node) for node in row) for row in store.select(query).rows}

    return ask


@pytest.fixture(scope="module")
def asked(store: OxigraphStore) -> Asked:
    """The bundled graph, ready to be asked."""
    return asker(store)


def benefits(asked: Asked, study: str) -> set[tuple[str, ...]]:
    return asked(
        "?finding ?benefit",
        "?test a epk:BlockedBenefit ; epk:inStudy ?study ; epk:shownBy ?finding ; epk:benefit ?benefit",
        study,
    )


def test_stagg_loses_the_benefit_where_the_blocker_reaches_the_brain(asked: Asked) -> None:
    """
    [36]: systemic naloxone, intracerebroventricular methiodide and infused naltrexone take the benefit away;
    peripheral and intrathecal methiodide do not.
    """
    assert benefits(asked, "stagg-2011") == {
        ("nlx", "benefit-lost"), ("icv", "benefit-lost"), ("ntx", "benefit-lost"), ("nlxm", "benefit-kept"), ("it", "benefit-kept"),
    }  # fmt: skip


def test_stagg_says_that_no_blocker_was_tested_alone(asked: Asked) -> None:
    """
    [36] as far as read gives no antagonist to rested rats, so no blocked benefit points at a blocker alone.
    """
    assert set() == asked("?test", "?test epk:inStudy ?study ; epk:blockerAlone ?alone", "stagg-2011")


def test_washout_differs_in_time_and_isolates_nothing(asked: Asked) -> None:
    """
    [36]: rats five days after their last run against rats in training add nothing and lack nothing; only time differs.
    """
    washout = "?finding epk:inStudy ?study ; epk:hasContrast ?c . FILTER(STRENDS(STR(?finding), '/washout'))"
    assert {("at",)} == asked("?what", f"{washout} ?c epk:differsIn ?what", "stagg-2011")
    assert set() == asked("?x", f"{washout} ?c epk:isolates|epk:adds|epk:lacks ?x", "stagg-2011")


def test_cobianchi_astrocytes_track_relief(asked: Asked) -> None:
    """
    [17]: astrocytes calm down in the short programme, which relieves, and not in the long one, which does not.
    """
    where = "?t a epk:Tracking ; epk:inStudy ?study ; epk:marker ?marker ; epk:mechanism ?mechanism"
    assert {("astrocyte-activation", "astrocyte-reactivity")} == asked("?marker ?mechanism", where, "cobianchi-2010")


def test_cobianchi_microglia_moved_without_relief(asked: Asked) -> None:
    """
    [17]: one printed result says that microglia fell in both programmes, so they also fell where nothing was relieved.
    """
    where = "?m a epk:MovedWithoutRelief ; epk:inStudy ?study ; epk:marker ?marker"
    assert {("microglial-activation",)} == asked("?marker", where, "cobianchi-2010")


def test_pooled_result_is_one_finding_and_isolates_in_each_contrast(asked: Asked) -> None:
    """
    [17]: "both programmes" is one finding with two contrasts, each of which isolates its own programme.
    """
    pooled = "?f epk:inStudy ?study ; epk:measured term:microglial-activation ; epk:result word:decrease"
    assert 1 == len(asked("?f", pooled, "cobianchi-2010"))
    assert 2 == len(asked("?c ?x", f"{pooled} ; epk:hasContrast ?c . ?c epk:isolates ?x", "cobianchi-2010"))


def test_bobinski_loses_the_benefit_by_interaction_in_the_knock_out(asked: Asked) -> None:
    """
    [32]: exercise relieves the wild type and not the knock-out; the comparison lies within the knock-outs.
    """
    where = """?test a epk:BlockedBenefit ; epk:inStudy ?study ; epk:byInteraction true ; epk:benefit ?benefit ;
               epk:mechanism ?mechanism ; epk:blockedBy ?x . ?x a epk:KnockOut"""
    assert {("benefit-lost", "interleukin-4-signalling")} == asked("?benefit ?mechanism", where, "bobinski-2018")


def test_row_within_knock_outs_is_no_null_result_of_exercise(asked: Asked) -> None:
    """
    [32]: "no benefit in the knock-out" tests the blocker; it must not appear as a failure of exercise.
    """
    where = "?f epk:inStudy ?study ; epk:effect word:no-relief . MINUS { ?f epk:underBlocker ?x }"
    assert set() == asked("?f", where, "bobinski-2018")


def test_nadi_isolates_exercise_though_both_arms_get_vitamin_d(asked: Asked) -> None:
    """
    [72]: what both sides get cancels. The review names the other side; the abstract does not, so the paper isolates
    nothing.
    """
    where = "?f epk:inStudy ?study ; epk:isolates ?x . ?x a ?kind ; epk:what ?what . FILTER(?kind != epk:Exposure)"
    assert {("Exercise", "combined-training")} == asked("?kind ?what", where, "nadi-2017", "review")
    assert set() == asked("?kind ?what", where, "nadi-2017")


def test_hamed_never_counts_as_exercise_against_rest(asked: Asked) -> None:
    """
    [70]: one programme against another adds one and lacks one, so no teller's finding isolates exercise.
    """
    for teller in ("paper", "review"):
        assert set() == asked("?f", "?f epk:inStudy ?study ; epk:isolates ?x", "hamed-2014", teller)
    told = asked("?f", "?f epk:inStudy ?study ; epk:measured ?o", "hamed-2014", "review")
    assert told, "the review's finding must be there for the rule to refuse it"


def test_cox_musculoskeletal_pain_is_no_neuropathic_relief(asked: Asked) -> None:
    """
    [74]: exercise is isolated and musculoskeletal pain fell, yet no finding of the study is relief or its absence.
    """
    assert asked("?f", "?f epk:inStudy ?study ; epk:isolates/a epk:Exercise ; epk:result word:decrease", "cox-2020")
    assert set() == asked("?f", "?f epk:inStudy ?study ; epk:effect ?e", "cox-2020")


def test_cox_intervals_overlap(asked: Asked) -> None:
    """
    [74]: the two arms' intervals overlap, which is what later says that they are no conflict.
    """
    where = """?f epk:inStudy ?study ; epk:measured term:musculoskeletal-pain-intensity ; epk:interval ?i ; epk:result ?r .
               ?i epk:low ?low ; epk:high ?high"""
    rows = asked("?r ?low ?high", where, "cox-2020")
    (one, two) = sorted(rows)
    assert {"decrease", "no-significant-change"} == {one[0], two[0]}
    assert max(float(one[1]), float(two[1])) < min(float(one[2]), float(two[2]))


def test_khasabova_is_a_drug_without_exercise(asked: Asked) -> None:
    """
    [92]: agents are isolated, the lesion alters the system, raising it relieves, and nobody exercises.
    """
    assert set() == asked("?x", "?g epk:inStudy ?study ; epk:receives ?x . ?x a epk:Exercise", "khasabova-2012")
    assert {("endocannabinoid-system",)} == asked("?m", "?l a epk:LesionEffect ; epk:inStudy ?study ; epk:mechanism ?m",
                                                  "khasabova-2012")  # fmt: skip
    moved = "?e a epk:ManipulationEffect ; epk:inStudy ?study ; epk:mechanism ?m ; epk:moves ?way ; epk:effect ?effect"
    assert ("endocannabinoid-system", "raised", "relief") in asked("?m ?way ?effect", moved, "khasabova-2012")


def test_koltyn_keeps_the_benefit_in_healthy_people(asked: Asked) -> None:
    """
    [103]: naltrexone against placebo, both after the same exercise, changes nothing on three measures.
    """
    assert {"benefit-kept"} == {benefit for _, benefit in benefits(asked, "koltyn-2014")}


def test_endocannabinoid_system_has_no_rung_with_exercise(asked: Asked) -> None:
    """
    Healthy people feed the bridge only: no condition class has the endocannabinoid system on a rung with exercise,
    while the marks without exercise are there.
    """
    where = "?a a epk:Assessment ; epk:mechanism term:endocannabinoid-system ; {} ?evidence"
    for rung in ("epk:measuredIn", "epk:changedWithReliefIn", "epk:tracksIn", "epk:neededIn", "epk:keptWhenBlockedIn"):
        assert set() == asked("?evidence", where.format(rung)), rung
    assert asked("?evidence", where.format("epk:manipulationRelievesIn"))


def test_endocannabinoid_bridges_rest_on_acute_exercise_in_healthy_people(asked: Asked) -> None:
    """
    The bridge reaches nerve injury, chemotherapy and diabetic neuropathy, from acute exercise only; spinal cord
    injury gets none, because the drug papers that the review cites for it are peripheral lesions.
    """
    where = """?b a epk:Bridge ; epk:mechanism term:endocannabinoid-system ; epk:conditionClass ?class ; epk:bout ?bout ;
               epk:exerciseEnd/epk:ofGroup/epk:condition ?near"""
    assert {
        ("peripheral-nerve-injury", "acute", "healthy"),
        ("chemotherapy-neuropathy", "acute", "healthy"),
        ("diabetic-neuropathy", "acute", "healthy"),
    } == asked("?class ?bout ?near", where)


def test_assessments_rest_on_papers_only(asked: Asked) -> None:
    """
    What only the review tells never lifts a rung: the review's naloxone reversals of [34] and [53] are not evidence.
    """
    where = "?a a epk:Assessment ; ?rung ?e . ?e epk:inStudy/epk:telling ?telling"
    assert {("paper-telling",)} == asked("?telling", where)
    crps = "?a a epk:Assessment ; epk:conditionClass term:complex-regional-pain-syndrome ; epk:neededIn ?e"
    assert set() == asked("?e", crps)


def test_harm_of_late_wheel_running_is_there(asked: Asked) -> None:
    """
    [40]: rats without allodynia became hypersensitive; a single-arm finding, and no relief.
    """
    where = "?f epk:inStudy ?study ; epk:effect word:no-relief ; epk:result word:increase ; epk:singleArm ?single"
    assert {("true",)} == asked("?single", where, "detloff-2016")


def test_drug_papers_cited_for_spinal_cord_injury_are_peripheral(asked: Asked) -> None:
    """
    [91] is a spinal nerve ligation, whatever class the review files it under.
    """
    where = """?g epk:inStudy ?study ; epk:condition/epk:within ?class . ?class epk:gapLevel true ; a epk:Condition"""
    assert {("peripheral-nerve-injury",)} == asked("?class", where, "bridges-2001")


# Small studies made for one rule each


def derived(corpus: Corpus, ontology: Ontology) -> Asked:
    """The graph of a small pack, ready to be asked about its one study."""
    pack: Pack = corpus.load().usable()
    (study,) = pack.papers.values()
    node: NamedNode = study_node(pack, study)
    store = OxigraphStore.in_memory(build_graph([pack], ontology).quads)

    def ask(select: str, where: str, study: str | None = None, teller: str = "paper") -> set[tuple[str, ...]]:
        rows = store.select(
            f"{PREFIXES} SELECT DISTINCT {select} WHERE {{ {where} }}".replace("?study", str(node))
        ).rows
        return {tuple(short(cell) for cell in row) for row in rows}

    return ask


STUDY = """
study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training}]}
  usual: {gets: [{care: usual-care}]}
  run-blocked: {like: run, plus: [{agent: naloxone}]}
  rest-blocked: {like: rest, plus: [{agent: naloxone}]}
  run-more: {like: run, plus: [{agent: gabapentin}, {agent: vitamin-d}]}
  run-female: {like: run, sex: female}
  rest-male: {like: rest, sex: male}
  run-late: {like: run, at: {after_injury: 14 day}}
  rest-late: {like: rest, at: {after_injury: 2 week}}
  rest-early: {like: rest, at: {after_injury: 7 day}}
findings:
FINDINGS
sources: {abstract: {kind: abstract}}
adverse_events: not-read
"""


def study_with(corpus: Corpus, ontology: Ontology, *findings: str) -> Asked:
    """A small study with these findings, derived."""
    corpus.write_study(STUDY.replace("FINDINGS", "\n".join(f"  - {{{line}}}" for line in findings)))
    return derived(corpus, ontology)


PAIN = "measured: mechanical-allodynia"


@pytest.mark.parametrize(
    ("contrast", "isolates"),
    [
        ("group: run, versus: rest", {("Exercise",)}),
        ("group: run, versus: usual", {("Exercise",)}),
        ("group: run, versus: itself-before", {("Exercise",)}),
        ("group: run-blocked, versus: run", {("AgentDose",)}),
        ("group: run-blocked, versus: rest", set()),
        ("group: run, versus: rest-blocked", set()),
        ("group: run-more, versus: run", set()),
        ("group: run, versus: not-stated", set()),
        ("group: run-female, versus: rest-male", set()),
        ("group: run-female, versus: rest", {("Exercise",)}),
        ("group: run-late, versus: rest-late", {("Exercise",)}),
        ("group: run-late, versus: rest-early", set()),
        ("group: run-late, versus: rest-early, at: {after_injury: 14 day}", {("Exercise",)}),
    ],
)
def test_what_a_contrast_isolates(
    corpus: Corpus, ontology: Ontology, contrast: str, isolates: set[tuple[str, ...]]
) -> None:
    """
    Exactly one added exposure, none lacking, the same subjects at the same time; controls and what both sides get
    cancel; two weeks are fourteen days.
    """
    asked = study_with(corpus, ontology, f"id: a, {PAIN}, {contrast}, result: decrease")
    where = "?f epk:inStudy ?study ; epk:isolates/a ?kind . FILTER(?kind != epk:Exposure)"
    assert isolates == asked("?kind", where)


@pytest.mark.parametrize("design", ["observational-study", "cohort-study", "[cross-sectional-study, pilot]"])
def test_observational_study_isolates_nothing(corpus: Corpus, ontology: Ontology, design: str) -> None:
    """
    People who are active were not made so by the study: its contrast adds activity and yet isolates nothing, whatever
    kind of observational study it is and whatever else it is.
    """
    finding = f"  - {{id: a, {PAIN}, group: run, versus: rest, result: decrease}}"
    corpus.write_study(
        STUDY.replace("FINDINGS", finding).replace("read: abstract", f"read: abstract\ndesign: {design}")
    )
    asked = derived(corpus, ontology)
    contrast = "?f epk:inStudy ?study ; epk:hasContrast ?c . ?c epk:{}/a epk:Exercise"
    assert asked("?c", contrast.format("adds")), "the contrast must be there for the rule to refuse it"
    assert set() == asked(
        "?x", "?f epk:inStudy ?study . { ?f epk:isolates ?x } UNION { ?f epk:hasContrast/epk:isolates ?x }"
    )


@pytest.mark.parametrize(
    ("outcome", "result", "effect"),
    [
        ("mechanical-allodynia", "decrease", {("relief",)}),
        ("mechanical-allodynia", "normalised", {("relief",)}),
        ("mechanical-allodynia", "increase", {("no-relief",)}),
        ("mechanical-allodynia", "no-significant-change", {("no-relief",)}),
        ("mechanical-allodynia", "not-decreased", {("no-relief",)}),
        ("mechanical-allodynia", "not-increased", set()),
        ("mechanical-allodynia", "unclear", set()),
        ("mechanical-allodynia", "mixed", set()),
        ("mechanical-withdrawal-threshold", "increase", {("relief",)}),
        ("mechanical-withdrawal-threshold", "decrease", {("no-relief",)}),
        ("mechanical-withdrawal-threshold", "not-increased", {("no-relief",)}),
        ("musculoskeletal-pain-intensity", "decrease", set()),
        ("pain-interference", "decrease", set()),
    ],
)
def test_relief_follows_the_polarity_and_the_domain(
    corpus: Corpus, ontology: Ontology, outcome: str, result: str, effect: set[tuple[str, ...]]
) -> None:
    """
    Hypersensitivity that falls and a threshold that rises are relief; unclear and mixed say nothing; pain outside
    the relief domains never counts.
    """
    finding = f"id: a, measured: {outcome}, group: run, versus: rest, result: {result}"
    assert effect == study_with(corpus, ontology, finding)("?e", "?f epk:inStudy ?study ; epk:effect ?e")


@pytest.mark.parametrize(
    ("blocked", "benefit"),
    [
        ("result: increase", {("benefit-lost",)}),
        ("result: increase, said: attenuated", {("benefit-reduced",)}),
        ("result: no-significant-change", {("benefit-kept",)}),
        ("result: unclear", set()),
    ],
)
def test_benefit_lost_reduced_or_kept(
    corpus: Corpus, ontology: Ontology, blocked: str, benefit: set[tuple[str, ...]]
) -> None:
    """
    A blocker added to relieved rats takes the benefit away, takes part of it, or leaves it; unclear says nothing.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: decrease",
        f"id: b, {PAIN}, group: run-blocked, versus: run, {blocked}",
    )  # fmt: skip
    assert benefit == asked("?b", "?t a epk:BlockedBenefit ; epk:inStudy ?study ; epk:benefit ?b")


def test_no_benefit_can_be_lost_that_was_never_there(corpus: Corpus, ontology: Ontology) -> None:
    """
    A blocker that worsens pain in exercised rats whose exercise had not relieved shows nothing of a benefit.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: no-significant-change",
        f"id: b, {PAIN}, group: run-blocked, versus: run, result: increase",
    )  # fmt: skip
    assert set() == asked("?t", "?t a epk:BlockedBenefit")


def test_benefit_counts_on_the_same_outcome_only(corpus: Corpus, ontology: Ontology) -> None:
    """
    Relief on touch and a blocker tested on heat are two different things.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: decrease",
        "id: b, measured: heat-hyperalgesia, group: run-blocked, versus: run, result: increase",
    )  # fmt: skip
    assert set() == asked("?t", "?t a epk:BlockedBenefit")


def test_blocker_alone_is_found(corpus: Corpus, ontology: Ontology) -> None:
    """
    The same blocker in rested rats, on the same outcome, is named beside the lost benefit.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: decrease",
        f"id: b, {PAIN}, group: run-blocked, versus: run, result: increase",
        f"id: c, {PAIN}, group: rest-blocked, versus: rest, result: no-significant-change",
    )  # fmt: skip
    assert {("b", "c")} == asked("?f ?alone", "?t epk:shownBy ?f ; epk:blockerAlone ?alone")


def test_benefit_kept_by_interaction(corpus: Corpus, ontology: Ontology) -> None:
    """
    Exercise that relieves with the blocker on both sides keeps its benefit.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: decrease",
        f"id: b, {PAIN}, group: run-blocked, versus: rest-blocked, result: decrease",
    )  # fmt: skip
    where = "?t a epk:BlockedBenefit ; epk:byInteraction true ; epk:benefit ?b"
    assert {("benefit-kept",)} == asked("?b", where)


def test_a_marker_that_moved_beside_some_relief_did_not_move_without_it(corpus: Corpus, ontology: Ontology) -> None:
    """
    One outcome relieved and another not is relief in that contrast.
    """
    asked = study_with(
        corpus, ontology,
        f"id: a, {PAIN}, group: run, versus: rest, result: decrease",
        "id: b, measured: heat-hyperalgesia, group: run, versus: rest, result: no-significant-change",
        "id: c, measured: microglial-activation, group: run, versus: rest, result: decrease",
    )  # fmt: skip
    assert set() == asked("?m", "?m a epk:MovedWithoutRelief")
    assert {("c",)} == asked("?e", "?a a epk:Assessment ; epk:changedWithReliefIn ?e")


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("1 week", "1 week"),
        ("5 week", "5 weeks"),
        ("2..10 week", "2 to 10 weeks"),
        ("{low: 5, open: high, unit: day}", "at least 5 days"),
        ("{low: 5, open: high, exclude: low, unit: day}", "more than 5 days"),
        ("{high: 3, open: low, unit: week}", "up to 3 weeks"),
        ("{high: 3, open: low, exclude: high, unit: week}", "less than 3 weeks"),
        ("{one_of: [14, 28], unit: day}", "14 or 28 days"),
        ("{as_printed: a month or so}", "a month or so"),
    ],
)
def test_quantity_is_read_aloud(corpus: Corpus, ontology: Ontology, written: str, reads: str) -> None:
    """
    Exact, range, open, strict, choice and words: each quantity has one reading, with its unit.
    """
    corpus.with_text("{length: 5 week}", f"{{length: {written}}}")
    store = OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)
    rows = store.select(f"{PREFIXES} SELECT ?text {{ ?plan epk:length/epk:reads ?text }}").rows
    assert [reads] == [getattr(text, "value", None) for (text,) in rows]


@pytest.mark.parametrize(
    ("intensity", "reads"),
    [
        ("50..60 percent-vo2-reserve", "50 to 60 percent of oxygen uptake reserve"),
        ("13 rpe-borg", "13 RPE"),
    ],
)
def test_intensity_reads_its_reference(corpus: Corpus, ontology: Ontology, intensity: str, reads: str) -> None:
    """
    A percentage never stands without what it is a share of.
    """
    part = f"{{modality: treadmill-running, intensity: {intensity}}}"
    corpus.with_text("{length: 5 week}", f"{{phases: [{{week: [{{parts: [{part}]}}]}}]}}")
    store = OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)
    rows = store.select(f"{PREFIXES} SELECT ?text {{ ?part epk:intensity/epk:reads ?text }}").rows
    assert [reads] == [getattr(text, "value", None) for (text,) in rows]


def test_two_branches_of_one_system_make_no_bridge(asked: Asked) -> None:
    """
    Both ends of every bridge name one mechanism, or one that lies within the other.
    """
    where = """?b a epk:Bridge ; epk:exerciseEnd/epk:mechanism ?near ; epk:manipulationEnd/epk:mechanism ?far .
               FILTER NOT EXISTS { ?near epk:within ?far } FILTER NOT EXISTS { ?far epk:within ?near }"""
    assert set() == asked("?near ?far", where)


def test_every_derived_node_names_its_rule(asked: Asked) -> None:
    """
    Whatever the rules make says which rule made it, and each rule says what it does.
    """
    made = """?n a ?kind . VALUES ?kind { epk:BlockedBenefit epk:Tracking epk:MovedWithoutRelief epk:LesionEffect
              epk:ManipulationEffect epk:ExerciseEffect epk:Bridge epk:Assessment }"""
    assert asked("?n", made)
    assert set() == asked("?n", f"{made} MINUS {{ ?n epk:rule/a epk:Rule }}")
    rdfs = "<http://www.w3.org/2000/01/rdf-schema#comment>"
    assert set() == asked("?r", f"?r a epk:Rule . MINUS {{ ?r {rdfs} ?text }}")
