"""What an explorer shows, apart from how it looks: nodes in groups, edges, the findings behind them, and what blocks.

Read from a store through `network()`, at both levels and from both tellers; an edge that is the same at both levels
stands once. Edges may as well come from a query of the user's own (`kg.render.explorer_query`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.analysis.network import network
from kg.evidence.problem import KgError, printable
from kg.evidence.vocabulary import TermEntry
from kg.query.answer import ask
from kg.query.question import ANY, bundled_question
from kg.query.read_terms import read_terms
from kg.query.search import one_term
from kg.query.terms import Terms
from kg.rdf.namespaces import TERM
from kg.render.explorer_findings import FindingText, read_findings
from kg.render.explorer_groups import Group, crowded_groups, term_groups
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

LEVELS = ("mechanism", "marker")
TELLINGS = ("paper", "review")
#: More edges than this are not put on one page.
MOST_EDGES = 100_000


class ViewFault(KgError):
    """A view that was asked for cannot be made."""


@dataclass(frozen=True, slots=True)
class ShownNode:
    """A node: a term, what kind of thing it is, and what it means."""

    iri: str
    label: str
    kind: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class ShownEdge:
    """An edge of the network, at the levels where it stands; terms by IRI."""

    source: str
    target: str
    relation: str
    sign: str = ""
    rung: str = ""
    telling: str = ""
    levels: tuple[str, ...] = LEVELS
    conditions: tuple[str, ...] = ()
    species: str = ""
    bout: str = ""
    exercises: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    references: tuple[str, ...] = ()
    laboratories: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """All that one page shows; `names` has a label for each term that an edge names beside its ends."""

    title: str
    nodes: Mapping[str, ShownNode]
    edges: tuple[ShownEdge, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[FindingText, ...] = ()
    blockers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=dict)


def read_view(store: Store, *, condition: str = ANY, title: str = "") -> View:
    """The view of the whole network of a store, at both levels and from both tellers, or of one condition."""
    edges: dict[tuple[str, ...], ShownEdge] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for telling in TELLINGS:
        for level in LEVELS:
            graph = network(store, level=level, condition=condition, telling=telling)
            kinds |= {iri: (data["label"], data["kind"]) for iri, data in graph.nodes(data=True)}
            _add_edges(edges, graph, level, telling)
    terms = read_terms(store)
    nodes = {
        iri: ShownNode(iri, printable(text), kind, terms.definitions.get(iri.removeprefix(TERM), ""))
        for iri, (text, kind) in sorted(kinds.items())
    }
    names = {TERM + id: entry.label for id, entry in terms.vocabulary.terms.items()}
    found = tuple(edges[key] for key in sorted(edges))
    wanted = {finding for edge in found for finding in edge.findings}
    ids = {iri.removeprefix(TERM): text for iri, text in names.items()}
    view = View(
        title or "How exercise acts on neuropathic pain",
        nodes,
        found,
        names=names,
        findings=read_findings(store, wanted, ids),
        blockers=_blockers(store),
    )
    return grouped(view, term_groups(store, terms, {n.iri: n.kind for n in nodes.values()}, _ties(found)))


def grouped(view: View, groups: Mapping[str, Group]) -> View:
    """The view with groups, and with further ones where it would be crowded; refuses what is empty or too large."""
    if not view.edges:
        raise ViewFault(f"{view.title}: there is no edge to show; kg query network-edges lists what there is")
    if len(view.edges) > MOST_EDGES:
        raise ViewFault(
            f"{view.title}: {len(view.edges):,} edges are too many for one page (the most is {MOST_EDGES:,}); "
            "narrow it with --focus or --condition"
        )
    labels = {iri: node.label for iri, node in view.nodes.items()}
    kinds = {iri: node.kind for iri, node in view.nodes.items()}
    return replace(view, groups=crowded_groups(labels, kinds, groups))


def focused(view: View, term: str, terms: Terms, hops: int) -> View:
    """What lies within so many steps of a term, or of what is beneath it, whichever way the edges lead."""
    entry = one_term(terms, term)
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
    held = {iri: group for iri, group in view.groups.items() if iri in used and iri not in centre}
    wanted = {finding for edge in edges for finding in edge.findings}
    level = {} if all("mechanism" in edge.levels for edge in edges) else {"level": "marker"}
    return grouped(
        replace(
            view,
            title=f"{entry.label}: what lies within {hops} step{'' if hops == 1 else 's'}",
            nodes={iri: node for iri, node in view.nodes.items() if iri in used},
            edges=edges,
            findings=tuple(finding for finding in view.findings if finding.iri in wanted),
            start={**view.start, **level},
        ),
        held,
    )


def compared(view: View, a: str, b: str, terms: Terms) -> View:
    """The view as two pictures side by side: two conditions, two species, or what the papers and the review tell."""
    if {a, b} <= set(TELLINGS):
        return replace(view, start={**view.start, "compare": f"telling:{a[0]}:{b[0]}"})
    first, second = one_term(terms, a), one_term(terms, b)
    if first.scheme != second.scheme or first.scheme not in ("condition", "species"):
        raise ViewFault(
            f"{first.label} ({first.scheme}) and {second.label} ({second.scheme}) cannot be set side by side; "
            "give two conditions, two species, or paper and review"
        )
    for entry in (first, second):
        view = replace(view, edges=_stating(view, entry, terms))
    return replace(view, start={**view.start, "compare": f"{first.scheme}:{first.id}:{second.id}"})


def _stating(view: View, entry: TermEntry, terms: Terms) -> tuple[ShownEdge, ...]:
    """The edges; those found in what lies within a term also name the term itself."""
    within = {TERM + id for id in terms.beneath(entry.id)}
    if entry.scheme == "species":
        found = [edge.species in within for edge in view.edges]
        made = tuple(
            replace(edge, species=TERM + entry.id) if own else edge for edge, own in zip(view.edges, found, strict=True)
        )
    else:
        found = [bool(within & set(edge.conditions)) for edge in view.edges]
        made = tuple(
            replace(edge, conditions=tuple(dict.fromkeys((*edge.conditions, TERM + entry.id)))) if own else edge
            for edge, own in zip(view.edges, found, strict=True)
        )
    if not any(found):
        raise ViewFault(
            f"{entry.label}: no edge was found there; kg query studies-by-{entry.scheme} lists what was studied"
        )
    return made


def _add_edges(
    edges: dict[tuple[str, ...], ShownEdge], graph: "nx.MultiDiGraph[str]", level: str, telling: str
) -> None:
    for source, target, key, data in graph.edges(keys=True, data=True):
        place = (telling, source, target, str(key))
        same = edges.get(place)
        edges[place] = replace(same, levels=LEVELS) if same else _edge(source, target, data, level, telling)


def _edge(source: str, target: str, data: Mapping[str, Any], level: str, telling: str) -> ShownEdge:
    return ShownEdge(
        source, target, data["relation"], data["sign"], data["rung"], telling, (level,),
        tuple(one for one in dict.fromkeys((data["condition_class"], *data["conditions"])) if one != ANY),
        "" if data["species"] == ANY else data["species"], data["bout"],
        data.get("exercises", ()), data.get("routes", ()), data.get("findings", ()), data.get("read", ()),
        data.get("years", ()), data.get("references", ()), data.get("laboratories", 0), data.get("unplaced", 0),
    )  # fmt: skip


def _ties(edges: Iterable[ShownEdge]) -> Iterable[tuple[str, str, str]]:
    return ((edge.source, edge.relation, edge.target) for edge in edges)


def _blockers(store: Store) -> dict[str, tuple[str, ...]]:
    """What was found when a mechanism was blocked in exercised subjects, in sentences, by mechanism."""
    answer = ask(store, bundled_question("blockers-of-exercise"))
    found: dict[str, dict[str, None]] = {}
    place = answer.columns.index("mechanism")
    for row in answer.rows:
        one = replace(answer, rows=(row,))
        node = row[place]
        if node is not None:
            found.setdefault(node.value, {}).update(dict.fromkeys(one.sentences()))
    return {iri: tuple(sentences) for iri, sentences in sorted(found.items())}
