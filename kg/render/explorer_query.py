"""A view of the edges that somebody's own query yields: triples between nodes, or rows that name two ends."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.evidence.problem import printable
from kg.query.answer import ask, construct, label
from kg.query.guard import refuse_leaving
from kg.query.question import Question
from kg.rdf.namespaces import iri
from kg.render.explorer_view import ShownEdge, ShownNode, View, ViewFault, grouped
from kg.store.protocol import Node, Store

_LABELS = (iri("skos:prefLabel"), iri("rdfs:label"))
#: Names of the columns that say where an edge starts, where it leads, what it says, and which way something went.
_FROM, _TO, _SAYS, _SIGN = (
    ("from", "source", "subject"),
    ("to", "target", "object"),
    ("relation", "predicate"),
    ("sign",),
)
_KINDS = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT DISTINCT ?node ?kind WHERE {
  VALUES (?class ?kind) { (epk:Modality "exercise") (epk:Marker "marker") (epk:Mechanism "mechanism")
                          (epk:Outcome "outcome") (epk:Agent "agent") }
  ?node a ?class }
ORDER BY ?node ?kind
"""


def query_view(store: Store, question: Question) -> View:
    """The edges that a query yields, as a view; a query that would leave the graph, or yields no edge, is refused."""
    refuse_leaving(question.name, question.sparql)
    found = set(_triples(store, question) if question.is_construct else _rows(store, question))
    names = dict(_texts(store, question)) if question.is_construct else {}
    ends = sorted({end for source, _, target, _ in found for end in (source, target)})
    relations = {relation for _, relation, _, _ in found if "://" in relation}
    labels = {node.value: text for node, text in label(store, [NamedNode(one) for one in (*ends, *relations)]).items()}
    kinds = {row[0].value: row[1].value for row in store.select(_KINDS).rows if row[0] and row[1]}
    nodes = {
        one: ShownNode(one, printable(labels.get(one) or names.get(one) or one), kinds.get(one, "other"))
        for one in ends
    }
    edges = (
        ShownEdge(source, target, printable(labels.get(relation, _last(relation))), sign)
        for source, relation, target, sign in sorted(found)
    )
    return grouped(View(printable(question.header.summary), nodes, tuple(edges)), {})


Edge = tuple[str, str, str, str]


def _triples(store: Store, question: Question) -> Iterator[Edge]:
    for triple in construct(store, question):
        subject, says, object = triple.subject, triple.predicate, triple.object
        if isinstance(subject, NamedNode) and isinstance(object, NamedNode) and says not in (*_LABELS, iri("rdf:type")):
            yield subject.value, says.value, object.value, ""


def _texts(store: Store, question: Question) -> Iterator[tuple[str, str]]:
    for triple in construct(store, question):
        if triple.predicate in _LABELS and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            yield triple.subject.value, triple.object.value


def _rows(store: Store, question: Question) -> Iterator[Edge]:
    if question.form != "SELECT":
        raise ViewFault(f"{question.name}: only SELECT and CONSTRUCT yield edges")
    answer = ask(store, question)
    source, target = _column(answer.columns, _FROM), _column(answer.columns, _TO)
    if source is None or target is None:
        raise ViewFault(
            f"{question.name}: rows become edges if they have the columns ?from and ?to (and, if they say more, "
            f"?relation and ?sign); these have {', '.join(answer.columns)}"
        )
    says, sign = _column(answer.columns, _SAYS), _column(answer.columns, _SIGN)
    for row in answer.rows:
        if isinstance(row[source], NamedNode) and isinstance(row[target], NamedNode):
            yield _value(row, source), _value(row, says) or "leads to", _value(row, target), _last(_value(row, sign))


def _column(columns: Iterable[str], names: Iterable[str]) -> int | None:
    known = list(columns)
    return next((known.index(name) for name in names if name in known), None)


def _value(row: tuple[Node | None, ...], at: int | None) -> str:
    cell = None if at is None else row[at]
    return "" if cell is None else cell.value


def _last(text: str) -> str:
    """The last part of an address; a text that is none stays as it is."""
    return text.rpartition("#")[2].rpartition("/")[2] if "://" in text else text
