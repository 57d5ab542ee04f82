"""The page of terms: whole without scripts, safe with hostile data, silent on the network, the same for the same terms."""

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.evidence.problem import printable
from kg.query.read_terms import read_terms
from kg.rdf.mappings import TermMapping, load_mappings
from kg.rdf.ontology import Ontology
from kg.render import PageFault, render_terms, write_page
from kg.store import OxigraphStore
from tests.vocabulary import HOSTILE, small_store

VOID = {"input", "meta"}


class Page(HTMLParser):
    """A page as its parts; an end tag that closes something else is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop(), self.getpos()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@pytest.fixture(scope="module")
def text(store: OxigraphStore, ontology: Ontology) -> str:
    """The page of the bundled vocabulary."""
    return render_terms(read_terms(store), load_mappings(ontology.root))


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """The page of the bundled vocabulary, parsed."""
    return Page(text)


def test_page_is_well_formed_and_has_its_marks(page: Page) -> None:
    """
    Every tag is closed in order; language, title, landmarks and one first heading are there, headings skip no level.
    """
    assert [] == page.open
    names = [tag for tag, _ in page.tags]
    assert "en" == dict(page.tags)["html"]["lang"]
    assert ["Terms of the Exercise–Pain Mechanism Graph"] == page.texts["title"]
    assert {"header", "nav", "main"} <= set(names)
    levels = [int(name[1]) for name in names if re.fullmatch(r"h[1-6]", name)]
    assert [1] == [level for level in levels if level == 1]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_term_has_one_place_to_link_to(page: Page, ontology: Ontology) -> None:
    """
    Each term stands in the page without its script; no id is given twice and no link within the page leads nowhere.
    """
    ids = page.values("id")
    assert len(set(ids)) == len(ids)
    assert set(ontology.vocabulary.terms) <= set(ids)
    assert set() == {link[1:] for link in page.values("href") if link.startswith("#")} - set(ids)


def test_page_asks_nobody_for_anything(page: Page) -> None:
    """
    Nothing is loaded: no source, no sheet, no import; links out are followed only by a person.
    """
    assert [] == page.values("src")
    assert {"a"} == {tag for tag, attributes in page.tags if "href" in attributes}
    assert "url(" not in "".join(page.texts["style"]) and "@import" not in "".join(page.texts["style"])
    outside = [
        attributes for tag, attributes in page.tags if tag == "a" and not str(attributes["href"]).startswith("#")
    ]
    assert 500 < len(outside)
    assert {"noreferrer external"} == {attributes["rel"] for attributes in outside}


def test_policy_allows_just_this_style_and_this_script(page: Page) -> None:
    """
    The policy names the digests of the two texts in the page and forbids the rest.
    """
    (policy,) = [value for value in page.values("content") if "default-src" in value]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert "'none'" == rules["default-src"] == rules["base-uri"] == rules["form-action"]
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        digest = base64.b64encode(hashlib.sha256("".join(page.texts[tag]).encode()).digest()).decode()
        assert f"'sha256-{digest}'" == rules[rule]
    assert [] == page.values("style") and [] == [name for _, a in page.tags for name in a if name.startswith("on")]


def test_hostile_names_stay_text() -> None:
    """
    A label, a definition and a mapping with markup come out as the characters they are; none turns the line.
    """
    mapping = TermMapping("named", "skos:exactMatch", HOSTILE, f"https://example.org/?{HOSTILE}", HOSTILE, "x", HOSTILE)
    page = Page(render_terms(read_terms(small_store(HOSTILE)), {"named": (mapping,)}))
    assert 1 == sum(tag == "script" for tag, _ in page.tags)
    assert [] == page.open
    assert printable(HOSTILE) in page.texts["b"]


def test_tree_of_the_page_is_that_of_the_vocabulary() -> None:
    """
    Lists nest as terms do, down to the depth that was asked for; the same terms give the same page.
    """
    terms = read_terms(small_store())
    whole, cut = (Page(render_terms(terms, {}, ("mechanism",), depth)) for depth in (None, 1))
    assert ["calm", "deep", "loud", "round", "signalling"] == sorted(
        set(whole.values("id")) & set(terms.vocabulary.terms)
    )
    assert {"signalling"} == set(cut.values("id")) & set(terms.vocabulary.terms)
    assert render_terms(terms, {}) == render_terms(read_terms(small_store()), {})


def test_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """
    A page replaces the one before it and leaves nothing else; where it cannot be written, the one before stays.
    """
    target = tmp_path / "terms.html"
    for text in ("one", "two"):
        write_page(text, target)
    assert ["terms.html"] == [path.name for path in tmp_path.iterdir()]
    with pytest.raises(UnicodeEncodeError):
        write_page("three \ud800", target)
    assert "two" == target.read_text(encoding="utf-8")
    assert ["terms.html"] == [path.name for path in tmp_path.iterdir()]


def test_a_page_that_cannot_be_written_is_one_clear_fault(tmp_path: Path) -> None:
    """
    The place and the reason are told.
    """
    with pytest.raises(PageFault, match=r"terms\.html: cannot be written: No such file or directory"):
        write_page("one", tmp_path / "nowhere" / "terms.html")
