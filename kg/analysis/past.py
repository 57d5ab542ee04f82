"""The graph as the papers alone told it up to a year: no later paper, and not a word of the review.

A review is written when all of its papers are out. Its statements, its open questions and what it tells of single
papers would carry the later years into the earlier ones, so a back-test does without them.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from kg.analysis.subset import Curated, Whole, read_accounts
from kg.store.oxigraph import OxigraphStore

_REVIEW = "/graph/review"


class Past:
    """A store, cut at any year."""

    def __init__(self, store: Whole) -> None:
        """Sets aside what the review tells; raises `SubsetFault` where curated and derived are not kept apart."""
        curated = Curated.of(store)
        self._curated = replace(
            curated,
            shared=_told_by_papers(curated.shared),
            own={paper: _told_by_papers(quads) for paper, quads in curated.own.items()},
        )
        self._appeared = [(account.publication, account.year) for account in read_accounts(store)]

    def until(self, year: int) -> OxigraphStore:
        """What would have been derived from the papers that had appeared by the end of a year."""
        return self._curated.without({paper for paper, appeared in self._appeared if appeared > year})


def _told_by_papers(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    return tuple(quad for quad in quads if not _of_review(quad))


def _of_review(quad: Quad) -> bool:
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith(_REVIEW)
