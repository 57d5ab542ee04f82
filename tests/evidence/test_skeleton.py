"""A new study file: every key of the format stands in it, nothing unfilled passes, and filled in it is right."""

import re
from pathlib import Path

import pytest

from kg.evidence import Document, Pack, parse_document
from kg.evidence.field import MARK
from kg.evidence.reference import Publication
from kg.evidence.skeleton import ABSENT, id_in_pack, study_id, study_skeleton
from kg.evidence.study import StudyFile
from tests.corpus import Corpus
from tests.rdf.test_codec import below

PUBLICATION = Publication.model_validate(
    {"id": "ref-1", "type": "article-journal", "title": "One\nkey: value", "issued": {"date-parts": [[2000]]},
     "author": [{"family": "Små̈ll-O'Hara", "given": "A"}]}
)  # fmt: skip
VALUES = {
    "read": "abstract", "species": "rat", "condition": "spinal-nerve-ligation", "exercise": "swimming",
    "bout": "training", "id": "touch", "measured": "mechanical-allodynia", "group": "trained", "versus": "rest",
    "result": "decrease", "kind": "abstract", "start": "some words", "end": "and more",
}  # fmt: skip
TELLERS = pytest.mark.parametrize("review", [False, True], ids=["paper", "review"])


def filled(text: str) -> str:
    """The skeleton with a value in the place of each mark that is not behind the sign."""
    return re.sub(
        rf"^(?!#)(.*?)([\w-]+): {MARK}", lambda line: f"{line[1]}{line[2]}: {VALUES[line[2]]}", text, flags=re.MULTILINE
    )


def parsed(text: str) -> Document:
    document = parse_document(text.encode(), Path("small-2000.yaml"))
    assert not isinstance(document, list), document
    return document


@TELLERS
def test_filled_in_it_is_right(review: bool, corpus: Corpus) -> None:
    """
    With a value at each mark the checker has nothing to say.
    """
    text = filled(study_skeleton(PUBLICATION, "small-2000", review=review))
    corpus.study.unlink()
    corpus.write("review/studies/small-2000.yaml" if review else "studies/small-2000.yaml", text)
    assert [] == corpus.check()


@TELLERS
def test_unfilled_mark_is_refused_where_it_stands(review: bool, corpus: Corpus) -> None:
    """
    The checker names the line of each mark; a mark behind the sign is no value.
    """
    text = study_skeleton(PUBLICATION, "small-2000", review=review)
    corpus.study.unlink()
    corpus.write("review/studies/small-2000.yaml" if review else "studies/small-2000.yaml", text)
    marked = {number for number, line in enumerate(text.splitlines(), 1) if MARK in line and not line.startswith("#")}
    assert marked == {problem.line for problem in corpus.check()}


def test_mark_in_free_text_is_refused(corpus: Corpus) -> None:
    """
    A remark that was never written is no remark.
    """
    problem = corpus.with_text("adverse_events:", f"remark: {MARK}\nadverse_events:").problem()
    assert ("E015", "remark") == (problem.code, problem.where)
    assert MARK in problem.message


@TELLERS
def test_whole_skeleton_is_yaml_with_all_keys(review: bool) -> None:
    """
    With every sign taken away it is one YAML document: no key twice, none of the format missing.
    """
    text = study_skeleton(PUBLICATION, "small-2000", review=review)
    lines = [line.removeprefix(ABSENT) for line in text.splitlines()]
    document = parsed("\n".join(lines))
    keys = {str(step) for loc in document.places for step in loc}
    here = {key for line in lines for key in re.findall(r"[\w-]+", line)}
    theirs: set[str] = set() if review else {"passage", "cell", "start", "end", "sha", "table", "ref", "column"}
    wanted = {field.alias or name for record in below(StudyFile) for name, field in record.model_fields.items()}
    assert {"study", "findings", "programme", "chemogenetic", "flow"} <= keys
    assert set() == wanted - here - theirs - {"open", "exclude", "one_of", "as_printed", "relation"}


def test_ids_are_made_of_author_and_year(corpus: Corpus) -> None:
    """
    Accents and signs go; another telling of the paper keeps its id; an id that another paper has gets a letter.
    """
    assert "small-o-hara-2000" == study_id(PUBLICATION)
    pack = corpus.load().usable()
    assert "small-2000" == id_in_pack(pack, pack.references["ref-1"])
    twin = pack.references["ref-2"].model_copy(
        update={"author": pack.references["ref-1"].author, "issued": pack.references["ref-1"].issued}
    )
    assert "small-2000-b" == id_in_pack(pack, twin)


def test_title_cannot_leave_its_comment() -> None:
    """
    A line end in a title makes no key.
    """
    text = study_skeleton(PUBLICATION, "small-2000")
    assert "# One key: value" in text.splitlines()


def test_every_reference_has_a_skeleton(bundled_pack: Pack) -> None:
    """
    Whatever its authors and title, a reference gives a file that can be parsed.
    """
    for publication in bundled_pack.references.values():
        document = parsed(study_skeleton(publication, study_id(publication)))
        assert isinstance(document.content, dict)
        assert publication.id == document.content["publication"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", study_id(publication))
