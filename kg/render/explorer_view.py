"""What an explorer shows, apart from how it looks: nodes in groups, edges, the findings behind them, and what blocks.

Read from a store through `network()`, at both levels and from both tellers; an edge that is the same at both levels
stands once. Edges may as well come from a query of the user's own (`kg.render.explorer_query`).
"""

from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.analysis.conflict_text import paragraph
from kg.analysis.conflicts import find_conflicts
from kg.analysis.network import network
from kg.evidence.problem import KgError, printable
from kg.query.answer import ask
from kg.query.question import ANY, bundled_question
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


class ShownEdge(NamedTuple):
    """
    An edge of the network, at the levels where it stands; terms by IRI.

    A tuple whose parts stand in this order: its ends, what is drawn of it and filtered by, what only the table tells,
    and its findings.
    """

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
    read: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    references: tuple[str, ...] = ()
    laboratories: int = 0
    unplaced: int = 0
    findings: tuple[str, ...] = ()


#: The parts of an edge that say how it looks in the picture and to its filters, and in the table.
DRAWN, TOLD = slice(2, 13), slice(2, 16)


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """Where results differ, in words, and the findings on both sides."""

    words: str
    findings: tuple[str, ...]
    iri: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """
    All that one page shows; `names` has a label for each term that an edge names beside its ends.

    `within` has the terms beneath such a term, where there are any: who filters by a wider term means them too.
    """

    title: str
    nodes: Mapping[str, ShownNode]
    edges: tuple[ShownEdge, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    findings: tuple[FindingText, ...] = ()
    blockers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: tuple[ShownConflict, ...] = ()
    start: Mapping[str, str] = field(default_factory=dict)


def read_view(store: Store, terms: Terms, *, condition: str = ANY) -> View:
    """The view of the whole network of a store, at both levels and from both tellers, or of one condition."""
    edges: dict[tuple[str, ...], ShownEdge] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for telling in TELLINGS:
        for level in LEVELS:
            graph = network(store, level=level, condition=condition, telling=telling)
            kinds |= {iri: (data["label"], data["kind"]) for iri, data in graph.nodes(data=True)}
            _add_edges(edges, graph, level, telling)
    nodes = {
        iri: ShownNode(iri, printable(text), kind, terms.definitions.get(iri.removeprefix(TERM), ""))
        for iri, (text, kind) in sorted(kinds.items())
    }
    names = {id: entry.label for id, entry in terms.vocabulary.terms.items()}
    found = tuple(edges[key] for key in sorted(edges))
    wanted = {finding for edge in found for finding in edge.findings}
    view = View(
        "How exercise acts on neuropathic pain",
        nodes,
        found,
        names={TERM + id: text for id, text in names.items()},
        within=_within(terms, found),
        findings=read_findings(store, wanted, names) if wanted else (),
        blockers=_blockers(store),
        conflicts=shown_conflicts(store, wanted),
    )
    ties = ((edge.source, edge.relation, edge.target) for edge in found)
    return grouped(view, term_groups(store, terms, {node.iri: node.kind for node in nodes.values()}, ties))


def _within(terms: Terms, edges: Iterable[ShownEdge]) -> dict[str, frozenset[str]]:
    """The terms beneath each term that an edge names beside its ends, as far as there are any."""
    named = {term for edge in edges for term in (*edge.conditions, edge.species, *edge.exercises)} - {""}
    beneath = {iri: frozenset(TERM + id for id in terms.beneath(iri.removeprefix(TERM))) - {iri} for iri in named}
    return {iri: found for iri, found in sorted(beneath.items()) if found}


def grouped(view: View, groups: Mapping[str, Group]) -> View:
    """The view with groups, and with further ones where it would be crowded; refuses what is empty or too large."""
    if not view.edges:
        raise ViewFault(f"{view.title}: there is no edge to show; kg query network-edges lists what there is")
    if len(view.edges) > MOST_EDGES:
        raise ViewFault(
            f"{view.title}: {len(view.edges):,} edges are too many for one page (the most is {MOST_EDGES:,}); "
            "narrow it with --focus or --condition, or in a query of your own"
        )
    labels = {iri: node.label for iri, node in view.nodes.items()}
    kinds = {iri: node.kind for iri, node in view.nodes.items()}
    return replace(view, groups=crowded_groups(labels, kinds, groups))


def _add_edges(
    edges: dict[tuple[str, ...], ShownEdge], graph: "nx.MultiDiGraph[str]", level: str, telling: str
) -> None:
    for source, target, key, data in graph.edges(keys=True, data=True):
        place = (telling, source, target, str(key))
        same = edges.get(place)
        edges[place] = same._replace(levels=LEVELS) if same else _edge(source, target, data, level, telling)


def _edge(source: str, target: str, data: Mapping[str, Any], level: str, telling: str) -> ShownEdge:
    return ShownEdge(
        source, target, data["relation"], data["sign"], data["rung"], telling, (level,),
        tuple(one for one in dict.fromkeys((data["condition_class"], *data["conditions"])) if one != ANY),
        "" if data["species"] == ANY else data["species"], data["bout"],
        data.get("exercises", ()), data.get("read", ()), data.get("years", ()), data.get("references", ()),
        data.get("laboratories", 0), data.get("unplaced", 0), data.get("findings", ()),
    )  # fmt: skip


def shown_conflicts(store: Store, wanted: AbstractSet[str]) -> tuple[ShownConflict, ...]:
    """Where results differ that stand behind an edge, with both sides and in what they differ."""
    found = []
    for conflict in find_conflicts(store):
        both = (*conflict.changed.reports, *conflict.opposed.reports)
        findings = tuple(dict.fromkeys(report.finding for report in both if report.finding in wanted))
        if findings:
            found.append(ShownConflict(" ".join(paragraph(conflict).split()), findings, conflict.iri))
    return tuple(found)


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
