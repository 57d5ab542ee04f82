"""Search among terms: however a name is spelled, the best match first, and which name matched."""

import pytest
from hypothesis import given, strategies as st

from kg.query.question import QuestionFault
from kg.query.read_terms import read_terms
from kg.query.search import fold, one_term, search_terms
from kg.query.terms import Terms
from tests.vocabulary import small_store


@pytest.fixture(scope="module")
def terms() -> Terms:
    """A small vocabulary."""
    return read_terms(small_store())


@pytest.mark.parametrize("words", ["TNF alpha", "tnf-α", "TNFα", "Tnf  Alpha", "tnf–ALPHA", "tnfalpha"])
def test_one_name_spelled_in_many_ways_finds_the_same(words: str, terms: Terms) -> None:
    """
    Case, Greek letters, hyphens and spaces do not matter; the name that matched is told as it is written.
    """
    first = search_terms(terms, words)[0]
    assert ("tnf", "TNF-α", "synonym") == (first.term.id, first.matched, first.kind)


def test_accents_do_not_matter(terms: Terms) -> None:
    """
    A name with an accent is found without it, and the other way round.
    """
    for words in ("muller", "Müller", "Mu\u0308ller"):
        assert ["bdnf"] == [hit.term.id for hit in search_terms(terms, words)]


def test_words_of_a_name_are_found_by_their_beginnings(terms: Terms) -> None:
    """
    Every word must begin a word of the name; a piece from within a word is none.
    """
    assert ["bdnf"] == [hit.term.id for hit in search_terms(terms, "brain deriv")]
    assert ["bdnf"] == [hit.term.id for hit in search_terms(terms, "neuro brain")]
    assert () == search_terms(terms, "rain")


def test_whole_names_come_before_parts_and_names_before_definitions(terms: Terms) -> None:
    """
    The whole label first, then names that begin so, then names with the words, then definitions.
    """
    assert ["signalling", "calm", "loud"] == [hit.term.id for hit in search_terms(terms, "signalling")]
    assert [("tnf", "synonym"), ("loud", "definition")] == [
        (hit.term.id, hit.kind) for hit in search_terms(terms, "tnf alpha")
    ]


def test_a_scheme_narrows_the_search(terms: Terms) -> None:
    """
    Only terms of the scheme are found.
    """
    assert ["loud"] == [hit.term.id for hit in search_terms(terms, "TNF", ("mechanism",))]


@pytest.mark.parametrize("words", ["", "  ", "-–-", "\u0301"])
def test_nothing_to_search_for_is_a_fault(words: str, terms: Terms) -> None:
    """
    A text without a letter or figure does not find everything.
    """
    with pytest.raises(QuestionFault, match="no letter or figure"):
        search_terms(terms, words)


def test_one_term_is_found_by_id_and_by_any_name(terms: Terms) -> None:
    """
    An id wins over names; a name may be spelled freely.
    """
    assert ["tnf", "tnf", "round"] == [one_term(terms, name).id for name in ("tnf", "tnf alpha", "round")]


def test_a_name_of_several_terms_is_not_guessed(terms: Terms) -> None:
    """
    The terms are named instead, with their schemes.
    """
    with pytest.raises(QuestionFault, match=r"several terms; give an id: .*round \(mechanism\).*|.*twin \(marker\)"):
        one_term(terms, "ROUND")
    assert "twin" == one_term(terms, "ROUND", ("marker",)).id


def test_an_unknown_name_is_a_fault_with_the_nearest(terms: Terms) -> None:
    """
    A misspelled name is met with what it may stand for.
    """
    with pytest.raises(QuestionFault, match="did you mean signalling"):
        one_term(terms, "signaling")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """
    A folded text is plain: folding it again changes nothing, so index and query meet.
    """
    assert fold(text) == fold(fold(text))
