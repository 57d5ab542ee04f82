"""Two readings of one paper: which contrasts are one, and what is compared of them."""

from pathlib import Path

import pytest

from kg.evidence import Study, Vocabulary, parse_document, read_study
from kg.evidence.study import spell_out
from scripts.curation.studies import compare_studies, contrasts, match
from tests.corpus import STUDY

SWIM = "  swim: {gets: [{exercise: swimming, bout: training}]}\nfindings:"


def study(text: str, vocabulary: Vocabulary) -> Study:
    """A study from its text."""
    document = parse_document(text.encode(), Path("small-2000.yaml"))
    assert not isinstance(document, list), document
    written = read_study(document, vocabulary)
    assert not isinstance(written, list), written
    return spell_out(written)


def with_findings(vocabulary: Vocabulary, *findings: str, groups: str = SWIM) -> Study:
    """The small study with other findings."""
    head, _, rest = STUDY.replace("findings:", groups).partition("findings:\n")
    lines = "".join(f"  - {{id: f{index}, {finding}}}\n" for index, finding in enumerate(findings))
    return study(f"{head}findings:\n{lines}{rest.partition(chr(10))[2]}", vocabulary)


def paired(first: Study, second: Study, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The ids of the findings that are taken for one."""
    return [(contrasts(first)[i][0].id, contrasts(second)[j][0].id) for i, j in match(first, second, vocabulary)]


def test_result_has_no_say_in_what_is_one(vocabulary: Vocabulary) -> None:
    """
    Opposite results of one contrast are compared, and differ.
    """
    first = with_findings(vocabulary, "measured: bdnf, group: run, versus: rest, result: increase")
    second = with_findings(vocabulary, "measured: bdnf, group: run, versus: rest, result: decrease")

    assert [("f0", "f0")] == paired(first, second, vocabulary)
    compared = compare_studies({"a": first}, {"a": second}, vocabulary)
    assert [("increase", "decrease")] == compared.pairs["result"]
    assert [] == compared.only_first + compared.only_second


def test_arms_are_told_apart_by_what_they_get(vocabulary: Vocabulary) -> None:
    """
    Two arms that were measured alike are paired arm by arm, whatever the order.
    """
    first = with_findings(
        vocabulary,
        "measured: bdnf, group: run, versus: rest, result: increase",
        "measured: bdnf, group: swim, versus: rest, result: decrease",
    )
    second = with_findings(
        vocabulary,
        "measured: bdnf, group: swim, versus: rest, result: increase",
        "measured: bdnf, group: run, versus: rest, result: increase",
    )

    assert [("f0", "f1"), ("f1", "f0")] == paired(first, second, vocabulary)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ("measured: nociceptive-hypersensitivity, group: run, versus: rest", True),
        ("measured: heat-hyperalgesia, group: run, versus: rest", False),
        ("measured: mechanical-allodynia, site: hindpaw, group: run, versus: rest", True),
        ("measured: mechanical-allodynia, group: run, versus: not-stated", True),
        ("measured: mechanical-allodynia, group: rest, versus: not-stated", False),
        ("measured: mechanical-allodynia, group: run, versus: swim", False),
    ],
)
def test_what_can_be_one(vocabulary: Vocabulary, other: str, one: bool) -> None:
    """
    A broader term, an unstated place or other side can be the same; another outcome or other treatment cannot.
    """
    first = with_findings(vocabulary, "measured: mechanical-allodynia, group: run, versus: rest, result: decrease")
    second = with_findings(vocabulary, f"{other}, result: decrease")

    assert one == bool(paired(first, second, vocabulary))


def test_places_that_have_nothing_in_common_are_two_findings(vocabulary: Vocabulary) -> None:
    """
    A marker in the cord is not the same marker in the nerve.
    """
    first = with_findings(vocabulary, "measured: bdnf, site: spinal-cord, group: run, versus: rest, result: increase")
    second = with_findings(
        vocabulary, "measured: bdnf, site: sciatic-nerve, group: run, versus: rest, result: increase"
    )

    assert [] == paired(first, second, vocabulary)
    compared = compare_studies({"a": first}, {"a": second}, vocabulary)
    assert (1, 1) == (len(compared.only_first), len(compared.only_second))


def test_pooled_result_pairs_with_one_for_each_arm(vocabulary: Vocabulary) -> None:
    """
    One row for two groups and two rows say the same.
    """
    first = with_findings(vocabulary, "measured: bdnf, group: [run, swim], versus: rest, result: increase")
    second = with_findings(
        vocabulary,
        "measured: bdnf, group: run, versus: rest, result: increase",
        "measured: bdnf, group: swim, versus: rest, result: increase",
    )

    assert [("f0", "f0"), ("f0", "f1")] == sorted(paired(first, second, vocabulary))


def test_fields_of_a_study_are_compared_as_sets(vocabulary: Vocabulary) -> None:
    """
    A silent reading has the empty category; days in words are one category.
    """
    second = STUDY.replace("species: rat", "species: rat, strain: wistar").replace(
        "length: 5 week", "length: 6 week, phases: [{week: [{days: {as_printed: daily}, minutes: 30}]}]"
    )
    pairs = compare_studies({"a": study(STUDY, vocabulary)}, {"a": study(second, vocabulary)}, vocabulary).pairs

    assert [("rat", "rat")] == pairs["species"]
    assert [("", "wistar")] == pairs["strain"]
    assert [("", "in words")] == pairs["days a week"]
    assert [("treadmill-running", "treadmill-running")] == pairs["modality"]
    (length,) = pairs["programme length"]
    assert "" not in length and length[0] != length[1]


def test_route_is_compared_of_agents_that_both_name(vocabulary: Vocabulary) -> None:
    """
    An agent that one reading leaves out says nothing of its route.
    """
    drug = "  drug: {gets: [{agent: naloxone}, {agent: gabapentin}]}\nfindings:"
    told = "measured: bdnf, group: drug, versus: rest, result: increase"
    first = with_findings(vocabulary, told, groups=drug)
    second = with_findings(
        vocabulary, told, groups="  drug: {gets: [{agent: naloxone, route: intrathecal}]}\nfindings:"
    )

    assert [("", "intrathecal")] == compare_studies({"a": first}, {"a": second}, vocabulary).pairs["route of an agent"]
