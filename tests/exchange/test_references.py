"""References of other programs in a pack's list: what they say stays, what is wrong is told with its line."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evidence.problem import KgError
from kg.exchange import add_references
from kg.exchange.add_references import READERS
from kg.exchange.incoming import ImportFault
from tests.corpus import Corpus

BIBTEX = r"""% exported
@string{jp = "The Journal of Pain"}
@article{mueller2020,
  title = {Running and {BDNF} in na{\"\i}ve rats: 50% less \& TNF-$\alpha$ \strange{x}},
  author = {M{\"u}ller, J{\"o}rg and van der Berg, Anna M. and {World Health Organization} and Smith, Jr., John and others},
  journal = jp, volume = 21, number = {3/4}, pages = {100--110}, year = 2020, month = mar,
  doi = {https://doi.org/10.1000/A_B}, pmid = {123}, file = {C:\x.pdf}
}
@Thesis{only, title = "A thesis", date = {2011-05-03}, school = {Somewhere}}
"""
RIS = """TY  - JOUR
ID  - 7
AU  - Smith, John, Jr
AU  - World Health Organization
TI  - A title that goes
  on here
PY  - 2019/03//
T2  - Journal of Pain
JO  - J Pain
SP  - 1
EP  - 9
DO  - doi:10.1000/XYZ
AN  - 456
DB  - PubMed
C2  - PMC99
KW  - a
KW  - b
ZZ  - kept
ER  -\x20
"""
ITEM = {
    "id": "x/1",
    "type": "book",
    "title": "A book",
    "issued": {"raw": "1999-02"},
    "volume": 3,
    "own": {"deep": [1.5]},
}


@pytest.fixture
def pack(corpus: Corpus) -> Path:
    """The tiny pack, whose list has two references."""
    return corpus.root


def brought(pack: Path, text: str | bytes, form: str, **options: str) -> list[dict[str, Any]]:
    """The items that an import of a file puts behind those of the pack."""
    file = pack.parent / f"in.{form}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    add_references(pack, file, form, **options)
    items: list[dict[str, Any]] = json.loads((pack / "references.json").read_bytes())
    return items[2:]


def refused(pack: Path, text: str | bytes, form: str) -> list[str]:
    """What is said of a file at fault, without its name; the list must be as it was."""
    before = (pack / "references.json").read_bytes()
    with pytest.raises(ImportFault) as caught:
        brought(pack, text, form)
    assert before == (pack / "references.json").read_bytes()
    lines = str(caught.value).splitlines()
    assert "nothing was added" == lines[-1]
    return [line.partition(f"in.{form}:")[2] for line in lines[:-1]]


def test_bibtex_keeps_all_that_it_says(pack: Path) -> None:
    """
    LaTeX is read, macros are resolved, names are split, what has no place is kept beside; nothing is swallowed.
    """
    paper, thesis = brought(pack, BIBTEX, "bibtex")
    assert {
        "id": "ref-3", "type": "article-journal", "citation-key": "mueller2020",
        "title": "Running and BDNF in naïve rats: 50% less & TNF-α \\strange x",
        "author": [
            {"family": "Müller", "given": "Jörg"}, {"family": "van der Berg", "given": "Anna M."},
            {"literal": "World Health Organization"}, {"family": "Smith", "given": "John", "suffix": "Jr."},
            {"literal": "et al."},
        ],
        "container-title": "The Journal of Pain", "volume": "21", "issue": "3/4", "page": "100–110",
        "issued": {"date-parts": [[2020, 3]]}, "DOI": "10.1000/A_B", "PMID": "123",
        "custom": {"imported": {"file": "C:\\x.pdf"}},
    } == paper  # fmt: skip
    assert ("ref-4", "thesis", "Somewhere", {"date-parts": [[2011, 5, 3]]}) == tuple(
        thesis[key] for key in ("id", "type", "publisher", "issued")
    )


def test_ris_keeps_all_that_it_says(pack: Path) -> None:
    """
    Values that go on in the next line are one; PubMed's numbers are found; unknown tags are kept beside.
    """
    (paper,) = brought(pack, "\ufeff" + RIS.replace("\n", "\r\n"), "ris")
    assert {
        "id": "ref-3", "type": "article-journal", "citation-key": "7", "title": "A title that goes on here",
        "author": [{"family": "Smith", "given": "John", "suffix": "Jr"}, {"literal": "World Health Organization"}],
        "container-title": "Journal of Pain", "page": "1–9", "issued": {"date-parts": [[2019, 3]]},
        "DOI": "10.1000/XYZ", "PMID": "456", "PMCID": "PMC99", "keyword": "a, b",
        "custom": {"imported": {"JO": ["J Pain"], "DB": ["PubMed"], "ZZ": ["kept"]}},
    } == paper  # fmt: skip


def test_csl_keeps_every_key(pack: Path) -> None:
    """
    Numbers stay numbers, own keys stay; the id is kept as citation key; a raw date gives the year.
    """
    (book,) = brought(pack, json.dumps(ITEM), "csl")
    issued = {"raw": "1999-02", "date-parts": [[1999, 2]]}
    assert {**ITEM, "id": "ref-3", "citation-key": "x/1", "issued": issued} == book


def test_list_stays_as_it_is_written(pack: Path, corpus: Corpus) -> None:
    """
    Signs, spaces and keys before the new items are those of the old file, which the checker reads after as before.
    """
    own = '[ {"id":"ref-1",  "type":"article-journal","title":"One","issued":{"date-parts":[[2000]]}, "own": 1e3}\n , '
    own += '{"id":"ref-41","type":"book","title":"Two","issued":{"date-parts":[[2001]]}}\n\n]\n\n'
    (pack / "references.json").write_text(own, encoding="utf-8")
    brought(pack, RIS, "ris")
    written = (pack / "references.json").read_text(encoding="utf-8")
    assert written.startswith(own.rstrip().removesuffix("]").rstrip() + ',\n {\n  "id": "ref-42"')
    assert [] == corpus.check()


def test_numbering_begins_in_a_pack_without_a_list(pack: Path) -> None:
    """
    The first reference of a new pack is number one.
    """
    (pack / "references.json").unlink()
    brought(pack, RIS, "ris")
    assert ["ref-1"] == [item["id"] for item in json.loads((pack / "references.json").read_bytes())]


@pytest.mark.parametrize(
    ("same", "said"),
    [
        ("doi = {10.1000/ONE}, title = {Other}, year = 1990", "ref-1 has the same DOI"),
        ("title = {{O}ne.}, year = 2000", "ref-1 has the same title and year"),
        ("title = {New}, year = 2020, doi = {10.1000/new}} @book{b, title = {New}, year = 2020", "ref-3 has the same title and year"),
    ],
)  # fmt: skip
def test_reference_that_is_there_is_told_and_not_added(same: str, said: str, pack: Path) -> None:
    """
    By DOI however it is written, by title and year; also inside one file.
    """
    file = pack.parent / "in.bib"
    file.write_text("\n@article{key, " + same.replace("} @", "}\n@") + "}\n", encoding="utf-8")
    added = add_references(pack, file, "bibtex")
    (line,) = added.known
    assert line.endswith(f"is not added: {said}")
    assert line.startswith(f"{file}:{2 + len(added.new)}: ")
    again = add_references(pack, file, "bibtex")
    assert () == again.new


def test_two_dois_are_two_works(pack: Path) -> None:
    """
    An erratum with the title and year of its paper is another work.
    """
    (item,) = brought(pack, "@article{e, title = {One}, year = 2000, doi = {10.1000/erratum}}", "bibtex")
    assert "10.1000/erratum" == item["DOI"]


BROKEN = r"""@article{first, title = {Fine}, year = 2000}
@book{open, title = {Unclosed {brace},
  year = 2001
@article{first, title = {Other}, year = 2002}
@article{twice, title = {A}, title = {B}, year = 2003}
@article{capital, title = {A}, Title = {B}, year = 2003}
@article noBrace
@misc{macro, title = {A}, journal = unknown, year = 2004}
@misc{names, title = {A}, author = {a, b, c, d}, year = 2004}
@misc{undated, title = {No year}, crossref = {first}}
@misc{doi, title = {D}, year = 2005, doi = {see text}}
@misc{cut, title = {Cut
"""


def test_all_faults_of_bibtex_come_at_once_with_their_lines(pack: Path) -> None:
    """
    Braces, keys, fields, macros, names, years: each with the line of its entry, and nothing is added.
    """
    lines = refused(pack, BROKEN, "bibtex")
    assert [
        "2: the entry that begins here cannot be read: unexpected block start: `@article`; count its braces and quotation marks",
        "4: the key 'first' stands in line 1 already; rename one of the two, or remove it",
        "5: the entry has title twice; keep one",
        "6: the entry has a field twice, in small letters and in capitals; keep one",
        "7: '@article' begins no entry: a brace must follow, as in @article{key,",
        "8: journal is 'unknown', which is no @string of this file; put it in braces",
        "9: the name 'a, b, c, d' cannot be read: too many commas",
        "10: 'undated': the year is missing; a reference needs title and year",
        "11: 'doi': DOI 'see text' is not a DOI such as 10.1000/182, without https://doi.org/ before it",
        "12: the entry that begins here cannot be read: unexpectedly reached end of file; count its braces and quotation marks",
    ] == lines  # fmt: skip


def test_all_faults_of_ris_come_at_once_with_their_lines(pack: Path) -> None:
    """
    Text before an entry, an entry that does not end, one without a year.
    """
    text = "stray\nTY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \nTY  - BOOK\nTI  - C\n"
    assert [
        "1: 'stray' stands before any entry; an entry begins with TY  - ",
        "2: the entry that begins here has no ER before the next one in line 4",
        "4: 'B': the year is missing; a reference needs title and year",
        "7: the entry that begins here has no ER; is the file cut off?",
    ] == refused(pack, text, "ris")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"title": "A",\n "type" "book"}]', "2: is not JSON here: expecting ':' delimiter"),
        ('[{"title": "A",\n "title": "B"}]', "2: the key 'title' stands twice; keep one"),
        ("[\n1]", "2: an item must be an object"),
        ('[\n{"id": "k", "title": "A\\u0000", "type": "book", "issued": {"date-parts": [[2000]]}}]', "2: 'k': title: holds a control"),
        ('[\n{"id": "k", "title": "A", "type": "book", "issued": {"date-parts": [["MM"]]}}]', "2: 'k': issued.date-parts.0.0:"),
    ],
)  # fmt: skip
def test_faults_of_csl_have_their_lines(text: str, line: str, pack: Path) -> None:
    """
    JSON that is none, keys that stand twice, items that are none, values that a reference cannot have.
    """
    assert refused(pack, text, "csl")[0].startswith(line)


def test_odd_encodings_are_named(pack: Path) -> None:
    """
    A file that is not UTF-8 is refused at the line of the first wrong byte; with its encoding named it is read.
    """
    text = "@article{a,\n title = {Übung}, year = 2000}"
    (line,) = refused(pack, text.encode("latin-1"), "bibtex")
    assert "2: is not utf-8 text; save it as UTF-8, or name its encoding with --encoding latin-1, say" == line
    assert "Übung" == brought(pack, text.encode("latin-1"), "bibtex", encoding="latin-1")[0]["title"]
    assert (
        "Übung 2"
        == brought(pack, text.replace("ung", "ung 2").encode("utf-16"), "bibtex", encoding="utf-16")[1]["title"]
    )
    with pytest.raises(KgError, match="'klingon' is no encoding"):
        brought(pack, text, "bibtex", encoding="klingon")


def test_broken_list_is_left_alone(pack: Path) -> None:
    """
    What cannot be read is not written over.
    """
    (pack / "references.json").write_text("[{]", encoding="utf-8")
    with pytest.raises(KgError, match="kg check shows what to mend first"):
        brought(pack, RIS, "ris")
    assert "[{]" == (pack / "references.json").read_text(encoding="utf-8")


def test_library_that_is_missing_is_named(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    BibTeX needs one; the message says how to get it.
    """
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)
    with pytest.raises(KgError, match=r"pip install 'exercise-pain-kg\[exchange\]'"):
        brought(pack, BIBTEX, "bibtex")


@pytest.mark.parametrize("issued", [{"date-parts": [[]]}, {"date-parts": 5}, "2000", None, {}])
def test_old_item_without_a_date_is_no_hindrance(issued: object, pack: Path) -> None:
    """
    The list may be at fault elsewhere: that is for the checker, and stays as it is.
    """
    (pack / "references.json").write_text(
        json.dumps([{"id": "ref-1", "title": "A", "issued": issued}]), encoding="utf-8"
    )
    brought(pack, RIS, "ris")
    first, second = json.loads((pack / "references.json").read_bytes())
    assert (issued, "ref-2") == (first["issued"], second["id"])


@pytest.mark.parametrize("form", sorted(READERS))
@pytest.mark.parametrize(
    "text", ["", "\n\n", "@", "TY", "{", "}", "@a{b", "[]", "TY  -", "ER  - ", "\x00", "@{", "@a(b,c=d)"]
)
def test_scraps_are_read_or_refused(form: str, text: str, pack: Path) -> None:
    """
    No scrap of a file is a bug: it is empty, or it has a fault with a line.
    """
    read = READERS[form](text)
    assert all(trouble.line >= 1 for trouble in read.troubles)
