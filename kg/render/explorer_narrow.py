"""A view of a store as it was asked for: whole, of one condition, around a term, or as two pictures side by side."""

from collections import Counter
from dataclasses import replace

from kg.evidence.vocabulary import TermEntry
from kg.query.question import ANY
from kg.query.read_terms import read_terms
from kg.query.search import one_term
from kg.query.terms import Terms
from kg.rdf.namespaces import TERM
from kg.render.explorer_view import TELLINGS, ShownEdge, View, ViewFault, grouped, read_view
from kg.store.protocol import Store


def view_of(
    store: Store,
    *,
    condition: str = ANY,
    focus: str | None = None,
    hops: int = 1,
    compare: tuple[str, str] | None = None,
) -> View:
    """The view of a store: whole, of one condition, around a term, or as two pictures side by side."""
    terms = read_terms(store)
    centre = one_term(terms, focus) if focus else None
    sides = compared_terms(terms, *compare) if compare else None
    view = read_view(store, terms, condition=condition)
    view = focused(view, centre, terms, hops) if centre else view
    return compared(view, *sides, terms) if sides else view


def focused(view: View, entry: TermEntry, terms: Terms, hops: int) -> View:
    """What lies within so many steps of a term, or of what is beneath it, whichever way the edges lead."""
    near = {TERM + id for id in terms.beneath(entry.id)} & view.nodes.keys()
    if not near:
        raise ViewFault(
            f"{entry.label} has no edge in this network: nothing here was found of it with exercise or with a drug "
            f"that moves a mechanism. kg terms {entry.id} says which studies name it"
        )
    centre = frozenset(near)
    edges: tuple[ShownEdge, ...] = ()
    for _ in range(hops):
        edges = tuple(edge for edge in view.edges if near & {edge.source, edge.target})
        near |= {end for edge in edges for end in (edge.source, edge.target)}
    used = {end for edge in edges for end in (edge.source, edge.target)}
    near_groups = {iri: group for iri, group in view.groups.items() if iri in used and iri not in centre}
    sizes = Counter(group.id for group in near_groups.values())
    held = {iri: group for iri, group in near_groups.items() if sizes[group.id] > 1}
    wanted = {finding for edge in edges for finding in edge.findings}
    level = {} if all("mechanism" in edge.levels for edge in edges) else {"level": "marker"}
    return grouped(
        replace(
            view,
            title=f"{entry.label}: what lies within {hops} step{'' if hops == 1 else 's'}",
            nodes={iri: node for iri, node in view.nodes.items() if iri in used},
            edges=edges,
            findings=tuple(finding for finding in view.findings if finding.iri in wanted),
            blockers={iri: told for iri, told in view.blockers.items() if iri in used},
            conflicts=tuple(one for one in view.conflicts if wanted & set(one.findings)),
            start={**view.start, **level},
        ),
        held,
    )


def compared_terms(terms: Terms, a: str, b: str) -> tuple[TermEntry | None, TermEntry | None]:
    """The two terms to set side by side; neither is one where the tellers are meant."""
    if {a, b} == set(TELLINGS):
        return None, None
    first, second = one_term(terms, a), one_term(terms, b)
    if first.scheme != second.scheme or first.scheme not in ("condition", "species"):
        raise ViewFault(
            f"{first.label} ({first.scheme}) and {second.label} ({second.scheme}) cannot be set side by side; "
            "give two conditions, two species, or paper and review"
        )
    return first, second


def compared(view: View, first: TermEntry | None, second: TermEntry | None, terms: Terms) -> View:
    """The view as two pictures side by side: two conditions, two species, or what the papers and the review tell."""
    if first is None or second is None:
        return replace(view, start={**view.start, "compare": "telling:p:r"})
    for entry in (first, second):
        view = replace(view, edges=_stating(view, entry, terms))
    return replace(view, start={**view.start, "compare": f"{first.scheme}:{first.id}:{second.id}"})


def _stating(view: View, entry: TermEntry, terms: Terms) -> tuple[ShownEdge, ...]:
    """The edges; those found in what lies within a term also name the term itself."""
    within = {TERM + id for id in terms.beneath(entry.id)}
    if entry.scheme == "species":
        found = [edge.species in within for edge in view.edges]
        made = tuple(
            edge._replace(species=TERM + entry.id) if own else edge for edge, own in zip(view.edges, found, strict=True)
        )
    else:
        found = [bool(within & set(edge.conditions)) for edge in view.edges]
        made = tuple(
            edge._replace(conditions=tuple(dict.fromkeys((*edge.conditions, TERM + entry.id)))) if own else edge
            for edge, own in zip(view.edges, found, strict=True)
        )
    if not any(found):
        raise ViewFault(
            f"{entry.label}: no edge was found there; kg query studies-by-{entry.scheme} lists what was studied"
        )
    return made
