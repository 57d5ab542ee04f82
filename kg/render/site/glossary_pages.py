"""The glossary: the words of the graph, and a page for each kind of term."""

from collections.abc import Iterator

from kg.rdf.namespaces import SCHEME, TERM, WORD
from kg.render.site.addresses import anchor
from kg.render.site.model import KINDS, SiteModel
from kg.render.site.parts import Lines, Link, Row, SitePage, Table, cell, sections


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
        model.source(SCHEME + id),
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
