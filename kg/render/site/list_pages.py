"""The pages that lead to others: lists of everything by kind, the glossary, curation, and what the site is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.rdf.namespaces import SCHEME, TERM, WORD
from kg.render.site.addresses import anchor
from kg.render.site.model import KINDS, SiteModel
from kg.render.site.parts import Cell, Lines, Link, Row, SitePage, Table, Text, cell, facts, sections, table
from kg.render.site.tell import paper

_PLURALS = {"open question": "open questions", "study": "studies", "modality": "modalities"}


def list_pages(pages: Sequence[SitePage]) -> Iterator[SitePage]:
    """A page that lists all pages of a kind, for each kind, and one that lists the kinds."""
    kinds: dict[str, list[SitePage]] = defaultdict(list)
    for page in pages:
        if page.about:
            kinds[page.kind].append(page)
    kinds.pop("overview", None)
    yield SitePage(
        "lists.html",
        "overview",
        "Lists of everything",
        ("Each thing has a page of its own.",),
        sections(
            (
                "By kind",
                [
                    Lines(
                        tuple(
                            (Link(f"{_plural(kind)} ({len(own)})", _path(kind)),) for kind, own in sorted(kinds.items())
                        )
                    )
                ],
            )
        ),
        schema={"@type": "CollectionPage", "name": "Lists of everything"},
    )
    for kind, own in sorted(kinds.items()):
        listed = sorted(own, key=lambda page: (page.title.lower(), page.path))
        yield SitePage(
            _path(kind),
            "overview",
            f"All {_plural(kind)}",
            (f"{len(own)} pages.",),
            sections((_plural(kind).capitalize(), [Lines(tuple((Link(page.title, page.path),) for page in listed))])),
            schema={"@type": "CollectionPage", "name": f"All {_plural(kind)}"},
        )


def _plural(kind: str) -> str:
    return _PLURALS.get(kind, kind + "s")


def _path(kind: str) -> str:
    return f"list/{kind.replace(' ', '-')}.html"


def glossary_pages(model: SiteModel) -> Iterator[SitePage]:
    """The glossary: the words of the ontology, and a page for each scheme of terms."""
    words = [
        (name, node)
        for kind in ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")
        for node in model.of_iri(kind)
        for name in [model.label(node)]
        if model.one(node, "skos:definition")
    ]
    rows = tuple(
        Row(
            ((name,), (model.one(node, "skos:definition"),), (node.rpartition("/")[2],)),
            anchor(node.rpartition("#")[2]),
        )
        for name, node in sorted(set(words))
    )
    schemes = sorted(model.terms.schemes.values(), key=lambda one: one.label.lower())
    yield SitePage(
        "glossary.html",
        "overview",
        "Glossary",
        ("Each word has one meaning, here and in every file, page and column.",),
        sections(
            (
                "Kinds of terms",
                [Lines(tuple(cell(Link(one.label, SCHEME + one.id), f": {one.definition}") for one in schemes))],
            ),
            ("Words of the graph", [Table("Classes and properties", ("word", "meaning", "name"), rows)]),
        ),
        schema={"@type": "DefinedTermSet", "name": "Glossary"},
    )
    for scheme in schemes:
        yield _scheme(model, scheme.id, scheme.label, scheme.definition)


def _scheme(model: SiteModel, id: str, label: str, definition: str) -> SitePage:
    own = sorted(
        (entry for entry in model.terms.vocabulary.terms.values() if entry.scheme == id),
        key=lambda one: (one.label.lower(), one.id),
    )
    rows = tuple(
        Row(
            (
                (Link(entry.label, TERM + entry.id),) if _paged(model, entry.id) else (entry.label,),
                (model.terms.definitions.get(entry.id, ""),),
                (", ".join(entry.synonyms),),
                (str(model.terms.studies(model.terms.beneath(entry.id)) or ""),),
            ),
            anchor(entry.id),
        )
        for entry in own
    ) or tuple(_word_rows(model, id))
    return SitePage(
        f"scheme/{anchor(id)}.html",
        "scheme",
        f"Glossary: {label}",
        (definition,),
        sections(("Terms", [Table(label, ("term", "meaning", "also called", "studies"), rows)])),
        (SCHEME + id,),
        schema={"@type": "DefinedTermSet", "name": label},
    )


def _word_rows(model: SiteModel, id: str) -> Iterator[Row]:
    """The fixed words, which are terms of a scheme without the address of a term."""
    for node in sorted(model.triples):
        if node.startswith(WORD) and SCHEME + id in model.nodes(node, "skos:inScheme"):
            yield Row(
                ((model.label(node),), (model.one(node, "skos:definition"),), ("",), ("",)),
                anchor(node.removeprefix(WORD)),
            )


def _paged(model: SiteModel, id: str) -> bool:
    return any(TERM + id in model.of_class(name) for name in KINDS)


def curation_page(model: SiteModel) -> SitePage:
    """How much was read and how far, and which papers come from one laboratory."""
    papers = [one for one in model.of_class("Study") if model.told_by_paper(one)]
    told = [one for one in model.of_class("Study") if not model.told_by_paper(one)]
    depth = Counter(model.depth(one) for one in papers)
    by_paper = sum(one.told == "paper" for one in model.findings.values())
    frames = Counter(
        kind
        for one in model.of_class("Statement")
        for triple in model.triples[one]
        if (kind := triple.object.value.rpartition("#")[2]).endswith("Statement") and kind != "Statement"  # type: ignore[union-attr]
    )
    laboratories = [
        (model.one(one, "laboratory"), _papers(model, one), model.one(one, "reason"))
        for one in model.of_class("Laboratory")
    ]
    return SitePage(
        "curation.html",
        "overview",
        "What was read, and how far",
        ("Absence in an abstract is weaker than absence in a full text, and both are weaker than a result.",),
        sections(
            (
                "In figures",
                [
                    facts(
                        [
                            ("references in the lists", str(len(model.references))),
                            ("papers that were read", str(len(papers))),
                            ("papers of which the review tells", str(len(told))),
                            (
                                "findings, by paper and by review",
                                f"{by_paper} and {len(model.findings) - by_paper}",
                            ),
                            ("statements of the review", str(len(model.of_class("Statement")))),
                        ]
                    )
                ],
            ),
            (
                "How far papers were read",
                [
                    table(
                        "Papers by depth of reading",
                        ("read as", "papers"),
                        ((name, str(n)) for name, n in sorted(depth.items())),
                    )
                ],
            ),
            (
                "Statements",
                [
                    table(
                        "Statements by frame",
                        ("frame", "statements"),
                        ((name.removesuffix("Statement").lower(), str(n)) for name, n in sorted(frames.items())),
                    )
                ],
            ),
            (
                "Laboratories",
                [
                    table(
                        "Papers that come from one laboratory, and why we say so",
                        ("laboratory", "papers", "reason"),
                        laboratories,
                    )
                ],
            ),
            (
                "Not read",
                [
                    Lines(
                        tuple(
                            (Link(f"{one.label} [{one.number}]: {one.title}", one.iri),)
                            for one in model.references
                            if one.publication not in model.studies_of
                        )
                    )
                ],
            ),
        ),
        model.of_class("Laboratory"),
        schema={"@type": "Dataset", "name": "What was read, and how far"},
    )


def _papers(model: SiteModel, laboratory: str) -> Cell:
    from kg.render.site.parts import joined

    return joined(paper(model, one) for one in model.nodes(laboratory, "publications"))


def about_page(model: SiteModel, downloads: Mapping[str, bytes]) -> SitePage:
    """What the site is, under which licence, how to cite it, and files to take away with their digests."""
    import hashlib

    packs = [
        facts(
            [
                ("pack", model.label(one)),
                ("licence", model.one(one, "dcterms:license") or model.one(one, "licence")),
                (
                    "document",
                    cell(
                        Link(model.one(document, "dcterms:title") or model.label(document), model.one(document, "url"))
                    ),
                ),
                ("authors", model.one(document, "authors")),
                ("DOI", model.one(document, "doi")),
                ("digest of the text it was read from", model.one(document, "sha256")),
            ]
        )
        for one in model.of_class("Pack")
        for document in [model.one(one, "document")]
    ]
    rows = (
        ((Link(name, name),), f"{len(data):,}", hashlib.sha256(data).hexdigest())
        for name, data in sorted(downloads.items())
    )
    cite = tuple((_citation(model, one),) for one in model.of_class("Pack"))
    return SitePage(
        "about.html",
        "overview",
        "About, licence, how to cite, downloads",
        cell(
            "Curated findings on exercise and neuropathic pain, as a graph in which each finding leads to its paper "
            "and its passage. It lists what was found; it gives no advice."
        ),
        sections(
            ("Packs and their licence", packs),
            (
                "How to cite",
                [Text(("Cite the pack, the review it reads, and the papers behind each finding.",)), Lines(cite)],
            ),
            (
                "Downloads",
                [
                    table("Files, with the SHA-256 of their bytes", ("file", "bytes", "SHA-256"), rows),
                    Text(("Beside each page stand the same facts as .json and, for what it is about, as .ttl.",)),
                ],
            ),
        ),
        model.of_class("Pack"),
        schema={"@type": "AboutPage", "name": "About"},
    )


def _citation(model: SiteModel, pack: str) -> str:
    document = model.one(pack, "document")
    made = f"{model.label(pack)}. Exercise–Pain Mechanism Graph."
    source = f"{model.one(document, 'authors')}, {model.label(document)}. doi:{model.one(document, 'doi')}"
    return f"{made} Curated from: {source}"
