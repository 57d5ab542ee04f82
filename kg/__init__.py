"""
Exercise–Pain Mechanism Graph: curated studies as a graph, and answers that show their evidence.

>>> import kg
>>> graph = kg.open()
>>> len(graph.ask("open-questions")) > 0
True
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.knowledge import KnowledgeGraph

__all__ = ["open"]


def open(location: str | None = None, *, seconds: float = 60.0) -> "KnowledgeGraph":
    """
    The graph at `location`: a folder written by `kg build`, a file or an endpoint; without one, the bundled evidence.

    SPARQL of your own may take so many `seconds`. Raises `kg.store.StoreFault` where there is no graph.
    """
    from kg.knowledge import KnowledgeGraph

    return KnowledgeGraph(location, seconds=seconds)
