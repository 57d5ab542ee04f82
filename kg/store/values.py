"""Binds variables of a query in plain SPARQL 1.1, for engines that have no other way.

The terms go into a VALUES block at the end of the query (SPARQL 1.1 Query, section 10.2), written by the RDF
library and not by us, so that no text can leave its term.
"""

from collections.abc import Mapping

from kg.store.protocol import Node


def with_values(query: str, bindings: Mapping[str, Node]) -> str:
    """The query with `bindings` joined to its solutions."""
    if not bindings:
        return query
    names = sorted(bindings)
    variables = " ".join(f"?{name}" for name in names)
    row = " ".join(str(bindings[name]) for name in names)
    return f"{query.rstrip()}\nVALUES ({variables}) {{ ({row}) }}\n"
