"""A table of papers by mechanisms, shuffled so that both margins stay: papers a mechanism, and mechanisms a paper.

What is worked out from the shuffled tables is what the numbers of papers alone would give. Cells are swapped two at a
time; where no swap is possible, or too few tables can be reached, there is nothing to compare with.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

from kg.evidence.problem import KgError

#: Told how far a long count has come: so many of so many.
Progress = Callable[[int, int], None]
#: With fewer, the middle 95 % of the permutations has no ends.
FEWEST = 100
#: With fewer papers or mechanisms, or tables that can be reached, a share of permutations says nothing.
FEWEST_SIDES = 5
FEWEST_TABLES = 20


class TooFew(KgError):
    """A number of permutations or resamples that tells nothing."""


def silent(done: int, of: int) -> None:
    """Tells nobody how far a count has come."""


def refuse_few(name: str, count: int) -> None:
    """Raises `TooFew` if there are too few permutations or resamples to tell anything from."""
    if count < FEWEST:
        raise TooFew(f"{name} is at least {FEWEST}, so that the middle 95 % of them has ends; it is {count}")


def too_small(cells: Sequence[tuple[str, str]], what: str) -> str:
    """Why a table has too few sides to be permuted; nothing if it has enough."""
    papers, others = (len(set(side)) for side in zip(*cells, strict=True)) if cells else (0, 0)
    if min(papers, others) >= FEWEST_SIDES:
        return ""
    return f"too small: {papers} papers by {others} {what}; permutations need {FEWEST_SIDES} of each"


def permutations(cells: Sequence[tuple[str, str]], count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """
    What stands in the second column of each cell, in so many tables with the margins of this one.

    Each table is reached from the one before by ten tries a cell to swap two; the first by ten times as many.
    """
    chance = Random(seed)  # noqa: S311 - a seed that is printed is no secret
    names = [name for _, name in cells]
    held: defaultdict[str, set[str]] = defaultdict(set)
    for paper, name in cells:
        held[paper].add(name)
    tries = 10 * len(cells)
    for _ in range(9 * tries):
        _try_swap(cells, names, held, chance)
    for _ in range(count):
        for _ in range(tries):
            _try_swap(cells, names, held, chance)
        yield tuple(names)


def _try_swap(
    cells: Sequence[tuple[str, str]], names: list[str], held: defaultdict[str, set[str]], chance: Random
) -> None:
    """Swaps what stands in two cells drawn by lot, unless a paper would have one thing twice."""
    one, two = chance.randrange(len(cells)), chance.randrange(len(cells))
    (here, _), (there, _) = cells[one], cells[two]
    if names[two] in held[here] or names[one] in held[there]:
        return
    held[here].symmetric_difference_update((names[one], names[two]))
    held[there].symmetric_difference_update((names[one], names[two]))
    names[one], names[two] = names[two], names[one]
