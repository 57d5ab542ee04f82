"""What falls, loses or stands without some papers, and on whom each conclusion hangs."""

from collections.abc import Callable

import pytest

from kg.analysis import Each, WhatIf, Without, each_alone, suppose
from kg.evidence import Vocabulary
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.analysis.made_up import BDNF, TOUCH, Made, made_up

WORSE = ("mechanical-allodynia", "blocked", "run", "increase")
STILL = ("mechanical-allodynia", "swim", "rest", "no-significant-change")
MOVED, STAYED = ("bdnf", "swim", "rest", "decrease"), ("bdnf", "swim", "rest", "no-significant-change")
DRUG = ("mechanical-allodynia", "drugged", "rest", "decrease")
RISE = ("beta-endorphin", "run", "rest", "increase")
LABORATORIES = "- {laboratory: pair, publications: [ref-2, ref-3], reason: the same authors}\n"
DIABETIC = "painful-diabetic-neuropathy"
STUDIES = (
    Made("tracker", 1, (TOUCH, BDNF, STILL, STAYED)),
    Made("changer", 2, (TOUCH, BDNF)),
    Made("doubter", 3, (TOUCH, BDNF, STILL, MOVED), species="mouse"),
    Made("blocker", 4, (TOUCH, WORSE)),
    Made("driver", 5, (DRUG,), condition=DIABETIC),
    Made("riser", 6, (RISE,), species="human"),
    Made("denier", 7, (("mechanical-allodynia", "run", "rest", "no-significant-change"),), condition=DIABETIC),
    Made("easer", 8, (TOUCH,), condition=DIABETIC),
)

Fates = Callable[[Without], dict[tuple[str, str, str], str]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology) -> OxigraphStore:
    """Eight papers whose every conclusion is known."""
    corpus = made_up(tmp_path_factory.mktemp("eight"), vocabulary, STUDIES, LABORATORIES)
    return build_graph([corpus.load().usable()], ontology).store()


def rows(found: WhatIf | Each, *columns: str) -> list[tuple[str, ...]]:
    answer = found.answer(everything=True) if isinstance(found, WhatIf) else found.answer()
    return [tuple(row[column] for column in columns) for row in answer.texts()]


CELL = ("what", "mechanism", "condition_class", "species")
NERVE, DIABETES = "peripheral nerve injury", "diabetic neuropathy"


def test_conclusion_of_one_paper_loses_its_rung(small: OxigraphStore) -> None:
    """
    Without the one paper in which the marker tracks relief, it has only changed with it.
    """
    found = suppose(small, Without(("ref-1",)))
    (row,) = [
        row
        for row in rows(found, *CELL, "with_exercise", "then_with_exercise", "papers", "then_papers")
        if row[0] == "loses a rung"
    ]

    assert (
        "loses a rung",
        "neurotrophic factor signalling",
        NERVE,
        "rodent",
        "tracks relief",
        "changed with relief",
        "3",
        "2",
    ) == row


def test_conclusion_falls_with_its_only_paper_and_a_gap_appears(small: OxigraphStore) -> None:
    """
    Nothing is left of a cell whose one paper goes; where it was examined with exercise, it is unexamined now.
    """
    found = suppose(small, Without(("ref-4", "ref-6")))

    assert [("endogenous opioid system", NERVE, "human"), ("endogenous opioid system", NERVE, "rodent")] == [
        row[1:] for row in rows(found, *CELL) if row[0] == "falls"
    ]
    assert [("endogenous opioid system", NERVE)] == [
        row[1:3]
        for row in rows(found, *CELL, "gap_or_conflict")
        if row[0] == "gap appears" and "0 of 3 studies" in row[4]
    ]


def test_gap_vanishes_with_an_end_of_its_bridge(small: OxigraphStore) -> None:
    """
    A bridge needs both of its ends; without one of them it is no gap any more, and nobody closed it.
    """
    found = suppose(small, Without(("ref-6",)))

    assert [("endogenous opioid system", DIABETES)] == [
        row[1:3] for row in rows(found, *CELL, "gap_or_conflict") if row[0] == "gap vanishes" and "bridge" in row[4]
    ]


def test_conflict_vanishes_with_one_of_its_sides(small: OxigraphStore) -> None:
    """
    Where one paper found relief and another did not, nothing is in conflict once either is gone.
    """
    found = suppose(small, Without(("ref-7",)))

    assert [DIABETES] == [row[1] for row in rows(found, "what", "condition_class") if row[0] == "conflict vanishes"]


def test_evidence_against_may_be_all_that_goes(small: OxigraphStore) -> None:
    """
    The rung stands, and nothing speaks against it any more.
    """
    found = suppose(small, Without(species=("mouse",)))
    (row,) = [
        row for row in rows(found, "what", "mechanism", "against", "then_against") if row[0] == "loses evidence against"
    ]

    assert ("loses evidence against", "neurotrophic factor signalling", "moved without relief", "") == row


def test_what_stands_is_told_only_when_asked_and_counted_always(small: OxigraphStore) -> None:
    """
    The summary counts every conclusion; the rows leave out what is as it was.
    """
    found = suppose(small, Without(("ref-2",)))

    assert {"stands on fewer papers"} == {row["what"] for row in found.answer().texts()}
    assert "Without 1 paper (7 stay), 4 conclusions: stands on fewer papers 1; stands 3." == found.summary()
    assert 4 == len(found.answer(everything=True))


def test_each_conclusion_hangs_on_its_only_paper_or_laboratory(small: OxigraphStore) -> None:
    """
    With what is left without it; a paper that shares its rung holds it up alone nowhere.
    """
    found = each_alone(small)
    columns = ("rung", "mechanism", "condition_class", "species", "hangs_on_paper", "then", "hangs_on_laboratory")

    assert [
        ("needed", "endogenous opioid system", NERVE, "rodent", "Author4 2004 [4]", "nothing", "not recorded"),
        ("tracks relief", "neurotrophic factor signalling", NERVE, "rodent", "Author1 2001 [1]", "changed with relief", "not recorded"),
        ("measured", "endogenous opioid system", NERVE, "human", "Author6 2006 [6]", "nothing", "not recorded"),
        ("manipulation relieves", "endogenous opioid system", "diabetic neuropathy", "rodent", "Author5 2005 [5]", "nothing", "not recorded"),
    ] == rows(found, *columns)  # fmt: skip
    assert "Of 4 rungs and marks, 4 hang on one paper, and 0 more" in found.summary()


def test_two_papers_of_one_laboratory_are_one_witness(small: OxigraphStore) -> None:
    """
    Without the paper that tracks, the rung stands on two papers, and on one laboratory.
    """
    rest = suppose(small, Without(("ref-1",))).rest
    columns = ("rung", "papers", "hangs_on_paper", "hangs_on_laboratory", "then_without_laboratory")

    assert ("changed with relief", "2", "", "pair", "nothing") in rows(each_alone(rest), *columns)
    assert "and 1 more on several papers of one recorded laboratory" in each_alone(rest).summary()
