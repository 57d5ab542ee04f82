"""The proof that every sentence and citation of the body is carried, or left out with a reason."""

import pytest

from kg.evidence.carried import Carried, Section
from kg.evidence.coverage import check_source
from kg.evidence.passage import digest
from tests.corpus import STUDY, Corpus

TEXT = """Abstract

Running was tried [1]. Exercise lowers pain in rats [1, 2]. Pain came back.

End

The work ends here."""
STATEMENTS, UNCARRIED = "review/statements.yaml", "review/uncarried.yaml"


def line(words: str, reason: str = "plain-background") -> str:
    """A line that leaves out a sentence, named whole."""
    return f"  - {{passage: {{start: {words}, end: {words}, sha: {digest(words)}}}, reason: {reason}}}\n"


HEAD = "first_heading: Abstract\nlast_heading: End\nsentences:\n"
LEFT_OUT = HEAD + line("Pain came back") + line("The work ends here", "method-of-searching")


def said(id: str, words: str, cites: str, place: str = "sentence", frame: str = "effect") -> str:
    """A statement at a passage; where a bar stands in the words it begins and ends with them."""
    start, _, end = words.partition("|")
    what = (
        "{topic: opioid-system}"
        if frame == "describes"
        else "{exposure: exercise, measured: fatigue, direction: decrease}"
    )
    return (
        f"- id: {id}\n  section: Abstract\n  passage: {{start: {start}, end: {end or start}}}\n"
        f"  frame: {frame}\n  slots: {what}\n  cites: [{cites}]\n  cites_from: {place}\n  certainty: asserted\n"
    )


TRIED = said("tried", "Running was tried", "ref-1", frame="describes")
LOWERS = said("lowers", "Exercise lowers pain", "ref-1, ref-2")


def proved(corpus: Corpus, statements: str = TRIED + LOWERS, uncarried: str = LEFT_OUT) -> Carried:
    """What the proof finds; the pack must be sound in itself."""
    corpus.write(STATEMENTS, statements).write(UNCARRIED, uncarried)
    carried = check_source(corpus.load().usable(), TEXT).carried
    assert carried is not None
    return carried


def test_body_that_is_carried_whole_is_counted(corpus: Corpus) -> None:
    """
    Every sentence and citation is accounted for, and nothing is told.
    """
    carried = proved(corpus)

    assert () == carried.problems
    assert (4, 3, 3) == (carried.sentences, carried.citations, carried.citations_carried)
    assert {"method-of-searching": 1, "plain-background": 1} == carried.reasons
    assert (Section("Abstract", 3, 1, 0, 1), Section("End", 1, 0, 0, 1)) == carried.sections


def test_nothing_is_proved_without_the_headings(corpus: Corpus) -> None:
    """
    A pack without the file is checked passage by passage only.
    """
    corpus.write(STATEMENTS, TRIED)

    assert check_source(corpus.load().usable(), TEXT).carried is None


def test_sentence_that_nothing_carries_is_told_with_its_citations(corpus: Corpus) -> None:
    """
    The sentence is named by heading, number and first words.
    """
    carried = proved(corpus, LOWERS)

    assert ["E038", "E036"] == [problem.code for problem in carried.problems]
    assert carried.problems[0].message.startswith("sentence 1 under 'Abstract', 'Running was tried [1].': carried by")
    assert "prints [1], which no statement" in carried.problems[1].message
    assert (3, 2) == (carried.citations, carried.citations_carried)


def test_study_of_the_review_carries_its_sentence_and_its_citation(corpus: Corpus) -> None:
    """
    What the review tells of one paper needs no statement beside it.
    """
    place = f"{{start: Running was tried, end: Running was tried, sha: {digest('Running was tried')}}}"
    text = STUDY.replace("told_by: ref-1", "told_by: review").replace("decrease}", f"decrease, passage: {place}}}")
    corpus.write("review/studies/small-2000.yaml", text.replace("bout: training", f"bout: training, passage: {place}"))
    carried = proved(corpus, LOWERS)

    assert () == carried.problems
    assert Section("Abstract", 3, 0, 1, 1) == carried.sections[0]


def test_listed_sentence_that_cites_is_not_excused(corpus: Corpus) -> None:
    """
    A reason leaves out a sentence, never a citation.
    """
    carried = proved(corpus, LOWERS, LEFT_OUT + line("Running was tried"))

    assert ["E036"] == [problem.code for problem in carried.problems]


@pytest.mark.parametrize("words", ["Running was tried", "The work ends here"])
def test_sentence_is_not_left_out_and_carried_nor_left_out_twice(corpus: Corpus, words: str) -> None:
    """
    A line that is not needed is a fault at that line.
    """
    carried = proved(corpus, uncarried=LEFT_OUT + line(words))
    (problem,) = carried.problems

    assert ("E039", "sentences[2].passage") == (problem.code, problem.where)


def test_repeated_sentence_names_a_statement_that_is_there(corpus: Corpus) -> None:
    """
    A reader can follow a repetition to the statement that carries it.
    """
    right = LEFT_OUT.replace("reason: plain-background", "reason: repeats, repeats: lowers")
    assert () == proved(corpus, uncarried=right).problems

    (problem,) = proved(corpus, uncarried=right.replace("lowers", "raises")).problems
    assert ("E039", "sentences[0].repeats") == (problem.code, problem.where)
    assert "'raises' is no statement" in problem.message


def test_reason_and_key_of_a_repetition_go_together(corpus: Corpus) -> None:
    """
    A repetition without the statement, or a statement without the reason, is refused.
    """
    for text in ("reason: repeats", "reason: heading, repeats: lowers"):
        corpus.write(UNCARRIED, LEFT_OUT.replace("reason: plain-background", text))
        assert ["sentences[0]"] == [problem.where for problem in corpus.check()]


def test_heading_that_is_not_there_is_one_fault(corpus: Corpus) -> None:
    """
    Without the body no sentence is told.
    """
    (problem,) = proved(corpus, uncarried=LEFT_OUT.replace("heading: End", "heading: Ending")).problems

    assert "E039" == problem.code
    assert "'Ending' stands 0 times" in problem.message


@pytest.mark.parametrize(
    ("words", "cites", "place"),
    [
        ("pain in rats|Pain came", "ref-1, ref-2", "passage"),
        ("pain in rats", "ref-1, ref-2", "sentence"),
        ("Exercise lowers pain", "ref-1", "previous"),
        ("Running was tried", "ref-1, ref-2", "next"),
        ("Pain came back", "", "passage"),
    ],
)
def test_statement_cites_what_its_place_prints(corpus: Corpus, words: str, cites: str, place: str) -> None:
    """
    Each of the four places is looked up in the text.
    """
    told = [p.code for p in proved(corpus, TRIED + LOWERS + said("it", words, cites, place)).problems]
    assert "E037" not in told

    other = "" if cites else "ref-2"
    told = [p.code for p in proved(corpus, TRIED + LOWERS + said("it", words, other, place)).problems]
    assert "E037" in told


def test_statement_may_mean_the_first_bracket_behind_its_passage(corpus: Corpus) -> None:
    """
    In a sentence with several brackets a part of it is cited by the next one, or by all; by no other set.
    """
    text = TEXT.replace("pain in rats [1, 2]", "pain [1] in rats [2]")
    for cites, right in (("ref-1", True), ("ref-1, ref-2", True), ("ref-2", False)):
        corpus.write(STATEMENTS, TRIED + LOWERS + said("it", "lowers pain", cites)).write(UNCARRIED, LEFT_OUT)
        problems = check_source(corpus.load().usable(), text).problems
        assert right == ("E037" not in [problem.code for problem in problems])


def test_part_of_the_citations_needs_its_reason(corpus: Corpus) -> None:
    """
    A part is allowed where the curator says how the text tells it, and a reason without need is refused.
    """
    part = said("it", "Running was tried", "ref-2", "next")
    (problem,) = proved(corpus, TRIED + LOWERS + part).problems
    assert "the text prints there ref-1, ref-2; if it speaks of a part of them, say in cites_part" in problem.message
    assert () == proved(corpus, TRIED + LOWERS + part + "  cites_part: the second says so\n").problems

    (problem,) = proved(corpus, TRIED + LOWERS + "  cites_part: for no reason\n").problems
    assert ("E037", "[1].cites_part") == (problem.code, problem.where)


def test_statement_outside_the_body_is_told(corpus: Corpus) -> None:
    """
    A statement about a heading is about no sentence.
    """
    (problem,) = proved(corpus, TRIED + LOWERS + said("it", "Abstract", "", "passage")).problems

    assert "lies in no sentence of the document's body" == problem.message


def test_a_discrepancy_points_at_a_sentence_and_does_not_carry_it(corpus: Corpus) -> None:
    """
    A sentence that only a recorded discrepancy names is still carried by nothing.
    """
    side = "{says: x, passage: {start: Exercise lowers pain, end: in rats}}"
    corpus.write(
        "review/discrepancies.yaml",
        f"- id: x\n  kind: within-review\n  ref: ref-1\n  review: [{side}, {side}]\n  reason: y\n",
    )
    codes = {problem.code for problem in proved(corpus, TRIED).problems}

    assert {"E036", "E038"} == codes
