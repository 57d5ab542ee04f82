"""Refuses queries that would leave this machine or this graph, by walking the parsed query.

`SERVICE` asks another endpoint, `FROM` names another dataset, `LOAD` and the other updates fetch or change. The query
is parsed (SPARQL 1.1 Query, section 19) and not searched for words, so that a comment or a text may hold any of them. A
query that begins as one and holds neither SERVICE nor FROM, not even escaped, but in its first comments and inside
names (`prov:wasDerivedFrom`), cannot leave and is not parsed twice: no engine takes an update for a query. Bundled
questions are ours and are not walked.
"""

import re
from collections.abc import Iterator

from kg.query.header import Header
from kg.query.question import Question
from kg.store import QueryFault

_SUSPECT = re.compile(r"service|from", re.IGNORECASE)
#: The rest of a name behind its colon (section 19.8, rule 169): no word of the language begins or ends in it.
_LOCAL = re.compile(r":[A-Za-z0-9_]+")
#: Comments before anything else; they end where the line does (section 19.4), or where an escaped line end is.
_COMMENTS = re.compile(r"(?:\s|#[^\n\r]*(?:[\n\r]|$))*+")
_FORBIDDEN = {
    "ServiceGraphPattern": "SERVICE asks another endpoint; questions stay inside this graph",
    "DatasetClause": "FROM names another dataset; questions see all graphs here, and GRAPH narrows them",
}


def refuse_leaving(name: str, sparql: str) -> None:
    """Raises `QueryFault` if a query would leave the graph; what is no query at all is the engine's to refuse."""
    if _plainly_stays(Question(name, Header(name), sparql)):
        return
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(sparql)
    except ParseException as error:
        raise QueryFault(f"{name}: {error.lineno}:{error.column}: is not a SPARQL query from here on") from error
    except RecursionError as error:
        raise QueryFault(f"{name}: is nested too deeply") from error
    for part in _parts(parsed):
        if part in _FORBIDDEN:
            raise QueryFault(f"{name}: {_FORBIDDEN[part]}")


def _plainly_stays(question: Question) -> bool:
    """Whether a query is seen to stay without being parsed."""
    begin = _COMMENTS.match(question.sparql)
    if begin is None or not question.form or "\\u" in question.sparql.lower():
        return False
    return _SUSPECT.search(_LOCAL.sub(":", question.sparql[begin.end() :])) is None


def _parts(node: object) -> Iterator[str]:
    """The names of all parts of a parsed query."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    open_ = [node]
    while open_:
        part = open_.pop()
        if isinstance(part, CompValue):
            yield part.name
            open_ += part.values()
        elif isinstance(part, (ParseResults, list, tuple, set)):
            open_ += list(part)
