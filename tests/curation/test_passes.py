"""The two passes as they are kept: every file can be read, and what was not blind is named right."""

from pathlib import Path

import pytest

from kg.evidence import Pack, Vocabulary
from scripts.curation.passes import Passes, read_passes
from scripts.curation.statements import likeness
from scripts.curation.studies import compare_studies

CURATION = Path(__file__).resolve().parents[2] / "docs" / "curation"


@pytest.fixture(scope="module")
def passes(bundled_pack: Pack, vocabulary: Vocabulary) -> Passes:
    """Both readings of the bundled pack."""
    return read_passes(bundled_pack.root, CURATION, vocabulary)


def test_second_readings_are_of_papers_of_the_pack(passes: Passes) -> None:
    """
    Each file of the second pass has a first reading of the same name and publication.
    """
    assert 64 == len(passes.second_studies)
    for name, study in passes.second_studies.items():
        assert name == study.study
        assert passes.first_studies[name].publication == study.publication


def test_what_was_seen_is_there(passes: Passes) -> None:
    """
    The list of what was not read blind names files and statements that exist.
    """
    assert passes.seen_studies and passes.seen_studies <= passes.second_studies.keys()
    assert passes.seen_statements and passes.seen_statements <= {s.id for s in passes.first_statements}
    assert passes.seen_studies.isdisjoint(passes.blind().second_studies)
    assert passes.seen_statements == passes.blind().left_out


def test_readings_are_compared_whole(passes: Passes) -> None:
    """
    Every finding is in a pair or is told to have no partner.
    """
    compared = compare_studies(passes.first_studies, passes.second_studies, passes.vocabulary)

    assert sum(len(study.findings) for study in passes.second_studies.values()) == compared.second_findings
    assert len(compared.pairs["result"]) + len(compared.only_first) >= compared.findings
    assert 64 == len(compared.pairs["species"])


def test_statements_of_another_frame_or_other_terms_are_not_one(passes: Passes) -> None:
    """
    A statement is likest to itself, and not at all like an effect on something else.
    """
    effects = [s for s in passes.first_statements if s.frame == "effect"]
    first = effects[0]
    other = next(
        s
        for s in effects
        if s.slots.measured != first.slots.measured
        and s.slots.exposure != first.slots.exposure
        and s.slots.direction != first.slots.direction
    )

    assert likeness(first, first, passes.vocabulary) > 6
    assert likeness(first, other, passes.vocabulary) < likeness(first, first, passes.vocabulary)
