"""What record types refuse, in words for people: no pattern, no long text, no costly search."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from kg.evidence.field import IN_WORDS
from kg.evidence.problem import MOST_FAULTS
from kg.evidence.schema import all_records
from tests.corpus import REFERENCES, STUDY, Corpus

LONG = "x" * 10_000


def patterns(schema: Any) -> set[str]:
    """Every pattern of a JSON Schema."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*(patterns(value) for value in schema.values()))
    return set().union(*(patterns(item) for item in schema)) if isinstance(schema, list) else set()


def test_every_pattern_of_the_format_is_put_in_words() -> None:
    """
    Whoever adds a pattern says what it means; a curator reads no regular expression.
    """
    assert set(IN_WORDS) == {p for record in all_records() for p in patterns(TypeAdapter(record).json_schema())}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: touch", "id: Left Paw", "'Left Paw' is not an id: lower-case letters and digits, in parts joined by single "
         "hyphens, such as small-2000; did you mean left-paw?"),
        ("id: touch", "id: ¿?", "'¿?' is not an id: lower-case letters and digits, in parts joined by single hyphens, "
         "such as small-2000"),
        ("study: small-2000", "study: small_2000", "'small_2000' is not an id: lower-case letters and digits, in parts "
         "joined by single hyphens, such as small-2000; did you mean small-2000?"),
        ("extent: full", "extent: full, url: www.x.org", "'www.x.org' is not a web address: it begins with http:// or "
         "https:// and holds no space, quotation mark or bracket"),
    ],
)  # fmt: skip
def test_text_that_breaks_a_pattern_is_told_what_it_should_be(corpus: Corpus, old: str, new: str, message: str) -> None:
    """
    The message says in words what is wanted, and how an id might be written.
    """
    assert message == corpus.with_text(old, new).check()[0].message


def test_doi_with_its_address_is_told_to_be_written_without(corpus: Corpus) -> None:
    """
    The commonest slip in a reference list has its cure in the message.
    """
    wrong = json.dumps([{**REFERENCES[0], "DOI": "https://doi.org/10.1000/one"}])
    message = corpus.write("references.json", wrong).check()[0].message

    assert (
        "'https://doi.org/10.1000/one' is not a DOI such as 10.1000/182, without https://doi.org/ before it" == message
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("species: rat", f"species: {LONG}"),
        ("species: rat", f"? {LONG}\n  : rat"),
        ("id: touch", f"id: {LONG}"),
        ("result: decrease", f"result: {LONG}"),
        ("length: 5 week", f"length: {LONG}"),
        ("versus: rest", f"versus: {LONG}"),
        ("publication: ref-1", f"publication: {LONG}"),
        ("adverse_events: not-read", f"adverse_events: not-read\nremark: {LONG}"),
        ("adverse_events: not-read", f"adverse_events: not-read\n{LONG}: 1"),
        ("result: decrease", f"result: decrease, p: {LONG}"),
        ("result: decrease", f"result: decrease, n: {{group: {LONG}}}"),
        ("bout: training", f"bout: training, {LONG}: {LONG}"),
    ],
)
def test_ten_thousand_characters_are_shown_by_their_first(corpus: Corpus, old: str, new: str) -> None:
    """
    A message stays a line that can be read; the place says where the rest stands.
    """
    if new.startswith("?"):
        corpus.with_text("base: {species: rat, condition: spinal-nerve-ligation}", f"base:\n  {new}")
    else:
        corpus.with_text(old, new)
    problems = corpus.check()

    assert problems
    assert all(len(str(p)) - len(str(p.file)) < 500 for p in problems)


def test_very_many_faults_of_one_file_are_told_by_the_first(corpus: Corpus) -> None:
    """
    Twenty thousand wrong terms end in a hundred lines and a word that there are more, and in no long search.
    """
    terms = ", ".join(f"strain-{number}" for number in range(20_000))
    problems = corpus.write_study(STUDY.replace("species: rat", f"strain: [{terms}]")).check()

    assert ["E012"] * MOST_FAULTS + ["E004"] == [p.code for p in problems]
    assert "this fault and all that follow in this file are not told; mend those above first" == problems[-1].message


def test_very_many_faults_of_a_list_are_told_by_the_first(corpus: Corpus) -> None:
    """
    The same holds item by item: a list of ten thousand wrong statements.
    """
    statements = "".join(f"- {{id: s-{number}, frame: nonsense}}\n" for number in range(10_000))
    problems = corpus.write("review/statements.yaml", statements).check()

    assert MOST_FAULTS + 1 == len(problems)
    assert "E004" == problems[-1].code
