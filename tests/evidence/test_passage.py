"""Passages: found exactly once, a digest that survives another rendering, a link that opens at the words."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given, settings, strategies as st
from pydantic import ValidationError

from kg.evidence.passage import Passage, PassageFault, TableCell, digest, find, fold, link, without_citations

QUICK = settings(max_examples=300, deadline=None, derandomize=True, database=None)
#: Text rich in what NFKC changes, white space, combining marks and brackets.
WORDS = st.text(st.sampled_from("ab \t\n\u00a0\u2009\u3000\x85\u2028é\u0301\u0308\u00a8ﬁ²½Ａ[1]1,–-…ǆ가"), max_size=40)
TEXT = "Voluntary running reduced pain [17, 18]. It also raised opioids in rats. Pain returned in rats."


def passage(start: str, end: str) -> Passage:
    """A passage without a digest."""
    return Passage(start=start, end=end)


def fault(start: str, end: str, text: str = TEXT) -> str:
    """Why a passage is not found in a text."""
    with pytest.raises(PassageFault) as refused:
        find(passage(start, end), fold(text))
    return str(refused.value)


# --- folding


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  a \n\t b  ", "a b"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("ﬁbre", "fibre"),
        ("e\u0301", "é"),
        ("m²", "m2"),
        ("α–β", "α–β"),
        ("", ""),
    ],
)
def test_fold_normalises_signs_and_white_space(text: str, folded: str) -> None:
    """
    Ligatures, composed letters and every kind of space look the same after folding; dashes and Greek stay.
    """
    assert folded == fold(text)


@given(st.one_of(WORDS, st.text(max_size=40)))
@QUICK
def test_fold_of_folded_text_is_itself(text: str) -> None:
    """
    Folding twice is folding once; the result is normalised, with single spaces and none around it.
    """
    once = fold(text)

    assert once == fold(once)
    assert unicodedata.is_normalized("NFKC", once)
    assert once.split() == once.split(" ") or once == ""


# --- citations


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("pain [17].", "pain."),
        ("pain[17].", "pain."),
        ("pain [17, 21,22] and", "pain and"),
        ("pain [3–5] and [3-5]", "pain and"),
        ("pain [3, 5–7, 103].", "pain."),
        ("pain [17] [18] fell", "pain fell"),
        ("interval [-1.5, 2]", "interval [-1.5, 2]"),
        ("see [a] and [Table 1]", "see [a] and [Table 1]"),
        ("[]", "[]"),
    ],
)
def test_bracketed_citations_are_removed_and_nothing_else(text: str, without: str) -> None:
    """
    Numbers in brackets are citations, with the space before them; words and intervals in brackets are text.
    """
    assert without == without_citations(text)


# --- digest


def test_digest_is_twelve_hex_digits_that_stay() -> None:
    """
    The digest is part of the files: it may never change for a text.
    """
    assert "d51e3bfe1c78" == digest("Voluntary running reduced pain.")


@pytest.mark.parametrize(
    "other",
    [
        "Voluntary running reduced pain [17, 18].",
        "Voluntary running reduced pain[17,18].",
        "  Voluntary\n running\u00a0reduced\tpain [3–5] .".replace(" .", "."),
        "Voluntary running reduced pain [１７].",
        unicodedata.normalize("NFKD", "Voluntary running reduced pain."),
    ],
)
def test_digest_ignores_citations_white_space_and_rendering(other: str) -> None:
    """
    Two renderings of one article give one digest.
    """
    assert digest("Voluntary running reduced pain.") == digest(other)


@pytest.mark.parametrize(
    "other", ["Voluntary running reduced pain", "voluntary running reduced pain.", "Voluntary run pain."]
)
def test_digest_sees_any_change_of_words(other: str) -> None:
    """
    A letter, a capital or a full stop makes another digest.
    """
    assert digest("Voluntary running reduced pain.") != digest(other)


@given(WORDS)
@QUICK
def test_digest_of_folded_text_is_that_of_the_text(text: str) -> None:
    """
    Whether a text was folded before changes no digest.
    """
    assert digest(text) == digest(fold(text))


# --- finding


def test_passage_is_found_from_start_to_the_first_end_after_it() -> None:
    """
    The end may stand again later; the first one after the start closes the passage.
    """
    found = find(passage("It also raised", "in rats"), fold(TEXT))

    assert "It also raised opioids in rats" == found.text
    assert found.text == fold(TEXT)[found.start : found.end]
    assert digest(found.text) == found.sha


def test_passage_is_found_across_lines_and_ligatures() -> None:
    """
    The words need not be printed in the source as they were typed.
    """
    found = find(passage("raised opioids", "fibres of rats"), fold("It raised\n  opioids in the ﬁbres of\u00a0rats."))

    assert "raised opioids in the fibres of rats" == found.text


def test_start_and_end_may_be_the_same_words() -> None:
    """
    A passage of a few words is its own start and end.
    """
    assert "raised opioids" == find(passage("raised opioids", "raised opioids"), fold(TEXT)).text


def test_start_that_is_not_there_is_told() -> None:
    """
    Words that the source does not hold are quoted back.
    """
    assert "start 'It never raised' is not in the source" == fault("It never raised", "in rats")
    assert "start 'it also raised' is not in the source" == fault("it also raised", "in rats")


def test_start_that_stands_twice_is_told_with_the_count() -> None:
    """
    An ambiguous start is refused with the cure.
    """
    wanted = "start 'in rats' stands 2 times in the source; add words until it stands once"

    assert wanted == fault("in rats", "Pain returned")


def test_start_that_overlaps_itself_is_told() -> None:
    """
    "pain and pain" stands twice in "pain and pain and pain".
    """
    assert "stands 2 times" in fault("pain and pain", "the end", "pain and pain and pain to the end")


def test_end_before_the_start_is_told() -> None:
    """
    An end that stands only before the start does not close the passage; nor does one that is absent.
    """
    assert "end 'Voluntary' does not come from the start on" == fault("It also raised", "Voluntary")
    assert "end 'in mice' does not come from the start on" == fault("It also raised", "in mice")


def test_end_may_share_words_with_the_start() -> None:
    """
    A short passage may be named by words that overlap.
    """
    assert "raised opioids in rats" == find(passage("raised opioids in", "opioids in rats"), fold(TEXT)).text


def test_passage_holds_the_whole_of_its_start() -> None:
    """
    Whatever its end, a passage is not shorter than its start.
    """
    text = "Pain fell after pain training and so pain rose."

    assert find(passage("Pain fell after pain training", "pain"), text).text.startswith("Pain fell after pain training")


def test_end_in_a_citation_is_told() -> None:
    """
    Sites print citations differently, so a passage ends before one.
    """
    wanted = "end holds a citation; sites print those differently, so end before it"

    assert wanted == fault("Voluntary running", "pain [17, 18]")


@given(WORDS, WORDS, WORDS)
@QUICK
def test_any_passage_is_found_or_at_fault(text: str, start: str, end: str) -> None:
    """
    Looking a passage up gives what the text says there, or a fault with words; nothing else ever happens.
    """
    try:
        wanted = passage(start, end)
    except ValidationError:
        return
    try:
        found = find(wanted, fold(text))
    except PassageFault as told:
        assert str(told)
        return
    assert fold(text).startswith(fold(start), found.start)
    assert found.text.endswith(fold(end))
    assert found.text == fold(text)[found.start : found.end]


# --- records


@pytest.mark.parametrize(
    ("start", "end", "sha"),
    [("ab", "abc", None), ("abc", "  c  ", None), ("x" * 201, "abc", None), ("abc", "abc", "XYZ"), ("abc", "abc", "")],
)
def test_locator_is_a_few_words(start: str, end: str, sha: str | None) -> None:
    """
    Two letters find nothing and two hundred are a copy; a digest is twelve hex digits.
    """
    with pytest.raises(ValidationError):
        Passage(start=start, end=end, sha=sha)


@pytest.mark.parametrize(
    ("table", "column"), [("0", "x"), ("10", "x"), ("1a", "x"), ("1", ""), ("1", "x" * 81), ("1", [])]
)
def test_cell_names_a_table_and_a_column(table: str, column: str | list[str]) -> None:
    """
    Tables are numbered from 1 to 9, and each column, one or several, has a name.
    """
    one, two = ({"table": "1", "ref": "ref-1", "column": column} for column in ("duration", ["session", "duration"]))
    assert ("duration",) == TableCell.model_validate(one).column
    assert ("duration", "session") == TableCell.model_validate(two).column
    with pytest.raises(ValidationError):
        TableCell.model_validate({"table": table, "ref": "ref-1", "column": column})


# --- links


def test_link_escapes_what_the_directive_and_the_page_would_read() -> None:
    """
    A dash, a comma and an ampersand are syntax of the text directive; quotes and angles would leave an attribute.
    """
    made = link("https://x.org/a", passage('exercise-induced, "fast" & <b>', "β–x 5%"))

    wanted = "exercise%2Dinduced%2C%20%22fast%22%20%26%20%3Cb%3E,%CE%B2%E2%80%93x%205%25"
    assert f"https://x.org/a#:~:text={wanted}" == made


@pytest.mark.parametrize("end", ["in diabetic rats", "analgesia in diabetic rats"])
def test_link_to_a_passage_that_ends_with_its_start_names_the_start_alone(end: str) -> None:
    """
    Where the last words of the start are the end, the passage is the start.
    """
    assert "https://x.org/a#:~:text=analgesia%20in%20diabetic%20rats" == link(
        "https://x.org/a", passage("analgesia in diabetic rats", end)
    )


def test_link_holds_one_comma_between_start_and_end() -> None:
    """
    Only the comma between start and end is bare.
    """
    assert 1 == link("https://x.org/a", passage("a, b, c", "d, e")).partition("text=")[2].count(",")


@given(WORDS, WORDS)
@QUICK
def test_any_link_reads_back_to_its_words(start: str, end: str) -> None:
    """
    Unescaped, a link holds the folded words, and escaped no sign of the directive but one comma, if it names an end.
    """
    try:
        made = link("https://x.org/", passage(start, end))
    except ValidationError:
        return
    first, comma, last = made.partition("#:~:text=")[2].partition(",")

    short = fold(start).endswith(fold(end))
    assert (fold(start), "" if short else fold(end)) == (unquote(first), unquote(last))
    assert ("" if short else ",") == comma
    assert not set(",-&# ") & set(first + last)


def test_link_to_a_passage_whose_ends_overlap_names_it_whole() -> None:
    """
    A browser seeks the end behind the start; the digest tells whether the two share words.
    """
    start, end = "analgesic effect of exercise", "exercise training"
    overlapping = Passage(start=start, end=end, sha=digest("analgesic effect of exercise training"))
    apart = Passage(start=start, end=end, sha=digest("analgesic effect of exercise and exercise training"))
    words = "#:~:text=analgesic%20effect%20of%20exercise"

    assert f"https://x.org/{words}%20training" == link("https://x.org/", overlapping)
    assert f"https://x.org/{words},exercise%20training" == link("https://x.org/", apart)
    assert f"https://x.org/{words},exercise%20training" == link("https://x.org/", passage(start, end))


def test_link_into_a_page_with_a_fragment_keeps_it() -> None:
    """
    WICG text fragments: the directive is appended to a fragment that is there.
    """
    assert "https://x.org/a#Sec1:~:text=abc,def" == link("https://x.org/a#Sec1", passage("abc", "def"))


@given(st.lists(st.from_regex(r"[a-z]{3,6}", fullmatch=True), min_size=6, max_size=30, unique=True), st.data())
@settings(QUICK, max_examples=50)
def test_any_stretch_between_words_that_stand_once_is_found(words: list[str], data: st.DataObject) -> None:
    """
    Where every word stands once, the passage from one to another is what lies between, however the lines break.
    """
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, len(words) - 1))
    text = " ".join(f"<{word}>" for word in words)
    found = find(passage(f"<{words[first]}>", f"<{words[last]}>"), fold(text))

    assert text[found.start : found.end] == found.text == " ".join(f"<{w}>" for w in words[first : last + 1])
    assert found.sha == digest(found.text.replace(" ", " \n\t"))
