"""Plans a query for RDFLib, whose evaluator follows the algebra as it stands, one loop inside the other.

The algebra (SPARQL 1.1 Query, section 18) is rearranged into an equal one that ends in time, and what
RDFLib 7 takes otherwise than the standard is put right:

- A triple pattern follows one that binds a name of it. RDFLib sorts patterns by how many names are free, so that two
  patterns with a parameter each come first and are multiplied.
- MINUS compares each row with what the names that both sides share take on the right, and not with every row there.
- The right side of a join is asked with what the left side found, wherever that gives the same rows. RDFLib does so
  for the innermost join only.
- A name inside a sub-select that is not selected is another name than the same outside (section 12).
- GROUP BY over no rows gives no rows (section 18.5.1), not one empty row; a key without a value stays unbound.
"""

from collections.abc import Iterable, Mapping
from itertools import count, islice
from typing import Any, TypeAlias, cast

from rdflib import BNode, Dataset, Variable
from rdflib.plugins.sparql.algebra import translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

#: Patterns are weighed by how much they match, counted up to here.
_ENOUGH = 300
_ROWS = Variable("__rows__")

Names: TypeAlias = frozenset[Node]
Pattern: TypeAlias = tuple[Any, Any, Any]


def plan(query: str, dataset: Dataset, bound: Mapping[Variable, Node]) -> Query:
    """The query, ready for a dataset and with names that will be bound beforehand."""
    tree = parseQuery(query)
    numbers = count()
    tree[1] = traverse(tree[1], visitPost=lambda part: _own_names(part, numbers))
    planned = translateQuery(tree)
    whole = planned.algebra
    if whole.name == "ConstructQuery" and not whole.template:
        whole["template"] = whole.p.p.triples  # CONSTRUCT WHERE: RDFLib would look for them when they are rearranged
    if whole.p is not None:
        whole["p"] = _Planner(dataset, bound).arrange(whole.p, frozenset(bound))
    return planned


def _own_names(part: object, numbers: Iterable[int]) -> Any:
    """A sub-select in which the names that it keeps for itself are used nowhere else."""
    if not isinstance(part, CompValue) or part.name != "SubSelect" or not part.projection:
        return None
    shown = {item.var or item.evar for item in part.projection}
    number = next(iter(numbers))
    return traverse(part, lambda x: Variable(f"{x}__{number}") if isinstance(x, Variable) and x not in shown else None)


class _Planner:
    """Arranges the parts of one query."""

    def __init__(self, dataset: Dataset, bound: Mapping[Variable, Node]) -> None:
        self._dataset = dataset
        self._bound = bound

    def arrange(self, part: CompValue, known: Names) -> CompValue:
        """A part that gives the same rows, for a place where some names are known."""
        match part.name:
            case "BGP":
                return self._chain(part.triples, known)
            case "Join":
                lazy = _may_be_told(part.p2, known | _names(part.p1))
                part["lazy"] = lazy
                self._sides(part, known, known | _names(part.p1) if lazy else known)
            case "LeftJoin":
                self._sides(part, known, known | _names(part.p1))
            case "Union":
                self._sides(part, known, known)
            case "Minus":
                shared = _names(part.p1) & _names(part.p2)
                self._sides(part, known, known)
                part["p2"] = _part("Project", shared, p=part.p2, PV=list(shared))
            case "Project":
                part["p"] = self.arrange(part.p, known & frozenset(part.PV))
            case "AggregateJoin":
                part["p"] = self.arrange(part.p, known)
                return _without_empty_group(part)
            case "Extend" if isinstance(part.expr, Variable):
                part["p"], part["expr"] = self.arrange(part.p, known), _expression(f"COALESCE({part.expr.n3()})")
            case "ToMultiSet" if part.p.name == "values":
                pass
            case _ if "p" in part:
                part["p"] = self.arrange(part.p, known)
        return part

    def _sides(self, part: CompValue, left: Names, right: Names) -> None:
        part["p1"] = self.arrange(part.p1, left)
        part["p2"] = self.arrange(part.p2, right)

    def _chain(self, triples: Iterable[Pattern], known: Names) -> CompValue:
        """Triple patterns one after the other, each with a name that the ones before it bind, if there is any."""
        sizes = {triple: self._size(triple) for triple in triples}
        chain, seen = _part("BGP", frozenset(), triples=[]), known
        while sizes:
            told = seen - self._bound.keys()
            best = min(sizes, key=lambda triple: _cost(triple, told, sizes[triple]))
            del sizes[best]
            seen |= _names(best)
            chain = _then(chain, _part("BGP", _names(best), triples=[best]))
        return chain

    def _size(self, triple: Pattern) -> tuple[int, int, int]:
        """How many triples match, up to enough; and how many subjects and objects they have."""
        pattern: Any = tuple(
            self._bound.get(cast("Variable", x)) if isinstance(x, Variable | BNode) else x for x in triple
        )
        found = list(islice(self._dataset.triples(pattern), _ENOUGH))
        return len(found), len({subject for subject, _, _ in found}), len({object for *_, object in found})


def _cost(triple: Pattern, told: Names, size: tuple[int, int, int]) -> tuple[bool, float]:
    """Whether a pattern stands apart from what is told, and how many rows it makes of one."""
    matches, subjects, objects = size
    subject, _, object = triple
    spread = (subjects if subject in told else 1) * (objects if object in told else 1)
    return not _names(triple) & told, matches / max(spread, 1)


def _then(first: CompValue, second: CompValue) -> CompValue:
    if first.name == "BGP" and not first.triples:
        return second
    return _part("Join", _names(first) | _names(second), p1=first, p2=second, lazy=True)


def _part(name: str, names: Names, **parts: object) -> CompValue:
    """A part of the algebra, with its names where RDFLib looks for them."""
    return CompValue(name, _vars=set(names), **parts)


def _without_empty_group(part: CompValue) -> CompValue:
    """The groups of GROUP BY that hold a row."""
    if part.p.expr is None:
        return part
    part.A.append(CompValue("Aggregate_Count", vars="*", distinct="", res=_ROWS))
    return _part("Filter", _names(part), expr=_expression(f"BOUND({_ROWS.n3()})"), p=part)


def _expression(text: str) -> CompValue:
    return cast("CompValue", translateQuery(parseQuery(f"SELECT * {{ FILTER({text}) }}")).algebra.p.p.expr)


def _may_be_told(part: CompValue, names: Names) -> bool:
    """Whether a part, asked with values for names, gives exactly those of its rows that agree with the values."""
    match part.name:
        case "BGP":
            return True
        case "ToMultiSet":
            return part.p.name == "values" or _may_be_told(part.p, names)
        case "Join" | "Union":
            return _may_be_told(part.p1, names) and _may_be_told(part.p2, names)
        case "LeftJoin" | "Minus":
            sides = _may_be_told(part.p1, names) and _may_be_told(part.p2, names)
            return sides and names & (_names(part.p2) | _names(part.expr)) <= _sure(part.p1)
        case "Filter":
            return _may_be_told(part.p, names) and names & _names(part.expr) <= _sure(part.p)
        case "Extend":
            safe = part.var not in names or part.var in _keys(part)
            return safe and _may_be_told(part.p, names) and names & _names(part.expr) <= _sure(part.p)
        case "Project":
            return _may_be_told(part.p, names & frozenset(part.PV))
        case "AggregateJoin":
            return _may_be_told(part.p.p, names) and names & _names(part.p.p) <= _keys(part) & _sure(part.p.p)
        case "Distinct" | "OrderBy":
            return _may_be_told(part.p, names)
    return False


def _keys(part: CompValue) -> Names:
    """The names by which the rows of a part are grouped."""
    while part.name == "Extend":
        part = part.p
    return frozenset(part.p.expr or ()) if part.name == "AggregateJoin" else frozenset()


def _sure(part: CompValue) -> Names:
    """The names that every row of a part has a value for."""
    match part.name:
        case "BGP":
            return _names(part)
        case "Join":
            return _sure(part.p1) | _sure(part.p2)
        case "Union":
            return _sure(part.p1) & _sure(part.p2)
        case "LeftJoin" | "Minus":
            return _sure(part.p1)
        case "Project":
            return _sure(part.p) & frozenset(part.PV)
        case "Filter" | "Extend" | "Distinct" | "OrderBy":
            return _sure(part.p) | (_keys(part) & {part.var} if part.name == "Extend" else frozenset())
    return frozenset()


def _names(part: object) -> Names:
    """The names that stand in a part and can be seen from outside."""
    if isinstance(part, Variable | BNode):
        return frozenset({part})
    if isinstance(part, CompValue) and part.name == "Project":
        return frozenset(part.PV)
    if isinstance(part, dict):
        return _names([*part.keys(), *part.values()])
    if isinstance(part, list | tuple | set | frozenset):
        return frozenset().union(*map(_names, part))
    return frozenset()
