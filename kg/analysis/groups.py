"""Mechanisms that are measured together, in groups, with how often a group comes back when papers are drawn anew.

What is looked at together is a habit of laboratories before it is biology. Groups are therefore printed with their
stability and held against tables in which chance decides what meets in a paper.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

from kg.analysis.between import called
from kg.analysis.network import network
from kg.analysis.permuted import FEWEST_TABLES, Progress, permutations, refuse_few, silent, too_small
from kg.analysis.together import Pair, Table, communities, measured_together, resampled, weights
from kg.evidence.problem import KgError
from kg.query.question import ANY
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

CAUTION = "Measured together is not acting together: a group shows what papers look at side by side."
#: Above this share of permutations with groups as distinct, the groups are no more than chance.
_CHANCE = 0.05


class GroupsFault(KgError):
    """Groups that were asked for cannot be made."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two mechanisms: the papers that measured both, and the share of resamples in which one group holds both."""

    one: str
    two: str
    same_group: bool
    papers: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """A mechanism: how many papers measured it, and how often a resample keeps it with the others of its group."""

    iri: str
    label: str
    papers: int
    stays: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Mechanisms measured together: how often a resample keeps two of them together, and the papers behind."""

    members: tuple[Member, ...]
    stability: float | None
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups, the pairs they rest on, and what is needed to judge them."""

    groups: tuple[Group, ...]
    pairs: tuple[Together, ...]
    #: Mechanisms that no paper measured beside another.
    alone: tuple[Member, ...]
    #: How many papers measured two mechanisms or more.
    papers: int
    resamples: int
    seed: int
    #: Why there is no stability, or no comparison with chance; empty if there are both.
    too_small: str
    modularity: float
    #: The share of permuted tables, this one among them, whose groups are as distinct; None without any.
    chance: float | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the groups say and do not say, computed from them."""
        met = sum(bool(pair.papers) for pair in self.pairs)
        counted = (
            f"{self.papers} papers measured two mechanisms or more; {met} pairs of mechanisms met in a paper; "
            f"mechanisms that never stood beside another: {len(self.alone)}."
        )
        single = sum(len(pair.papers) == 1 for pair in self.pairs)
        rest = f"{single} of the {met} pairs met in one paper only; what only one paper measured has no stability."
        return (counted, rest, _on_chance(self), CAUTION)


def groups(
    store: Store,
    *,
    condition: str = ANY,
    species: str = ANY,
    resamples: int = 200,
    seed: int = 0,
    progress: Progress = silent,
) -> Grouping:
    """The groups of mechanisms that papers on exercise measured together, with their stability."""
    refuse_few("the number of resamples", resamples)
    graph = network(store, level="marker", condition=condition, species=species)
    return group_network(graph, called(store), resamples=resamples, seed=seed, progress=progress)


def group_network(
    graph: "nx.MultiDiGraph[str]",
    names: Mapping[str, str],
    *,
    resamples: int,
    seed: int,
    progress: Progress = silent,
) -> Grouping:
    """The same of a network at the level of markers; `names` are what papers are called, in order."""
    table = measured_together(graph)
    found, modularity = communities(weights(table, table.names), seed)
    if not found:
        raise GroupsFault("no paper there measured two mechanisms: a graph without edges has no groups")
    small = too_small(table.joined, "mechanisms")
    shares = {} if small else _shares(table, resamples, seed, progress)
    drawn = [] if small else _modularities(table, resamples, seed, progress)
    if drawn and len(set(drawn)) < FEWEST_TABLES:
        small, drawn = f"too small: the permutations give fewer than {FEWEST_TABLES} different tables", []
    measured = Counter(table.names)
    members = {
        name: Member(name, graph.nodes[name]["label"], measured[name], _stays(name, found, shares)) for name in measured
    }
    grouped = {name for group in found for name in group}
    return Grouping(
        groups=tuple(_group(group, members, table, names, shares) for group in found),
        pairs=_pairs(found, members, table, names, shares),
        alone=tuple(members[name] for name in sorted(measured.keys() - grouped)),
        papers=len({paper for paper, _ in table.joined}),
        resamples=0 if small and not shares else resamples,
        seed=seed,
        too_small=small,
        modularity=modularity,
        chance=(1 + sum(one >= modularity - 1e-9 for one in drawn)) / (1 + len(drawn)) if drawn else None,
    )


def _shares(table: Table, count: int, seed: int, progress: Progress) -> dict[Pair, float]:
    """
    The share of the resamples that hold both mechanisms of a pair in which one group holds both.

    A mechanism of one paper is drawn only with all that the paper measured, so that its pairs have no share to be told.
    """
    measured = Counter(table.names)
    both: Counter[Pair] = Counter()
    together: Counter[Pair] = Counter()
    for done, (drawn, found) in enumerate(resampled(table, count, seed), 1):
        both.update(combinations(sorted(drawn), 2))
        together.update(pair for group in found for pair in combinations(group, 2))
        progress(done, 2 * count)
    told = {pair: times for pair, times in both.items() if min(measured[name] for name in pair) > 1}
    return {pair: together[pair] / times for pair, times in told.items()}


def _modularities(table: Table, count: int, seed: int, progress: Progress) -> list[float]:
    """How distinct the groups are in tables with the same margins in which chance decides what meets."""
    drawn = []
    for done, names in enumerate(permutations(table.cells, count, seed), 1):
        drawn.append(communities(weights(table, names), seed)[1])
        progress(count + done, 2 * count)
    return drawn


def _mean(shares: list[float]) -> float | None:
    return fmean(shares) if shares else None


def _stays(name: str, found: tuple[tuple[str, ...], ...], shares: Mapping[Pair, float]) -> float | None:
    others = [other for group in found if name in group for other in group if other != name]
    pairs = [(name, other) if name < other else (other, name) for other in others]
    return _mean([shares[pair] for pair in pairs if pair in shares])


def _group(
    group: tuple[str, ...],
    members: Mapping[str, Member],
    table: Table,
    names: Mapping[str, str],
    shares: Mapping[Pair, float],
) -> Group:
    pairs = list(combinations(group, 2))
    papers = {paper for pair in pairs for paper in table.papers_of(pair)}
    ordered = sorted((members[name] for name in group), key=lambda one: (-one.papers, one.label))
    return Group(
        tuple(ordered),
        _mean([shares[pair] for pair in pairs if pair in shares]),
        tuple(text for iri, text in names.items() if iri in papers),
    )


def _pairs(
    found: tuple[tuple[str, ...], ...],
    members: Mapping[str, Member],
    table: Table,
    names: Mapping[str, str],
    shares: Mapping[Pair, float],
) -> tuple[Together, ...]:
    """Every two mechanisms that met in a paper, or stand in one group; the most often together first."""
    within = {pair for group in found for pair in combinations(group, 2)}
    pairs = []
    for pair in sorted(within | weights(table, table.names).keys()):
        papers = table.papers_of(pair)
        ordered = tuple(text for iri, text in names.items() if iri in papers)
        one, two = sorted(members[name].label for name in pair)
        pairs.append(Together(one, two, pair in within, ordered, shares.get(pair)))
    return tuple(sorted(pairs, key=lambda one: (-len(one.papers), -(one.share or 0), one.one, one.two)))


def _on_chance(found: Grouping) -> str:
    if found.chance is None:
        small = found.too_small[0].upper() + found.too_small[1:]
        return f"{small}; whether the groups are more than chance is not known."
    verdict = "no more" if found.chance > _CHANCE else "more"
    return (
        f"Modularity {found.modularity:.2f}; in {found.chance:.0%} of {found.resamples} permutations "
        f"(seed {found.seed}) that keep how many papers measured each and how many each paper measured, "
        f"groups are as distinct. The groups are {verdict} than chance makes."
    )
