"""What holds of every graph: more studies never lower a rung, and neither order, names nor the review's telling matter."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings, strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.analysis import Curated, Level, Matrix, conclude, find_gaps, read_matrix
from kg.analysis.matrix import AGAINST
from kg.evidence import Vocabulary
from kg.rdf.dataset import pack_quads
from kg.rdf.namespaces import TERM
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore
from kg.store.derive import derive
from tests.analysis.made_up import BDNF, TOUCH, Made, made_up

#: The rules up to the one that assesses, and one that gathers species; others compare tellers and read quantities aloud.
LAST, GATHERS = "assessment", "species-group"
MEASURED = ("mechanical-allodynia", "heat-hyperalgesia", "bdnf", "microglial-activation", "anandamide", "serotonin")
CONTRASTS = (("run", "rest"), ("swim", "rest"), ("blocked", "run"), ("drugged", "rest"))
RESULTS = ("increase", "decrease", "no-significant-change", "unclear")
rows = st.tuples(st.sampled_from(MEASURED), st.sampled_from(CONTRASTS), st.sampled_from(RESULTS)).map(
    lambda drawn: (drawn[0], *drawn[1], drawn[2])
)


def accounts(number: int, *, by_review: bool = False) -> st.SearchStrategy[Made]:
    """Any account of the paper with a number."""
    return st.builds(
        partial(Made, f"study-{number}", number, by_review=by_review, read="table" if by_review else "abstract"),
        findings=st.lists(rows, min_size=1, max_size=8, unique_by=lambda row: row[:3]).map(tuple),
        species=st.sampled_from(("rat", "mouse", "human")),
        condition=st.sampled_from(("spinal-nerve-ligation", "painful-diabetic-neuropathy")),
    )


Derived = Callable[[Iterable[Quad]], OxigraphStore]
Curate = Callable[[Iterable[Made]], list[Quad]]
#: Shrinking would derive a graph some hundred times; what fails is small as it is.
few = settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
STAYED, STILL = (
    ("bdnf", "swim", "rest", "no-significant-change"),
    ("mechanical-allodynia", "swim", "rest", "no-significant-change"),
)
#: A marker that falls though nothing was relieved, in a study that says nothing else.
CONTRARY = (("bdnf", "swim", "rest", "decrease"), STILL)


@pytest.fixture(scope="module")
def curate(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Curate:
    """The quads of made-up studies as curated."""

    def quads(studies: Iterable[Made]) -> list[Quad]:
        return list(pack_quads(made_up(tmp_path_factory.mktemp("made"), vocabulary, studies).load().usable()))

    return quads


@pytest.fixture(scope="module")
def derived(ontology: Ontology) -> Derived:
    """The graph of curated quads, as far as assessments go; what follows from the vocabulary alone is derived once."""
    names = [file.stem.partition("-")[2] for file in ontology.rules]
    first, gathers = ontology.rules[:2], ontology.rules[names.index(GATHERS)]
    rest = (*ontology.rules[2 : names.index(LAST) + 1], gathers)
    known = [*ontology.quads, *derive(ontology.quads, first)]

    def store(quads: Iterable[Quad]) -> OxigraphStore:
        curated = [*known, *quads]
        made = OxigraphStore.in_memory(curated)
        made.add(derive(curated, rest))
        return made

    return store


def heights(matrix: Matrix) -> dict[tuple[object, ...], int]:
    """The height reached in each cell on each side that speaks for a mechanism."""
    found: dict[tuple[object, ...], int] = {}
    for place in matrix.held:
        level = place[-1]
        if isinstance(level, Level) and level.side != AGAINST:
            key = (*place[:-1], level.side)
            found[key] = max(found.get(key, 0), level.height)
    return found


@few
@given(st.tuples(accounts(1), accounts(2), accounts(3)))
@example((Made("study-1", 1, (TOUCH, BDNF, STAYED, STILL)), Made("study-2", 2), Made("study-3", 3, CONTRARY)))
def test_adding_a_study_lowers_no_rung_and_removing_one_adds_no_evidence(
    curate: Curate, derived: Derived, studies: tuple[Made, ...]
) -> None:
    """
    Every place keeps what it had when a study is added, contrary or not: evidence against stands beside and cancels
    nothing. What is left without a study is exactly the others' evidence.
    """
    fewer, more = read_matrix(derived(curate(studies[:-1]))), read_matrix(derived(curate(studies)))
    added = "https://doi.org/10.1000/3"

    assert fewer.held == more.without({added}).held
    assert all(heights(more)[place] >= height for place, height in heights(fewer).items())


@few
@given(st.tuples(accounts(1), accounts(2)), st.randoms(use_true_random=False))
def test_order_of_quads_and_files_changes_no_derived_quad(
    curate: Curate, derived: Derived, studies: tuple[Made, ...], random: object
) -> None:
    """
    Shuffled and turned round, the same quads lead to the same quads.
    """
    quads = curate(studies)
    shuffled = curate(reversed(studies))
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert set(quads) == set(shuffled)
    assert sorted(map(str, derived(quads).quads())) == sorted(map(str, derived(shuffled).quads()))


@few
@given(accounts(1), st.tuples(accounts(1, by_review=True), accounts(2, by_review=True)))
def test_what_the_review_tells_lifts_no_rung(
    curate: Curate, derived: Derived, paper: Made, review: tuple[Made, ...]
) -> None:
    """
    Whatever the review tells of this paper or of another, the places hold what the paper tells.
    """
    assert read_matrix(derived(curate([paper]))).held == read_matrix(derived(curate([paper, *review]))).held


def renamed(quads: Iterable[Quad], names: dict[str, str]) -> list[Quad]:
    """Quads with every term under another id, and every label and text of a term replaced."""

    def node(value: NamedNode) -> NamedNode:
        return NamedNode(names.get(value.value, value.value))

    def thing(subject: NamedNode, value: object) -> object:
        if isinstance(value, NamedNode):
            return node(value)
        told = isinstance(value, Literal) and value.language is not None and subject.value in names
        return Literal(names[subject.value].rpartition("/")[2], language="en") if told else value

    return [Quad(node(q.subject), q.predicate, thing(q.subject, q.object), q.graph_name) for q in quads]  # type: ignore[arg-type]


def test_renaming_every_term_changes_no_rung_and_no_rank(store: OxigraphStore, tmp_path: Path) -> None:
    """
    With ids that sort the other way round and labels that say nothing, every term stands where it stood,
    on its rung and in the list of gaps.
    """
    curated = Curated.of(store)
    quads = [*curated.shared, *(quad for own in curated.own.values() for quad in own)]
    terms = sorted(
        {q.subject.value for q in quads if isinstance(q.subject, NamedNode) and q.subject.value.startswith(TERM)}
    )
    names = {term: f"{TERM}t{len(terms) - at:05}" for at, term in enumerate(terms)}
    made = renamed(quads, names)
    again = OxigraphStore.in_memory(made)
    again.add(derive(made, [_renamed_rule(rule, names, tmp_path) for rule in curated.rules]))
    before, after = read_matrix(store), read_matrix(again)

    assert before.held
    assert {(*(names[str(iri)] for iri in place[:-1]), place[-1]): held for place, held in _named(before, names)} == {
        place: held for place, held in after.held.items() if "not-stated" not in str(place)
    }
    ranked = {(names[mechanism], *told) for mechanism, *told in _ranks(store)}
    assert ranked == _ranks(again)
    assert ranked


def _renamed_rule(rule: Path, names: dict[str, str], folder: Path) -> Path:
    """The rule with the few terms that it names, such as that for people, under their other ids."""
    text = re.sub(r"\bterm:([a-z0-9-]+)", lambda found: f"<{names[TERM + found[1]]}>", rule.read_text(encoding="utf-8"))
    (folder / rule.name).write_text(text, encoding="utf-8")
    return folder / rule.name


def _ranks(store: OxigraphStore) -> set[tuple[str, int | None, str, float | None]]:
    """The mechanism, rank, kind and score of every gap that has a rank."""
    return {(row.mechanism.iri, row.rank, str(row.kind), row.score) for row in find_gaps(store).rows if row.mechanism}


def _named(matrix: Matrix, names: dict[str, str]) -> list[tuple[tuple[object, ...], object]]:
    return [(place, held) for place, held in matrix.held.items() if all(iri in names for iri in place[:-1])]


def test_bundled_graph_without_the_review_stands_on_the_same_rungs(store: OxigraphStore) -> None:
    """
    The review's accounts and statements lift nothing on the evidence that ships with the program.
    """
    curated = Curated.of(store)
    quads = [*curated.shared, *(quad for own in curated.own.values() for quad in own)]
    papers = [quad for quad in quads if not str(quad.graph_name).endswith("/graph/review>")]
    rest = OxigraphStore.in_memory(papers)
    rest.add(derive(papers, curated.rules))

    assert len(papers) < len(quads)
    assert read_matrix(store).held == read_matrix(rest).held


@settings(few, max_examples=3)
@given(st.data())
def test_what_is_left_is_seen_in_the_matrix(store: OxigraphStore, data: st.DataObject) -> None:
    """
    The matrix without some papers is the matrix of the graph derived without them, whichever they are.
    """
    curated = Curated.of(store)
    gone = data.draw(st.sets(st.sampled_from(sorted(curated.own, key=str)), min_size=1, max_size=20))
    rest = read_matrix(curated.without(gone))
    seen = read_matrix(store).without({paper.value for paper in gone})

    assert rest.held == seen.held
    assert conclude(rest) == conclude(seen)


def test_folder_of_made_up_studies_is_right(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    The studies that the properties are tried on are without fault.
    """
    assert [] == made_up(tmp_path, vocabulary, [Made("one", 1), Made("one", 1, by_review=True, read="table")]).check()
