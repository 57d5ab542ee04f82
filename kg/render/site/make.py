"""All files of a site from one reading of a store: pages with their twins, what they share, and files to take away."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.exchange.sheets import read_sheet
from kg.exchange.write import sheet_bytes
from kg.query.answer import ask
from kg.query.question import bundled_names, bundled_question
from kg.rdf.namespaces import SCHEME, TERM, WORD
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.rdf.write import sorted_nquads
from kg.render.site.about_pages import about_page, curation_page
from kg.render.site.addresses import Addresses, anchor, finding_id
from kg.render.site.audit_page import audit_pages
from kg.render.site.dispute_pages import conflict_pages, gap_pages
from kg.render.site.dose_page import dose_pages
from kg.render.site.engine import Engine
from kg.render.site.glossary_pages import glossary_pages
from kg.render.site.home_page import home_page
from kg.render.site.ladder_page import ladder_pages
from kg.render.site.large import LargePages, large_files, links_page, read_large
from kg.render.site.links import ids_of
from kg.render.site.list_pages import list_pages
from kg.render.site.model import EVERYTHING, SiteModel, read_model
from kg.render.site.ontology_source import ontology_pages
from kg.render.site.parts import SitePage
from kg.render.site.question_pages import question_pages
from kg.render.site.search_index import search_index
from kg.render.site.shown import Shower, Shown, in_parts
from kg.render.site.source_pages import source_pages
from kg.render.site.sparql_page import GRAPH, sparql_files, sparql_page
from kg.render.site.statement_pages import open_question_pages, statement_pages
from kg.render.site.study_pages import reference_pages, study_pages
from kg.render.site.term_pages import term_pages
from kg.render.site.timeline_page import timeline_pages
from kg.render.site.twins import page_json, page_turtle
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Store
from kg.store.remember import RememberingStore

Tell = Callable[[str], Callable[[int, int], None]]


def _quiet(_: str) -> Callable[[int, int], None]:
    return lambda done, of: None


def make_site(
    store: Store, packs: Sequence[Path] = (), tell: Tell = _quiet, engine: Engine | None = None
) -> dict[str, bytes]:
    """
    Every file of a site by its path. The same graph gives the same bytes.

    `packs` are folders of curated files: those from which the graph was built are shown with their lines. `tell` is
    told what is being done, and gives what counts how far it has come. With an `engine` SPARQL can be asked on a page.
    """
    near = _near(store)
    asked, ontology = RememberingStore(near), Ontology(bundled_ontology())
    with ThreadPoolExecutor(2) as beside:  # the engine works while pages are made of what is there already
        beside.submit(_ask_everything, asked)
        packed = beside.submit(_packed, near)
        model = read_model(asked, ontology)
        return _make(packed.result(), model, ontology, packs, tell, engine)


def _ask_everything(store: RememberingStore) -> None:
    """Lets a store remember the answers of all named questions, each of which has a page."""
    for question in map(bundled_question, bundled_names()):
        if not question.is_construct:
            ask(store, question)


def _make(
    packed: bytes, model: SiteModel, ontology: Ontology, packs: Sequence[Path], tell: Tell, engine: Engine | None
) -> dict[str, bytes]:
    downloads = {GRAPH: packed, **_sheets(model), **(engine.published if engine else {})}
    large = read_large(model.store)
    own = [path for path, *_ in large.linked]
    pages = [page for page in _pages(model, ontology, packs, downloads, large, tell) if page.path not in own]
    pages.append(sparql_page(engine, downloads))
    shown = [part for page in pages for part in in_parts(page)]
    addresses = _addresses(model, shown, (*own, *downloads))
    shower = Shower(addresses)
    files = {
        **shower.assets,
        **downloads,
        **large_files(large, model, addresses),
        **sparql_files(engine, model, addresses),
        "search-index.js": search_index(model, pages, addresses),
    }
    count = tell("pages")
    for done, part in enumerate(shown):
        count(done, len(shown))
        files[part.path] = shower.html(part)
        if part.part == 1:
            files[part.json] = page_json(part.page)
            files[part.ttl] = page_turtle(model, part.page)
    count(len(shown), len(shown))
    return files


def _near(store: Store) -> Store:
    """The store in memory where it lies on a disk: some seventy queries that read all of it are quicker there."""
    if isinstance(store, OxigraphStore) and store.folder is not None:
        return store.copied()
    return store


def _pages(
    model: SiteModel, ontology: Ontology, packs: Sequence[Path], downloads: Mapping[str, bytes], large: LargePages,
    tell: Tell,
) -> Iterator[SitePage]:  # fmt: skip
    yield home_page(model, large.linked)
    things = [
        *term_pages(model),
        *study_pages(model),
        *reference_pages(model),
        *statement_pages(model),
        *open_question_pages(model),
        *conflict_pages(model),
        *gap_pages(model),
        *source_pages(model, packs),
        *ontology_pages(model.places, ontology),
    ]
    yield from things
    for make in (ladder_pages, dose_pages, timeline_pages, audit_pages, glossary_pages):
        yield from make(model)
    yield from question_pages(model, tell("questions"))
    yield from list_pages(things)
    if large.view:
        yield links_page(large.view)
    yield curation_page(model)
    yield about_page(model, downloads)


def _sheets(model: SiteModel) -> dict[str, bytes]:
    """Findings and statements as tables to take away."""
    names = ("findings", "statements")
    return {f"downloads/{name}.csv": sheet_bytes(read_sheet(model.store, name), "csv") for name in names}


def _packed(store: Store) -> bytes:
    """The graph to take away: N-Quads, packed."""
    return gzip.compress(_statements(store), compresslevel=6, mtime=0)


def _statements(store: Store) -> bytes:
    """All that the graph says as N-Quads; of a store that knows only the union of its graphs, without their names."""
    if isinstance(store, OxigraphStore):
        lines = store.nquads()
        # canonical are lines in order, where no blank node has to be named; to look for those costs little
        return sorted_nquads(store.quads()) if b"_:" in lines else b"".join(sorted(lines.splitlines(keepends=True)))
    return "".join(sorted({f"{one} .\n" for one in store.construct(EVERYTHING)})).encode()


def _addresses(model: SiteModel, shown: Sequence[Shown], files: Sequence[str]) -> Addresses:
    """Where everything that is linked to stands."""
    places = {path: path for path in (*files, "site.css", "site.js")}
    for entry in model.terms.vocabulary.terms.values():
        places[TERM + entry.id] = f"scheme/{anchor(entry.scheme)}.html#{anchor(entry.id)}"
    for node in model.triples:
        if node.startswith(WORD) and (scheme := model.one(node, "skos:inScheme")):
            places[node] = f"scheme/{anchor(scheme.removeprefix(SCHEME))}.html#{anchor(node.removeprefix(WORD))}"
    for part in shown:
        places |= {one: one for one in (part.path, part.json, part.ttl)}
        if part.part == 1:
            places |= dict.fromkeys(part.page.about, part.path)
    for part in shown:
        for id in (id for section in part.sections for id in ids_of(section)):
            for owner in (part.page.path, *part.page.about):
                places[f"{owner}#{id}"] = f"{part.path}#{id}"
                if owner.startswith(SCHEME):
                    places[f"{part.page.path}#{id}"] = f"{part.path}#{id}"
    places |= {to: places.get(path, path) for to, path in places.items() if path.startswith("scheme/") and "#" in path}
    for finding in model.findings.values():
        if found := places.get(f"{finding.study}#{finding_id(finding.iri)}"):
            places[finding.iri] = found
    return Addresses(places)
