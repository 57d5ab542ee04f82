"""A store that remembers what it was asked: many pages ask the same, and the graph does not change meanwhile."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Triple

from kg.store.protocol import Node, Solutions, Store


class RememberingStore:
    """A store in front of another; each SELECT and CONSTRUCT is asked of that one once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, tuple[tuple[str, str], ...]], Solutions] = {}
        self._made: dict[str, tuple[Triple, ...]] = {}

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query."""
        key = query, tuple(sorted((name, str(node)) for name, node in (bindings or {}).items()))
        if key not in self._known:
            self._known[key] = self._store.select(query, bindings)
        return self._known[key]

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT query."""
        if query not in self._made:
            self._made[query] = tuple(self._store.construct(query))
        return iter(self._made[query])

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
        return self._store.decide(query)
