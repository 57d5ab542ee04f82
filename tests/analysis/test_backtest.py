"""Back-tests on small packs whose events are known, and on the bundled evidence: what is ranked, what is not, no leak."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.analysis import (
    BacktestFault,
    Curated,
    Foresight,
    LaterFault,
    RankedEvent,
    SubsetFault,
    Without,
    back_test,
    back_test_against,
    left_out,
    read_later,
)
from kg.analysis.backtest_rows import as_data, event_columns, event_rows, order_rows
from kg.analysis.backtest_text import lines, verdict
from kg.analysis.event import NOTHING_BESIDE, NOTHING_OF_CLASS, NOTHING_OF_MECHANISM, Event, rank_events
from kg.analysis.foresight import groups_of_papers, judge
from kg.analysis.open_cells import POPULARITY, OpenCells, scores_with
from kg.analysis.past import Past
from kg.analysis.score import Score
from kg.evidence import Vocabulary
from kg.knowledge import KnowledgeGraph
from kg.query.answer import Term
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph, open_store
from tests.analysis.made_up import TOUCH, Made, made_up

GLIA = ("microglial-activation", "run", "rest", "decrease")
DIABETES, CORD = "painful-diabetic-neuropathy", "spinal-cord-injury"
#: 2001: growth factors in nerve injury, of which nothing was known. 2002: only pain in diabetes. 2003: growth factors in
#: diabetes, both known by then. 2004: glia in diabetes, of which nothing was known. 2005: glia in nerve injury.
STUDIES = (
    Made("one", 1),
    Made("two", 2, (TOUCH,), condition=DIABETES),
    Made("three", 3, condition=DIABETES),
    Made("four", 4, (TOUCH, GLIA), condition=DIABETES),
    Made("five", 5, (TOUCH, GLIA)),
)
#: A drug for diabetes, the first paper on the cord, more of the same, growth factors in the cord, and the review.
LATER = (
    Made("drug", 6, (("mechanical-allodynia", "drugged", "rest", "decrease"),), condition=DIABETES),
    Made("cord", 7, (TOUCH,), condition=CORD),
    Made("more", 8, (TOUCH, GLIA), species="human"),
    Made("new", 9, condition=CORD),
    Made("one", 1, by_review=True, read="table"),
)
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "invented-later-studies.jsonl"

Build = Callable[[Iterable[Made]], OxigraphStore]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> Build:
    """Makes the graph of a pack of made-up studies."""

    def built(studies: Iterable[Made]) -> OxigraphStore:
        corpus = made_up(tmp_path_factory.mktemp("past"), vocabulary, studies)
        return build_graph([corpus.load().usable()], ontology).store()

    return built


@pytest.fixture(scope="module")
def small(build: Build) -> OxigraphStore:
    """The graph of the five studies."""
    return build(STUDIES)


@pytest.fixture(scope="module")
def bundled(store: OxigraphStore) -> Foresight:
    """The back-test of the bundled evidence."""
    return back_test(store)


def told(found: Foresight) -> dict[tuple[str, str], str | int]:
    """Each event with its year, or why it was not ranked."""
    ranked = {(str(e.event.mechanism), str(e.event.condition)): e.event.year for e in found.events}
    return {**ranked, **{(str(e.event.mechanism), str(e.event.condition)): e.why for e in found.apart}}


# What is an event, and against what it stands


def test_events_are_first_examinations_and_only_the_known_are_ranked(small: OxigraphStore) -> None:
    """
    A cell is an event once, in its first year; where nothing was known of the mechanism it is told apart.
    """
    growth, glia = "neurotrophic factor signalling", "microglial reactivity"
    nerve, diabetes = "peripheral nerve injury", "diabetic neuropathy"
    found = back_test(small)
    assert {
        (growth, nerve): NOTHING_OF_MECHANISM, (growth, diabetes): 2003, (glia, diabetes): NOTHING_OF_MECHANISM,
        (glia, nerve): 2005,
    } == told(found)  # fmt: skip
    assert (2, 2) == (len(found.events), len(found.papers))


def test_cells_that_nothing_could_rank_are_no_controls(small: OxigraphStore) -> None:
    """
    Opioids and growth factors were known, two classes: of four cells two or three were open, the event among them.
    """
    first, second = back_test(small).events
    assert (first.open, first.controls) == (3, 2)
    assert {first.open - first.controls, second.open - second.controls} == {1}


def test_class_of_which_nothing_was_known_is_told_apart(build: Build) -> None:
    """
    Growth factors were known and the cord was not.
    """
    found = back_test(build((*STUDIES, Made("six", 6, condition=CORD))))
    assert NOTHING_OF_CLASS == told(found)["neurotrophic factor signalling", "spinal cord injury"]


def test_no_later_paper_and_no_word_of_the_review_changes_an_earlier_event(build: Build, small: OxigraphStore) -> None:
    """
    Later papers, on the same cells and on others, and the review's account: what was said of the earlier events stays.
    """
    before, after = back_test(small), back_test(build((*STUDIES, *LATER)))
    assert before.events == tuple(each for each in after.events if each.event.year <= 2005)
    assert before.apart == tuple(each for each in after.apart if each.event.year <= 2005)
    assert 2009 == after.events[-1].event.year and len(before.events) + 1 == len(after.events)


def test_bundled_events_are_the_same_in_the_graph_that_ended_with_them(
    store: OxigraphStore, bundled: Foresight
) -> None:
    """
    The bundled evidence up to a year, with the review that came after, says of that year what the whole says.
    """
    until = Curated.of(store).without(left_out(store, Without(until=2013)))
    early = back_test(until)
    assert early.events == tuple(each for each in bundled.events if each.event.year <= 2013)
    assert early.apart == tuple(each for each in bundled.apart if each.event.year <= 2013)
    assert early.events


def test_past_holds_no_later_paper_and_nothing_that_the_review_tells(store: OxigraphStore) -> None:
    """
    Neither an account of a paper, nor a statement, nor a question, nor a detection that rests on one.
    """
    past = Past(store).until(2012)
    classes = ("OpenQuestion", "Statement", "NotExaminedStatement", "Claim", "ComputedDiscrepancy")
    epk, word = "https://w3id.org/exercise-pain-kg/ontology#", "https://w3id.org/exercise-pain-kg/word/"
    assert past.decide(f"ASK {{ ?s a <{epk}Detection> ; <{epk}detector> <{word}empty> }}")
    for name in classes:
        assert store.decide(f"ASK {{ ?s a <{epk}{name}> }}")
        assert not past.decide(f"ASK {{ ?s a <{epk}{name}> }}")
    assert not past.decide(f"ASK {{ ?s <{epk}telling> <{word}review-telling> }}")
    assert not past.decide(f"ASK {{ ?s <{epk}detector> <{word}stated> }}")
    assert not past.decide(
        f"ASK {{ ?s a <{epk}Study> ; <{epk}publication>/<http://purl.org/dc/terms/issued> ?year FILTER(STR(?year) > '2012') }}"
    )


def cells(values: dict[str, float]) -> OpenCells:
    """Cells of one class, with their value, which is the same under every order."""
    terms = {(name, "class"): (Term(name, name), Term("class", "class")) for name in values}
    own = {(name, "class"): value for name, value in values.items()}
    return OpenCells(terms, dict.fromkeys(("order", *POPULARITY), own))


def event(name: str) -> Event:
    return Event(Term(name, name), Term("class", "class"), 2000, ("paper",))


def test_ties_share_their_mean_rank_and_count_half() -> None:
    """
    An event level with one of two controls and above the other: the rank 1.5 of three, three quarters.
    """
    given = cells({"event": 2.0, "level": 2.0, "below": 1.0})
    (ranked,) = rank_events([event("event")], given, given.names)
    assert isinstance(ranked, RankedEvent)
    assert (1.5, 0.75, 3, 2) == (ranked.ranks["order"], ranked.shares["order"], ranked.open, ranked.controls)
    assert frozenset() == ranked.tied


def test_events_of_one_year_do_not_stand_against_each_other() -> None:
    """
    Each stands against the one cell that stayed open.
    """
    given = cells({"first": 3.0, "second": 2.0, "open": 2.5})
    found = rank_events([event("first"), event("second")], given, given.names)
    assert [1.0, 0.0] == [each.shares["order"] for each in found if isinstance(each, RankedEvent)]


def test_events_that_share_a_paper_are_resampled_together() -> None:
    """
    The first and the third share a paper through the second; two groups are left, so that there is an interval by paper.
    """
    given = cells({"a": 5.0, "b": 1.0, "c": 4.0, "d": 3.0, "open": 2.0})
    papers = {"a": ("one",), "b": ("one", "two"), "c": ("two",), "d": ("three",)}
    events = [replace(event(name), papers=papers[name]) for name in papers]
    ranked = [each for each in rank_events(events, given, given.names) if isinstance(each, RankedEvent)]
    assert [[0, 1, 2], [3]] == groups_of_papers(ranked)


def test_order_is_tied_only_if_it_tells_no_cells_apart_in_any_year() -> None:
    """
    A year in which all cells tie, and one in which they do not.
    """
    flat, steep = cells({"event": 1.0, "open": 1.0}), cells({"event": 2.0, "open": 1.0})
    years = [rank_events([event("event")], each, each.names) for each in (flat, steep)]
    score = [Score("order", "", {"read": 1.0})]
    assert judge(years[0], score).orders[0].tied
    assert not judge([*years[0], *years[1]], score).orders[0].tied


def test_year_without_a_control_is_told_apart() -> None:
    """
    Where every open cell was examined there is nothing to compare with, and no number.
    """
    given = cells({"first": 3.0, "second": 2.0})
    found = rank_events([event("first"), event("second")], given, given.names)
    assert [NOTHING_BESIDE] * 2 == [each.why for each in found if not isinstance(each, RankedEvent)]


# What is refused, and what gets no number


def test_graph_without_an_event_is_refused(build: Build) -> None:
    """
    Papers that examined no mechanism have no event.
    """
    with pytest.raises(BacktestFault, match="no paper of this graph examined a mechanism with exercise"):
        back_test(build([Made("one", 1, (TOUCH,))]))


def test_graph_without_a_past_is_refused(build: Build) -> None:
    """
    One paper is an event before which there was nothing.
    """
    with pytest.raises(
        BacktestFault, match=r"of 1 event none could have been ranked .* no paper here had told anything"
    ):
        back_test(build([Made("one", 1)]))


def test_order_that_ties_all_cells_foresees_nothing(small: OxigraphStore) -> None:
    """
    A score of what nobody asked ties all: one half, no interval, and it is said. No NaN anywhere.
    """
    found = back_test(small, Score("flat", "Nothing differs.", {"asked": 1.0}))
    first = found.orders[0]
    assert ("flat", 0.5, None, True) == (first.name, first.area, first.interval, first.tied)
    assert "tells no cell from another" in verdict(found)
    assert "Tells no cell from another." == order_rows(found)[0][-1]
    assert "NaN" not in json.dumps(as_data(found), allow_nan=False)


def test_two_events_tell_nothing_and_say_so(small: OxigraphStore) -> None:
    """
    So few events could tell no area from one half with the power that is asked for.
    """
    found = back_test(small)
    assert found.detectable is None
    assert any("could tell no area from 0.5" in line for line in lines(found))


def test_store_of_plain_triples_is_refused(small: OxigraphStore, tmp_path: Path) -> None:
    """
    Where curated and derived are not told apart there is no past.
    """
    (tmp_path / "graph.nt").write_text("".join(f"{quad.triple} .\n" for quad in small.quads()))
    with pytest.raises(SubsetFault, match="apart from what was derived"):
        back_test(open_store(str(tmp_path / "graph.nt")))


# Orders


def test_score_of_the_user_comes_first_then_the_default() -> None:
    """
    A score by name, or one's own, which keeps apart from a bundled one of the same name.
    """
    assert ["agreement", "absence", "asked", "bridge"] == [score.name for score in scores_with("agreement")]
    assert ["bridge", "agreement", "absence", "asked"] == [score.name for score in scores_with("bridge")]
    own = scores_with(Score("absence", "", {"read": 1.0}))
    assert ["own-absence", "agreement", "absence", "asked", "bridge"] == [score.name for score in own]


# The bundled evidence


def test_bundled_evidence_is_a_demonstration(bundled: Foresight) -> None:
    """
    About a dozen events, four scores with the default first, three popularities; nothing lies beyond chance.
    """
    names = [order.name for order in bundled.orders]
    assert ["agreement", "absence", "asked", "bridge"] == names[:4]
    assert ["papers-of-mechanism", "papers-of-class", "papers-of-both"] == names[4:]
    assert (14, 8, 10) == (len(bundled.events), len(bundled.apart), len(bundled.papers))
    assert 0.73 == round(bundled.detectable or 0, 2)
    assert bundled.chance.low < bundled.orders[0].area < bundled.chance.high
    text = "\n".join(lines(bundled))
    assert "demonstration on 14 ranked events" in text and 'the detector "stated"' in text


def test_every_row_has_every_column(bundled: Foresight) -> None:
    """
    With shares and without, ranked and apart.
    """
    for shares in (True, False):
        columns = event_columns(bundled, shares=shares)
        assert {len(columns)} == {len(row) for row in event_rows(bundled, shares=shares)}


def test_same_input_gives_the_same_bytes(bundled: Foresight, store: OxigraphStore) -> None:
    """
    Asked twice, and from quads in another order.
    """
    again = back_test(OxigraphStore.in_memory(reversed(list(store.quads()))))
    assert json.dumps(as_data(bundled)) == json.dumps(as_data(again))


def test_documents_print_what_is_found(bundled: Foresight) -> None:
    """
    The table of the decision record is that of the program.
    """
    page = Path(__file__).parents[2] / "docs" / "decisions" / "0019-backtest.md"
    text = page.read_text(encoding="utf-8")
    for row in order_rows(bundled):
        assert f"| {' | '.join(row[:-1])} |" in text


# Against a file


def against(store: OxigraphStore, vocabulary: Vocabulary, folder: Path, *given: dict[str, object]) -> Foresight:
    """What is foreseen of the lines of a file; what a line leaves out is as in a right one."""
    right = {"year": 2022, "doi": "10.1000/later", "modality": "swimming", "bout": "training", "result": "increase"}
    file = folder / "later.jsonl"
    file.write_text("".join(json.dumps({**right, **line}) + "\n" for line in given))
    return back_test_against(store, read_later(file, vocabulary))


def test_invented_later_studies_are_ranked_in_the_whole_graph(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    Two lines that differ in the bout are one event; what is not later, not open or in no cell is set aside by its line.
    """
    found = KnowledgeGraph(store).backtest(against=EXAMPLE)
    assert {
        ("serotonergic system", "diabetic neuropathy"): 2022,
        ("endocannabinoid system", "spinal cord injury"): 2023,
    }.items() <= told(found).items()
    assert 2020 == found.ends
    assert {
        "on a cell that a paper of this graph had examined",
        "no later than the last paper of this graph (2020)",
        "on healthy, which is in no cell of the map of gaps",
    } == {each.why for each in found.aside}
    assert any("nobody curated it" in line for line in lines(found))
    assert "NaN" not in json.dumps(as_data(found), allow_nan=False)


def test_cell_is_an_event_in_its_first_year_and_open_no_more_after_it(
    small: OxigraphStore, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """
    Two cells are open: the first paper on one is ranked against the other, which then has nothing beside it.
    """
    opioids = {"mechanism": "opioid-system", "condition": DIABETES}
    found = against(
        small, vocabulary, tmp_path, {**opioids, "year": 2024}, {**opioids, "year": 2023, "doi": "10.1000/earlier"},
        {**opioids, "year": 2025, "doi": "10.1000/nerve", "condition": "spinal-nerve-ligation"},
    )  # fmt: skip
    assert [("10.1000/earlier",)] == [each.event.papers for each in found.events]
    assert [(("10.1000/nerve",), NOTHING_BESIDE)] == [(each.event.papers, each.why) for each in found.apart]


def test_paper_of_the_graph_is_no_later_study(small: OxigraphStore, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """
    Its DOI is known, whatever year the file gives it; and if nothing else is there, that is the message.
    """
    with pytest.raises(BacktestFault, match="no line of the file makes an event: 1 line with the DOI of a paper"):
        against(small, vocabulary, tmp_path, {"mechanism": "opioid-system", "condition": DIABETES, "doi": "10.1000/2"})


def test_broken_line_is_named(store: OxigraphStore, tmp_path: Path) -> None:
    """
    File, line and cure; nothing is ranked.
    """
    file = tmp_path / "later.jsonl"
    file.write_text(EXAMPLE.read_text(encoding="utf-8") + '{"year": 2023')
    with pytest.raises(LaterFault, match=r"later\.jsonl:\d+: ends before its object is closed"):
        KnowledgeGraph(store).backtest(against=file)
