"""Units as people write them, and the terms that are proposed for them."""

import pytest

from kg.evidence import Vocabulary
from kg.evidence.unit import proposed


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 mg/kg", "1 mg-per-kg"),
        ("0.5mg/kg", "0.5 mg-per-kg"),
        ("10 μg", "10 ug"),
        ("10 µg", "10 ug"),
        ("5 Weeks", "5 week"),
        ("5..6 days / week", "5..6 days-per-week"),
        ("20 metre/minute", "20 metre-per-minute"),
        ("60 % VO2peak", "60 percent-vo2-peak"),
        ("50..60 % of peak heart rate", "50..60 percent-peak-heart-rate"),
    ],
)
def test_unit_is_proposed_as_the_term(vocabulary: Vocabulary, written: str, meant: str) -> None:
    """
    The number stays, the unit becomes the nearest term, and the best comes first.
    """
    assert proposed(written, vocabulary).startswith(f"; did you mean {meant}")


@pytest.mark.parametrize("written", ["5 %", "5%", "5 percent", "5 per cent"])
def test_percentage_alone_is_asked_of_what(vocabulary: Vocabulary, written: str) -> None:
    """
    No reference is guessed: all are listed.
    """
    words = proposed(written, vocabulary)

    assert words.startswith("; a percentage says of what: percent-10rm, percent-1rm, ")
    assert "percent-vo2-reserve" in words


@pytest.mark.parametrize("written", ["", "daily", "five weeks", "5", "5 xylophones", "5 " + "x" * 10_000, "1 " * 5_000])
def test_nothing_is_proposed_where_nothing_is_near(vocabulary: Vocabulary, written: str) -> None:
    """
    Words, a bare number and nonsense get no proposal; length costs no time.
    """
    assert "" == proposed(written, vocabulary)


def test_nothing_is_proposed_without_a_vocabulary() -> None:
    """
    Records can be read without terms at hand.
    """
    assert "" == proposed("1 mg/kg", None)
