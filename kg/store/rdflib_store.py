"""rdflib as a store: slow, in memory, and at home wherever Python is. Only this module knows its exceptions."""

from collections.abc import Iterable, Iterator, Mapping

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyparsing import ParseException
from rdflib.term import Identifier

from kg.store.protocol import Node, QueryFault, Solutions
from kg.store.values import with_values


class RdflibStore:
    """A store over an rdflib dataset whose default graph is the union of its named graphs."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset

    @classmethod
    def in_memory(cls, quads: Iterable[Quad] = ()) -> "RdflibStore":
        """A new dataset that holds `quads`."""
        dataset = rdflib.Dataset(default_union=True)
        for quad in quads:
            graph = rdflib.URIRef(quad.graph_name.value) if isinstance(quad.graph_name, NamedNode) else None
            subject, predicate, obj = (_theirs(part) for part in (quad.subject, quad.predicate, quad.object))
            dataset.add((subject, predicate, obj, graph))  # type: ignore[arg-type]
        return cls(dataset)

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""
        result = self._run(with_values(query, bindings or {}))
        if result.type != "SELECT" or result.vars is None:
            raise QueryFault("is not a SELECT query")
        names = tuple(str(variable) for variable in result.vars)
        rows = []
        for row in result.bindings:
            cells = {str(name): value for name, value in row.items()}
            rows.append(tuple(_ours(cells[name]) if name in cells else None for name in names))
        return Solutions(names, tuple(rows))

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT query."""
        result = self._run(query)
        if result.graph is None:
            raise QueryFault("is not a CONSTRUCT query")
        for subject, predicate, obj in result.graph:
            yield Triple(_resource(subject), _resource(predicate), _ours(obj))

    def _run(self, query: str) -> rdflib.query.Result:
        try:
            return self.dataset.query(query)
        except ParseException as error:
            raise QueryFault(f"{error.lineno}:{error.column}: {error.msg}") from error
        except (ValueError, TypeError, NotImplementedError) as error:
            raise QueryFault(f"cannot be answered: {error}") from error


def _theirs(node: object) -> Identifier:
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        plain = node.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(
            node.value, datatype=None if plain else rdflib.URIRef(node.datatype.value), normalize=False
        )
    raise QueryFault("published data holds no blank node")


def _ours(node: object) -> Node:
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
    raise QueryFault("answers with a blank node; select terms")


def _resource(node: object) -> NamedNode:
    found = _ours(node)
    if isinstance(found, NamedNode):
        return found
    raise QueryFault("answers with a literal where a resource is due")
