"""The reference list: CSL-JSON as Zotero writes it."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from kg.evidence.reference import Name, Publication
from tests.corpus import REFERENCES, Corpus

FILE = "references.json"


def publication(**parts: Any) -> Publication:
    """A publication with these parts beside the necessary ones."""
    given = {
        "id": "ref-36",
        "type": "article-journal",
        "title": "T",
        "issued": {"date-parts": [["2011", "4"]]},
        **parts,
    }
    return Publication.model_validate(given)


def listed(corpus: Corpus, *items: dict[str, Any]) -> Corpus:
    """The pack with these items after the two that it has."""
    return corpus.write(FILE, json.dumps([*REFERENCES, *items], indent=1))


def item(**parts: Any) -> dict[str, Any]:
    """A third item for the list."""
    return {"id": "ref-3", "type": "article-journal", "title": "Three", "issued": {"date-parts": [[2002]]}, **parts}


def test_first_author_and_year_cite_a_publication() -> None:
    """
    A publication is cited by its first author's family name and its year.
    """
    assert "Stagg 2011" == publication(author=[{"family": "Stagg", "given": "N"}, {"family": "Other"}]).short
    assert "WHO 2011" == publication(author=[{"literal": "WHO"}]).short
    assert "Anonymous 2011" == publication().short


def test_names_are_as_printed() -> None:
    """
    Given names and suffixes follow the family name, as the list prints them; a literal name stands alone.
    """
    assert "King N Jr" == str(Name(family="King", given="N", suffix="Jr"))
    assert "et al." == str(Name(literal="et al."))


@pytest.mark.parametrize(("id", "number"), [("ref-36", 36), ("ref-1", 1), ("smith-2020-a", None), ("ref", None)])
def test_number_in_the_list_comes_from_the_id(id: str, number: int | None) -> None:
    """
    `ref-36` is number 36; an id that ends in a word has no number.
    """
    assert number == publication(id=id).number


def test_keys_of_csl_that_are_not_used_are_no_fault(corpus: Corpus) -> None:
    """
    Zotero writes many keys; those that the program does not read are left alone.
    """
    assert [] == listed(corpus, item(abstract="x" * 5000, ISSN="1-2", language="en", custom={"defects": ["a"]})).check()


def test_reference_list_is_read_in_its_order(corpus: Corpus) -> None:
    """
    Every item is in the pack under its id, with its signs.
    """
    pack = listed(corpus, item(title='β–γ "x" \\ 😀')).write(
        FILE, json.dumps([*REFERENCES, item(title='β "x" \\')], ensure_ascii=False)
    )
    references = pack.load().usable().references

    assert ["ref-1", "ref-2", "ref-3"] == list(references)
    assert ('β "x" \\', 2002, "10.1000/one") == (
        references["ref-3"].title,
        references["ref-3"].year,
        references["ref-1"].doi,
    )


@pytest.mark.parametrize("indent", [None, 1, 4, "\t"])
def test_layout_of_the_list_carries_no_meaning(corpus: Corpus, indent: int | str | None) -> None:
    """
    JSON on one line, indented or with tabs is one list.
    """
    written = corpus.write(FILE, json.dumps(REFERENCES, indent=indent))

    assert ["ref-1", "ref-2"] == list(written.load().usable().references)


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ('"id": "ref-2",', '"id": "ref-2"', 23, 3),
        ('"title": "Two"', '"title": "Two', 25, 4),
        ("[\n", "[,\n", 1, 2),
    ],
)
def test_malformed_list_is_refused_where_it_breaks(corpus: Corpus, old: str, new: str, line: int, column: int) -> None:
    """
    A missing comma or quote gives a fault of the reference list at the line where reading stopped.
    """
    text = json.dumps(REFERENCES, indent=1)
    assert old in text
    first = next(p for p in corpus.write(FILE, text.replace(old, new, 1)).check() if p.file.name == FILE)

    assert ("E001", line, column) == (first.code, first.line, first.column)


@pytest.mark.parametrize(
    "text",
    [
        "[{]",
        "",
        json.dumps([*REFERENCES, {"id": "ref-3"}]),
        json.dumps([{"id": "ref-1"}, REFERENCES[1]]),
        "{}",
    ],
)
def test_fault_of_the_list_is_not_a_fault_of_every_study(corpus: Corpus, text: str) -> None:
    """
    One missing comma is one fault; the studies that name an item of the list are right.
    """
    assert {FILE} == {p.file.name for p in corpus.write(FILE, text).check()}


@pytest.mark.parametrize(
    ("parts", "code", "where", "words"),
    [
        ({"DOI": "https://doi.org/10.1/x"}, "E015", "[2].DOI", "10.1/x"),
        ({"PMID": "PMC123"}, "E015", "[2].PMID", "PMC123"),
        ({"PMCID": "123"}, "E015", "[2].PMCID", "123"),
        ({"issued": {}}, "E011", "[2].issued.date-parts", "missing"),
        ({"issued": {"date-parts": [["MMXX"]]}}, "E015", "[2].issued.date-parts[0][0]", "'MMXX'"),
        ({"issued": {"date-parts": []}}, "E015", "[2].issued.date-parts", "must not be empty"),
        ({"id": "Ref 3"}, "E015", "[2].id", "Ref 3"),
        ({"author": "Smith"}, "E015", "[2].author", "Smith"),
    ],
)
def test_fault_in_an_item_is_refused_at_its_key(
    corpus: Corpus, parts: dict[str, Any], code: str, where: str, words: str
) -> None:
    """
    What is read of an item is checked: identifiers, year, authors.
    """
    told = {(p.code, p.where): p.message for p in listed(corpus, item(**parts)).check() if p.file.name == FILE}

    assert (code, where) in told
    assert words in told[code, where]


def test_date_without_a_year_is_refused() -> None:
    """
    A publication that was taken has a year.
    """
    with pytest.raises(ValidationError):
        publication(issued={"date-parts": [[]]})


def test_year_that_is_no_number_is_one_fault(corpus: Corpus) -> None:
    """
    A wrong year is not an empty date as well.
    """
    problem = listed(corpus, item(issued={"date-parts": [["MMXX"]]})).problem()

    assert "[2].issued.date-parts[0][0]" == problem.where


def test_id_given_twice_is_refused_at_the_second(corpus: Corpus) -> None:
    """
    An id names one item.
    """
    problem = listed(corpus, item(id="ref-2")).problem()

    assert ("E023", "[2].id") == (problem.code, problem.where)
    assert corpus.place('"Three"', FILE)[0] - 2 == problem.line


@pytest.mark.parametrize("doi", ["10.1000/two", "10.1000/TWO"])
def test_doi_given_twice_is_refused_with_its_owner(corpus: Corpus, doi: str) -> None:
    """
    One paper stands in the list once; DOIs do not tell capitals from small letters.
    """
    problem = listed(corpus, item(DOI=doi)).problem()

    assert ("E028", "[2].DOI") == (problem.code, problem.where)
    assert f"ref-2 has the DOI {doi} already" == problem.message


def test_references_without_doi_are_not_the_same(corpus: Corpus) -> None:
    """
    Two items without a DOI are two papers.
    """
    assert [] == listed(corpus, item(), item(id="ref-4")).check()


def test_list_that_is_no_list_is_refused(corpus: Corpus) -> None:
    """
    A reference list is a list, not one item.
    """
    first = next(p for p in corpus.write(FILE, json.dumps(item())).check() if p.file.name == FILE)

    assert ("E015", 1, 1) == (first.code, first.line, first.column)
    assert "list" in first.message


def test_missing_list_is_a_fault(corpus: Corpus) -> None:
    """
    A pack has a reference list.
    """
    (corpus.root / FILE).unlink()
    first = next(p for p in corpus.check() if p.file.name == FILE)

    assert ("E001", "cannot be read: No such file or directory") == (first.code, first.message)
