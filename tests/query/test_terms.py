"""The vocabulary read from a store: trees, ties, and who uses what."""

import pytest

from kg.evidence import Pack
from kg.query.describe import describe_term
from kg.query.question import QuestionFault
from kg.query.read_terms import read_terms
from kg.query.terms import Terms, scheme_named
from kg.rdf.mappings import TermMapping
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, RdflibStore
from tests.vocabulary import small_store


@pytest.fixture(scope="module")
def terms() -> Terms:
    """A small vocabulary."""
    return read_terms(small_store())


def test_tree_goes_from_wider_to_narrower(terms: Terms) -> None:
    """
    Each term stands below its wider one, by label; a step that is the last among its like is marked, a circle ends.
    """
    assert [
        ("signalling", (True,)),
        ("calm", (True, False)),
        ("deep", (True, False, True)),
        ("round", (True, False, True, True)),
        ("loud", (True, True)),
    ] == [(entry.id, steps) for entry, steps in terms.walk("mechanism")]


def test_depth_cuts_the_tree(terms: Terms) -> None:
    """
    With a depth of two there are two levels.
    """
    assert ["signalling", "calm", "loud"] == [entry.id for entry, _ in terms.walk("mechanism", 2)]


def test_two_tellings_of_a_study_count_once(terms: Terms) -> None:
    """
    A study uses a term however often and whoever tells of it; what a rule concluded is no use.
    """
    assert 1 == terms.studies(["tnf"])
    assert 2 == terms.studies(["tnf", "bdnf"])
    assert 0 == terms.studies(["calm"])


def test_use_is_counted_through_what_lies_beneath_and_what_is_tied(terms: Terms) -> None:
    """
    A mechanism is spoken of by statements on a narrower one, and by studies of its markers.
    """
    assert 1 == terms.statements(terms.beneath("signalling"))
    assert 0 == terms.studies(terms.beneath("signalling"))
    assert {"tnf"} == terms.tied("signalling")
    assert 1 == terms.studies(terms.tied("signalling"))


def test_only_the_closest_tie_is_told(terms: Terms) -> None:
    """
    What is a positive marker is not said to be a marker as well.
    """
    assert ["positive marker of"] == [tie.label for tie in terms.ties["tnf"]]


def test_a_scheme_is_named_by_id_or_label(terms: Terms) -> None:
    """
    Both name it; another word is a fault that lists the schemes.
    """
    assert "marker" == scheme_named(terms, "Markers").id == scheme_named(terms, "marker").id
    with pytest.raises(QuestionFault, match="there are marker, mechanism"):
        scheme_named(terms, "drugs")


def test_a_term_is_described_whole(terms: Terms) -> None:
    """
    Names, meaning, place, ties, mappings and use stand side by side.
    """
    mapping = TermMapping("loud", "skos:closeMatch", "GO:1", "https://example.org/1", "Noise", "go", "")
    nothing = TermMapping("loud", "skos:exactMatch", "sssom:NoTermFound", "", "", "mesh", "")
    assert {
        "id": "loud",
        "label": "loud signalling",
        "scheme": "mechanism",
        "definition": "Signalling by TNF-alpha.",
        "synonyms": (),
        "broader": ("Signalling (signalling)",),
        "narrower": (),
        "says": (),
        "said_by": ("tumour necrosis factor (tnf): positive marker of",),
        "mappings": ("skos:closeMatch GO:1 Noise", "no match in mesh"),
        "studies": 0,
        "tied_studies": 1,
        "statements": 0,
    } == describe_term(terms, terms.vocabulary.terms["loud"], [mapping, nothing])


def test_every_bundled_term_is_in_a_tree(store: OxigraphStore, ontology: Ontology) -> None:
    """
    Walking all schemes meets every term of the ontology, in its scheme.
    """
    terms = read_terms(store)
    met = {(entry.id, scheme) for scheme in terms.schemes for entry, _ in terms.walk(scheme)}
    assert {(entry.id, entry.scheme) for entry in ontology.vocabulary.terms.values()} == met


def test_bundled_studies_use_terms(store: OxigraphStore, bundled_pack: Pack) -> None:
    """
    Every study of the pack, by whomever it is told, names some term.
    """
    terms = read_terms(store)
    assert len({*bundled_pack.papers, *bundled_pack.review}) == terms.studies(terms.vocabulary.terms)


def test_every_engine_reads_the_same_vocabulary(in_rdflib: RdflibStore, store: OxigraphStore) -> None:
    """
    RDFLib gives what Oxigraph gives.
    """
    assert read_terms(store) == read_terms(in_rdflib)
