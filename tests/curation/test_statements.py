"""Two readings of the same sentences: what stands in both, and what in one alone."""

from pydantic import TypeAdapter

from kg.evidence import Vocabulary
from kg.evidence.statement import Statement
from scripts.curation.passes import Passes
from scripts.curation.statements import Sentences, compare_statements

TEXT = "Abstract\n\nRunning helps [1]. Rats swam. Pain came back [2].\n\nConclusions\n\nThe end."


def said(id: str, start: str, frame: str = "effect", **more: object) -> dict[str, object]:
    """A statement as its file has it."""
    slots = {
        "effect": {"exposure": "exercise", "measured": "allodynia", "direction": "decrease"},
        "describes": {"topic": "opioid-system"},
    }[frame]
    place = {"start": start, "end": start}
    return {
        "id": id, "section": "Abstract", "passage": place, "frame": frame, "slots": slots, "cites_from": "sentence",
        "certainty": "asserted", **more,
    }  # fmt: skip


def compared(
    vocabulary: Vocabulary, first: list[dict[str, object]], second: list[dict[str, object]], left_out: str = ""
) -> Sentences:
    """What two readings of the small text have in common."""
    adapter: TypeAdapter[tuple[Statement, ...]] = TypeAdapter(tuple[Statement, ...])
    ours, theirs = (adapter.validate_python(own, context={"vocabulary": vocabulary}) for own in (first, second))
    body = ("Abstract", "Conclusions")
    seen = frozenset({left_out})
    return compare_statements(
        Passes(vocabulary, {}, {}, {}, {}, {}, ours, theirs, body, frozenset(), frozenset(), seen, seen), TEXT
    )


def test_sentences_of_one_reading_alone_are_told(vocabulary: Vocabulary) -> None:
    """
    A sentence that one reader passed over is counted on the other's side.
    """
    found = compared(
        vocabulary,
        [said("a", "Running helps"), said("b", "Rats swam")],
        [said("x", "Running helps"), said("y", "Pain came back", "describes")],
    )

    assert 1 == found.both
    assert ["Abstract 2: effect"] == found.only_first
    assert ["Abstract 3: describes"] == found.only_second


def test_statements_of_one_sentence_are_compared_slot_by_slot(vocabulary: Vocabulary) -> None:
    """
    Frames as a set, and of what is one statement direction, certainty and citations.
    """
    other = {"exposure": "exercise", "measured": "allodynia", "direction": "change"}
    found = compared(
        vocabulary,
        [said("a", "Running helps", cites=["ref-1"]), said("b", "Running helps", "describes")],
        [said("x", "helps", cites=["ref-1"], certainty="hedged", slots=other)],
    ).compared

    assert [("describes + effect", "effect")] == found.pairs["frames of a sentence"]
    assert [("decrease", "change")] == found.pairs["direction"]
    assert [("asserted", "hedged")] == found.pairs["certainty"]
    assert [("ref-1", "ref-1")] == found.pairs["cites"]
    assert ["Abstract 1: b (describes)"] == found.only_first
    assert [] == found.only_second


def test_sentence_of_a_statement_seen_before_is_left_out(vocabulary: Vocabulary) -> None:
    """
    What the second reader had seen counts on neither side.
    """
    found = compared(vocabulary, [said("a", "Running helps")], [said("x", "Running helps")], left_out="a")

    assert (0, [], []) == (found.both, found.only_first, found.only_second)
