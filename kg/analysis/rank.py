"""How central each mechanism stands between exercise and relief, beside what its number of papers alone would give.

A rank without that comparison is a list of what was studied most. The network is rebuilt from tables of papers by
mechanisms that keep both margins; what a mechanism has beyond those is what its rank adds to its number of papers.
`docs/decisions/0014-measures.md` says why degree-preserving permutations of the network's own edges would not do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from kg.analysis.between import MEASURES, Cell, Ties, built, called, measure, papers_on, ties_of_papers
from kg.analysis.network import network
from kg.analysis.permuted import FEWEST_TABLES, Progress, permutations, refuse_few, silent, too_small
from kg.evidence.problem import KgError
from kg.query.question import ANY
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

CAUTION = "A much-studied node is not thereby an important one, and a rare one is not thereby unimportant."
#: Below this share of permutations with as many nodes outside their middle, a rank says more than numbers of papers.
_CHANCE = 0.05


class RankFault(KgError):
    """Ranks that were asked for cannot be made."""


@dataclass(frozen=True, slots=True)
class Permuted:
    """A value under permutations: the mean, the ends of the middle 95 %, and the value's distance in deviations."""

    mean: float
    low: float
    high: float
    z: float | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One node: its place, its value, that under permutations, and how many papers looked at it, and which tie it."""

    rank: int
    iri: str
    label: str
    value: float
    permuted: Permuted | None
    papers: int
    moved_in: tuple[str, ...]

    @property
    def outside(self) -> bool:
        """Whether the value lies outside the middle 95 % of the permutations."""
        return self.permuted is not None and not self.permuted.low <= self.value <= self.permuted.high


@dataclass(frozen=True, slots=True)
class Ranking:
    """The nodes of a network in the order of one measure, with what is needed to judge the order."""

    by: str
    level: str
    permutations: int
    seed: int
    rows: tuple[Ranked, ...]
    #: Why there are no permutations; empty if there are.
    too_small: str
    #: Between value and number of papers; None if either is the same for all.
    spearman: float | None
    #: The share of permutations with as many nodes outside their middle 95 % as the network; None without any.
    chance: float | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the order says and does not say, computed from it."""
        return (_on_papers(self), _on_permutations(self), CAUTION)


def rank(
    store: Store,
    by: str = "degree",
    *,
    level: str = "mechanism",
    condition: str = ANY,
    species: str = ANY,
    permutations: int = 500,
    seed: int = 0,
    progress: Progress = silent,
) -> Ranking:
    """The mechanisms or markers of a network by one measure, beside permutations and numbers of papers."""
    if by not in MEASURES:
        raise RankFault(f"ranks are by {', '.join(MEASURES[:-1])} or {MEASURES[-1]}, not {by!r}")
    refuse_few("the number of permutations", permutations)
    graph = network(store, level=level, condition=condition, species=species)
    return rank_network(graph, by, called(store), permutations=permutations, seed=seed, progress=progress)


def rank_network(
    graph: "nx.MultiDiGraph[str]",
    by: str,
    names: Mapping[str, str],
    *,
    permutations: int,
    seed: int,
    progress: Progress = silent,
) -> Ranking:
    """The same of a network that is there already; `names` are what papers are called, in order."""
    level = str(graph.graph["level"])
    ties = ties_of_papers(graph, level)
    if not ties:
        raise RankFault(f"no {level} stands between exercise and relief there: a graph without edges has no ranks")
    values = measure(by)(built(ties, [name for _, name in ties]))
    small = too_small(tuple(ties), f"{level}s")
    drawn = [] if small else _permuted_values(ties, by, permutations, seed, progress)
    if drawn and len({tuple(one.values()) for one in drawn}) < FEWEST_TABLES:
        small, drawn = f"too small: the permutations give fewer than {FEWEST_TABLES} different networks", []
    papers = papers_on(graph)
    rows = tuple(
        Ranked(
            rank=1 + sum(other > values[iri] for other in values.values()),
            iri=iri,
            label=graph.nodes[iri]["label"],
            value=values[iri],
            permuted=_permuted(values[iri], [one[iri] for one in drawn]) if drawn else None,
            papers=len(papers[iri]),
            moved_in=tuple(name for paper, name in names.items() if (paper, iri) in ties),
        )
        for iri in sorted(values, key=lambda iri: (-values[iri], graph.nodes[iri]["label"], iri))
    )
    return Ranking(
        by, level, len(drawn), seed, rows, small,
        spearman([row.value for row in rows], [row.papers for row in rows]), _chance(rows, drawn),
    )  # fmt: skip


def _permuted_values(
    ties: Mapping[Cell, Ties], by: str, count: int, seed: int, progress: Progress
) -> list[dict[str, float]]:
    """The values of each node in so many networks, each made from papers dealt out anew."""
    measured, drawn = measure(by), []
    for done, names in enumerate(permutations(tuple(ties), count, seed), 1):
        drawn.append(measured(built(ties, names)))
        progress(done, count)
    return drawn


def _permuted(value: float, drawn: Sequence[float]) -> Permuted:
    low, high = _middle(drawn)
    deviation = pstdev(drawn)
    mean = fmean(drawn)
    return Permuted(mean, low, high, (value - mean) / deviation if deviation > 1e-9 else None)


def _middle(drawn: Iterable[float]) -> tuple[float, float]:
    """The ends of the middle 95 %."""
    ordered = sorted(drawn)
    cut = int(0.025 * len(ordered))
    return ordered[cut], ordered[-1 - cut]


def _chance(rows: Sequence[Ranked], drawn: Sequence[Mapping[str, float]]) -> float | None:
    """The share of permutations, the network among them, in which as many nodes lie outside their middle 95 %."""
    if not drawn:
        return None
    ends = {row.iri: (row.permuted.low, row.permuted.high) for row in rows if row.permuted}
    counts = [sum(not low <= one[name] <= high for name, (low, high) in ends.items()) for one in drawn]
    observed = sum(row.outside for row in rows)
    return (1 + sum(count >= observed for count in counts)) / (1 + len(counts))


def spearman(one: Sequence[float], two: Sequence[float]) -> float | None:
    """
    Spearman's rank correlation, ties sharing their mean rank; None if either side is all the same.

    >>> spearman([1, 2, 3], [10, 20, 30]), spearman([1, 1], [1, 2])
    (1.0, None)
    """
    first, second = _mean_ranks(one), _mean_ranks(two)
    middle = (len(one) + 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    apart = sqrt(sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second))
    return together / apart if apart else None


def _mean_ranks(values: Sequence[float]) -> list[float]:
    return [sum(other < value for other in values) + (1 + values.count(value)) / 2 for value in values]


def _on_papers(found: Ranking) -> str:
    if found.spearman is None:
        return f"Spearman's rho between {found.by} and number of papers: none, one of the two is the same for all."
    return (
        f"Spearman's rho between {found.by} and number of papers: {found.spearman:.2f} "
        f"(n = {len(found.rows)} {found.level}s)."
    )


def _on_permutations(found: Ranking) -> str:
    if found.chance is None:
        return f"{found.too_small[0].upper()}{found.too_small[1:]}; what a rank adds to numbers of papers is not known."
    outside = [row for row in found.rows if row.outside]
    counted = (
        f"{len(outside)} of {len(found.rows)} {found.level}s lie outside the middle 95 % of {found.permutations} "
        f"permutations (seed {found.seed}) that keep in how many papers each moved and how many moved in each paper; "
        f"in {found.chance:.0%} of the permutations as many do."
    )
    if found.chance > _CHANCE:
        return f"{counted} On this graph the ranks say no more than how often each was studied."
    named = ", ".join(
        f"{row.label} ({'above' if row.permuted and row.value > row.permuted.high else 'below'})" for row in outside
    )
    return f"{counted} They say more than how often each was studied for {named}."
