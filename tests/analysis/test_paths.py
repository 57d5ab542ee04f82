"""Paths on a small pack of which every edge is known: what joins, what never does, and how a path is judged."""

import pytest

from kg.analysis import find_paths
from kg.analysis.network_edges import Node
from kg.analysis.path import Path, Step, speaks_against
from kg.analysis.path_text import PathWords
from kg.analysis.paths import joins
from kg.query import QuestionFault
from kg.store import OxigraphStore


def walked(store: OxigraphStore, a: str, b: str, **narrowed: object) -> set[tuple[str, ...]]:
    """The paths as labels of nodes, species and signs."""
    found = find_paths(store, a, b, **narrowed)  # type: ignore[arg-type]
    words = PathWords(store, found.paths)
    return {
        (*(step.source.label for step in path.steps), path.steps[-1].target.label, words.scope(path)[1], path.signs)
        for path in found.paths
    }


ALLODYNIA = "mechanical allodynia"


def test_paths_lead_over_what_moved_and_what_was_blocked(network_store: OxigraphStore) -> None:
    """
    Rats: four mechanisms and the relief itself; nothing over astrocytes, which did not change in rats.
    """
    assert {
        ("treadmill running", "BDNF signalling", ALLODYNIA, "rat", "agree"),
        ("treadmill running", "glycaemic control", ALLODYNIA, "rat", "agree"),
        ("treadmill running", "serotonergic system", ALLODYNIA, "rat", "open"),
        ("treadmill running", "endogenous opioid system", ALLODYNIA, "rat", "not-measured"),
        ("treadmill running", ALLODYNIA, "rat", ""),
        ("swimming", "endocannabinoid system", ALLODYNIA, "rat", "agree"),
    } == walked(network_store, "exercise", "mechanical-allodynia")


def test_never_from_one_session_to_training(network_store: OxigraphStore) -> None:
    """
    One session lowered BDNF, and its fall went with the relief of training: no path joins the two.
    """
    for across in (False, True):
        asked = {"condition": "spinal-nerve-ligation", "across_species": across}
        assert not walked(network_store, "swimming", "mechanical-allodynia", **asked)


def test_never_across_classes_of_conditions(network_store: OxigraphStore) -> None:
    """
    Training moved the endocannabinoid system in diabetes, and moving it relieved after nerve injury: no path.
    """
    found = find_paths(network_store, "wheel-running", "mechanical-allodynia", across_species=True)
    assert () == found.paths
    assert "within one class of conditions" in found.none


def test_across_species_only_where_asked_and_then_marked(network_store: OxigraphStore) -> None:
    """
    In mice training raised BDNF, in rats its fall went with relief: joined on request, marked, and contradictory.
    """
    assert not walked(network_store, "exercise", "mechanical-allodynia", species="mouse")
    crossing = [
        path for path in find_paths(network_store, "exercise", "mechanical-allodynia", across_species=True).paths
        if len(path.scope("species")) > 1
    ]  # fmt: skip
    assert {"mouse → rat"} == {PathWords(network_store, crossing).scope(path)[1] for path in crossing}
    assert all("CROSSES SPECIES" in PathWords(network_store, [path]).marks(path)[0] for path in crossing)
    assert ["contradict"] == [path.signs for path in crossing]


def test_path_across_species_is_named_where_there_is_no_other(network_store: OxigraphStore) -> None:
    """
    Nothing is joined in silence, and nothing is withheld in silence.
    """
    blocked = find_paths(network_store, "astrocyte-reactivity", "mechanical-allodynia")
    assert "nothing that moved leads on from astrocyte reactivity" in blocked.none


def test_needed_is_stronger_than_changed_and_changed_than_measured(network_store: OxigraphStore) -> None:
    """
    Paths come by the rung of their weakest step.
    """
    ranks = [path.strengths[0][0] for path in find_paths(network_store, "exercise", "mechanical-allodynia").paths]
    assert [3, 1, 1, 1, 0, 0] == ranks


def test_laboratories_then_reading_break_ties() -> None:
    """
    Among equal rungs the one with more laboratories, then the one read deeper; unplaced papers count as one at most.
    """
    two = step("moves", "rises", laboratories=2, read=("title",))
    deep = step("moves", "rises", unplaced=1, read=("abstract", "full-text"))
    shallow = step("moves", "rises", unplaced=4, read=("abstract",))
    assert [two, deep, shallow] == sorted([shallow, two, deep], key=lambda one: one.strength, reverse=True)
    assert deep.strength == step("moves", "falls", laboratories=1, read=("full-text",)).strength


def step(relation: str, sign: str, start: str = "exercise", end: str = "mechanism", **held: object) -> Step:
    """A step with its edge, as far as a test states it."""
    edge = {
        "relation": relation, "sign": sign, "rung": "measured", "condition_class": "c", "species": "s", "bout": "training",
        "laboratories": 0, "unplaced": 0, "read": ("abstract",), "exercises": (), "studies": ("a",), "findings": ("f",),
    }  # fmt: skip
    return Step(Node(start, start, start), Node(end, end, end), {**edge, **held})


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (("moves", "falls"), ("changes-with-relief", "falls"), "agree"),
        (("moves", "falls"), ("relieves-when-moved", "falls"), "agree"),
        (("moves", "falls"), ("relieves-when-moved", "rises"), "contradict"),
        (("moves", "rises"), ("tracks", "falls"), "contradict"),
        (("moves", "rises"), ("needed", "falls"), "agree"),
        (("moves", "falls"), ("needed", "falls"), "contradict"),
        (("lowers", "falls"), ("needed", "falls"), "contradict"),
        (("moves", "normalised"), ("changes-with-relief", "normalised"), "agree"),
        (("moves", "normalised"), ("changes-with-relief", "falls"), "open"),
        (("moves", "moved"), ("changes-with-relief", "moved"), "open"),
        (("benefit-blocked", "not-measured"), ("needed", "falls"), "not-measured"),
    ],
)
def test_signs_are_composed(first: tuple[str, str], last: tuple[str, str], verdict: str) -> None:
    """
    Exercise lowers it and lowering it relieves: they agree. It is raised, and its fall goes with relief: they do not.
    """
    assert verdict == Path((step(*first), step(*last, start="mechanism", end="outcome"))).signs


@pytest.mark.parametrize(("mark", "verdict"), [("rises", "contradict"), ("falls", "agree"), ("moved", "open")])
def test_sign_of_a_marker_turns_what_it_tells_of(mark: str, verdict: str) -> None:
    """
    A marker that stands against its mechanism turns the sign over.
    """
    steps = (
        step("moves", "falls", end="marker"),
        step("marks", mark, start="marker"),
        step("needed", "falls", start="mechanism", end="outcome"),
    )
    assert verdict == Path(steps).signs


def test_blocked_benefit_leads_on_only_over_its_own_test() -> None:
    """
    A mechanism needed for one outcome says nothing of another, though both were needed in some test.
    """
    blocked = step("benefit-blocked", "not-measured", findings=("lost",), target="outcome")
    own = step("needed", "falls", start="mechanism", end="outcome", findings=("lost",))
    other_outcome = step("needed", "falls", start="mechanism", end="elsewhere", findings=("lost",))
    other_test = step("needed", "falls", start="mechanism", end="outcome", findings=("other",))
    changed = step("changes-with-relief", "falls", start="mechanism", end="outcome", findings=("lost",))
    assert [True, False, False, False] == [
        joins((blocked, following), False) for following in (own, other_outcome, other_test, changed)
    ]


def test_one_step_has_no_signs_to_compose() -> None:
    """
    A single finding is no chain.
    """
    assert "" == Path((step("relieves", "falls", end="outcome"),)).signs


def test_what_speaks_against_a_path_stands_beside_it(network_store: OxigraphStore) -> None:
    """
    The benefit kept by another route is shown with the path over the lost one, with its proof.
    """
    (path,) = [
        path for path in find_paths(network_store, "treadmill-running", "mechanical-allodynia").paths
        if path.steps[0].relation == "benefit-blocked"
    ]  # fmt: skip
    lines = "\n".join(PathWords(network_store, [path]).lines(1, path))
    assert "against: blocking endogenous opioid system left the relief of mechanical allodynia as it was" in lines
    assert (
        "naloxone methiodide, route intrathecal" in lines and "no significant change, kept compared with run" in lines
    )


def test_opposite_and_absent_movements_speak_against() -> None:
    """
    A rise beside a fall, and no change beside either; a mixed or unclear result speaks for neither side.
    """
    falls = step("moves", "falls")
    against = [
        sign for sign in ("rises", "falls", "no-significant-change", "not-decreased", "mixed", "unclear", "normalised")
        if speaks_against(step("moves", sign), falls, alone=False)
    ]  # fmt: skip
    assert ["rises", "no-significant-change", "not-decreased"] == against


def test_marker_as_an_end_is_met_itself(network_store: OxigraphStore) -> None:
    """
    BDNF is the marker, BDNF signalling the mechanism; a path to relief from a marker may lead over its mechanism.
    """
    assert {
        ("treadmill running", "BDNF", "rat", ""), ("treadmill running", "BDNF", "mouse", ""), ("swimming", "BDNF", "rat", ""),
    } == walked(network_store, "exercise", "BDNF")  # fmt: skip
    assert ("anandamide", "endocannabinoid system", ALLODYNIA, "rat", "") in walked(
        network_store, "anandamide", "mechanical-allodynia"
    )


def test_wider_term_and_domain_stand_for_what_lies_within(network_store: OxigraphStore) -> None:
    """
    By label and by synonym; an outcome lies within its domain.
    """
    paths = walked(network_store, "exercise", "mechanical-allodynia")
    assert paths == walked(network_store, "physical exercise", "evoked withdrawal") or paths == walked(
        network_store, "exercise", "evoked withdrawal"
    )
    assert {("treadmill running", "BDNF signalling")} == {
        path[:2] for path in walked(network_store, "treadmill running", "neurotrophin signalling")
    }


def test_cutoff_counts_steps(network_store: OxigraphStore) -> None:
    """
    With one step only what was compared directly is left.
    """
    assert {("treadmill running", ALLODYNIA, "rat", "")} == walked(
        network_store, "exercise", "mechanical-allodynia", cutoff=1
    )


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("mechanical-allodynia", "exercise", "paths lead the other way"),
        ("exercise", "treadmill-running", "are one term, or one lies within the other"),
        ("exercise", "mtor-signalling", "nothing that moved leads to mTOR signalling there; it was not measured"),
        ("balance-training", "mechanical-allodynia", "nothing that moved leads on from balance training"),
    ],
)
def test_no_path_says_why(network_store: OxigraphStore, a: str, b: str, words: str) -> None:
    """
    And never that there is no connection.
    """
    found = find_paths(network_store, a, b)
    assert () == found.paths
    assert words in found.none
    assert "no evidence of absence" in found.summary(0)


def test_measured_without_a_change_is_not_the_same_as_not_measured(network_store: OxigraphStore) -> None:
    """
    The papers that looked are named.
    """
    none = find_paths(network_store, "exercise", "astrocyte-reactivity", species="rat").none
    assert "measured, without a movement to follow, in Runner 2001 [1]" in none


def test_graph_without_edges_says_so() -> None:
    """
    An empty network is told from a pair without a path.
    """
    from kg.rdf.ontology import Ontology, bundled_ontology
    from kg.store import build_graph

    empty = OxigraphStore.in_memory(build_graph([], Ontology(bundled_ontology())).quads)
    assert "the graph holds no edge" in find_paths(empty, "exercise", "mechanical-allodynia").none


@pytest.mark.parametrize(("name", "words"), [("nowhere-at-all", "is no term"), ("rat", "is of the scheme species")])
def test_ends_must_be_terms_of_the_network(network_store: OxigraphStore, name: str, words: str) -> None:
    """
    An unknown word is refused; a species or condition narrows paths and ends none.
    """
    with pytest.raises(QuestionFault, match=words):
        find_paths(network_store, "exercise", name)


def test_every_step_of_the_bundled_paths_has_proof(store: OxigraphStore) -> None:
    """
    Findings in words with reference, reading and place; none through what did not move, none crossing by itself.
    """
    found = find_paths(store, "exercise", "evoked-withdrawal")
    words = PathWords(store, found.paths)
    assert found.paths
    for path in found.paths:
        assert not {"no-significant-change", "unclear", "mixed"} & {step.sign for step in path.steps}
        assert all(len(path.scope(name)) <= 1 for name in ("condition_class", "species", "bout"))
        for one in path.steps:
            proof = words.proof(one)
            assert proof and all("read: " in line and " line " in line and "[" in line for line in proof)


def test_record_holds_what_a_program_needs(network_store: OxigraphStore) -> None:
    """
    Steps with their edges and proofs, as JSON.
    """
    import json

    found = find_paths(network_store, "exercise", "mechanical-allodynia")
    record = json.loads(json.dumps(PathWords(network_store, found.paths).record(1, found.paths[0])))
    assert {"source", "target", "words", "edge", "proof"} == set(record["steps"][0])
    assert "studies/runner-2001.yaml" == record["steps"][0]["proof"][0]["file"]
