"""Binds variables of a query in plain SPARQL 1.1, for engines that have no other way.

The terms go into a VALUES block (SPARQL 1.1 Query, section 10) written by the RDF library and not by us, so that no
text can leave its term. The block opens the outermost group: engines that join from left to right then look for what
was asked, where a block at the end of the query would pick it out of everything.
"""

import re
from collections.abc import Mapping

from kg.store.protocol import Node, QueryFault

#: What may hold a brace or a bracket that opens nothing: comments, IRIs, texts (SPARQL 1.1 Query, section 19.8).
_TOKEN = re.compile(
    r"""\#[^\n]*
      | <[^<>"{}|^`\\\s]*>
      | '''(?:[^'\\]|\\.|'(?!''))*''' | \"""(?:[^"\\]|\\.|"(?!""))*\"""
      | '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*"
      | [(){]""",
    re.VERBOSE | re.DOTALL,
)


def with_values(query: str, bindings: Mapping[str, Node]) -> str:
    """
    The query with `bindings` joined to what its outermost group finds.

    >>> from pyoxigraph import Literal
    >>> with_values("SELECT ?s ?n WHERE { ?s ?p ?n }", {"n": Literal("a")})
    'SELECT ?s ?n WHERE { VALUES (?n) { ("a") } ?s ?p ?n }'
    """
    if not bindings:
        return query
    place = _group(query)
    names = sorted(bindings)
    variables = " ".join(f"?{name}" for name in names)
    row = " ".join(str(bindings[name]) for name in names)
    return f"{query[:place]} VALUES ({variables}) {{ ({row}) }}{query[place:]}"


def _group(query: str) -> int:
    """Where the outermost group begins, behind its brace; a brace in brackets belongs to an expression."""
    depth = 0
    for token in _TOKEN.finditer(query):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "{" and depth == 0:
            return token.end()
    raise QueryFault("has no WHERE group, so that no parameter can be bound")
