"""The vocabulary as the records see it: which terms there are, and what a mistyped word may have meant."""

import pytest

from kg.evidence import TermEntry, Vocabulary

SMALL = Vocabulary(
    {
        "mouse": TermEntry("mouse", "species", "mouse", ("mice", "house mouse")),
        "rat": TermEntry("rat", "species", "rat", ("Norway rat",)),
        "mousse": TermEntry("mousse", "diet", "mousse"),
    }
)


def test_term_belongs_to_its_scheme_only() -> None:
    """
    A term is accepted for the schemes it is in; an unknown word for none.
    """
    assert SMALL.has("mouse", ["diet", "species"])
    assert not SMALL.has("mouse", ["diet"])
    assert not SMALL.has("mice", ["species"])
    assert not SMALL.has("mouse", [])


def test_label_of_an_unknown_term_is_its_id() -> None:
    """
    A label is always there to print.
    """
    assert "yeti" == SMALL.label("yeti")
    assert "Rat (lab)" == Vocabulary({"rat": TermEntry("rat", "species", "Rat (lab)")}).label("rat")


@pytest.mark.parametrize("word", ["mose", "MOUSE", "mice", "HOUSE MOUSE", "house-mouse"])
def test_nearest_knows_slips_synonyms_and_capitals(word: str) -> None:
    """
    A slip of the pen, a synonym and a capital lead to the same term, and to its id, not to the synonym.
    """
    assert ("mouse",) == SMALL.nearest(word, ["species"])


def test_nearest_stays_inside_the_scheme() -> None:
    """
    A likelier word of another scheme is not offered.
    """
    assert ("mousse",) == SMALL.nearest("mousse", ["diet"])
    assert ("mouse",) == SMALL.nearest("mousse", ["species"])
    assert () == SMALL.nearest("elephant", ["species", "diet"])


def test_nearest_is_best_first_and_at_most_three() -> None:
    """
    Of many near terms the three nearest are offered, the nearest one first.
    """
    terms = {f"pain-{n}": TermEntry(f"pain-{n}", "outcome", f"pain {n}") for n in ("a", "b", "c", "d", "severe")}

    assert "pain-severe" == Vocabulary(terms).nearest("pain-sever", ["outcome"])[0]
    assert 3 == len(Vocabulary(terms).nearest("pain-", ["outcome"]))


def test_bundled_vocabulary_knows_controls_and_limits(vocabulary: Vocabulary) -> None:
    """
    What the checks need of the ontology arrives: controls, what a unit measures and its largest number.
    """
    assert vocabulary.terms["usual-care"].control
    assert not vocabulary.terms["naloxone"].control
    assert ("intensity", "time", "") == tuple(vocabulary.terms[x].measures for x in ("percent-vo2-peak", "week", "rat"))
    assert vocabulary.terms["percent-vo2-peak"].most is not None
    assert vocabulary.terms["week"].most is None
    assert "mice" in vocabulary.terms["mouse"].synonyms
