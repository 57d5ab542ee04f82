"""What any store does for the rest of the program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence.problem import KgError

Node: TypeAlias = NamedNode | Literal


class StoreFault(KgError):
    """A store cannot be opened, read or written."""


class QueryFault(KgError):
    """A query cannot be answered as it stands."""


class QueryGivenUp(QueryFault):
    """A query was ended before its answer: it took too long, or more memory than it may use."""


def too_many_rows(most: int) -> QueryFault:
    """What is said of a query whose answer has more than `most` rows."""
    return QueryFault(f"answers with more than {most:,} rows; narrow it, or add LIMIT")


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT query; an unbound cell is None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]


class Store(Protocol):
    """A set of named graphs whose queries see their union."""

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT query."""

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
