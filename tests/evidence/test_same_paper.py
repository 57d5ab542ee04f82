"""One paper in several packs is one publication, described once; numbers that contradict each other are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.evidence import Pack
from kg.evidence.same_paper import SamePaperFault, joined
from tests.corpus import PACK, Corpus


def item(id: str, **keys: str) -> dict[str, Any]:
    return {"id": id, "type": "book", "title": f"Title of {id}", "issued": {"date-parts": [[2000]]}, **keys}


@pytest.fixture
def two(tmp_path: Path) -> Any:
    """Makes the packs alpha and beta of two lists of references, without studies."""

    def make(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> tuple[Pack, Pack]:
        return pack(tmp_path, "alpha", first), pack(tmp_path, "beta", second)

    return make


def pack(folder: Path, name: str, references: list[dict[str, Any]]) -> Pack:
    corpus = Corpus(folder / name)
    corpus.study.unlink()
    corpus.write("pack.yaml", PACK.replace("tiny", name)).write("references.json", json.dumps(references))
    return corpus.load().usable()


def test_number_in_common_makes_one_description(two: Any) -> None:
    """
    The DOI, however written, or the PubMed number where one has no DOI; ids and defects stay each list's own.
    """
    alpha, beta = joined(
        two(
            [item("ref-1", DOI="10.1000/ONE", PMID="1"), item("ref-2", PMID="2"), item("ref-3", PMCID="PMC3")],
            [item("ref-7", DOI="10.1000/one"), item("ref-8", PMID="2", DOI="10.1000/two"), item("ref-9", PMCID="PMC3")],
        )
    )
    pairs = [("ref-1", "ref-7"), ("ref-2", "ref-8"), ("ref-3", "ref-9")]
    for one, other in pairs:
        mine, theirs = alpha.references[one], beta.references[other]
        assert (one, other) == (mine.id, theirs.id)
        assert mine.model_copy(update={"id": other}) == theirs
    assert ("10.1000/ONE", "1", "Title of ref-1") == tuple(
        getattr(beta.references["ref-7"], name) for name in ("doi", "pmid", "title")
    )
    assert "10.1000/two" == alpha.references["ref-2"].doi


def test_chain_of_numbers_is_one_work(two: Any) -> None:
    """
    One list has DOI and PubMed number, another the number alone, a third entry the DOI alone.
    """
    alpha, beta = joined(
        two([item("ref-1", DOI="10.1000/x")], [item("ref-1", PMID="5"), item("ref-2", DOI="10.1000/X", PMID="5")])
    )
    assert {"10.1000/x"} == {alpha.references["ref-1"].doi, beta.references["ref-1"].doi, beta.references["ref-2"].doi}
    assert {"5"} == {alpha.references["ref-1"].pmid, beta.references["ref-1"].pmid, beta.references["ref-2"].pmid}


def test_order_of_packs_decides_nothing(two: Any) -> None:
    """
    Whoever is named first, the same words describe the publication.
    """
    packs = two([item("ref-1", PMID="1")], [item("ref-2", PMID="1", DOI="10.1000/x"), item("ref-3")])
    forwards, backwards = joined(packs), joined(packs[::-1])
    assert forwards == backwards[::-1]
    assert "Title of ref-3" == forwards[1].references["ref-3"].title


def test_who_studied_the_paper_describes_it(corpus: Corpus, tmp_path: Path) -> None:
    """
    A list that names a paper in passing does not change what another pack calls it.
    """
    passing = pack(tmp_path, "alpha", [item("ref-1", DOI="10.1000/ONE")])
    between = pack(tmp_path, "beta", [item("ref-1", DOI="10.1000/ONE", PMID="7"), item("ref-2", PMID="7")])
    for packs in ([passing, between, corpus.load().usable()], [corpus.load().usable(), between, passing]):
        named = {one.id: one.references["ref-1"] for one in joined(packs)}
        assert {("One", "Small 2000", "7")} == {(one.title, one.short, one.pmid) for one in named.values()}


def test_one_number_of_two_dois_is_refused(two: Any) -> None:
    """
    One of the two lists is wrong; the message names both files and both entries.
    """
    packs = two([item("ref-1", DOI="10.1000/x", PMID="1")], [item("ref-2", DOI="10.1000/y", PMID="1")])
    with pytest.raises(
        SamePaperFault, match=r"alpha/pack/references.json and .*beta/pack/references.json disagree: ref-1"
    ):
        joined(packs)
