"""The catalogue of questions: every question in one group, and a page of the docs that says what each answers."""

import pytest

from kg.query import bundled_names, bundled_question, catalogue
from kg.store import OxigraphStore
from scripts.questions_page import PAGE, page


def test_every_question_stands_in_one_group() -> None:
    """
    The groups hold each bundled question once, and no group is empty.
    """
    groups = catalogue()
    assert sorted(bundled_names()) == sorted(question.name for questions in groups.values() for question in questions)
    assert all(groups.values())


@pytest.mark.parametrize("name", bundled_names())
def test_question_says_what_its_rows_do_not(name: str) -> None:
    """
    Each example names parameters of its question, and each question with a scope says what an empty answer means.
    """
    header = bundled_question(name).header
    assert set(header.example) <= set(header.params)
    if header.scope is not None:
        assert "Nothing in this graph answers the question." != header.empty


def test_page_of_the_questions_is_current(store: OxigraphStore, request: pytest.FixtureRequest) -> None:
    """
    The page in the docs is what the script writes from the headers and the bundled evidence.
    """
    written = page(store)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written
