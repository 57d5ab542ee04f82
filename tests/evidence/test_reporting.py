"""Reporting guidelines: which fields answer an item, and what a study says of it."""

from pathlib import Path

import pytest

from kg.evidence import FaultsFound, Study, Vocabulary, parse_document, read_study
from kg.evidence.reporting import Guideline, State, completeness, load_guidelines, values
from kg.evidence.schema import all_records
from kg.evidence.study import spell_out
from kg.rdf.ontology import Ontology
from tests.corpus import STUDY

DRUG = "  drug: {gets: [{agent: naloxone, route: intrathecal}]}\nfindings:"
TABLE = """guideline: small
title: A small guideline
cite: "Small A. 2000"
doi: 10.1000/small
when: ["groups.gets[exercise].exercise"]
items:
  - {item: "1", asks: length, needs: ["groups.gets[exercise].programme.length"]}
  - {item: "2", asks: sex and n, needs: [groups.sex, [groups.n, population.n]]}
  - {item: "3", asks: harm, needs: [adverse_events]}
  - {item: "4", asks: swimming, needs: [{field: "groups.gets[exercise].exercise", among: swimming}]}
  - {item: "5", asks: colour}
"""


def study(vocabulary: Vocabulary, text: str = STUDY) -> Study:
    """A study from its text."""
    document = parse_document(text.encode(), Path("small-2000.yaml"))
    assert not isinstance(document, list), document
    written = read_study(document, vocabulary)
    assert not isinstance(written, list), written
    return spell_out(written)


@pytest.fixture
def guideline(tmp_path: Path, vocabulary: Vocabulary) -> Guideline:
    """The small guideline."""
    (tmp_path / "small.yaml").write_text(TABLE, encoding="utf-8")
    (found,) = load_guidelines(tmp_path, vocabulary)
    return found


def states(study: Study, guideline: Guideline) -> list[State]:
    """The states of the items, in order."""
    (found,) = completeness(study, (guideline,))
    return list(found.items.values())


def test_item_of_an_abstract_is_reported_or_not_read(vocabulary: Vocabulary, guideline: Guideline) -> None:
    """
    What an abstract does not say may stand in the paper; what the format has no field for is neither.
    """
    not_read = State.NOT_READ

    assert [State.REPORTED, not_read, not_read, not_read, State.NOT_KEPT] == states(study(vocabulary), guideline)


def test_item_that_a_full_text_lacks_is_not_reported(vocabulary: Vocabulary, guideline: Guideline) -> None:
    """
    Only who has read all of a paper can say that it is silent.
    """
    text = STUDY.replace("read: abstract", "read: full-text").replace("not-read", "not-mentioned")
    missing = State.NOT_REPORTED

    assert [State.REPORTED, missing, missing, missing, State.NOT_KEPT] == states(study(vocabulary, text), guideline)


def test_every_need_of_an_item_must_be_met_by_one_of_its_fields(vocabulary: Vocabulary, guideline: Guideline) -> None:
    """
    Needs are joined by and, the fields of a need by or; harm that is denied is reported.
    """
    text = STUDY.replace("species: rat", "species: rat, sex: male")
    assert State.NOT_READ is states(study(vocabulary, text), guideline)[1]
    for more in ("population: {n: 8}\nbase", "base"):
        both = text.replace("base", more).replace("rest: {", "rest: {n: 4, " if more == "base" else "rest: {")
        assert State.REPORTED is states(study(vocabulary, both), guideline)[1]
    assert State.REPORTED is states(study(vocabulary, STUDY.replace("not-read", "none")), guideline)[2]


def test_guideline_asks_nothing_of_other_studies(vocabulary: Vocabulary, guideline: Guideline) -> None:
    """
    A study without exercise is not held against a template for exercise.
    """
    text = STUDY.replace(
        "{exercise: treadmill-running, bout: training, programme: {length: 5 week}}", "{agent: naloxone}"
    )

    assert [] == list(completeness(study(vocabulary, text), (guideline,)))


def test_path_goes_through_lists_and_keeps_what_has_a_value(vocabulary: Vocabulary) -> None:
    """
    Brackets keep what has such a value, also further down; a path that leads nowhere has no value.
    """
    told = study(vocabulary, STUDY.replace("findings:", DRUG))

    assert ["rat", "rat", "rat"] == list(values(told, "groups.species"))
    assert ["intrathecal"] == list(values(told, "groups.gets[agent].route"))
    assert [] == list(values(told, "groups[gets.exercise].gets[agent].route"))
    assert [] == list(values(told, "groups.gets[exercise].route"))
    assert [] == list(values(told, "adverse_events"))


def test_table_at_fault_says_where(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """
    A table is read like every other file: with its faults, by line.
    """
    (tmp_path / "small.yaml").write_text(TABLE.replace("asks: harm", "ask: harm"), encoding="utf-8")
    with pytest.raises(FaultsFound) as faults:
        load_guidelines(tmp_path, vocabulary)
    assert {9} == {problem.line for problem in faults.value.problems}


def test_bundled_tables_name_fields_of_the_format(ontology: Ontology) -> None:
    """
    Each step of each path is a key of the format, and each value that counts is a term or a closed word of it.
    """
    keys = {field.alias or name for record in all_records() for name, field in record.model_fields.items()}
    guidelines = load_guidelines(ontology.root / "reporting", ontology.vocabulary)

    assert {"arrive", "cert", "mi2cast", "tidier"} == {guideline.guideline for guideline in guidelines}
    words = {"increase", "decrease", "normalised", "no-significant-change", "not-decreased", "not-increased"}
    for guideline in guidelines:
        assert len(guideline.items) == len({item.item for item in guideline.items})
        for answer in (a for needs in (guideline.when, *(i.needs for i in guideline.items)) for n in needs for a in n):
            steps = answer.field.replace("[", ".").replace("]", "").split(".")
            assert set() == set(steps) - keys, answer.field
            assert set() == {*answer.among, *answer.not_among} - set(ontology.vocabulary.terms) - words


def test_tables_have_as_many_items_as_their_guidelines(ontology: Ontology) -> None:
    """
    No item of a guideline is passed over, also where the format has no field for it.
    """
    guidelines = load_guidelines(ontology.root / "reporting", ontology.vocabulary)

    assert {"arrive": 10, "cert": 19, "mi2cast": 11, "tidier": 12} == {g.guideline: len(g.items) for g in guidelines}


@pytest.mark.parametrize(("species", "asked"), [("rat", True), ("human", False)])
def test_value_that_does_not_count_answers_nothing(
    ontology: Ontology, vocabulary: Vocabulary, species: str, asked: bool
) -> None:
    """
    The guideline for animals asks nothing of a study in people.
    """
    told = study(vocabulary, STUDY.replace("species: rat, condition: spinal-nerve-ligation", f"species: {species}"))
    found = completeness(told, load_guidelines(ontology.root / "reporting", vocabulary))

    assert asked == ("arrive" in {one.guideline for one in found})
