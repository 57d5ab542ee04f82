"""Sentences of a text: where they end, what they cite, and where the body begins and ends."""

import re
from itertools import pairwise

import pytest

from kg.evidence.passage import fold
from kg.evidence.sentence import BodyFault, Stretch, body, citations, paragraphs, sentence_ends

TEXT = """Front matter.

Abstract

First claim [1].  Second
claim.[2,3] Third (see Table 1).

Table 1 What was found

Fourth claim.

Methods

Fifth.

References

1. Small A. One."""


def split(paragraph: str) -> list[str]:
    """The sentences of a paragraph."""
    return [paragraph[a:b].strip() for a, b in pairwise([0, *sentence_ends(paragraph)])]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Pain fell [1].", "Rats ran."],
        ["Pain fell.[1, 2]", "Rats ran."],
        ["Pain fell. [1–3] [5]", "Rats ran."],
        ["Some (e.g., heat; i.e., touch) fell vs. rest.", "Others did not."],
        ["Touch, e.g. Von Frey, fell.", "So it was."],
        ["Chiang et al. (2016) and Cox et al. Found so.", "It was 0.5 h."],
        ["It was “kept.”", "It was (as said.)", "2 rats left.", "“Why?”", "Nobody knows!", "α-Receptors rose."],
        ["A shift was seen in Fig. 2 and no. 3.", "μ-Receptors said no.", "Then yes."],
        ["Botulinum toxin A [2].", "There are others."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """
    Abbreviations, numbers and quotation marks end none; citations behind a full stop stay with their sentence.
    """
    assert sentences == split(" ".join(sentences))


@pytest.mark.parametrize(
    ("bracket", "numbers"),
    [
        ("[7]", [7]),
        ("[17, 21,22]", [17, 21, 22]),
        ("[85-88]", [85, 86, 87, 88]),
        ("[3–5, 9]", [3, 4, 5, 9]),
        ("[9–3]", [3, 9]),
        ("[1–5000]", [1, 5000]),
    ],
)
def test_bracket_is_every_number_it_spans(bracket: str, numbers: list[int]) -> None:
    """
    Ranges are spelled out; a range that is none of a reference list is its two ends.
    """
    (citation,) = citations(f"pain {bracket} falls", 10)

    assert (15, 15 + len(bracket)) == (citation.start, citation.end)
    assert numbers == sorted(citation.numbers)


def test_bracket_of_words_is_no_citation() -> None:
    """
    Only numbers in square brackets cite.
    """
    assert () == citations("a [sic] and (12) and [Fig. 3]")


def test_paragraphs_have_their_place_in_the_folded_text() -> None:
    """
    Sentences and passages are stretches of one text.
    """
    whole = fold(TEXT)

    assert [(p, p) for _, p in paragraphs(TEXT)] == [(whole[s.start : s.end], p) for s, p in paragraphs(TEXT)]
    assert 9 == len(paragraphs(TEXT))


def test_body_is_what_stands_under_the_two_headings_and_between() -> None:
    """
    A caption parts no section; what stands before and behind the body is no part of it.
    """
    found = body(TEXT, "Abstract", "Methods")

    assert [
        ("Abstract", 1, "First claim [1].", [1]),
        ("Abstract", 2, "Second claim.[2,3]", [2, 3]),
        ("Abstract", 3, "Third (see Table 1).", []),
        ("Abstract", 4, "Fourth claim.", []),
        ("Methods", 1, "Fifth.", []),
    ] == [(one.heading, one.number, one.text, sorted(one.cited)) for one in found]
    assert [one.text for one in found] == [fold(TEXT)[one.start : one.end] for one in found]


def test_body_to_the_end_of_the_text() -> None:
    """
    The last section may be the last of the text.
    """
    assert ["Fifth."] == [one.text for one in body(TEXT.partition("\n\nReferences")[0], "Methods", "Methods")]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("Nowhere", "Methods", "'Nowhere' stands 0 times"), ("Methods", "Abstract", "'Abstract' stands before 'Methods'")],
)
def test_body_that_cannot_be_told_is_a_fault(first: str, last: str, words: str) -> None:
    """
    A heading that is not there once, or two that are swapped, are told by name.
    """
    with pytest.raises(BodyFault, match=re.escape(words)):
        body(TEXT, first, last)


def test_stretches_share_and_hold() -> None:
    """
    Stretches that only touch share nothing.
    """
    assert Stretch(0, 5).shares(Stretch(4, 9))
    assert not Stretch(0, 5).shares(Stretch(5, 9))
    assert Stretch(0, 5).holds(Stretch(0, 5))
    assert not Stretch(0, 5).holds(Stretch(4, 6))
