"""Where results differ: what is a conflict and what is not, on small packs of which every answer is known."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kg.analysis import Conflict, find_conflicts, find_leads
from kg.analysis.conflict_text import COLUMNS, flat_row, lead_line, paragraph
from kg.analysis.conflicts import KINDS
from kg.evidence import Vocabulary
from kg.knowledge import KnowledgeGraph
from kg.query.question import QuestionFault
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

HEAD = """study: {name}-2000
publication: ref-{ref}
told_by: ref-{ref}
read: abstract
base: {{species: {species}, condition: {condition}}}
groups:
  rest: {{gets: []}}
  run: {{gets: [{{exercise: {exercise}, bout: training{more}}}]}}
  drug: {{gets: [{{agent: naloxone, route: subcutaneous}}]}}
  run-drug: {{like: run, plus: [{{agent: naloxone, route: subcutaneous}}]}}
findings:
{findings}
sources: {{abstract: {{kind: abstract, extent: full}}}}
adverse_events: not-read
"""
Built = Callable[..., OxigraphStore]


def paper(ref: int, *findings: str, **other: str) -> str:
    """A paper with these findings, each the inside of one row."""
    name = {1: "small", 2: "other"}[ref]
    told = {"species": "rat", "condition": "spinal-nerve-ligation", "exercise": "treadmill-running", "more": ""} | other
    rows = "\n".join(f"  - {{id: f{n}, {row}}}" for n, row in enumerate(findings))
    return HEAD.format(name=name, ref=ref, findings=rows, **told)


def row(measured: str, result: str, more: str = "", versus: str = "rest", group: str = "run") -> str:
    """The inside of one row of findings."""
    return f"measured: {measured}, group: {group}, versus: {versus}, result: {result}{more}"


@pytest.fixture
def built(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> Built:
    """Builds a store of one or two papers, and statements."""

    def build(one: str, two: str | None = None, statements: str | None = None) -> OxigraphStore:
        corpus = Corpus(tmp_path_factory.mktemp("pack"), vocabulary).write_study(one)
        if two is not None:
            corpus.write("studies/other-2000.yaml", two)
        if statements is not None:
            corpus.write("review/statements.yaml", statements)
        loaded = corpus.load()
        assert [] == list(loaded.problems)
        return OxigraphStore.in_memory(build_graph([loaded.pack], ontology).quads)

    return build


def brief(conflicts: tuple[Conflict, ...]) -> set[tuple[str, ...]]:
    """Kind, question, way and why it is set aside."""
    return {(each.kind, each.question, each.way, each.set_aside) for each in conflicts}


NONE: set[tuple[str, ...]] = set()
AGAINST = "change-against-none"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param("bdnf decrease", "bdnf increase", {("opposite-direction", "BDNF", "increase", "")}, id="opposite"),
        pytest.param("bdnf decrease", "bdnf no-significant-change", {(AGAINST, "BDNF", "decrease", "")}, id="none found"),
        pytest.param("bdnf decrease", "bdnf not-decreased", {(AGAINST, "BDNF", "decrease", "")}, id="denied"),
        pytest.param("bdnf decrease", "bdnf not-increased", NONE, id="another direction denied"),
        pytest.param("bdnf decrease", "bdnf unclear", NONE, id="unclear takes no side"),
        pytest.param("bdnf increase", "bdnf mixed", NONE, id="mixed takes no side"),
        pytest.param("bdnf normalised", "bdnf increase", NONE, id="normalised opposes no rise"),
        pytest.param("bdnf normalised", "bdnf decrease", NONE, id="normalised opposes no fall"),
        pytest.param(
            "bdnf normalised", "bdnf no-significant-change", {(AGAINST, "BDNF", "normalised", "")}, id="normalised or not"
        ),
        pytest.param(
            "mechanical-allodynia decrease", "heat-hyperalgesia no-significant-change",
            {(AGAINST, "evoked withdrawal", "better", "")}, id="one relief domain",
        ),
        pytest.param(
            "mechanical-allodynia decrease", "mechanical-withdrawal-threshold decrease",
            {("opposite-direction", "evoked withdrawal", "better", "")}, id="by polarity, not by word",
        ),
        pytest.param("mechanical-allodynia normalised", "heat-hyperalgesia decrease", NONE, id="both better"),
        pytest.param("mechanical-withdrawal-threshold increase", "heat-hyperalgesia decrease", NONE, id="better by a rise"),
        pytest.param(
            "mechanical-withdrawal-threshold increase", "heat-hyperalgesia not-decreased",
            {(AGAINST, "evoked withdrawal", "better", "")}, id="a rise against a denied fall",
        ),
        pytest.param("mechanical-allodynia decrease", "heat-hyperalgesia unclear", NONE, id="unclear outcome takes no side"),
        pytest.param("mechanical-allodynia decrease", "heat-hyperalgesia mixed", NONE, id="mixed outcome takes no side"),
        pytest.param("motor-function increase", "bladder-function no-significant-change", NONE, id="no relief domain"),
        pytest.param(
            "sensory-thresholds increase", "sensory-thresholds decrease",
            {("opposite-direction", "sensory thresholds", "increase", "")}, id="outcome without polarity",
        ),
        pytest.param("bdnf increase", "anandamide no-significant-change", NONE, id="other things measured"),
    ],
)  # fmt: skip
def test_conflict_is_there_when_it_should_be_and_only_then(
    built: Built, one: str, two: str, expected: set[tuple[str, ...]]
) -> None:
    """
    Two results of exercise on one question in one class of conditions, pair by pair of words; either paper may be first.
    """
    first, second = row(*one.split()), row(*two.split())
    assert expected == brief(find_conflicts(built(paper(1, first), paper(2, second)), everything=True))
    assert expected == brief(find_conflicts(built(paper(1, second), paper(2, first)), everything=True))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param(
            paper(1, row("bdnf", "decrease")), paper(2, row("bdnf", "increase"), condition="cisplatin-neuropathy"),
            id="other class",
        ),
        pytest.param(
            paper(1, row("bdnf", "decrease"), condition="healthy"), paper(2, row("bdnf", "increase"), condition="healthy"),
            id="no class",
        ),
        pytest.param(
            paper(1, row("bdnf", "decrease")), paper(2, row("bdnf", "increase", versus="drug", group="run-drug")),
            id="within blocked subjects",
        ),
        pytest.param(
            paper(1, row("bdnf", "decrease")), paper(2, row("bdnf", "increase", versus="not-stated")), id="isolates nothing"
        ),
    ],
)  # fmt: skip
def test_what_answers_another_question_is_no_conflict(built: Built, one: str, two: str) -> None:
    """
    Another class of conditions, subjects in no class, blocked subjects, and a side that is not stated.
    """
    assert () == find_conflicts(built(one, two), everything=True)


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        pytest.param([row("bdnf", "decrease"), row("bdnf", "increase")], [], "of one paper", id="one paper"),
        pytest.param(
            [row("bdnf", "decrease", ", site: blood")], [row("bdnf", "increase", ", site: spinal-cord")], "other site",
            id="other site",
        ),
        pytest.param(
            [row("bdnf", "decrease")], [row("bdnf", "increase", versus="itself-before")], "single-arm against controlled",
            id="designs",
        ),
    ],
)  # fmt: skip
def test_what_is_not_two_comparable_studies_is_set_aside(
    built: Built, one: list[str], two: list[str], reason: str
) -> None:
    """
    It is kept with its reason, and shown on request.
    """
    store = built(paper(1, *one), paper(2, *two) if two else None)
    assert () == find_conflicts(store)
    assert {reason} == {each.set_aside for each in find_conflicts(store, everything=True)}


def test_a_site_within_the_other_is_no_other_site(built: Built) -> None:
    """
    Lumbar spinal cord lies within spinal cord, and a side without a site is not elsewhere.
    """
    one = paper(1, row("bdnf", "decrease", ", site: lumbar-spinal-cord"))
    assert 1 == len(find_conflicts(built(one, paper(2, row("bdnf", "increase", ", site: spinal-cord")))))
    assert 1 == len(find_conflicts(built(one, paper(2, row("bdnf", "increase")))))


SIZE = ", estimate: {{value: {value}, kind: mean-difference, unit: point}}, interval: {{low: {low}, high: {high}, level: 95}}"
PAIN = "neuropathic-pain-intensity"


@pytest.mark.parametrize(
    ("two", "kind"),
    [
        pytest.param(SIZE.format(value=-1, low=-2.5, high=0.5), "agrees-in-size", id="overlap"),
        pytest.param(SIZE.format(value=1, low=0.2, high=2), AGAINST, id="apart"),
        pytest.param("", AGAINST, id="one side only"),
        pytest.param(
            SIZE.format(value=-1, low=-2.5, high=0.5).replace("point", "millimetre"), AGAINST, id="other unit"
        ),
        pytest.param(SIZE.format(value=-1, low=-2.5, high=0.5).replace("95", "90"), AGAINST, id="other level"),
    ],
)
def test_overlapping_intervals_agree_in_size(built: Built, two: str, kind: str) -> None:
    """
    Only where both print an interval on one scale and the two overlap; else it stays a conflict.
    """
    first = row(PAIN, "decrease", SIZE.format(value=-1.5, low=-2.3, high=-0.5))
    other = row(PAIN, "no-significant-change", two)
    human = {"species": "human", "condition": "painful-diabetic-neuropathy"}
    found = find_conflicts(built(paper(1, first, **human), paper(2, other, **human)))
    assert [kind] == [each.kind for each in found]


def test_sides_list_what_differs_and_what_is_not_stated(built: Built) -> None:
    """
    Five weeks are 35 days and no difference; a length stated once is not stated on the other side, and no difference.
    """
    weeks, days = (f", programme: {{length: {length}}}" for length in ("5 week", "35 day"))
    one = paper(1, row("bdnf", "decrease"), more=weeks)
    (same,) = find_conflicts(built(one, paper(2, row("bdnf", "increase"), more=days, species="mouse")))
    assert {"species"} == {each.setting for each in same.with_verdict("differs")}
    assert "length of programme" in {each.setting for each in same.with_verdict("alike")}
    (silent,) = find_conflicts(built(one, paper(2, row("bdnf", "increase"))))
    assert {"length of programme"} == {each.setting for each in silent.with_verdict("not stated")}
    assert "length of programme (not stated | 5 weeks)" in paragraph(silent)


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("5 week", "{low: 5, open: high, exclude: low, unit: day}", "overlaps"),
        ("5 day", "{low: 5, open: high, exclude: low, unit: day}", "differs"),
        ("5 day", "{low: 5, open: high, unit: day}", "overlaps"),
        ("2..6 week", "{low: 5, high: 8, unit: week}", "overlaps"),
        ("2..4 week", "{low: 5, high: 8, unit: week}", "differs"),
    ],
)
def test_ranges_differ_only_where_they_do_not_meet(built: Built, one: str, two: str, verdict: str) -> None:
    """
    Five weeks are more than five days, and five days are not; a bound that is reached is part of both.
    """
    more = [f", programme: {{length: {length}}}" for length in (one, two)]
    papers = (paper(n, row("bdnf", way), more=more[n - 1]) for n, way in ((1, "decrease"), (2, "increase")))
    (found,) = find_conflicts(built(*papers))
    assert verdict == {each.setting: each.verdict for each in found.differences}["length of programme"]
    (lead,) = (each for each in find_leads((found,)) if each.setting == "length of programme")
    assert (verdict == "differs") == bool(lead.differ)


@pytest.mark.parametrize(("exercise", "verdict"), [("aerobic-exercise", "overlaps"), ("swimming", "differs")])
def test_wider_term_is_no_difference(built: Built, exercise: str, verdict: str) -> None:
    """
    Who says aerobic exercise does not deny that it was treadmill running; who says swimming does.
    """
    (found,) = find_conflicts(
        built(paper(1, row("bdnf", "decrease")), paper(2, row("bdnf", "increase"), exercise=exercise))
    )
    assert verdict == {each.setting: each.verdict for each in found.differences}["exercise"]


def test_leads_count_pairs_that_state_a_setting_and_papers_on_each_side(built: Built) -> None:
    """
    One pair, which differs in species; the rat's paper stands on the changed side, the mouse's on the opposed.
    """
    store = built(paper(1, row("bdnf", "decrease")), paper(2, row("bdnf", "no-significant-change"), species="mouse"))
    (lead,) = [each for each in find_leads(find_conflicts(store)) if each.setting == "species"]
    assert (1, 1, 1, (("mouse", 0, 1), ("rat", 1, 0))) == (lead.conflicts, lead.pairs, lead.differ, lead.values)
    assert "1 of the 1 pairs" in lead_line(lead)


@pytest.mark.parametrize("statements", [None, "[]"])
def test_one_study_and_no_study_hold_no_conflict(built: Built, statements: str | None) -> None:
    """
    Nothing to compare is nothing found, and no fault.
    """
    store = built(paper(1, row("bdnf", "decrease")), statements=statements)
    assert () == find_conflicts(store) == find_leads(find_conflicts(store))
    assert () == find_conflicts(OxigraphStore.in_memory([]))
    assert () == find_leads(())


def test_marker_of_two_mechanisms_is_one_question(built: Built, store: OxigraphStore) -> None:
    """
    A marker that raises one mechanism and lowers another is compared by itself, once, whatever its signs.
    """
    both = store.select(
        "PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?id { ?m epk:markerOf ?one , ?two ; dcterms:identifier ?id FILTER(STR(?one) < STR(?two)) } ORDER BY ?id"
    ).rows
    marker = str(getattr(both[0][0], "value", "")) if both else "bdnf"
    found = find_conflicts(built(paper(1, row(marker, "decrease")), paper(2, row(marker, "increase"))))
    assert 1 == len(found)


STATEMENT = """- id: {id}
  section: Pain
  passage: {{start: begins {start}, end: the end, sha: {sha}}}
  frame: {frame}
  slots: {slots}
{context}  cites: [{cites}]
  cites_from: passage
  certainty: {certainty}
"""


def said(id: str, slots: str, *, frame: str = "effect", context: str = "", cites: str = "", certainty: str = "asserted",
         start: str = "") -> str:  # fmt: skip
    limits = f"  context: {{{context}}}\n" if context else ""
    return STATEMENT.format(
        id=id,
        slots=f"{{{slots}}}",
        frame=frame,
        context=limits,
        cites=cites,
        certainty=certainty,
        start=start or id,
        sha=sha256((start or id).encode()).hexdigest()[:12],
    )


DOWN = "exposure: exercise-training, measured: mechanical-allodynia, direction: decrease"
SAME = "exposure: exercise-training, measured: mechanical-allodynia, direction: no-change"
MEDIATES = "mechanism: opioid-system, of: {exposure: exercise, measured: mechanical-allodynia, direction: decrease}"


@pytest.mark.parametrize(
    ("one", "two", "n"),
    [
        pytest.param(said("a", DOWN), said("b", SAME), 1, id="a change against none"),
        pytest.param(said("a", DOWN), said("b", SAME, start="a"), 0, id="one passage"),
        pytest.param(said("a", DOWN, context="condition: spinal-cord-injury"),
                     said("b", SAME, context="condition: diabetic-neuropathy"), 0, id="other conditions"),
        pytest.param(said("a", DOWN, context="condition: neuropathic-pain"),
                     said("b", SAME, context="condition: diabetic-neuropathy"), 1, id="nested conditions"),
        pytest.param(said("a", DOWN), said("b", SAME, context="condition: diabetic-neuropathy"), 0, id="one is limited"),
        pytest.param(said("a", DOWN.replace("exercise-training", "swimming")),
                     said("b", SAME.replace("exercise-training", "treadmill-running")), 0, id="other exercise"),
        pytest.param(said("a", DOWN), said("b", DOWN), 0, id="they agree"),
        pytest.param(said("a", MEDIATES, frame="mediates", certainty="hedged"),
                     said("b", MEDIATES, frame="not-examined"), 1, id="not examined, and carries the effect"),
    ],
)  # fmt: skip
def test_statement_against_statement(built: Built, one: str, two: str, n: int) -> None:
    """
    Two statements on one thing whose directions differ, in contexts that do not differ; certainty stands with each.
    """
    found = find_conflicts(built(paper(1, row("bdnf", "decrease")), statements=one + two))
    assert ["statement-against-statement"] * n == [each.kind for each in found]
    for each in found:
        assert {claim.certainty for claim in each.changed.claims} <= {"asserted", "hedged"}
        assert each.changed.claims[0].certainty in paragraph(each)


@pytest.mark.parametrize(
    ("result", "n"), [("no-significant-change", 1), ("increase", 1), ("decrease", 0), ("unclear", 0)]
)
def test_statement_against_a_study_that_it_cites(built: Built, result: str, n: int) -> None:
    """
    The statement says down; the cited paper found otherwise, and nothing that goes with it.
    """
    store = built(paper(1, row("mechanical-allodynia", result)), statements=said("a", DOWN, cites="ref-1"))
    found = find_conflicts(store, kind="statement-against-study")
    assert n == len(found)
    for each in found:
        assert ("a",) == tuple(claim.statement for claim in each.changed.claims)
        assert ((1,), result.replace("-", " ")) == (each.opposed.papers, each.opposed.reports[0].result)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([("bdnf", "decrease"), ("mechanical-allodynia", "decrease"), ("anandamide", "increase")]))
def test_order_of_input_changes_nothing(built: Built, order: list[tuple[str, str]]) -> None:
    """
    The same findings in another order are the same conflicts, to the byte, but for the ids that number them.
    """
    other = paper(2, *(row(name, "no-significant-change") for name, _ in sorted(order)))
    told = [
        (each.iri, paragraph(each)) for each in find_conflicts(built(paper(1, *(row(*each) for each in order)), other))
    ]
    again = [
        (each.iri, paragraph(each))
        for each in find_conflicts(built(paper(1, *(row(*each) for each in sorted(order))), other))
    ]
    assert 3 == len(told)
    assert again == told


def test_kinds_are_those_of_the_ontology(store: OxigraphStore) -> None:
    """
    Each kind that the ontology names can be asked for, and no other.
    """
    rows = store.select("SELECT ?kind { ?kind a <https://w3id.org/exercise-pain-kg/ontology#ConflictKind> }").rows
    assert set(KINDS) == {str(getattr(kind, "value", "")).rpartition("/")[2] for (kind,) in rows}


def test_bundled_conflicts_rest_on_two_sides_of_other_papers(store: OxigraphStore) -> None:
    """
    Cobianchi's two programmes, Hutchinson's stand training and Ward's forelimb arm are of one paper and set aside; each
    other conflict has a pair of two papers.
    """
    for each in find_conflicts(store):
        if each.kind in KINDS[:3]:
            assert any(one != two for one in each.changed.papers for two in each.opposed.papers)
        assert len(COLUMNS) == len(flat_row(each))
    aside = [each for each in find_conflicts(store, everything=True) if each.set_aside == "of one paper"]
    assert {(17,), (18,), (35,), (40,), (42,)} == {each.changed.papers for each in aside}


def test_lead_pairs_no_two_findings_of_one_paper(store: OxigraphStore) -> None:
    """
    Thirty findings against two make sixty pairs; one of them is of a single paper, which stands on both sides.
    """
    nerve = "change-against-none/evoked-withdrawal/peripheral-nerve-injury/better"
    (found,) = (each for each in find_conflicts(store) if each.iri.endswith(nerve))
    (lead,) = (lead for lead in find_leads((found,)) if lead.setting == "exercise")
    assert (30, 2, {17}) == (
        len(found.changed.reports), len(found.opposed.reports), {*found.changed.papers} & {*found.opposed.papers},
    )  # fmt: skip
    assert 59 == lead.pairs


def test_spinal_cord_injury_conflict_shows_the_late_start(store: OxigraphStore) -> None:
    """
    [40] begins 14 or 28 days after the injury and does not relieve; most that relieve begin within days.
    """
    (found,) = find_conflicts(store, measured="evoked withdrawal", condition="spinal cord injury")
    (start,) = [each for each in found.differences if each.setting == "time from injury to start"]
    assert "14 or 28 days" in dict(start.opposed.values) and "14 or 28 days" not in dict(start.changed.values)
    assert {40, 42} <= set(found.opposed.papers)


def test_unknown_term_is_one_clear_fault(store: OxigraphStore) -> None:
    """
    A term that nobody knows is refused with the nearest one.
    """
    with pytest.raises(QuestionFault, match="is no term"):
        find_conflicts(store, measured="no such thing")


def test_graph_offers_its_conflicts() -> None:
    """
    `kg.open().conflicts()` is `find_conflicts` of its store.
    """
    assert {"spinal cord injury"} == {
        each.condition_class
        for each in KnowledgeGraph().conflicts(condition="spinal-cord-injury")
        if each.condition_class
    }
