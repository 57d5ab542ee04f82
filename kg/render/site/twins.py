"""The machine-readable twins of a page: its parts as JSON, and what the graph says of what it is about as Turtle."""

import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.rdf.namespaces import BASE, PREFIXES
from kg.render.site.model import SiteModel
from kg.render.site.parts import SitePage

_SCHEMA = "https://schema.org/"
_PREFIXES = {**PREFIXES, "schema": _SCHEMA}


def page_json(page: SitePage) -> bytes:
    """The page as JSON."""
    return (json.dumps(page.as_data(), ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def page_turtle(model: SiteModel, page: SitePage) -> bytes:
    """What the page is, and every triple of the things that it is about, with the nodes beneath them."""
    triples = dict.fromkeys([*_page_triples(page), *_thing_triples(model, page)])
    ordered = sorted(
        triples,
        key=lambda one: (
            str(one.subject),
            not one.predicate.value.endswith("#type"),
            str(one.predicate),
            str(one.object),
        ),
    )
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _page_triples(page: SitePage) -> Iterator[Triple]:
    own = NamedNode(BASE + "site/" + page.path)
    yield Triple(own, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(_SCHEMA + "WebPage"))
    yield Triple(own, NamedNode(_SCHEMA + "name"), Literal(page.title, language="en"))
    for one in page.about:
        yield Triple(own, NamedNode(_SCHEMA + "about"), NamedNode(one))
    for one in sorted(_mentioned(page)):
        yield Triple(own, NamedNode(_SCHEMA + "mentions"), NamedNode(one))


def _mentioned(page: SitePage) -> set[str]:
    """The things of the graph that the page links to, where it is about none itself."""
    if page.about:
        return set()
    from kg.render.site.links import links_of

    return {
        to.partition("#")[0] if to.startswith(BASE + "term/") else to for to in links_of(page) if to.startswith(BASE)
    }


def _thing_triples(model: SiteModel, page: SitePage) -> Iterator[Triple]:
    for one in page.about:
        for subject in model.owned.get(one, (one,)):
            yield from model.triples.get(subject, ())
