"""Which nodes of an explorer stand together at rest, so that the first picture is one that a person can read.

A term stands with others beneath the same wider term, a marker with those of its mechanism, an outcome with its domain,
an agent with those that move the same mechanism. Where too many are left all the same, they are put together in
alphabetical order. A group of one is none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.query.terms import Terms
from kg.rdf.namespaces import TERM
from kg.store.protocol import Store

_GAP_LEVEL = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?term WHERE { ?term a epk:Mechanism ; epk:gapLevel true } ORDER BY ?term
"""
_DOMAINS = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?term ?domain WHERE { ?term epk:domain ?domain } ORDER BY ?term ?domain
"""
#: What is tied to nothing in the network, by kind.
_APART = {"marker": "markers of no mechanism here", "agent": "agents of no mechanism here"}
#: A column with more things in it than this is put together further, into so many parts.
_MOST_IN_COLUMN, _PARTS = 60, 24


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that stand as one at rest."""

    id: str
    label: str
    kind: str
    definition: str = ""


def term_groups(
    store: Store, terms: Terms, nodes: Mapping[str, str], ties: Iterable[tuple[str, str, str]]
) -> dict[str, Group]:
    """
    The group of each node that has one, from the vocabulary of a store.

    `nodes` has the kind of each; `ties` are relations between nodes: what a marker marks, what an agent moves.
    """
    gaps = {row[0].value for row in store.select(_GAP_LEVEL).rows if row[0] is not None}
    domains = {row[0].value: row[1].value for row in store.select(_DOMAINS).rows if row[0] and row[1]}
    tied: dict[str, str] = {}
    for source, relation, target in sorted(ties):
        if relation in ("marks", "raises", "lowers"):
            tied.setdefault(source, target)
    found: dict[str, Group] = {}
    for iri, kind in sorted(nodes.items()):
        if kind in ("outcome", "mechanism", "exercise"):
            wide = (
                domains.get(iri, "") if kind == "outcome" else _wide(terms, iri, gaps if kind == "mechanism" else None)
            )
            words = "{}"
        else:
            wide = tied.get(iri, "")
            words = "{}: markers" if kind == "marker" else "{}: agents"
        id = wide.removeprefix(TERM)
        if wide and id in terms.vocabulary.terms:
            name = words.format(terms.vocabulary.label(id))
            found[iri] = Group(f"{kind} {id}", name, kind, terms.definitions.get(id, "") if words == "{}" else "")
        elif kind in _APART:
            found[iri] = Group(f"{kind} apart", _APART[kind], kind)
    return _several(found)


def _wide(terms: Terms, iri: str, stops: Iterable[str] | None) -> str:
    """The wider term at which to stop: one of `stops`, else the one beneath the top of the scheme."""
    way = [iri.removeprefix(TERM)]
    while (entry := terms.vocabulary.terms.get(way[-1])) is not None and entry.broader and entry.broader[0] not in way:
        way.append(entry.broader[0])
    if stops is not None:
        return next((TERM + id for id in way if TERM + id in stops), "")
    return TERM + way[-2] if len(way) > 1 else ""


def _several(found: Mapping[str, Group]) -> dict[str, Group]:
    sizes = Counter(group.id for group in found.values())
    return {iri: group for iri, group in found.items() if sizes[group.id] > 1}


def crowded_groups(labels: Mapping[str, str], kinds: Mapping[str, str], held: Mapping[str, Group]) -> dict[str, Group]:
    """The groups that are held, and alphabetical ones where a column would still hold too many things to read."""
    groups = dict(held)
    free: defaultdict[str, list[str]] = defaultdict(list)
    for iri in labels:
        if iri not in held:
            free[kinds[iri]].append(iri)
    for kind, own in sorted(free.items()):
        if len(own) <= _MOST_IN_COLUMN:
            continue
        own.sort(key=lambda iri: (labels[iri].lower(), iri))
        size = -(-len(own) // _PARTS)
        for number, start in enumerate(range(0, len(own), size)):
            part = own[start : start + size]
            name = f"{labels[part[0]][:30]} … {labels[part[-1]][:30]}"
            groups |= dict.fromkeys(part, Group(f"{kind} part {number + 1}", name, kind))
    return groups
