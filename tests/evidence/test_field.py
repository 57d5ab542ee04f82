"""Values typed by their field: the same text is a number here, a word there, and refused elsewhere."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import TypeAdapter, ValidationError

from kg.evidence.field import (
    MAX_TEXT,
    Count,
    Digest,
    Doi,
    Flag,
    Number,
    Reference,
    Sha256,
    Text,
    Url,
    Word,
    in_order,
    one_or_many,
)
from tests.corpus import Corpus

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
LABEL = "rest: {gets: []"
#: Signs that turn the direction of text, or that no printer prints.
INVISIBLE = [
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
]
CONTROL = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f"]


def typed(kind: Any, text: object) -> object:
    """The value that a field of this kind makes of a text."""
    return TypeAdapter(kind).validate_python(text)


def refusal(kind: Any, text: object) -> str:
    """The words with which a field of this kind refuses a text."""
    with pytest.raises(ValidationError) as refused:
        typed(kind, text)
    return str(refused.value.errors()[0]["msg"])


def escaped(text: str) -> str:
    """A text as a double-quoted YAML scalar in which every character is an escape."""
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


# --- numbers


@pytest.mark.parametrize("text", ["0", "5", "-5", "+5", "0.75", "-0.75", "1.10", "123456789012345.123456789012345"])
def test_number_is_exact(text: str) -> None:
    """
    A number is read as it is printed, without rounding; its last zero stays.
    """
    number = typed(Number, text)

    assert isinstance(number, Decimal)
    assert text.removeprefix("+") == str(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "5 ",
        " 5",
        "1e3",
        "1E3",
        "0x1F",
        "0o17",
        "1_000",
        "1,000",
        ".5",
        "5.",
        "5:30",
        ".inf",
        "inf",
        "-.inf",
        "NaN",
        ".NaN",
        "no",
        "true",
        "five",
        "--5",
        "5..6",
        "٥",
        "５",
        "5\n",
        "1234567890123456",
        "2020-06-02",
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    """
    No exponent, no hexadecimal, no infinity, no clock, no digits of another script: plain digits with one point.
    """
    assert f"{text!r} is not a number such as 5 or -0.75" == refusal(Number, text)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6))
@QUICK
def test_any_plain_decimal_is_read_back(number: Decimal) -> None:
    """
    Every decimal of a plausible size survives being printed and read.
    """
    assert number == typed(Number, f"{number:f}")


@given(st.text(max_size=20))
@QUICK
def test_number_is_a_finite_decimal_or_refused(text: str) -> None:
    """
    No text becomes infinite or not-a-number.
    """
    try:
        number = typed(Number, text)
    except ValidationError:
        return
    assert isinstance(number, Decimal) and number.is_finite()


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("81", 81), ("5.0", 5), ("010", 10)])
def test_count_is_whole(text: str, number: int) -> None:
    """
    A count is a whole number; a leading zero does not make it octal.
    """
    assert number == typed(Count, text)
    assert int is type(typed(Count, text))


@pytest.mark.parametrize("text", ["-1", "5.5", "0.1"])
def test_part_of_a_person_is_refused(text: str) -> None:
    """
    People and animals are counted in whole numbers from zero.
    """
    assert f"{text!r} must be a whole number, zero or more" == refusal(Count, text)


def test_flag_is_true_or_false_and_no_other_word() -> None:
    """
    The words that YAML 1.1 takes for truth values are refused, and so are its capitals.
    """
    assert (True, False) == (typed(Flag, "true"), typed(Flag, "false"))
    for text in ("yes", "no", "on", "off", "True", "FALSE", "1", "0", "y", ""):
        assert f"{text!r} must be true or false" == refusal(Flag, text)


@pytest.mark.parametrize(
    "scalar", ["no", "on", "010", "5:30", "1e3", "0x1F", ".inf", "NaN", "2020-06-02", "true", "1.10"]
)
def test_text_field_keeps_what_a_yaml_loader_would_change(corpus: Corpus, scalar: str) -> None:
    """
    From the file to the record, a text field holds what the curator typed.
    """
    pack = corpus.with_text(LABEL, f"{LABEL}, label: {scalar}, age: {scalar}").load().usable()

    assert (scalar, scalar) == (
        pack.papers["small-2000"].groups["rest"].label,
        pack.papers["small-2000"].groups["rest"].age,
    )


@pytest.mark.parametrize("scalar", ["no", "5:30", "1e3", "0x1F", ".inf", "NaN", "2020-06-02", "true", "1,5", "-1"])
def test_number_field_refuses_what_is_no_number(corpus: Corpus, scalar: str) -> None:
    """
    The same scalars are refused, at their place, where a number belongs.
    """
    problem = corpus.with_text(LABEL, f'{LABEL}, n: "{scalar}"').problem()

    assert corpus.place('n: "') == (problem.line, problem.column)
    assert repr(scalar) in problem.message


def test_whole_number_with_leading_zero_is_decimal(corpus: Corpus) -> None:
    """
    `010` is ten, not eight.
    """
    assert 10 == corpus.with_text(LABEL, f"{LABEL}, n: 010").load().usable().papers["small-2000"].groups["rest"].n


# --- text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "it's",
        "{{ 7*7 }}",
        "'; DROP TABLE--",
        "a\\b",
        "</p>",
        "β-endorphin ↑ 5 µg·kg⁻¹",
        "عربي",
        "two\nlines",
        "a\ttab",
        "😀",
    ],
)
def test_hostile_and_foreign_text_is_kept_as_text(corpus: Corpus, text: str) -> None:
    """
    Markup, quotes and other scripts are text: nothing is lost, changed or run; escaping is for whoever prints it.
    """
    study = corpus.with_text(LABEL, f"{LABEL}, label: {escaped(text)}").load().usable().papers["small-2000"]

    assert text == study.groups["rest"].label


@pytest.mark.parametrize("sign", [*CONTROL, *INVISIBLE], ids=lambda sign: f"U+{ord(sign):04X}")
def test_control_and_direction_characters_are_refused(corpus: Corpus, sign: str) -> None:
    """
    A character that hides text or turns its direction is refused where it stands, and is not printed back.
    """
    problem = corpus.with_text(LABEL, f"{LABEL}, label: {escaped(f'a{sign}b')}").problem()

    assert ("E015", *corpus.place("label: ")) == (problem.code, problem.line, problem.column)
    assert "holds a control or direction character; remove it" == problem.message


@pytest.mark.parametrize(
    "sign", ["\u061c", "\x85", "\x9b", "\u2028", "\u2029", "\ufeff"], ids=lambda s: f"U+{ord(s):04X}"
)
def test_further_hidden_characters_are_refused(sign: str) -> None:
    """
    The Arabic letter mark turns direction too; U+009B starts a terminal command; U+2028 breaks lines.
    """
    assert "holds a control or direction character; remove it" == refusal(Text, f"a{sign}b")


@pytest.mark.parametrize(
    "bent",
    [
        "passage: {start: SIGN, end: abc}",
        "passage: {start: abc, end: SIGN}",
        'cell: {table: "1", ref: ref-1, column: SIGN}',
    ],
)
def test_control_characters_are_refused_wherever_text_is_free(corpus: Corpus, bent: str) -> None:
    """
    A passage's words and a column's name are free text as well; that a paper's file has neither is told beside it.
    """
    bent = bent.replace("SIGN", escaped("abc\x1b\u202edef"))

    assert ["E029", "E015"] == [
        p.code for p in corpus.with_text("result: decrease", f"result: decrease, {bent}").check()
    ]


def test_key_with_control_characters_is_not_printed_raw(corpus: Corpus) -> None:
    """
    A fault is one line of printable text, whatever the file calls its keys.
    """
    assert str(corpus.with_text("read: abstract", 'read: abstract\n"\\e[31mred\\n": 1').problem()).isprintable()


def test_text_is_stripped_and_never_empty() -> None:
    """
    White space around a text is not part of it, and a text of white space is none.
    """
    assert "a b" == typed(Text, "  a b \n")
    assert "at least 1 character" in refusal(Text, "   ")
    assert "at least 1 character" in refusal(Text, "")


def test_text_has_a_greatest_length(corpus: Corpus) -> None:
    """
    Two thousand characters are a remark; ten thousand are a copy of the paper, and the message does not repeat them.
    """
    assert MAX_TEXT == len(str(typed(Text, "x" * MAX_TEXT)))
    assert "at most 2000 characters" in refusal(Text, "x" * (MAX_TEXT + 1))
    problem = corpus.with_text(LABEL, f"{LABEL}, label: {'x' * 10_000}").problem()
    assert "at most 2000 characters" in problem.message
    assert len(problem.message) < 200


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_list_or_mapping_is_no_text(corpus: Corpus, value: object) -> None:
    """
    A text field refuses what is not one scalar, and shows what it found.
    """
    problem = corpus.with_text(LABEL, f"{LABEL}, label: {value}").problem()

    assert ("E015", f"found {value}") == (problem.code, problem.message.partition("; ")[2])


# --- names


@pytest.mark.parametrize("kind", [Word, Reference])
def test_id_is_lower_case_words_joined_by_hyphens(kind: Any) -> None:
    """
    Ids go into IRIs and file names as they are.
    """
    for text in ("a", "ref-1", "2-arachidonoylglycerol", "a-b-c", "x" * 80):
        assert text == typed(kind, text)
    for text in ("", "A", "a_b", "a b", "-a", "a-", "a--b", "é", "a/b", "../a", "a\n", "x" * 81, "а"):
        refusal(kind, text)


@pytest.mark.parametrize(
    "text", ["https://example.org/a?b=c#d", "http://x.org", "https://x.org/%C3%A9", "https://x.org/é"]
)
def test_web_address_is_kept(text: str) -> None:
    """
    A web address is http or https.
    """
    assert text == typed(Url, text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.org",
        "x.org",
        "https://",
        "https://a b",
        'https://x"onclick=',
        "https://x<script>",
        "https://x.org\n",
        " https://x.org",
        "HTTPS://x.org" + "x" * 600,
    ],
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    """
    A scheme that runs or reads something, and signs that end an attribute or an IRI, are refused.
    """
    refusal(Url, text)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u200f"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_hidden_characters_in_a_web_address_are_refused(sign: str) -> None:
    """
    An address that reads from right to left shows another site than it opens.
    """
    with pytest.raises(ValidationError):
        typed(Url, f"https://x.org/a{sign}b")


def test_doi_is_bare() -> None:
    """
    A DOI is written without a resolver, with its signs, and never with a space.
    """
    for text in ("10.1186/s40798-021-00307-9", "10.1016/0304-3959(95)00138-8", "10.1097/ALN.0b013e318210f880"):
        assert text == typed(Doi, text)
    for text in ("https://doi.org/10.1186/x", "doi:10.1186/x", "10.1186", "10.1/x", "10.1186/a b", "10.1186/<x>"):
        refusal(Doi, text)


def test_digests_are_lower_case_hex_of_their_length() -> None:
    """
    A passage's digest has 12 digits, a file's 64.
    """
    assert "0123456789ab" == typed(Digest, "0123456789ab")
    assert "f" * 64 == typed(Sha256, "f" * 64)
    for kind, text in ((Digest, "0123456789AB"), (Digest, "0123456789a"), (Digest, "g" * 12), (Sha256, "f" * 63)):
        refusal(kind, text)


# --- terms


def test_unknown_term_is_refused_at_its_own_place_with_the_nearest(corpus: Corpus) -> None:
    """
    A word outside the vocabulary is refused where it stands, with the term it may have been meant as.
    """
    problem = corpus.with_text("species: rat", "species: mose").problem()

    assert ("E012", 5, 8) == (problem.code, problem.line, problem.column)
    assert "base.species" == problem.where
    assert "'mose' is no term of the scheme species; did you mean mouse?" == problem.message


@pytest.mark.parametrize("word", ["mice", "Mus musculus", "Mouse"])
def test_synonym_is_refused_with_the_term(corpus: Corpus, word: str) -> None:
    """
    Another name for a term is not the term, but leads to it.
    """
    assert corpus.with_text("species: rat", f"species: {word}").problem().message.endswith("did you mean mouse?")


def test_unknown_term_deep_in_a_list_is_refused_at_its_item(corpus: Corpus) -> None:
    """
    In a list on one line, the column tells which item is meant.
    """
    run = "run: {gets: [{exercise: treadmill-running"
    problem = corpus.with_text(
        run, "run: {gets: [{agent: naloxone, reaches: [spinal, spinle]}, {exercise: swimming"
    ).problem()

    assert ("E012", *corpus.place("spinle")) == (problem.code, problem.line, problem.column)
    assert "groups.run.gets[0].reaches[1]" == problem.where
    assert problem.message.endswith("did you mean spinal?")


def test_term_of_another_scheme_is_refused_with_its_scheme(corpus: Corpus) -> None:
    """
    A real term at the wrong key says where it belongs.
    """
    problem = corpus.with_text("species: rat", "species: naloxone").problem()

    assert ("E012", *corpus.place("species: naloxone")) == (problem.code, problem.line, problem.column)
    assert "'naloxone' is a term of the scheme agent, not of species" in problem.message


def test_word_like_no_term_is_refused_with_the_way_to_add_one(corpus: Corpus) -> None:
    """
    Where no term is near, the message says where terms are made.
    """
    assert (
        "a new term is added in ontology/terms/"
        in corpus.with_text("species: rat", "species: axolotl").problem().message
    )


def test_field_of_two_schemes_takes_terms_of_both(corpus: Corpus) -> None:
    """
    What is measured is an outcome or a marker, and nothing else.
    """
    assert [] == corpus.with_text("measured: mechanical-allodynia", "measured: bdnf").check()
    problem = corpus.with_text("measured: bdnf", "measured: rat").problem()
    assert "'rat' is a term of the scheme species, not of outcome or marker" in problem.message


# --- words of a closed list


def test_wrong_word_of_a_closed_list_is_refused_with_all_that_are_allowed(corpus: Corpus) -> None:
    """
    Where few words are allowed, the message lists them.
    """
    problem = corpus.with_text("read: abstract", "read: cover").problem()

    assert ("E013", 4, 1, "read") == (problem.code, problem.line, problem.column, problem.where)
    assert "'cover' must be 'full-text', 'abstract', 'table', 'text' or 'title'" == problem.message


# --- one or many


def test_one_item_stands_for_a_list_of_one(corpus: Corpus) -> None:
    """
    `strain: wistar` and `strain: [wistar]` say the same.
    """
    one = corpus.with_text("species: rat", "species: rat, strain: wistar").load().usable().papers
    many = corpus.with_text("strain: wistar", "strain: [wistar]").load().usable().papers

    assert ("wistar",) == one["small-2000"].groups["rest"].strain
    assert one == many


def test_order_and_repeats_in_a_list_of_names_carry_no_meaning() -> None:
    """
    The same names in another order are the same value.
    """
    assert ("a", "b", "c") == in_order(("c", "a", "b", "a"))


@pytest.mark.parametrize(("value", "wrapped"), [("a", ["a"]), (["a"], ["a"]), (("a",), ("a",)), (None, None), ([], [])])
def test_lists_are_left_alone(value: object, wrapped: object) -> None:
    """
    Only a single item is wrapped; nothing stays nothing.
    """
    wrap: Callable[[object], object] = one_or_many

    assert wrapped == wrap(value)
