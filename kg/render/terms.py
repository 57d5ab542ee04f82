"""The page of all terms: each scheme as a tree, and each term with its names, meaning, place, mappings and use."""

from collections.abc import Mapping, Sequence

from kg.query.search import fold
from kg.query.terms import Terms
from kg.rdf.mappings import TermMapping
from kg.render.page import render_page


def render_terms(
    terms: Terms, mappings: Mapping[str, Sequence[TermMapping]], schemes: Sequence[str] = (), depth: int | None = None
) -> str:
    """The page of the terms of some schemes, or of all; the same terms give the same bytes."""
    shown = [terms.schemes[id] for id in schemes or terms.schemes]
    trees = [(scheme, _tree(terms, scheme.id, mappings, depth)) for scheme in sorted(shown, key=lambda one: one.label)]
    ids = {item["id"] for _, tree in trees for item in tree}
    return render_page("terms", {"trees": trees, "shown": ids, "label": terms.vocabulary.label})


def _tree(
    terms: Terms, scheme: str, mappings: Mapping[str, Sequence[TermMapping]], depth: int | None
) -> list[dict[str, object]]:
    """The terms of a scheme in the order of its tree, each with its level and how many levels end before it."""
    found: list[dict[str, object]] = []
    before = 0
    for entry, steps in terms.walk(scheme, depth):
        names = (entry.label, *entry.synonyms, entry.id, terms.definitions[entry.id])
        found.append(
            {
                "id": entry.id,
                "first": not any(item["id"] == entry.id for item in found),
                "depth": len(steps),
                "opens": len(steps) > before,
                "closes": before - len(steps),
                "entry": entry,
                "definition": terms.definitions[entry.id],
                "find": fold(" ".join(names)),
                "ties": terms.ties.get(entry.id, ()),
                "mappings": [mapping for mapping in mappings.get(entry.id, ()) if mapping.iri],
                "studies": terms.studies(terms.beneath(entry.id)),
                "tied": terms.studies(terms.tied(entry.id)),
            }
        )
        before = len(steps)
    return found
