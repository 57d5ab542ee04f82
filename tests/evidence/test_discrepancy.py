"""Discrepancies that a curator records: two sides each, and every name in them leads somewhere."""

import pytest

from tests.corpus import Corpus

FILE = "review/discrepancies.yaml"
GOOD = """- id: rats-or-mice
  kind: species
  ref: ref-1
  statements: [running-relieves]
  review:
    - {says: mice, passage: {start: mice that ran, end: had less pain}}
  paper:
    - {says: rats, findings: [touch], from: abstract}
  reason: the review names another species
"""
STATEMENTS = """- id: running-relieves
  section: Pain
  passage: {start: mice that ran, end: had less pain}
  frame: effect
  slots: {exposure: treadmill-running, measured: mechanical-allodynia, direction: decrease}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
"""
ONE_SIDE = "    - {says: rats, findings: [touch], from: abstract}\n"


@pytest.fixture
def told(corpus: Corpus) -> Corpus:
    """The tiny pack with one statement, on which a discrepancy can bear."""
    return corpus.write("review/statements.yaml", STATEMENTS)


def test_a_sound_discrepancy_is_read(told: Corpus) -> None:
    """
    Both sides, the statement and the reason are read as written.
    """
    (item,) = told.write(FILE, GOOD).load().usable().discrepancies.values()

    assert ("rats-or-mice", "species", "ref-1", ("running-relieves",)) == (
        item.id,
        item.kind,
        item.ref,
        item.statements,
    )
    assert ("mice", "rats") == (item.review[0].says, item.paper[0].says)
    assert (("touch",), "abstract") == (item.paper[0].findings, item.paper[0].source)


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "words"),
    [
        ("kind: species", "kind: animal", "E013", "[0].kind", "animal"),
        ("ref: ref-1", "ref: ref-9", "E028", "[0].ref", "'ref-9' is not in references.json"),
        ("[running-relieves]", "[nothing]", "E034", "[0].statements", "'nothing' is no statement"),
        ("kind: species", "kind: within-review", "E040", "[0]", "within-review has 2 review sides or more"),
        ("kind: species", "kind: within-paper", "E040", "[0]", "within-paper has no review sides"),
        ("  paper:\n" + ONE_SIDE, "", "E040", "[0]", "species has 1 paper side or more"),
        (", passage: {start: mice that ran, end: had less pain}", "", "E029", "[0].review[0]", "say where"),
        ("passage: {start: mice that ran, end: had less pain}", 'cell: {table: "1", ref: ref-2, column: model}', "E029",
         "[0].review[0].cell.ref", "is the row of ref-2"),
        ("findings: [touch]", "findings: [heat]", "E041", "[0].paper[0].findings", "'heat' is no finding"),
        ("from: abstract", "from: legend", "E041", "[0].paper[0].from", "'legend' is no source"),
        ("reason: the review names another species", "remark: none", "E011", "[0].reason", "missing"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_refused(
    told: Corpus, old: str, new: str, code: str, where: str, words: str
) -> None:
    """
    A side, paper, statement, finding or source that is missing is told at its place.
    """
    assert 1 == GOOD.count(old)
    problems = told.write(FILE, GOOD.replace(old, new)).check()

    assert (code, where) in [(problem.code, problem.where) for problem in problems]
    assert any(words in problem.message for problem in problems)


def test_within_the_review_needs_no_paper_side(told: Corpus) -> None:
    """
    Two places of the review stand against each other; the paper named is only the one they are about.
    """
    second = "    - {says: rats, passage: {start: rats that ran, end: had more pain}}\n"
    text = GOOD.replace("kind: species", "kind: within-review").replace("  paper:\n" + ONE_SIDE, second)
    assert [] == told.write(FILE, text).check()


def test_a_paper_without_a_study_has_no_findings(told: Corpus) -> None:
    """
    What was not read cannot be pointed at.
    """
    assert ["E041", "E041"] == [p.code for p in told.write(FILE, GOOD.replace("ref-1", "ref-2")).check()]
