"""The index of the search: what each page and each finding is called, and what else one would look for it by."""

import json
from collections.abc import Iterator, Sequence

from kg.evidence.problem import printable
from kg.rdf.namespaces import TERM
from kg.render.site.addresses import Addresses
from kg.render.site.model import KINDS, SiteModel
from kg.render.site.parts import SitePage

#: What of a page's own description is looked through: other names, numbers, people.
_ALSO = ("alternateName", "identifier", "author")
_MOST = 200
#: Kinds that come first where several things fit a search alike.
_ORDER = (*KINDS.values(), "overview", "question", "study", "reference", "gap", "conflict", "statement")


def search_index(model: SiteModel, pages: Sequence[SitePage], addresses: Addresses) -> bytes:
    """The index as a script that hands it over: from a file, a page may load scripts and nothing else."""
    entries = sorted({tuple(map(printable, entry)) for entry in _entries(model, pages, addresses)}, key=_place)
    text = json.dumps([list(entry) for entry in entries], ensure_ascii=False, separators=(",", ":"))
    return f"kgIndex({text});\n".encode("utf-8", "replace")


def _place(entry: tuple[str, ...]) -> tuple[object, ...]:
    """Terms before papers, papers before what is said of them; then by title."""
    title, kind, path, _ = entry
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), title.lower(), path


def _entries(model: SiteModel, pages: Sequence[SitePage], addresses: Addresses) -> Iterator[tuple[str, str, str, str]]:
    paged = {one for page in pages for one in page.about}
    for page in pages:
        if page.kind != "file":
            yield page.title[:_MOST], page.kind, page.path, _also(page)
    for finding in model.findings.values():
        yield (
            finding.words[:_MOST],
            f"finding of {finding.reference}",
            addresses.path(finding.iri),
            finding.contrast[:_MOST],
        )
    for id, entry in model.terms.vocabulary.terms.items():
        if TERM + id not in paged:
            yield entry.label, "term", addresses.path(TERM + id), ", ".join(entry.synonyms)


def _also(page: SitePage) -> str:
    found: list[str] = []
    for name in _ALSO:
        value = page.schema.get(name, ())
        values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        found += [one["name"] if isinstance(one, dict) else str(one) for one in values]
    return ", ".join(found)[:_MOST]
