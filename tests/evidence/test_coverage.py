"""A pack against its text: every passage found exactly once, unchanged, or told."""

import hashlib
from pathlib import Path

import pytest

from kg.evidence import Pack
from kg.evidence.coverage import Coverage, SourceFault, check_source, passages, read_source
from kg.evidence.passage import digest
from tests.corpus import PACK, STUDY, Corpus

REVIEW = "review/studies/small-2000.yaml"
STATEMENTS = "review/statements.yaml"
TEXT = "Running for 5 weeks was tried [1]. Exercise lowers pain\n in rats [1, 2]. Pain came back."
PLACE = "{start: Exercise lowers, end: in rats}"
SAID = (
    "- id: one\n  section: S\n  passage: {start: Exercise lowers, end: in rats}\n  frame: effect\n"
    "  slots: {exposure: exercise, measured: fatigue, direction: decrease}\n"
    "  cites_from: sentence\n  certainty: asserted\n"
)
SHA = digest("Exercise lowers pain in rats")


def statement(place: str) -> str:
    """A statement at a passage."""
    return SAID.replace(PLACE, place)


def covered(corpus: Corpus, text: str = TEXT) -> Coverage:
    """The pack, which must be sound, against a text."""
    return check_source(corpus.load().usable(), text)


def test_passage_is_counted_where_it_is_found(corpus: Corpus) -> None:
    """
    A passage with the right digest is found, and there is nothing to tell.
    """
    corpus.write(STATEMENTS, statement(f"{{start: Exercise lowers, end: in rats, sha: {SHA}}}"))

    assert Coverage((), 1, 1, False) == covered(corpus)


def test_passage_is_found_in_another_rendering(corpus: Corpus) -> None:
    """
    Other white space and other citations change no digest.
    """
    corpus.write(STATEMENTS, statement(f"{{start: Exercise lowers, end: in rats, sha: {SHA}}}"))

    assert 1 == covered(corpus, "Exercise\u00a0lowers\n  pain[3–5] in rats.").found


def test_passage_without_a_digest_is_a_warning_that_tells_it(corpus: Corpus) -> None:
    """
    The curator copies the digest from the message; the passage counts as found.
    """
    coverage = covered(corpus.write(STATEMENTS, SAID))
    (problem,) = coverage.problems

    assert ("E032", 3, 3, True) == (problem.code, problem.line, problem.column, problem.warning)
    assert f"has no sha; in this text it is {SHA}" == problem.message
    assert (1, 1) == (coverage.found, coverage.passages)
    again = corpus.write(STATEMENTS, SAID.replace("in rats}", f"in rats, sha: {problem.message[-12:]}}}"))
    assert () == covered(again).problems


def test_changed_text_is_a_fault_at_the_digest(corpus: Corpus) -> None:
    """
    A text that no longer says what was curated shows both digests, and the passage does not count as found.
    """
    corpus.write(STATEMENTS, statement("{start: Exercise lowers, end: in rats, sha: 0123456789ab}"))
    coverage = covered(corpus)
    (problem,) = coverage.problems

    assert ("E032", *corpus.place("sha", STATEMENTS), False) == (
        problem.code,
        problem.line,
        problem.column,
        problem.warning,
    )
    assert f"the text has changed: sha is 0123456789ab, in this text {SHA}" == problem.message
    assert (0, 1) == (coverage.found, coverage.passages)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("{start: Exercise raises, end: in rats}", "start 'Exercise raises' is not in the source"),
        ("{start: ain, end: in rats}", "stands 2 times in the source; add words until it stands once"),
        ("{start: Pain came, end: in rats}", "end 'in rats' does not come from the start on"),
        ("{start: Exercise lowers, end: in mice}", "end 'in mice' does not come from the start on"),
        ('{start: Exercise lowers, end: "rats [1, 2]"}', "end holds a citation"),
    ],
)
def test_passage_that_is_not_found_once_is_a_fault_at_its_place(corpus: Corpus, place: str, words: str) -> None:
    """
    Absent, ambiguous, reversed or ending in a citation: told where the passage stands.
    """
    coverage = covered(corpus.write(STATEMENTS, statement(place)))
    (problem,) = coverage.problems

    assert ("E031", 3, 3, False) == (problem.code, problem.line, problem.column, problem.warning)
    assert words in problem.message
    assert 0 == coverage.found


def test_passages_stand_in_findings_exposures_and_statements(corpus: Corpus) -> None:
    """
    Whatever carries a passage is looked up, in every file, at its own line.
    """
    told = f"passage: {PLACE}"
    text = STUDY.replace("told_by: ref-1", "told_by: review").replace("decrease}", f"decrease, {told}}}")
    text = text.replace("bout: training", f"bout: training, {told}").replace(
        "length: 5 week", f"length: 5 week, {told}"
    )
    text = text.replace(
        "adverse_events: not-read", f"flow: {{enrolled: 3, {told}}}\nadverse_events: [{{events: 1, {told}}}]"
    )
    coverage = covered(corpus.write(REVIEW, text).write(STATEMENTS, SAID))

    assert (6, 6) == (coverage.found, coverage.passages)
    assert [
        ("small-2000.yaml", 8),
        ("small-2000.yaml", 8),
        ("small-2000.yaml", 10),
        ("small-2000.yaml", 12),
        ("small-2000.yaml", 13),
        ("statements.yaml", 3),
    ] == sorted((p.file.name, p.line) for p in coverage.problems)


def test_passage_after_a_repeated_id_is_at_its_own_line(corpus: Corpus) -> None:
    """
    `kg check --source` looks passages up even where a pack has faults, and puts each at its own line.
    """
    third = SAID.replace("id: one", "id: three").replace("fatigue", "fitness").replace("Exercise lowers", "Nowhere")
    pack = corpus.write(STATEMENTS, SAID + SAID.replace("fatigue", "analgesia") + third).load().pack

    assert pack is not None
    assert [17] == [p.line for p in check_source(pack, TEXT).problems if p.code == "E031"]


def test_passage_that_like_copies_is_looked_up_once(corpus: Corpus) -> None:
    """
    What a group copies with `like` stands once in the file, and is told once, where it stands.
    """
    text = STUDY.replace("told_by: ref-1", "told_by: review").replace("decrease}", f"decrease, passage: {PLACE}}}")
    text = text.replace("bout: training", f"bout: training, passage: {PLACE}").replace(
        "findings:", "  b: {like: run}\nfindings:"
    )
    coverage = covered(corpus.write(REVIEW, text))

    assert 2 == coverage.passages
    assert ["groups.run.gets[0].passage", "findings[0].passage"] == [p.where for p in coverage.problems]


def test_problems_come_in_the_order_of_the_files(corpus: Corpus) -> None:
    """
    All passages are looked up, and told in line order.
    """
    two = SAID.replace("id: one", "id: two").replace("Exercise lowers", "Nowhere")
    problems = covered(corpus.write(STATEMENTS, two + SAID)).problems

    assert [("E031", 3), ("E032", 10)] == [(p.code, p.line) for p in problems]


@pytest.mark.parametrize(("text", "same"), [(TEXT, True), (TEXT + " ", False)])
def test_text_that_was_curated_is_known_by_its_digest(corpus: Corpus, text: str, same: bool) -> None:
    """
    The pack knows whether this is the very text that was read, or another rendering.
    """
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    corpus.write("pack.yaml", PACK.replace("licence: CC-BY-4.0", f"licence: CC-BY-4.0, sha256: {sha}"))

    assert same == covered(corpus, text).same_text


def test_source_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """
    A missing file, a folder and a text that is not UTF-8 are faults that name the file.
    """
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "text.txt").write_text("β", encoding="utf-8")

    assert "β" == read_source(tmp_path / "text.txt")
    for name, reason in (
        ("none", "No such file or directory"),
        (".", "Is a directory"),
        ("latin.txt", "is not UTF-8 text"),
    ):
        with pytest.raises(SourceFault, match=reason) as refused:
            read_source(tmp_path / name)
        assert str(refused.value).startswith(str(tmp_path / name))


def test_every_passage_of_the_bundled_pack_has_a_digest(bundled_pack: Pack) -> None:
    """
    The bundled passages were all looked up once, and none ends in a citation.
    """
    found = list(passages(bundled_pack))

    assert len(found) > 100
    assert [] == [place for place in found if place.passage.sha is None or place.passage.end.endswith("]")]


def test_passage_stays_in_its_paragraph(corpus: Corpus) -> None:
    """
    An end that first comes in a later paragraph is not what the curator meant; the passage is found all the same.
    """
    coverage = covered(corpus.write(STATEMENTS, SAID), TEXT.replace("lowers pain", "lowers\n\npain"))

    assert ["E032", "E035"] == sorted(problem.code for problem in coverage.problems)
    assert 1 == coverage.found
