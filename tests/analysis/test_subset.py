"""The graph without some papers is the graph that would have been built without their files."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.analysis import Curated, SubsetFault, Without, left_out, read_accounts
from kg.evidence import Pack, Vocabulary
from kg.evidence.problem import KgError
from kg.knowledge import KnowledgeGraph
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph, open_store
from tests.analysis.made_up import Made, made_up
from tests.corpus import Corpus

LABORATORIES = "- {laboratory: two-papers, publications: [ref-1, ref-3], reason: the same authors}\n"
STUDIES = (
    Made("one", 1),
    Made("two", 2, read="full-text", species="mouse", condition="painful-diabetic-neuropathy"),
    Made("three", 3, read="title", species="human", condition="painful-diabetic-neuropathy"),
    Made("one", 1, by_review=True, read="table"),
    Made("four", 4, by_review=True, read="table", species="mouse", condition="spinal-cord-injury"),
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Corpus:
    """Three papers and a fourth that only the review tells of; one laboratory has two of them."""
    return made_up(tmp_path_factory.mktemp("four"), vocabulary, STUDIES, LABORATORIES)


@pytest.fixture(scope="module")
def small(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """Their graph."""
    return build_graph([corpus.load().usable()], ontology).store()


def pack_without(pack: Pack, references: set[str]) -> Pack:
    """The pack as it would be read if the files of some papers were not there."""
    files = {
        f"{folder}/{study.study}.yaml"
        for folder, studies in (("studies", pack.papers), ("review/studies", pack.review))
        for study in studies.values()
        if study.publication in references
    }
    return replace(
        pack,
        papers={id: study for id, study in pack.papers.items() if study.publication not in references},
        review={id: study for id, study in pack.review.items() if study.publication not in references},
        located={name: place for name, place in pack.located.items() if name not in files},
    )


def left(store: OxigraphStore, without: Without) -> list[str]:
    """The papers that stay, by their numbers."""
    gone = left_out(store, without)
    return sorted({account.number for account in read_accounts(store) if account.publication not in gone})


def quads(store: OxigraphStore) -> list[str]:
    return sorted(map(str, store.quads()))


@pytest.mark.parametrize(
    "without",
    [Without(("ref-36",), laboratories=("bobinski-santos",)), Without(until=2012)],
    ids=["a paper told twice and a laboratory", "a year"],
)
def test_rest_is_the_build_of_the_pack_without_those_files(
    without: Without, store: OxigraphStore, bundled_pack: Pack, ontology: Ontology
) -> None:
    """
    Curated, derived and about the rules: every quad is that of the build, and no other is there.
    """
    gone = left_out(store, without)
    references = {account.reference for account in read_accounts(store) if account.publication in gone}
    built = build_graph([pack_without(bundled_pack, references)], ontology)

    assert references
    assert quads(built.store()) == quads(Curated.of(store).without(gone))


def test_rest_is_the_build_after_the_files_are_removed(
    small: OxigraphStore, ontology: Ontology, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """
    The same with files that are not there, and with the list of references as it was.
    """
    shorter = made_up(tmp_path, vocabulary, STUDIES, LABORATORIES)
    for study in STUDIES:
        if study.paper == 1:
            (shorter.root / study.file).unlink()
    built = build_graph([shorter.load().usable()], ontology).store()

    assert quads(built) == quads(Curated.of(small).without(left_out(small, Without(("ref-1",)))))


def test_nothing_left_out_is_the_graph_as_it_was(small: OxigraphStore) -> None:
    """
    Deriving again changes no quad.
    """
    assert quads(small) == quads(Curated.of(small).without(frozenset()))


@pytest.mark.parametrize(
    ("without", "stay"),
    [
        (Without(("ref-1",)), "2 3 4"),
        (Without(("1", "10.1000/2", "https://doi.org/10.1000/3")), "4"),
        (Without(laboratories=("two-papers",)), "2 4"),
        (Without(conditions=("diabetic neuropathy",)), "1 4"),
        (Without(species=("rodent",)), "3"),
        (Without(only=("abstract", "title")), "1 3"),
        (Without(only=("table",)), "4"),
        (Without(until=2002), "1 2"),
        (Without(("ref-2",), species=("human",)), "1 4"),
    ],
    ids=repr,
)
def test_papers_are_chosen(without: Without, stay: str, small: OxigraphStore) -> None:
    """
    By number, DOI, laboratory, condition and species with what lies within, depth and year; the review's account goes
    with its paper and speaks for a paper only where there is no other.
    """
    assert stay.split() == left(small, without)


@pytest.mark.parametrize(
    ("without", "words"),
    [
        (Without(("ref-11",)), "'ref-11' is no paper told in this graph; did you mean ref-1"),
        (Without(("Anon",)), "kg query accounts lists"),
        (Without(laboratories=("two-paper",)), "no laboratory recorded in this graph; did you mean two-papers?"),
        (Without(only=("text",)), "was read as 'text'; depths here: abstract, full-text, table, title"),
        (Without(until=1999), "no paper of this graph would be left"),
        (Without(species=("rodents",)), "is no term for species"),
    ],
    ids=repr,
)
def test_what_is_not_here_is_said_with_the_cure(without: Without, words: str, small: OxigraphStore) -> None:
    """
    A paper, laboratory, depth or term that is not here, and a choice that leaves nothing: a clear word each.
    """
    with pytest.raises(KgError, match=words.replace("?", r"\?")):
        left_out(small, without)


def test_number_of_two_papers_in_two_packs_is_refused(small: OxigraphStore) -> None:
    """
    A reference number that means another paper in each of two packs is not guessed at.
    """
    twice = OxigraphStore.in_memory(small.quads())
    swapped = [
        str(quad).replace("/pack/tiny", "/pack/other").replace("10.1000/1", "10.1000/9") for quad in small.quads()
    ]
    twice.add(nquads(swapped))

    with pytest.raises(SubsetFault, match="names a paper in each of several packs"):
        left_out(twice, Without(("ref-1",)))


def nquads(lines: list[str]) -> list[Quad]:
    """Quads in the words that `str` gives."""
    from pyoxigraph import RdfFormat, parse

    return list(parse("".join(f"{line} .\n" for line in lines), format=RdfFormat.N_QUADS))


def test_store_that_keeps_no_named_graphs_is_refused(small: OxigraphStore, tmp_path: Path) -> None:
    """
    In a file of plain triples nothing tells what was curated from what was derived.
    """
    (tmp_path / "graph.nt").write_text("".join(f"{quad.triple} .\n" for quad in small.quads()))

    with pytest.raises(SubsetFault, match="keep what was curated apart from what was derived"):
        Curated.of(open_store(str(tmp_path / "graph.nt")))


def test_graph_in_python_without_a_paper_answers_by_name_and_in_sparql(small: OxigraphStore) -> None:
    """
    What is left is a graph like any other, also for the process that answers free queries; the whole stays whole.
    """
    whole = KnowledgeGraph(small)
    rest = whole.without("ref-1")
    asked = "SELECT ?s WHERE { ?s a <https://w3id.org/exercise-pain-kg/ontology#Study> }"

    assert not rest.ask("findings-of-paper", ref=1)
    assert whole.ask("findings-of-paper", ref=1)
    assert 2 == len(whole.query(asked)) - len(rest.query(asked))  # type: ignore[arg-type]


def test_every_account_knows_what_it_is_chosen_by(small: OxigraphStore) -> None:
    """
    One account a teller and paper; a laboratory only where one is recorded.
    """
    found = {(one.reference, one.by_review, one.laboratory, one.year, one.read) for one in read_accounts(small)}

    assert {
        ("ref-1", False, "two-papers", 2001, "abstract"), ("ref-1", True, "two-papers", 2001, "table"),
        ("ref-2", False, None, 2002, "full-text"), ("ref-3", False, "two-papers", 2003, "title"),
        ("ref-4", True, None, 2004, "table"),
    } == found  # fmt: skip
    assert all(isinstance(one.file, NamedNode) for one in read_accounts(small))
