"""Gaps on the bundled evidence and on small packs: what is found, what moves it, and what is never invented."""

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.analysis.gap_data import read_evidence, read_gaps
from kg.analysis.gap_why import pubmed, refuting, why
from kg.analysis.gap_words import as_data
from kg.analysis.gaps import GapRow, Gaps, find_gaps
from kg.query.answer import ask
from kg.query.question import parse_question
from kg.rdf.namespaces import TERM, iri
from kg.rdf.ontology import Ontology
from kg.store import Graph, OxigraphStore, build_graph
from kg.store.derive import derive, rule_name
from tests.corpus import Corpus

SYSTEM, FIRST_RULE = TERM + "endocannabinoid-system", "50"
THREE = ("empty", "stated", "bridge")
EXPECTED = {
    "peripheral-nerve-injury": THREE, "chemotherapy-neuropathy": THREE, "diabetic-neuropathy": THREE,
    "spinal-cord-injury": THREE[:2], "complex-regional-pain-syndrome": THREE[:2], "hiv-neuropathy": THREE[:2],
}  # fmt: skip


@pytest.fixture(scope="module")
def gaps(store: OxigraphStore) -> Gaps:
    """The gaps of the bundled evidence, as agreement orders them."""
    return find_gaps(store)


def row_of(gaps: Gaps, mechanism: str) -> GapRow:
    (row,) = [row for row in gaps.rows if row.mechanism is not None and row.mechanism.iri == mechanism]
    return row


def detectors(row: GapRow) -> dict[str, tuple[str, ...]]:
    return {cell.condition.iri.removeprefix(TERM): cell.detectors for cell in row.conditions}


def rederived(quads: Iterable[Quad], ontology: Ontology) -> OxigraphStore:
    """The graph with the rules on gaps run again over quads that a test has changed."""
    rules = [rule for rule in ontology.rules if rule.name >= FIRST_RULE]
    names = {rule_name(rule) for rule in rules}
    kept = [quad for quad in quads if str(quad.graph_name.value).rpartition("/derived/")[2] not in names]
    return OxigraphStore.in_memory([*kept, *derive(kept, rules)])


def test_the_review_names_first_what_three_detectors_see(gaps: Gaps) -> None:
    """
    The system that nobody examined with exercise stands alone on the first rank, with its detectors class by class.
    """
    row = gaps.rows[0]
    assert row.mechanism is not None and row.mechanism.iri == SYSTEM
    assert 1 == row.rank and 2 == gaps.rows[1].rank
    assert "not examined with exercise" == row.kind
    assert EXPECTED == detectors(row)
    assert all(cell.one_source == ("bridge" in cell.detectors) for cell in row.conditions)


def test_score_is_what_the_page_computes_by_hand(gaps: Gaps) -> None:
    """
    Three of three detectors, 0 of 18, a bridge that crosses three things, a question inherited, one source less.
    """
    cell = gaps.rows[0].conditions[0]
    assert (0, 18) == (cell.count.examined, cell.count.out_of)
    assert pytest.approx((5 * 1 + 0.05 ** (1 / 18) + 1 / 4 + 1 / 2 + 2 / 3 + 0) / 10) == cell.score


def test_drug_papers_cited_for_another_class_are_named_there(gaps: Gaps) -> None:
    """
    What the review cites for spinal cord injury are nerve injuries, and the line of that class says so.
    """
    cell = next(c for c in row_of(gaps, SYSTEM).conditions if c.condition.iri == TERM + "spinal-cord-injury")
    assert 3 == len(cell.cited_elsewhere)
    assert all("the paper studied sp" in line for line in cell.cited_elsewhere)


def test_without_the_authors_question_the_other_two_still_find_it(graph: Graph, ontology: Ontology) -> None:
    """
    Two detectors rest on papers; take away every word of the authors on it and they stay.
    """
    about = {
        quad.subject.value.partition("/about")[0].partition("/slots")[0]
        for quad in graph.quads
        if quad.predicate == iri("epk:mechanism") and quad.object == NamedNode(SYSTEM)
        and isinstance(quad.subject, NamedNode) and ("/about" in quad.subject.value or "/slots" in quad.subject.value)
    }  # fmt: skip
    silent = [q for q in graph.quads if not (isinstance(q.subject, NamedNode) and q.subject.value in about)]
    found = row_of(find_gaps(rederived(silent, ontology)), SYSTEM)
    assert {name: tuple(d for d in fired if d != "stated") for name, fired in EXPECTED.items()} == detectors(found)
    assert not any(cell.one_source for cell in found.conditions)
    assert 1 == found.rank


def one_sourced(store: OxigraphStore) -> set[str]:
    """The classes in which the first row calls its detectors one source."""
    cells = row_of(find_gaps(store), SYSTEM).conditions
    return {cell.condition.iri.removeprefix(TERM) for cell in cells if cell.one_source}


def test_paper_cited_elsewhere_or_nowhere_came_by_another_way(graph: Graph, ontology: Ontology) -> None:
    """
    One source means that the far end is cited where the question stands, and only there: a citation of [101] in another
    section, or none of it at all, parts the two in its class and leaves the other classes as they are.
    """
    cites, section, paper = (
        iri("cito:citesAsEvidence"),
        iri("epk:section"),
        NamedNode("https://doi.org/10.1139/y09-026"),
    )
    citing = [quad for quad in graph.quads if quad.predicate == cites and quad.object == paper]
    uncited = [quad for quad in graph.quads if quad not in citing]
    elsewhere = min(
        (q.subject for q in graph.quads if q.predicate == section and q.object == Literal("Mechanisms / Microglia")),
        key=str,
    )
    also = Quad(elsewhere, cites, paper, citing[0].graph_name)

    before = {"peripheral-nerve-injury", "chemotherapy-neuropathy", "diabetic-neuropathy"}
    assert before == one_sourced(rederived(graph.quads, ontology))
    for quads in (uncited, [*graph.quads, also]):
        assert before - {"diabetic-neuropathy"} == one_sourced(rederived(quads, ontology))


def test_document_that_tells_of_a_blocker_forbids_never_blocked(gaps: Gaps, graph: Graph, ontology: Ontology) -> None:
    """
    Astrocytes changed and were never blocked; let a statement say that [17] blocked them, and nobody may say so.
    """
    system, place = (
        TERM + "astrocyte-reactivity",
        next(q.graph_name for q in graph.quads if "/review" in str(q.graph_name)),
    )
    paper = NamedNode("https://doi.org/10.1016/j.neuroscience.2010.03.035")
    said, slots = NamedNode("https://example.org/said"), NamedNode("https://example.org/said/slots")
    told = [
        Quad(said, iri("rdf:type"), iri("epk:BlockedStatement"), place), Quad(said, iri("epk:slots"), slots, place),
        Quad(said, iri("cito:citesAsEvidence"), paper, place), Quad(slots, iri("epk:mechanism"), NamedNode(system), place),
    ]  # fmt: skip

    def kinds(row: GapRow) -> set[str]:
        return {row.kind, *row.also}

    assert "changed but never blocked" in kinds(row_of(gaps, system))
    assert "changed but never blocked" not in kinds(
        row_of(find_gaps(rederived([*graph.quads, *told], ontology)), system)
    )


def test_two_papers_of_one_laboratory_are_one_witness(store: OxigraphStore) -> None:
    """
    Both papers on heat shock proteins are of one laboratory; of three on sprouting in the injured cord one is of another.
    """
    single = {
        (kind.mechanism.iri.removeprefix(TERM), kind.condition and kind.condition.iri.removeprefix(TERM))
        for kind in read_gaps(store).kinds
        if kind.mechanism and kind.kind == "one laboratory only"
    }
    assert ("heat-shock-response", None) in single
    assert ("nociceptor-plasticity", "spinal-cord-injury") not in single


def test_class_in_which_a_title_names_a_system_is_not_without_a_study(gaps: Gaps) -> None:
    """
    Nobody looked in HIV neuropathy; in complex regional pain syndrome a title names the adenosinergic system.
    """
    without = [row.of_class.condition for row in gaps.rows if row.of_class and "class-without" in row.kind.iri]
    assert ["HIV-associated neuropathy"] == without


def test_new_labels_change_no_rank(gaps: Gaps, graph: Graph) -> None:
    """
    Every term gets another name, in another order; ranks, kinds and scores stay.
    """
    names = sorted({q.subject for q in graph.quads if q.predicate == iri("skos:prefLabel")}, key=str, reverse=True)
    called = {node: Literal(f"term {place}", language="en") for place, node in enumerate(names)}
    renamed = [
        Quad(q.subject, q.predicate, called[q.subject], q.graph_name) if q.predicate == iri("skos:prefLabel") else q
        for q in graph.quads
    ]

    def placed(found: Gaps) -> set[tuple[object, ...]]:
        return {(row.mechanism.iri, row.rank, row.score, row.kind.iri) for row in found.rows if row.mechanism}

    assert placed(gaps) == placed(find_gaps(OxigraphStore.in_memory(renamed)))


def test_order_of_input_changes_no_byte(gaps: Gaps, graph: Graph, store: OxigraphStore) -> None:
    """
    The same quads in another order give the same JSON.
    """
    quads = list(graph.quads)
    random.Random(1).shuffle(quads)
    other = OxigraphStore.in_memory(quads)
    shuffled = find_gaps(other)
    assert json.dumps(as_data(gaps, read_evidence(store))) == json.dumps(as_data(shuffled, read_evidence(other)))


def test_every_row_keeps_to_what_the_graph_holds(gaps: Gaps, store: OxigraphStore) -> None:
    """
    No row of a class called empty is refuted by the query that would refute it, and every row carries its evidence.
    """
    data = as_data(gaps, read_evidence(store))
    assert "NaN" not in json.dumps(data) and "Infinity" not in json.dumps(data)
    for mechanism, cell in gaps.cells:
        sparql = refuting(mechanism.iri, cell.condition.iri)
        assert cell.count.empty <= (not ask(store, parse_question("refute", sparql)).rows)
        assert ("empty" in cell.detectors) == cell.count.empty
        assert all(each.rests_on for each in cell.detections)


def test_narrowing_changes_no_rank(gaps: Gaps) -> None:
    """
    A filter leaves rows or classes out; what is left keeps its rank.
    """
    few = gaps.narrowed(condition=TERM + "spinal-cord-injury")
    assert {row.mechanism: row.rank for row in gaps.rows if row.mechanism} == {
        row.mechanism: row.rank for row in few.rows if row.mechanism
    }
    assert all(1 == len(row.conditions) for row in few.rows if row.mechanism)
    people = gaps.narrowed(species=TERM + "human")
    assert all(not each.examined for row in people.rows for cell in row.conditions for each in cell.species)
    assert 1 == len(gaps.narrowed(top=1).rows)


def test_why_argues_with_both_ends_and_a_search(gaps: Gaps, store: OxigraphStore) -> None:
    """
    Papers of both ends, the authors' passage, and queries that could prove the gap wrong.
    """
    lines = "\n".join(why(store, gaps.narrowed(mechanism=SYSTEM, condition=TERM + "diabetic-neuropathy")))
    for words in (
        "Koltyn 2014 [103]",
        "Hasanein 2009 [101]",
        "#:~:text=",
        '"anandamide"[tiab]',
        '"fatty acid amide hydrolase"[tiab]',
        "SELECT DISTINCT",
    ):
        assert words in lines
    search = pubmed(store, SYSTEM, TERM + "diabetic-neuropathy")
    assert 2 == search.count(") AND (")
    assert search.count("(") == search.count(")") and 0 == search.count('"') % 2


# Packs of other kinds


Built = Callable[[], Gaps]


@pytest.fixture
def built(corpus: Corpus, ontology: Ontology) -> Built:
    """The gaps of the small pack as a test has bent it."""
    return lambda: find_gaps(build_graph([corpus.load().usable()], ontology).store())


def test_pack_without_a_study_measures_nothing(corpus: Corpus, built: Built) -> None:
    """
    Every cell says that nothing was measured; no bound, no score, no class that leads, and no rank.
    """
    corpus.study.unlink()
    found = built()
    cells = [cell for _, cell in found.cells]
    assert cells and all(cell.bound is None and 0 == cell.count.out_of for cell in cells)
    assert {(None, None, None)} == {(row.rank, row.score, row.leads_in) for row in found.rows if row.mechanism}


def test_graph_without_vocabulary_has_no_gap() -> None:
    """
    Where no mechanism stands at the level of gaps there is no row, and nothing fails.
    """
    assert () == find_gaps(OxigraphStore.in_memory()).rows


def test_one_study_is_one_of_one(corpus: Corpus, built: Built) -> None:
    """
    One study measured one marker: its mechanism is examined by one laboratory and in no people, the others 0 of 1.
    """
    corpus.with_text(
        "result: decrease}\n",
        "result: decrease}\n  - {id: fall, measured: bdnf, group: run, versus: rest, result: decrease}\n",
    )
    found = built()
    row = row_of(found, TERM + "neurotrophin-signalling")
    assert "changed but never blocked" == row.kind
    assert {"not examined in people with neuropathic pain", "one laboratory only"} <= set(row.also)
    other = row_of(found, TERM + "opioid-system")
    (cell,) = [c for c in other.conditions if c.condition.iri == TERM + "peripheral-nerve-injury"]
    assert (0, 1) == (cell.count.examined, cell.count.out_of)
    assert 0.95 == cell.bound


def test_people_who_were_looked_at_are_not_called_unexamined(corpus: Corpus, built: Built) -> None:
    """
    A rat study examined BDNF. A trial that measured it against nobody stated examined nothing, and yet somebody looked.
    """
    fall = "result: decrease}\n  - {id: fall, measured: bdnf, group: run, versus: rest, result: decrease}\n"
    corpus.with_text("result: decrease}\n", fall)
    people, system = "not examined in people with neuropathic pain", TERM + "neurotrophin-signalling"
    before = row_of(built(), system)
    assert people in {before.kind, *before.also}
    trial = corpus.study.read_text(encoding="utf-8").replace("species: rat", "species: human").replace("ref-1", "ref-2")
    corpus.write(
        "studies/trial-2001.yaml",
        trial.replace("small-2000", "trial-2001").replace("versus: rest", "versus: not-stated"),
    )
    after = row_of(built(), system)
    assert people not in {after.kind, *after.also}


@pytest.mark.parametrize(
    ("read", "told", "kinds"),
    [
        ("abstract", "not-read", {"harms-not-read"}),
        ("full-text", "not-mentioned", {"harms-not-mentioned"}),
        ("full-text", "none", set()),
        ("abstract", "none", set()),
    ],
)
def test_silence_on_harm_counts_only_in_a_full_text(
    corpus: Corpus, built: Built, read: str, told: str, kinds: set[str]
) -> None:
    """
    A trial in people that tells of no harm in an abstract was not read for it; one that says there was none told of it.
    """
    text = corpus.study.read_text(encoding="utf-8")
    people = text.replace(
        "species: rat, condition: spinal-nerve-ligation", "species: human, condition: diabetic-neuropathy"
    )
    kind = people.replace("mechanical-allodynia", "neuropathic-pain-intensity").replace(
        "kind: abstract", f"kind: {read}"
    )
    corpus.write_study(kind.replace("read: abstract", f"read: {read}").replace("not-read", told))
    harms = [row.kind for row in built().rows if row.mechanism is None and "harms" in row.kind.iri]
    assert kinds == {kind.iri.rpartition("/")[2] for kind in harms}


@pytest.mark.parametrize(
    ("other", "varied"),
    [
        ("treadmill-running, bout: training, programme: {length: 2 week}", True),
        ("swimming, bout: training, programme: {length: 2 week}", False),
        ("treadmill-running, bout: acute, programme: {length: 2 week}", False),
    ],
)
def test_dose_is_varied_by_two_programmes_of_one_exercise(
    corpus: Corpus, built: Built, other: str, varied: bool
) -> None:
    """
    Two lengths of one exercise in one study vary the dose; another exercise, or one session, is another thing.
    """
    corpus.with_text("findings:\n", f"  more: {{gets: [{{exercise: {other}}}]}}\nfindings:\n")
    (row,) = [row for row in built().rows if row.kind == "dose not varied"] or [None]
    assert varied == (row is None)
    assert row is None or (row.of_class and 0 == row.of_class.reporting)


@pytest.mark.parametrize(
    ("day", "enough"),
    [
        ("{days: 5, minutes: 30}", 0),
        ("{days: 5, parts: [{modality: treadmill-running, speed: 10 metre-per-minute}]}", 0),
        ("{days: 5, minutes: 30, parts: [{modality: treadmill-running, speed: 10 metre-per-minute}]}", 1),
    ],
)
def test_dose_is_reported_enough_only_with_all_its_parts(corpus: Corpus, built: Built, day: str, enough: int) -> None:
    """
    Length, days, minutes, and effort, intensity or speed: a programme that leaves one out does not report enough.
    """
    corpus.with_text("{length: 5 week}", f"{{length: 5 week, phases: [{{week: [{day}]}}]}}")
    (row,) = [row for row in built().rows if row.kind == "dose not varied"]
    assert row.of_class and (1, enough) == (row.of_class.out_of, row.of_class.reporting)


def test_outcome_without_polarity_gives_no_relief_and_no_rung(corpus: Corpus, built: Built) -> None:
    """
    A marker that moved beside an outcome that has no better side was measured, and did not change with relief.
    """
    corpus.with_text(
        "measured: mechanical-allodynia, group: run, versus: rest, result: decrease}\n",
        "measured: bdnf, group: run, versus: rest, result: decrease}\n",
    )
    row = row_of(built(), TERM + "neurotrophin-signalling")
    assert "measured, change with relief not shown, never blocked" == row.kind
    assert "changed with relief" == row.missing_rung


def test_circle_of_broader_terms_and_mechanism_without_markers_change_nothing(graph: Graph, ontology: Ontology) -> None:
    """
    A mechanism that nothing marks is a row like others; two that are each broader than the other do not run forever.
    """
    graph_name = next(q.graph_name for q in graph.quads if q.predicate == iri("skos:broader"))
    new, kind = NamedNode(TERM + "unmarked"), iri("rdf:type")
    extra = [
        Quad(new, kind, iri("skos:Concept"), graph_name), Quad(new, kind, iri("epk:Mechanism"), graph_name),
        Quad(new, iri("skos:prefLabel"), Literal("unmarked", language="en"), graph_name),
        Quad(new, iri("epk:gapLevel"), Literal(True), graph_name),
        Quad(new, iri("skos:broader"), NamedNode(SYSTEM), graph_name),
        Quad(NamedNode(SYSTEM), iri("skos:broader"), new, graph_name),
    ]  # fmt: skip
    rules = [rule for rule in ontology.rules if rule.name >= FIRST_RULE or rule.name.startswith("01")]
    names = {rule_name(rule) for rule in rules}
    kept = [q for q in graph.quads if str(q.graph_name.value).rpartition("/derived/")[2] not in names]
    found = find_gaps(OxigraphStore.in_memory([*kept, *extra, *derive([*kept, *extra], rules)]))
    assert "not examined with exercise" == row_of(found, new.value).kind


def test_conflict_on_a_marker_is_of_its_mechanism_and_on_an_outcome_of_its_class(gaps: Gaps) -> None:
    """
    Papers differ on a marker in nerve injury: the row of its mechanism says so. Where they differ on pain, a class does.
    """
    row = row_of(gaps, TERM + "inflammatory-signalling")
    assert "conflict unresolved" == row.kind
    assert ["peripheral nerve injury"] == [str(c.condition) for c in row.conditions if "conflict unresolved" in c.kinds]
    on = {str(r.of_class.outcome) for r in gaps.rows if r.of_class is not None and r.of_class.outcome is not None}
    assert "neuropathic pain intensity" in on and "tumor necrosis factor alpha" not in on


def test_page_prints_the_ranks_of_all_four_scores(store: OxigraphStore) -> None:
    """
    The table in the docs is what the program finds, row for row.
    """
    names = ("agreement", "absence", "bridge", "asked")
    found = {name: find_gaps(store, name) for name in names}
    ranks = {name: {row.mechanism: row.rank for row in each.rows if row.mechanism} for name, each in found.items()}
    lines = [
        f"| {row.mechanism} | {row.kind} | {' | '.join(str(ranks[name][row.mechanism]) for name in names)} |"
        for row in found["agreement"].rows if row.mechanism
    ]  # fmt: skip
    page = (Path(__file__).resolve().parents[2] / "docs" / "gaps.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in page
