"""Binds variables of a query in plain SPARQL 1.1, for engines that have no other way.

A filter in the outermost group says that a variable is the same term as what was given (SPARQL 1.1 Query, section
17.4.1.8). Engines move it to the pattern that binds the variable. A VALUES block is a join instead, and engines make it
too early or too late: where the term is as wide as *any*, they start from it; at the end of the query, they pick it out
of everything. The term is written by the RDF library and not by us, so that no text can leave it.
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


def with_terms(query: str, bindings: Mapping[str, Node]) -> str:
    """
    The query with those of its rows in which each variable of `bindings` is the term given.

    >>> from pyoxigraph import Literal
    >>> with_terms("SELECT ?s ?n WHERE { ?s ?p ?n }", {"n": Literal("a")})
    'SELECT ?s ?n WHERE { FILTER(sameTerm(?n, "a")) ?s ?p ?n }'
    """
    if not bindings:
        return query
    place = _group(query)
    tests = " && ".join(f"sameTerm(?{name}, {bindings[name]})" for name in sorted(bindings))
    return f"{query[:place]} FILTER({tests}){query[place:]}"


def _group(query: str) -> int:
    """Where the outermost group begins, behind its brace; a brace in brackets belongs to an expression."""
    depth = 0
    for token in _TOKEN.finditer(query):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "{" and depth == 0:
            return token.end()
    raise QueryFault("has no WHERE group, so that no parameter can be bound")
