"""A pack: its own description, its laboratories, and the place of every part."""

import hashlib

import pytest

from kg.evidence import FaultsFound
from tests.corpus import PACK, Corpus

LABS = "laboratories.yaml"


def test_pack_is_described_by_its_file(corpus: Corpus) -> None:
    """
    `pack.yaml` says what the pack is called, what it reads and how far the search went.
    """
    more = "searched: {until: 2020-06-02, databases: [PubMed, PEDro]}\nscope: {exposures: exercise}\n"
    pack = corpus.write("pack.yaml", PACK + more).load().usable()

    assert ("tiny", "10.1000/review", ("exercise",)) == (pack.id, pack.meta.document.doi, pack.meta.scope.exposures)
    assert pack.meta.searched is not None
    assert ("2020-06-02", ("PEDro", "PubMed")) == (pack.meta.searched.until, pack.meta.searched.databases)


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "words"),
    [
        ("pack: tiny", "pack: Tiny", "E015", "pack", "Tiny"),
        ("title: A tiny pack\n", "", "E011", "title", "missing"),
        ("doi: 10.1000/review", "doi: none", "E015", "document.doi", "none"),
        ("https://example.org/review", "example.org", "E015", "document.url", "example.org"),
        ("licence: CC-BY-4.0", "licence: CC-BY-4.0, sha256: abc", "E015", "document.sha256", "abc"),
        ("licence: CC0-1.0", "license: CC0-1.0\nlicence: CC0-1.0", "E010", "license", "did you mean 'licence'?"),
        ("licence: CC0-1.0", "licence: CC0-1.0\nscope: {conditions: pain}", "E012", "scope.conditions", "condition"),
    ],
)
def test_fault_in_the_description_keeps_the_pack_from_use(
    corpus: Corpus, old: str, new: str, code: str, where: str, words: str
) -> None:
    """
    A pack without a sound description is not read.
    """
    assert old in PACK
    loaded = corpus.write("pack.yaml", PACK.replace(old, new)).load()

    assert loaded.pack is None
    assert [(code, where)] == [(p.code, p.where) for p in loaded.problems]
    assert words in loaded.problems[0].message
    with pytest.raises(FaultsFound, match=code):
        loaded.usable()


def test_every_file_is_located_with_its_digest(corpus: Corpus) -> None:
    """
    The pack knows for each record the file it came from, that file's SHA-256 and the line of each part.
    """
    corpus.write(LABS, "- laboratory: a\n  publications: ref-1\n  reason: same address\n")
    pack = corpus.load().usable()
    study = pack.located["studies/small-2000.yaml"]

    assert {"pack.yaml", "references.json", LABS, "studies/small-2000.yaml"} == set(pack.located)
    assert hashlib.sha256(corpus.study.read_bytes()).hexdigest() == study.sha256
    assert (10, 6, 1) == (study.line("findings", 0), study.line("groups"), study.line("study"))


def test_laboratory_holds_its_papers(corpus: Corpus) -> None:
    """
    One paper or several come from one laboratory, for a reason.
    """
    text = "- {laboratory: a, publications: ref-2, reason: r}\n- {laboratory: b, publications: [ref-1], reason: r}\n"
    laboratories = corpus.write(LABS, text).load().usable().laboratories

    assert {"a": ("ref-2",), "b": ("ref-1",)} == {id: lab.publications for id, lab in laboratories.items()}


def test_laboratory_without_papers_is_refused(corpus: Corpus) -> None:
    """
    A laboratory says which papers are its own; none says nothing.
    """
    problem = corpus.write(LABS, "- {laboratory: a, publications: [], reason: r}\n").problem()

    assert ("E015", "[0].publications", "must not be empty") == (problem.code, problem.where, problem.message)


def test_paper_in_two_laboratories_is_refused_at_the_second(corpus: Corpus) -> None:
    """
    A paper counts for one laboratory only; the message names the first.
    """
    text = "- {laboratory: a, publications: ref-1, reason: r}\n- {laboratory: b, publications: [ref-2, ref-1], reason: r}\n"
    problem = corpus.write(LABS, text).problem()

    assert ("E023", 2, "[1].publications") == (problem.code, problem.line, problem.where)
    assert "ref-1 belongs to a already; a paper has one laboratory" == problem.message


def test_laboratory_given_twice_is_refused(corpus: Corpus) -> None:
    """
    A laboratory stands in the file once.
    """
    text = "- {laboratory: a, publications: ref-1, reason: r}\n- {laboratory: a, publications: ref-2, reason: r}\n"
    problem = corpus.write(LABS, text).problem()

    assert ("E023", 2, "[1].laboratory") == (problem.code, problem.line, problem.where)
    assert "'a' stands twice; ids are used once" == problem.message


def test_laboratory_with_an_unknown_paper_is_refused(corpus: Corpus) -> None:
    """
    A laboratory's papers are in the reference list.
    """
    problem = corpus.write(LABS, "- {laboratory: a, publications: [ref-1, ref-9], reason: r}\n").problem()

    assert ("E028", 1, "'ref-9' is not in references.json") == (problem.code, problem.line, problem.message)


def test_laboratory_without_a_reason_is_refused(corpus: Corpus) -> None:
    """
    Names only propose; the curator says why.
    """
    problem = corpus.write(LABS, "- {laboratory: a, publications: ref-1}\n").problem()

    assert ("E011", "[0].reason") == (problem.code, problem.where)
