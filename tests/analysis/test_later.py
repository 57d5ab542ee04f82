"""Files of later studies: what is right is read, and each thing that is wrong is one line with its place and cure."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from kg.analysis import LaterFault, LaterStudy, read_later
from kg.analysis.later_line import LONGEST_LINE, LineFault, parse_line
from kg.evidence import Vocabulary
from kg.evidence.later import LaterStudyLine
from kg.evidence.schema import json_schema

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "later-studies.md").read_text(encoding="utf-8")
RIGHT: dict[str, Any] = {
    "year": 2022, "doi": "10.1000/first", "condition": "chronic constriction injury", "species": "rat",
    "modality": "treadmill running", "bout": "training", "marker": "BDNF", "result": "decrease",
}  # fmt: skip


def line(**changes: Any) -> str:
    """A right line with some keys changed; a key set to `...` is left out."""
    return json.dumps({key: value for key, value in {**RIGHT, **changes}.items() if value is not ...})


def read(folder: Path, vocabulary: Vocabulary, *lines: str | bytes) -> tuple[LaterStudy, ...]:
    """What is read from a file of these lines."""
    file = folder / "later.jsonl"
    file.write_bytes(b"\n".join(text if isinstance(text, bytes) else text.encode() for text in lines))
    return read_later(file, vocabulary)


def test_terms_are_found_by_any_of_their_names(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    Labels, synonyms and ids give the same record, whose terms are ids and whose DOI is in lower case.
    """
    by_label, by_id = read(
        tmp_path, vocabulary, line(doi="10.1000/FIRST"),
        line(doi="10.1000/other", condition="chronic-constriction-injury", modality="treadmill-running", marker="bdnf"),
    )  # fmt: skip
    assert LaterStudy(
        1, 2022, "10.1000/first", "chronic-constriction-injury", "rat", "treadmill-running", "training", None, "bdnf", None,
        "decrease",
    ) == by_label  # fmt: skip
    assert by_label.examined[1:] == by_id.examined[1:]


def test_blocker_is_a_drug_gene_or_tool_with_a_result_of_the_benefit(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    With a blocker the result says what became of the benefit.
    """
    (study,) = read(
        tmp_path, vocabulary, line(marker=..., mechanism="opioid-system", blocker="naloxone", result="benefit-kept")
    )
    assert ("opioid-system", "naloxone", "benefit-kept") == (study.mechanism, study.blocker, study.result)


def test_mark_empty_lines_and_windows_line_ends_do_no_harm(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    A byte order mark at the start, empty lines and carriage returns are passed over; lines keep their numbers.
    """
    studies = read(tmp_path, vocabulary, "\ufeff" + line() + "\r", "\r", "", line(doi="10.1000/b") + "\r")
    assert [1, 4] == [study.line for study in studies]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"year": 2022', "ends before its object is closed: is the file cut off"),
        ('{"year": 2022, "doi": "10.10', "ends before its object is closed"),
        ("{", "or the object on several lines"),
        ("year,doi,condition", "is not JSON at column 1"),
        ("[" + line() + "]", "must be an object, found"),
        ("2022", "must be an object, found 2022"),
        ("[" * 5_000, "is nested too deeply"),
        ('{"year": NaN}', "NaN is no number of JSON"),
        ('{"year": 2022, "year": 2023}', "the key 'year' stands twice"),
        ('{"year": ' + "9" * 5_000 + "}", "more than 15 digits"),
        (b"\xe9" + line().encode(), "is not UTF-8 text; save the file as UTF-8"),
        ("x" * (LONGEST_LINE + 1), "is longer than 10,000 bytes; is a line end missing?"),
        (b"x" * 10_000_000, "is longer than 10,000 bytes"),
        (line(year=...), "the key 'year' is missing"),
        (line(year="2022"), "year: '2022' is not a year such as 2021, as a number without quotes"),
        (line(year=True), "year: True is not a year"),
        (line(year=202), "year: 202 is not a year"),
        (line(doi="https://doi.org/10.1000/1"), "is not a DOI such as 10.1000/182"),
        (line(colour="red"), "'colour' is no key here; the keys are year, doi"),
        (line(species=None), "species: is null; leave out a key whose value is not stated"),
        (line(condition=None), "condition: is null; leave out"),
        (line(condition=["x"]), "condition: ['x'] is not text in quotes"),
        (line(bout="often"), "bout: 'often' must be 'training', 'acute' or 'not-stated'"),
        (line(result="better"), "result: 'better' must be 'increase'"),
        (line(marker=...), "needs either mechanism or marker"),
        (line(mechanism="opioid-system"), "needs either mechanism or marker, and not both"),
        (line(blocker="naloxone"), "with a blocker, result says what became of the benefit (benefit-lost"),
        (line(result="benefit-lost"), "without one it is another word"),
        (line(marker="bdnff"), "marker: 'bdnff' is no term for marker; did you mean bdnf"),
        (line(modality="bdnf"), "modality: 'bdnf' is no term for modality"),
        (line(condition="z" * 121), "condition: String should have at most 120"),
        (line(condition="a\u202eb"), "control or direction character"),
        (line(condition="\ud800"), "condition: "),
    ],
)  # fmt: skip
def test_broken_line_is_one_clear_message(
    tmp_path: Path, vocabulary: Vocabulary, text: str | bytes, words: str
) -> None:
    """
    File, line, what is wrong and what would be right; the right lines around it do not matter.
    """
    with pytest.raises(LaterFault) as caught:
        read(tmp_path, vocabulary, line(), text, line(doi="10.1000/third"))
    (message,) = str(caught.value).splitlines()
    assert message.startswith(f"{tmp_path}/later.jsonl:2: ")
    assert words in message
    assert len(message) < 700


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "holds no study"), (b"\xef\xbb\xbf\n \n", "holds no study"), (line().encode("utf-16"), "is UTF-16 text")],
)
def test_file_without_a_study_is_refused(tmp_path: Path, vocabulary: Vocabulary, data: bytes, words: str) -> None:
    """
    An empty file, one of white space, and one that is no UTF-8.
    """
    with pytest.raises(LaterFault, match=words):
        read(tmp_path, vocabulary, data)


def test_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    Both are said of the file, not of a line.
    """
    with pytest.raises(LaterFault, match=r"nowhere\.jsonl: cannot be read: No such file"):
        read_later(tmp_path / "nowhere.jsonl", vocabulary)
    with pytest.raises(LaterFault, match="is larger than 20,000,000 bytes"):
        read(tmp_path, vocabulary, b"\n" * 20_000_001)


def test_every_fault_is_told_at_once(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    Two faults of one line and one of another are three; of very many only the first hundred are shown.
    """
    with pytest.raises(LaterFault) as caught:
        read(tmp_path, vocabulary, line(marker="no such", modality="nor this"), line(), "{")
    assert [1, 1, 3] == [number for number, _ in caught.value.faults]
    with pytest.raises(LaterFault) as caught:
        read(tmp_path, vocabulary, *["{"] * 5_000)
    assert 101 == len(str(caught.value).splitlines())
    assert str(caught.value).endswith("there are more; mend those above first")


def test_same_study_and_cell_twice_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    Told by other names and with another result it is the same line; another marker or bout is another line.
    """
    with pytest.raises(LaterFault, match=r":2: tells the same study and cell as line 1; keep one of them"):
        read(tmp_path, vocabulary, line(), line(marker="bdnf", doi="10.1000/FIRST", result="increase"))
    assert 3 == len(read(tmp_path, vocabulary, line(), line(marker="anandamide"), line(bout="acute")))


def test_one_paper_has_one_year(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    Two years of one DOI cannot both be right.
    """
    with pytest.raises(LaterFault, match=r":2: 10\.1000/first has the year 2022 in line 1; one of them is wrong"):
        read(tmp_path, vocabulary, line(), line(bout="acute", year=2023))


def test_page_shows_a_right_file_and_names_every_key(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    The example of the page is read; each key has its row.
    """
    (example,) = re.findall(r"^```json lines\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert 2 == len(read(tmp_path, vocabulary, example))
    assert list(LaterStudyLine.model_fields) == re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "changes",
    [{}, {"species": ...}, {"species": None}, {"year": "2022"}, {"marker": ...}, {"mechanism": "opioid-system"},
     {"blocker": "naloxone"}, {"blocker": "naloxone", "result": "benefit-lost"}, {"result": "benefit-lost"}, {"colour": 1},
     {"doi": "10.1/x"}, {"bout": "often"}],
)  # fmt: skip
def test_schema_takes_what_the_reader_takes(changes: dict[str, Any]) -> None:
    """
    Terms apart, the published schema and the reader refuse the same lines.
    """
    text = line(**changes)
    valid = Draft202012Validator(json_schema("later-study")).is_valid(json.loads(text))
    try:
        parse_line(text.encode())
    except LineFault:
        assert not valid
    else:
        assert valid


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(LaterStudyLine.model_fields)), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_any_line_is_a_record_or_a_fault(data: bytes) -> None:
    """
    Whatever a line holds, it is read or refused with a word; nothing else happens.
    """
    try:
        assert isinstance(parse_line(data), LaterStudyLine)
    except LineFault as fault:
        assert fault.messages and all(fault.messages)
