"""What was read and how far; what the site is, its licence, how to cite it, and files to take away."""

import re
from collections import Counter
from collections.abc import Mapping

from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Code, Lines, Link, SitePage, Text, cell, facts, sections, table
from kg.render.site.tell import paper


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
                        ((_apart(name.removesuffix("Statement")), str(n)) for name, n in sorted(frames.items())),
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


def _apart(name: str) -> str:
    """
    The name of a class as words.

    >>> _apart("NotExamined")
    'not examined'
    """
    return re.sub(r"\B(?=[A-Z])", " ", name).lower()


def _title(model: SiteModel, document: str) -> str:
    return model.one(document, "title") or model.label(document)


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
                    cell(Link(_title(model, document), model.one(document, "url"))),
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
                    *_engine(downloads),
                    Text(("Beside each page stand the same facts as .json and, for what it is about, as .ttl.",)),
                ],
            ),
        ),
        model.of_class("Pack"),
        schema={"@type": "AboutPage", "name": "About"},
    )


def _engine(downloads: Mapping[str, bytes]) -> list[Text | Code]:
    """What is said of the files of others, where the site has them."""
    licence = downloads.get("engine/licence.txt")
    if licence is None:
        return []
    asked = Link("SPARQL page", "sparql.html")
    return [Text(("The files below engine/ answer the ", asked, ".")), Code("Their licence", licence.decode())]


def _citation(model: SiteModel, pack: str) -> str:
    document = model.one(pack, "document")
    made = f"{model.label(pack)}. Exercise–Pain Mechanism Graph."
    source = f"{model.one(document, 'authors')}, {_title(model, document)}. doi:{model.one(document, 'doi')}"
    return f"{made} Curated from: {source}"
