"""Scores: the four that ship, ranks, and files that cannot be used."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kg.analysis.score import PARTS, Score, ScoreFault, bundled_scores, load_score, parse_score, ranks

WEIGHTS = st.fixed_dictionaries({}, optional={part: st.floats(0.001, 100) for part in PARTS}).filter(bool)
VALUES = st.fixed_dictionaries({part: st.floats(0, 1) for part in PARTS})


@pytest.mark.parametrize("name", bundled_scores())
def test_the_part_that_leads_weighs_as_much_as_all_others(name: str) -> None:
    """
    Four scores differ in the part that leads and in nothing else.
    """
    weights = load_score(name).weights
    assert {part: 5.0 if part == name else 1.0 for part in PARTS} == dict(weights)


def test_there_are_four_scores() -> None:
    """
    The decision record fixed four, and the pages print all of them.
    """
    assert ("absence", "agreement", "asked", "bridge") == bundled_scores()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("weights: {promise: 1}", "s.yaml:1: 'promise' is no part of a score; parts are agreement"),
        ("weights:\n  agreement: -1", "s.yaml:2: agreement needs a weight from 0"),
        ("weights:\n  agreement: much", "s.yaml:2: agreement needs a number"),
        ("weights:\n  agreement: .nan", "s.yaml:2: agreement needs a number"),
        ("weights:\n  agreement: nan", "s.yaml:2: agreement needs a weight"),
        ("weights:\n  agreement: inf", "s.yaml:2: agreement needs a weight"),
        ("weights:\n  agreement: [1]", "s.yaml:2: agreement needs a number"),
        ('summary: "x"\nweights:\n  agreement: 0\n', "s.yaml:3: all weights are zero"),
        ("weights:\n  agreement: 1\n  agreement: 2", "s.yaml:3: 'agreement' stands twice"),
        ("weights: {agreement: 1", "is not YAML; write"),
        ("", "s.yaml:1: needs keys with values"),
        ("- 1", "s.yaml:1: needs keys with values"),
        ("weights: 3", "s.yaml:1: needs keys with values"),
        ("summary: nothing", "s.yaml:1: has no 'weights:'"),
        ("weights: {agreement: 1}\nweight: 2", "s.yaml:2: 'weight' is no key"),
    ],
)
def test_malformed_score_names_place_and_cure(text: str, words: str) -> None:
    """
    Each fault has the file, the line, and what would be right; none becomes a rank.
    """
    with pytest.raises(ScoreFault) as raised:
        parse_score("s", text, "s.yaml")
    assert words in str(raised.value)


def test_score_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    """
    A misspelt name, and a file of bytes that are no text.
    """
    with pytest.raises(ScoreFault, match="there is no score and no file 'agrement'; scores are absence"):
        load_score("agrement")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ScoreFault, match="cannot be read as text"):
        load_score(str(tmp_path / "bytes.yaml"))


def test_score_of_your_own(tmp_path: Path) -> None:
    """
    A part that is left out counts nothing.
    """
    path = tmp_path / "mine.yaml"
    path.write_text("weights: {bridge: 0.5, read: 0}\n")
    assert Score("mine", "", {"bridge": 0.5}) == load_score(str(path))


@given(WEIGHTS, VALUES)
def test_score_lies_between_its_parts(weights: dict[str, float], parts: dict[str, float]) -> None:
    """
    A weighted mean is never outside what it is a mean of.
    """
    found = Score("any", "", weights).of(parts)
    assert min(parts[name] for name in weights) - 1e-8 <= found <= max(parts[name] for name in weights) + 1e-8


@given(st.lists(st.integers(0, 4), min_size=1))
def test_equal_scores_share_a_rank(scores: list[int]) -> None:
    """
    Who is ahead is counted; nobody else decides.
    """
    found = ranks(scores)
    for score, rank in zip(scores, found, strict=True):
        assert 1 + sum(other > score for other in scores) == rank
