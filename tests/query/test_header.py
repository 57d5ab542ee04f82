"""The header of a question: the quick reading and the library's say the same, and what is not plain is the library's."""

import pytest
import yaml

from kg.query.header import QuestionFault, parse_header, plain_header
from kg.query.question import bundled_names, bundled_question


@pytest.mark.parametrize(
    ("folder", "name"), [(folder, name) for folder in ("sparql", "scope") for name in bundled_names(folder)]
)
def test_quick_reading_is_what_yaml_reads(folder: str, name: str) -> None:
    """
    On every bundled question the quick reading, where there is one, equals the library's, key by key.
    """
    text = bundled_question(name, folder).sparql
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    quick = plain_header(lines)
    assert yaml.load("\n".join(lines), Loader=yaml.CBaseLoader) == quick or quick is None  # noqa: S506 - text only


def test_most_bundled_headers_are_plain() -> None:
    """
    The quick reading is worth having: nearly all of our own headers keep to it.
    """
    plain = [
        plain_header([line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")])
        for text in (bundled_question(name).sparql for name in bundled_names())
    ]
    assert 0.8 * len(plain) < sum(found is not None for found in plain)


@pytest.mark.parametrize(
    "lines",
    [
        ["summary: 'quoted'"], ['summary: "quoted"'], ["summary: a # comment"], ["summary: a: b"], ["summary: - a"],
        ["summary: &a b"], ["summary: |", "  a"], ["summary: >-"], ["summary: >-", "  a", "", "  b"], ["summary: a", "  b"],
        ["summary: >-", "   a"], ["columns: [a, [b]]"], ["columns: [a, 'b']"], ["params: {a: {b: c}}"], ["params: {a}"],
        ["summary: a", "summary: b"], ["summary:"], ["- a"], ["columns: [a", "  b]"], ["params: {a: b"], ["summary: a:"],
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_library(lines: list[str]) -> None:
    """
    Quotes, comments, marks, nesting, other blocks, repeats: the quick reading does not guess.
    """
    assert plain_header(lines) is None


def test_header_that_yaml_refuses_is_a_fault() -> None:
    """
    What neither can read is told once, in words.
    """
    with pytest.raises(QuestionFault, match="mine: the header is not YAML"):
        parse_header("mine", ["summary: ["])
