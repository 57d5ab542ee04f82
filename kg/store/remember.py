"""A store that remembers what it was asked, for work that asks the same many times of a graph that stays as it is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pyoxigraph import Triple

from kg.store.protocol import Node, Solutions, Store

T = TypeVar("T")


class RememberingStore:
    """A store in front of another; each SELECT and CONSTRUCT is asked of that one once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, tuple[tuple[str, str], ...]], Solutions] = {}
        self._made: dict[str, tuple[Triple, ...]] = {}
        self._worked_out: dict[str, Any] = {}

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

    def once(self, name: str, make: Callable[[Store], T]) -> T:
        """What `make` works out of the graph, the first time that it is asked for by this name."""
        if name not in self._worked_out:
            self._worked_out[name] = make(self)
        return self._worked_out[name]  # type: ignore[no-any-return]


def once(store: Store, name: str, make: Callable[[Store], T]) -> T:
    """What `make` works out of a store; of one that remembers, only the first time for each name."""
    return store.once(name, make) if isinstance(store, RememberingStore) else make(store)
