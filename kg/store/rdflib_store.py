"""RDFLib as a store in memory: a second engine, written by other people in another language, for the same questions.

It is the slow and independent witness beside Oxigraph, and gives those who work in RDFLib their `Dataset`. Importing
this module imports RDFLib, so nothing that the command needs does. Only this module knows RDFLib's exceptions.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from pyparsing import ParseException
from rdflib.plugins.sparql.sparql import SPARQLError

from kg.rdf.namespaces import PREFIXES
from kg.store.oxigraph import OxigraphStore, plain
from kg.store.protocol import Node, QueryFault, Solutions, Store
from kg.store.rdflib_plan import plan

_EVERYTHING = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
_STRING = str(rdflib.XSD.string)


class _Dataset(rdflib.Dataset):
    """A dataset whose two deprecated names, which RDFLib's own evaluator of GRAPH still uses, are the new ones."""

    default_context = rdflib.Dataset.default_graph
    contexts = rdflib.Dataset.graphs


class RdflibStore:
    """A store over one RDFLib dataset; queries see the union of its graphs."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset
        self._strict = OxigraphStore.in_memory()

    @classmethod
    def from_quads(cls, quads: Iterable[Quad]) -> "RdflibStore":
        """A new store in memory that holds `quads`."""
        dataset = _Dataset(default_union=True)
        graphs: dict[object, rdflib.Graph] = {DefaultGraph(): dataset.default_graph}
        for quad in quads:
            name = quad.graph_name
            if name not in graphs:
                graphs[name] = dataset.graph(cast("rdflib.URIRef | rdflib.BNode", _theirs(name)))
            graphs[name].add((_theirs(quad.subject), _theirs(quad.predicate), _theirs(quad.object)))
        return cls(dataset)

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""
        self._strict.select(query, bindings)
        bound = {rdflib.Variable(name): _theirs(node) for name, node in (bindings or {}).items()}
        result = self._run(query, bound)
        names = result.vars or []
        rows = tuple(tuple(plain(_ours(row.get(name))) for name in names) for row in result.bindings)
        return Solutions(tuple(map(str, names)), rows)

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        list(self._strict.construct(query))
        for triple in self._run(query, {}).graph or ():
            subject, predicate, object = cast("tuple[Any, Any, Any]", tuple(map(_ours, triple)))
            yield Triple(subject, predicate, object)

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
        self._strict.decide(query)
        return bool(self._run(query, {}).askAnswer)

    def _run(self, query: str, bound: Mapping[rdflib.Variable, rdflib.term.Node]) -> rdflib.query.Result:
        """
        The result of a query that Oxigraph's strict parser has passed.

        RDFLib raises bare exceptions for an unknown prefix and the like; none of those reach it this way.
        """
        try:
            result = self.dataset.query(plan(query, self.dataset, bound), initBindings=cast("Any", bound))
            if result.type == "SELECT":
                result.bindings = list(result.bindings)  # RDFLib finds the rows of a SELECT when somebody looks
        except ParseException as error:
            raise QueryFault(f"{error.lineno}:{error.column}: is not SPARQL 1.1 as RDFLib reads it") from error
        except (SPARQLError, RecursionError) as error:
            raise QueryFault(f"cannot be answered by RDFLib: {error}") from error
        return result


def dataset_of(store: Store) -> rdflib.Dataset:
    """A copy of what a store's named graphs hold, with the prefixes of the project."""
    dataset = RdflibStore.from_quads(_quads(store)).dataset
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def _quads(store: Store) -> Iterator[Quad]:
    for row in store.select(_EVERYTHING).rows:
        graph, subject, predicate, object = cast("tuple[NamedNode, NamedNode, NamedNode, Node]", row)
        yield Quad(subject, predicate, object, graph)


def _theirs(node: object) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    """A term of ours as RDFLib has it, letter by letter: `01` stays `01`."""
    match node:
        case NamedNode():
            return rdflib.URIRef(node.value)
        case Literal() if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        case Literal() if node.datatype.value == _STRING:
            return rdflib.Literal(node.value)
        case Literal():
            return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)
        case BlankNode():
            return rdflib.BNode(node.value)
    raise QueryFault(f"{node}: RDFLib has no such term; triples cannot be terms here")


def _ours(node: object) -> NamedNode | Literal | BlankNode | None:
    match node:
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode(str(node))
        case rdflib.Literal() if node.language:
            return Literal(str(node), language=node.language)
        case rdflib.Literal():
            return Literal(str(node), datatype=NamedNode(node.datatype or _STRING))
    return None
