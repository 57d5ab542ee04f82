"""The bundled pack against the review's text, where that text is at hand; it is not part of the project."""

import os
from pathlib import Path

import pytest

from kg.evidence import Pack
from kg.evidence.coverage import check_source, read_source

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(os.environ.get("KG_REVIEW_TEXT", ROOT.parent / "shared" / "source" / "review.txt"))


@pytest.fixture
def text() -> str:
    """The review's text."""
    if not SOURCE.is_file():
        pytest.skip("source not given")
    return read_source(SOURCE)


def test_every_passage_stands_in_the_review_unchanged(bundled_pack: Pack, text: str) -> None:
    """
    Each passage is found exactly once and has the digest that its curator saw; none is without one.
    """
    coverage = check_source(bundled_pack, text)
    assert () == coverage.problems
    assert coverage.passages == coverage.found > 100


def test_pack_was_curated_from_this_text(bundled_pack: Pack, text: str) -> None:
    """
    The text's SHA-256 is the one that the pack's description names.
    """
    assert check_source(bundled_pack, text).same_text


def test_one_changed_word_in_a_passage_is_told(bundled_pack: Pack, text: str) -> None:
    """
    A text that says something else is not passed as the same.
    """
    statement = next(iter(bundled_pack.statements.values()))
    changed = text.replace(statement.passage.start, f"{statement.passage.start} nevertheless", 1)
    assert any(problem.code == "E032" for problem in check_source(bundled_pack, changed).problems)


def test_every_sentence_and_citation_of_the_review_is_carried(bundled_pack: Pack, text: str) -> None:
    """
    All 103 references are cited in the body, each citation is carried, and what is left out has its reason.
    """
    carried = check_source(bundled_pack, text).carried
    assert carried is not None
    assert () == carried.problems
    assert carried.citations == carried.citations_carried > 200
    assert sum(carried.reasons.values()) == sum(section.left_out for section in carried.sections)
