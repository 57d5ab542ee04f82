"""The site as files: every link leads somewhere, every page has its twins, and a rebuild touches only what changed."""

import json
import re
import shutil
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat, parse

from kg.evidence import load_pack
from kg.rdf.ontology import Ontology
from kg.render.site import SiteFault, make_site, write_site
from kg.render.site.addresses import page_path
from kg.render.site.folder import MANIFEST
from kg.render.site.ontology_source import ontology_places
from kg.render.site.parts import Lines, Section, SitePage, Table, table
from kg.render.site.shown import MOST, in_parts
from kg.store import Graph, OxigraphStore, build_graph
from tests.corpus import STUDY, Corpus

#: Pages with a design of their own, which load their facts from a file.
OWN = {"explorer.html", "gap-map.html"}


class Page(HTMLParser):
    """What a test looks at in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.lang: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.lang = given.get("lang") or self.lang
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        self.ids += [value] if (value := given.get("id")) else []
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="session")
def pages(site_files: dict[str, bytes]) -> dict[str, Page]:
    """The pages of the bundled site, read."""
    own = {path: data for path, data in site_files.items() if path.endswith(".html") and path not in OWN}
    return {path: Page(data.decode()) for path, data in own.items()}


@pytest.fixture(scope="session")
def whole(site_files: dict[str, bytes], pages: dict[str, Page]) -> dict[str, Page]:
    """All pages, those that load their facts together with them."""
    return pages | {path: Page(site_files[path].decode() + facts(site_files, path)) for path in OWN}


def facts(site_files: dict[str, bytes], path: str) -> str:
    """The facts that a page loads, as the HTML that its script puts in."""
    script = site_files[f"{path.removesuffix('.html')}/facts.js"].decode()
    return str(json.loads(script[script.index('parseFromString("') + 16 : script.rindex(', "text/html")')]))


@pytest.fixture
def tiny(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """The graph of a tiny pack."""
    return store_of(corpus, ontology)


def store_of(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """The graph of a pack as it stands."""
    return build_graph([load_pack(corpus.root, ontology.vocabulary).usable()], ontology).store()


def test_every_link_leads_to_a_file_and_a_place_in_it(site_files: dict[str, bytes], whole: dict[str, Page]) -> None:
    """
    Within the site; links to elsewhere are addresses of the web.
    """
    ids = {path: set(page.ids) for path, page in whole.items()}
    for path, page in whole.items():
        for link in page.links:
            if re.match(r"https?://", link):
                continue
            file, _, fragment = link.partition("#")
            target = normpath(join(path.rpartition("/")[0], unquote(file))) if file else path
            assert target in site_files, f"{path}: {link}"
            assert not fragment or unquote(fragment) in ids[target], f"{path}: {link}"


def test_every_page_can_be_reached_from_the_first(site_files: dict[str, bytes], pages: dict[str, Page]) -> None:
    """
    By links alone, without the search and without a script.
    """
    pages = pages | {path: Page(site_files[path].decode()) for path in OWN}
    seen, open_ = {"index.html"}, ["index.html"]
    while open_:
        here = open_.pop()
        for link in pages[here].links:
            target = normpath(join(here.rpartition("/")[0], unquote(link.partition("#")[0])))
            if target in pages and target not in seen:
                seen.add(target)
                open_.append(target)
    assert set() == pages.keys() - seen


def test_every_page_says_its_language_has_landmarks_and_headings_in_order(pages: dict[str, Page]) -> None:
    """
    One h1, no step left out on the way down, and no id twice.
    """
    for path, page in pages.items():
        assert "en" == page.lang, path
        assert (1, 1, 1, 1) == tuple(page.tags[tag] for tag in ("h1", "main", "header", "footer")), path
        assert 1 <= page.tags["title"] and 1 == page.headings[0], path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), path
        assert [] == [id for id, n in Counter(page.ids).items() if n > 1], path


def test_twins_are_there_and_can_be_read(site_files: dict[str, bytes], pages: dict[str, Page]) -> None:
    """
    JSON, Turtle and JSON-LD of each page are well formed; a page of one thing has that thing as a subject.
    """
    for path, data in site_files.items():
        if path.endswith(".json"):
            told = json.loads(data)
            subjects = {triple.subject for triple in parse(site_files[f"{path[:-5]}.ttl"], format=RdfFormat.TURTLE)}
            if told["kind"] in ("study", "statement", "reference", "mechanism", "conflict", "gap"):
                assert told["about"][0] in {str(getattr(one, "value", "")) for one in subjects}, path
    for path in pages:
        found = re.search(rb'<script type="application/ld\+json">(.*?)</script>', site_files[path], re.DOTALL)
        assert found is not None
        assert "https://schema.org" == json.loads(found[1])["@context"], path


def test_each_thing_of_the_graph_has_its_page(site_files: dict[str, bytes], store: OxigraphStore) -> None:
    """
    Mechanisms, markers, conditions, modalities, outcomes, studies, references, statements, conflicts, gaps, questions.
    """
    kinds = [
        "Mechanism",
        "Marker",
        "Condition",
        "Modality",
        "Outcome",
        "Study",
        "ReferenceEntry",
        "Statement",
        "Conflict",
        "Gap",
        "OpenQuestion",
    ]
    classes = " ".join(f"epk:{kind}" for kind in kinds)
    query = f"PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#> SELECT DISTINCT ?one {{ VALUES ?c {{ {classes} }} ?one a ?c }}"
    things = [row[0].value for row in store.select(query).rows if row[0] is not None]
    assert 500 < len(things)
    assert [] == [one for one in things if page_path(one) not in site_files]


def test_pages_are_small(site_files: dict[str, bytes]) -> None:
    """
    Below 100,000 bytes each, without the files that they load.
    """
    sizes = {path: len(data) for path, data in site_files.items() if path.endswith(".html")}
    assert {} == {path: size for path, size in sizes.items() if size >= 100_000}


def test_every_link_of_the_explorer_is_a_row_without_scripts(
    site_files: dict[str, bytes], whole: dict[str, Page]
) -> None:
    """
    As many rows as the explorer draws links, and each finding that it shows is linked to in its own place.
    """
    explorer = facts(site_files, "explorer.html")
    parts = [path for path in sorted(site_files) if re.fullmatch(r"explorer-links(\.\d+)?\.html", path)]
    assert len(re.findall("<tr id=e", explorer)) == sum(site_files[path].count(b'<tr id="link-') for path in parts)
    shown = {link for link in whole["explorer.html"].links if "#finding-" in link}
    linked = {link for path in parts for link in whole[path].links}
    assert len(re.findall("<article id=", explorer)) == len(shown & linked) == len(shown)


@pytest.mark.parametrize(
    ("kind", "told", "after"),
    [
        ("/statement/", "Curated in", 0),
        ("/question/", "Curated in", 0),
        ("/entry/", "Curated in", 1),
        ("term/", "Curated in", 0),
        ("scheme/", "Curated in", 0),
    ],
)
def test_what_was_curated_leads_to_its_line(site_files: dict[str, bytes], kind: str, told: str, after: int) -> None:
    """
    Each statement, open question, reference and term links to the line of its file, and its id stands there.
    """
    paths = [path for path in sorted(site_files) if kind in path and re.search(r"[^.]{3}\.html", path)]
    assert paths
    for path in paths:
        if re.search(r"\.\d+\.html$", path) or (kind == "scheme/" and "ontology/terms" not in str(site_files[path])):
            continue
        found = re.search(rf'{told} <a href="([^"#]+)#L(\d+)"'.encode(), site_files[path])
        assert found is not None, path
        file = normpath(join(path.rpartition("/")[0], found[1].decode()))
        number = str(int(found[2]) + after).encode()
        line = re.search(rb'id="L' + number + rb'"><code>(.*?)</code>', site_files[file])
        assert line is not None and Path(path).stem.encode() in line[1], path


def test_what_rules_derived_leads_to_the_rule(site_files: dict[str, bytes]) -> None:
    """
    Each conflict and gap links to the file of the rule that made it.
    """
    for path in (path for path in site_files if re.match(r"(gap|conflict)/.*\D\.html", path)):
        found = re.search(rb'Derived by the rule in <a href="([^"#]+)#L1"', site_files[path])
        assert found is not None, path
        rule = site_files[normpath(join(path.rpartition("/")[0], found[1].decode()))].decode()
        assert ("a epk:Gap" if path.startswith("gap") else "Conflict") in rule, path


def test_a_file_of_the_ontology_counts_only_where_the_graph_says_the_same(
    graph: Graph, ontology: Ontology, tmp_path: Path
) -> None:
    """
    A term that was changed since, or a rule of another wording, has no place; what stayed has one.
    """
    triples = defaultdict(set)
    for quad in graph.quads:
        triples[quad.subject.value].add(quad.triple)
    root = tmp_path / "ontology"
    shutil.copytree(ontology.root, root)
    for name, old, new in (
        ("terms/genes.ttl", '"@en', ' changed"@en'),
        ("rules/01-within.rq", "summary: ", "summary: Not "),
    ):
        file = root / name
        file.write_text(file.read_text().replace(old, new))
    before, after = (dict(ontology_places(triples, Ontology(each))) for each in (ontology.root, root))
    lost = {place.path for iri, place in before.items() if iri not in after}
    assert {"ontology/terms/genes.ttl", "ontology/rules/01-within.rq"} == lost
    assert after == {iri: place for iri, place in before.items() if iri in after}


def test_the_ten_sentences_are_computed(site_files: dict[str, bytes]) -> None:
    """
    The first page has ten sentences, and each leads on.
    """
    told = json.loads(site_files["index.json"])
    lines = next(one["content"][0] for one in told["sections"] if "sentences" in one["heading"])
    assert 10 == len(lines)
    assert 10 == sum(isinstance(line, dict) for line in lines)


def test_every_row_of_the_ranking_leads_to_its_gap(site_files: dict[str, bytes]) -> None:
    """
    Ranked or not, each on a page of its own.
    """
    told = json.loads(site_files["gaps.json"])
    (table,) = (block for one in told["sections"] if "Gaps" == one["heading"] for block in one["content"])
    places = [
        "".join(link for cell in row if isinstance(cell, dict) for link in cell["links"][:1]) for row in table["rows"]
    ]
    assert "" not in places and len(set(places)) == len(places) > 20


def test_both_tellings_stand_apart(site_files: dict[str, bytes]) -> None:
    """
    The page of a paper's telling holds no finding of the review's.
    """
    for path, data in site_files.items():
        if re.search(r"/(paper|review)/[^/]+\.json$", path):
            teller = "paper" if "/paper/" in path else "review"
            tables = [
                one for part in json.loads(data)["sections"] for one in part["content"] if part["heading"] == "Findings"
            ]
            assert {teller} >= {row[4] for one in tables for row in one["rows"]}, path


def test_a_long_table_goes_on_in_the_next_part() -> None:
    """
    Nothing is lost, nothing stands twice, and each part is within the limit.
    """
    rows = [[f"row {n}", "x" * 400] for n in range(500)]
    page = SitePage(
        "a/b.html", "list", "Long", (), (Section("One", (table("t", ("a", "b"), rows), Lines((("end",),)))),)
    )
    parts = in_parts(page)
    found = [
        row.cells[0][0]
        for part in parts
        for one in part.sections
        for b in one.blocks
        if isinstance(b, Table)
        for row in b.rows
    ]
    assert [row[0] for row in rows] == found
    assert 2 < len(parts) < 5 and ("a/b.html", "a/b.2.html") == parts[0].others[:2]
    assert all(sum(len(str(one)) for one in part.sections) < 2 * MOST for part in parts)


def test_the_same_graph_gives_the_same_bytes(tiny: OxigraphStore, corpus: Corpus) -> None:
    """
    File by file.
    """
    assert make_site(tiny, [corpus.root]) == make_site(tiny, [corpus.root])


def test_a_change_to_one_study_rewrites_only_what_tells_of_it(
    corpus: Corpus, ontology: Ontology, tmp_path: Path
) -> None:
    """
    Pages that are the same stay untouched, to the nanosecond; a study that is gone takes its pages with it.
    """
    folder = tmp_path / "site"
    corpus.write("studies/other-2001.yaml", STUDY.replace("small-2000", "other-2001").replace("ref-1", "ref-2"))
    before = make_site(store_of(corpus, ontology), [corpus.root])
    assert len(before) == write_site(before, folder).written
    times = {path: (folder / path).stat().st_mtime_ns for path in before}
    corpus.with_text("result: decrease", "result: increase")
    after = make_site(store_of(corpus, ontology), [corpus.root])
    done = write_site(after, folder)
    same = [path for path in before if before[path] == after.get(path)]
    assert done.written == len(after) - len(same) < len(after) / 4
    assert all(times[path] == (folder / path).stat().st_mtime_ns for path in same)
    changed = {path for path in before if path not in same}
    assert "pack/tiny/paper/small-2000.html" in changed and "pack/tiny/paper/other-2001.html" not in changed
    (corpus.root / "studies" / "other-2001.yaml").unlink()
    write_site(make_site(store_of(corpus, ontology), [corpus.root]), folder)
    assert not (folder / "pack/tiny/paper/other-2001.html").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """
    A file, a folder with other files, and a file of another's within a site: refused, and nothing is written.
    """
    (tmp_path / "file").write_text("mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine")
    with pytest.raises(SiteFault, match="is no folder"):
        write_site({"index.html": b"x"}, tmp_path / "file")
    with pytest.raises(SiteFault, match="is not a site"):
        write_site({"index.html": b"x"}, tmp_path / "mine")
    assert ["index.html"] == [path.name for path in (tmp_path / "mine").iterdir()]
    write_site({"index.html": b"x"}, tmp_path / "site")
    (tmp_path / "site" / "notes.html").write_text("mine")
    with pytest.raises(SiteFault, match=r"notes\.html: is there"):
        write_site({"index.html": b"y", "notes.html": b"y"}, tmp_path / "site")
    assert b"x" == (tmp_path / "site" / "index.html").read_bytes()
    assert 0 == write_site({"index.html": b"x"}, tmp_path / "site").written
    assert "mine" == (tmp_path / "site" / "notes.html").read_text()


def test_a_list_of_files_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """
    A manifest that names files elsewhere removes none of them.
    """
    (tmp_path / "keep").write_text("mine")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MANIFEST).write_text(json.dumps({"site": {"../keep": "", str(tmp_path / "keep"): ""}}))
    write_site({"index.html": b"x"}, folder)
    assert "mine" == (tmp_path / "keep").read_text()


def test_a_stopped_run_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    After a full disk the folder still is a site, holds whole files only, and the next run completes it.
    """
    from kg.evidence import file

    folder, real, left = tmp_path / "site", file.write_whole, [3]

    def full(path: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise file.FileFault("cannot be written: No space left on device")
        real(path, data)

    monkeypatch.setattr("kg.render.site.folder.write_whole", full)
    files = {f"{n}.html": b"x" * 10 for n in range(6)}
    with pytest.raises(SiteFault, match="No space left"):
        write_site(files, folder)
    assert all(path.read_bytes() == b"x" * 10 for path in folder.glob("*.html"))
    monkeypatch.undo()
    assert 4 == write_site(files, folder).written
