"""Questions to the graph, and answers that carry their evidence."""

from kg.query.answer import Answer, ask, construct, label
from kg.query.question import (
    Question,
    QuestionFault,
    bundled_names,
    bundled_question,
    find_term,
    parse_question,
    question_from_file,
)

__all__ = [
    "Answer",
    "Question",
    "QuestionFault",
    "ask",
    "bundled_names",
    "bundled_question",
    "construct",
    "find_term",
    "label",
    "parse_question",
    "question_from_file",
]
