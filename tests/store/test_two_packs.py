"""Two packs in one graph: a paper that both have is one publication, and no answer is given twice because of it."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.evidence import Pack, Vocabulary
from kg.query import ask, bundled_names, bundled_question
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

SHARED = "ref-36"
_ENTRIES = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?entry ?publication WHERE { ?entry epk:entryFor ?publication } ORDER BY ?entry
"""
SELECTS = [name for name in bundled_names() if not bundled_question(name).is_construct]


@pytest.fixture(scope="module")
def both(
    bundled_pack: Pack, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> tuple[OxigraphStore, OxigraphStore]:
    """Two graphs of two packs: the second pack knows a paper of the first by its DOI, or by its PubMed number alone."""
    publication = bundled_pack.references[SHARED]
    stores = []
    for key, value in (("DOI", (publication.doi or "").upper()), ("PMID", publication.pmid)):
        pack = second(tmp_path_factory.mktemp("second"), ontology.vocabulary, {key: value})
        stores.append(build_graph([pack, bundled_pack], ontology).store())
    return stores[0], stores[1]


def second(folder: Path, vocabulary: Vocabulary, number: dict[str, str | None]) -> Pack:
    """A pack that lists one paper under other words, and has no study."""
    corpus = Corpus(folder, vocabulary)
    corpus.study.unlink()
    item = {"id": "ref-1", "type": "book", "title": "Other words", "author": [{"family": "OTHER"}],
            "issued": {"date-parts": [[1999]]}, **number}  # fmt: skip
    return corpus.write("references.json", json.dumps([item])).load().usable()


def test_paper_of_both_packs_is_one_publication(both: tuple[OxigraphStore, OxigraphStore], bundled_pack: Pack) -> None:
    """
    Two entries of two lists lead to one node, by the DOI in capitals and by the PubMed number alone.
    """
    node = NamedNode(f"https://doi.org/{(bundled_pack.references[SHARED].doi or '').lower()}")
    for store in both:
        entries = [entry for entry, publication in store.select(_ENTRIES).rows if publication == node]
        assert [f"{bundled_pack.id}/entry/{SHARED}", "tiny/entry/ref-1"] == [
            entry.value.partition("/pack/")[2] for entry in entries if entry is not None
        ]
        assert len(bundled_pack.references) + 1 == len(store.select(_ENTRIES).rows)


@pytest.mark.parametrize("name", SELECTS)
def test_known_paper_in_a_second_list_changes_no_answer(
    name: str, store: OxigraphStore, both: tuple[OxigraphStore, OxigraphStore], vocabulary: Vocabulary
) -> None:
    """
    Row by row and in order: a list that tells nothing new is neither counted nor printed.
    """
    expected = ask(store, bundled_question(name), vocabulary=vocabulary)
    for other in both:
        found = ask(other, bundled_question(name), vocabulary=vocabulary)
        assert (expected.rows, expected.searched) == (found.rows, found.searched)


def test_order_of_packs_makes_no_other_graph(bundled_pack: Pack, ontology: Ontology, tmp_path: Path) -> None:
    """
    The same packs give the same quads, whichever comes first.
    """
    pack = second(tmp_path, ontology.vocabulary, {"PMID": bundled_pack.references[SHARED].pmid})
    assert build_graph([pack, bundled_pack], ontology).quads == build_graph([bundled_pack, pack], ontology).quads
