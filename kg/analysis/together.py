"""Which mechanisms papers measured together, the groups that this makes, and the same for papers drawn anew.

Two mechanisms are measured together by a paper that measured each by a thing of its own: one marker that speaks for
both says nothing of what was looked at side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

#: A paper and a mechanism that it measured, or blocked.
Cell = tuple[str, str]
#: Two mechanisms, the lesser IRI first.
Pair = tuple[str, str]
_BLOCKED = ("needed", "kept-when-blocked")


@dataclass(frozen=True, slots=True)
class Table:
    """Papers by mechanisms, and the places of the cells of one paper that were measured by things of their own."""

    cells: tuple[Cell, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The mechanism of each cell."""
        return tuple(name for _, name in self.cells)

    @property
    def joined(self) -> tuple[Cell, ...]:
        """The cells of papers that measured two mechanisms or more."""
        papers = {self.cells[one][0] for one, _ in self.pairs}
        return tuple(cell for cell in self.cells if cell[0] in papers)

    def papers_of(self, pair: Pair) -> tuple[str, ...]:
        """The papers that measured both mechanisms of a pair, sorted."""
        names = self.names
        return tuple(self.cells[one][0] for one, two in self.pairs if _pair(names[one], names[two]) == pair)


def measured_together(graph: "nx.MultiDiGraph[str]") -> Table:
    """The table of a network at the level of markers: what papers on exercise measured or blocked."""
    speaks: defaultdict[str, list[str]] = defaultdict(list)
    for marker, mechanism, edge in graph.edges(data=True):
        if edge["relation"] == "marks":
            speaks[marker].append(mechanism)
    by: defaultdict[Cell, set[str]] = defaultdict(set)
    for source, target, edge in graph.edges(data=True):
        for paper in edge["studies"]:
            if edge["relation"] == "moves":
                for mechanism in speaks[target]:
                    by[paper, mechanism].add(target)
            elif edge["relation"] in _BLOCKED:
                by[paper, source] |= set(edge["agents"])
    cells = tuple(sorted(by))
    places = combinations(range(len(cells)), 2)
    apart = ((one, two) for one, two in places if cells[one][0] == cells[two][0] and _apart(by, cells[one], cells[two]))
    return Table(cells, tuple(apart))


def _apart(by: dict[Cell, set[str]], one: Cell, two: Cell) -> bool:
    """Whether two cells were measured by things of their own: not both by one and the same."""
    return len(by[one] | by[two]) > 1


def _pair(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def weights(table: Table, names: Sequence[str], times: Counter[str] | None = None) -> dict[Pair, int]:
    """In how many papers each two mechanisms meet, if these names stand in the cells and papers count so many times."""
    counted: Counter[Pair] = Counter()
    for one, two in table.pairs:
        counted[_pair(names[one], names[two])] += 1 if times is None else times[table.cells[one][0]]
    return {pair: count for pair, count in sorted(counted.items()) if count}


def communities(weighted: dict[Pair, int], seed: int) -> tuple[tuple[tuple[str, ...], ...], float]:
    """The groups that Louvain finds, largest first, and their modularity; ties go in sorted, so a seed repeats them."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted({end for pair in weighted for end in pair}))
    graph.add_edges_from((*pair, {"weight": count}) for pair, count in sorted(weighted.items()))
    if not weighted:
        return (), 0.0
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    modularity = float(nx.community.modularity(graph, sorted(found, key=sorted), weight="weight"))
    return tuple(sorted((tuple(sorted(group)) for group in found), key=lambda group: (-len(group), group))), modularity


def resampled(table: Table, count: int, seed: int) -> Iterator[tuple[set[str], tuple[tuple[str, ...], ...]]]:
    """So many times the papers drawn anew with replacement: the mechanisms that were drawn, and their groups."""
    papers, chance = sorted({paper for paper, _ in table.cells}), Random(seed)  # noqa: S311 - a seed is no secret
    for _ in range(count):
        times = Counter(chance.choices(papers, k=len(papers)))
        drawn = {name for paper, name in table.cells if times[paper]}
        yield drawn, communities(weights(table, table.names, times), seed)[0]
