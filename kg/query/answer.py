"""Answers: rows with labels, the sentence that reads each aloud, and what was searched to find them.

Labels and the scope are further queries; they are asked when somebody reads them, so that a program that wants only
the rows waits only for the question itself.
"""

import re
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence.problem import KgError
from kg.evidence.vocabulary import Vocabulary
from kg.query.question import Question, QuestionFault, bundled_question
from kg.query.vocabulary import store_vocabulary
from kg.rdf.namespaces import WORD
from kg.store.protocol import Node, QueryFault, Store

if TYPE_CHECKING:
    import pandas as pd

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node (MIN(?text) AS ?label) WHERE { VALUES ?node { %s } ?node rdfs:label|skos:prefLabel ?text } GROUP BY ?node
"""
_NUMBERS: dict[str, type[int | float | Decimal]] = {"integer": int, "decimal": Decimal, "double": float}


class FramesUnavailable(KgError):
    """The library for data frames is not installed."""


class Term(str):
    """The label of a node, which also knows the node's IRI."""

    __slots__ = ("iri",)
    iri: str

    def __new__(cls, label: str, iri: str) -> Self:
        """The label `label` of the node `iri`."""
        made = super().__new__(cls, label)
        made.iri = iri
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.iri)


@dataclass(frozen=True)
class Answer(Sequence[Any]):
    """
    What a store says to a question: a sequence of named tuples, one a row.

    A cell is a `Term` (its label, with the IRI as `.iri`), a number, a truth value, a text, or None where the graph
    holds nothing. `rows` has the same cells as RDF terms.
    """

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]
    store: Store = field(repr=False, compare=False)
    bindings: Mapping[str, Node] = field(default_factory=dict, repr=False)

    @cached_property
    def labels(self) -> Mapping[NamedNode, str]:
        """The labels of all nodes in the rows."""
        return label(self.store, [node for row in self.rows for node in row if isinstance(node, NamedNode)])

    @cached_property
    def searched(self) -> str:
        """What was searched, in words: how many studies, by how deep they were read; empty where nothing counts."""
        return _searched(self.store, self.question, self.bindings)

    @cached_property
    def _tuples(self) -> tuple[Any, ...]:
        made = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]  # noqa: PYI024 - columns vary
        return tuple(made(*map(self.value, row)) for row in self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self._tuples[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._tuples)

    def value(self, node: Node | None) -> Term | str | int | float | Decimal | bool | None:
        """A cell as Python has it."""
        if node is None:
            return None
        if isinstance(node, NamedNode):
            return Term(self.text(node), node.value)
        kind = node.datatype.value.rpartition("#")[2]
        return node.value == "true" if kind == "boolean" else _NUMBERS.get(kind, str)(node.value)

    def text(self, node: Node | None) -> str:
        """A cell the way people read it: the label of a term, the value of a number, nothing for unbound."""
        if node is None:
            return ""
        if isinstance(node, Literal):
            return {"true": "yes", "false": "no"}.get(node.value, node.value)
        return self.labels.get(node, node.value.removeprefix(WORD))

    def texts(self) -> list[dict[str, str]]:
        """Every row as column and text."""
        return [dict(zip(self.columns, map(self.text, row), strict=True)) for row in self.rows]

    def sentences(self) -> list[str]:
        """Every row read aloud, repeats left out; without a sentence in the header, its cells."""
        template = self.question.header.sentence
        if template is None:
            return [", ".join(f"{name} {value}" for name, value in row.items() if value) for row in self.texts()]
        from jinja2.sandbox import SandboxedEnvironment

        spoken = SandboxedEnvironment(autoescape=False).from_string(template)  # plain text, not a page
        lines = (re.sub(r"\s+", " ", spoken.render(row)).strip() for row in self.texts())
        return list(dict.fromkeys(lines))

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a data frame, a column each; terms stand by their label."""
        try:
            import pandas as pd
        except ImportError as error:
            raise FramesUnavailable("data frames need pandas: pip install 'exercise-pain-kg[frames]'") from error
        cells = [[str(cell) if isinstance(cell, Term) else cell for cell in row] for row in self._tuples]
        return pd.DataFrame(cells, columns=list(self.columns))

    def _repr_html_(self) -> str:
        from kg.query.show import html_table

        return html_table(self.question.header.summary, self.columns, self._cells(), self._note())

    def _repr_markdown_(self) -> str:
        from kg.query.show import markdown_table

        return markdown_table(self.question.header.summary, self.columns, self._cells(), self._note())

    def _cells(self) -> list[list[str]]:
        return [list(row.values()) for row in self.texts()]

    def _note(self) -> str:
        return self.searched if self.rows else f"{self.question.header.empty} {self.searched}".strip()


def ask(
    store: Store, question: Question, given: Mapping[str, str] | None = None, *, vocabulary: Vocabulary | None = None
) -> Answer:
    """
    The answer of `store` to a SELECT question, with parameters as people write them.

    Terms are looked up in `vocabulary`; without one, in what the store holds.
    """
    bindings = bind(store, question, given or {}, vocabulary)
    try:
        found = store.select(question.sparql, bindings)
    except QueryFault as error:
        raise type(error)(f"{question.name}: {error}") from error
    columns = question.header.columns or found.variables
    missing = [name for name in columns if name not in found.variables]
    if missing:
        raise QuestionFault(f"{question.name}: the header names the column {missing[0]!r}, the query does not")
    places = [found.variables.index(name) for name in columns]
    rows = tuple(tuple(row[place] for place in places) for row in found.rows)
    return Answer(question, columns, rows, store, bindings)


def bind(
    store: Store, question: Question, given: Mapping[str, str], vocabulary: Vocabulary | None = None
) -> dict[str, Node]:
    """The parameters of a question as RDF terms."""
    if vocabulary is None:
        vocabulary = store_vocabulary(store) if question.names_terms(given) else Vocabulary()
    return question.bindings(given, vocabulary)


def decide(store: Store, question: Question) -> bool:
    """The answer of an ASK question."""
    try:
        return store.decide(question.sparql)
    except QueryFault as error:
        raise type(error)(f"{question.name}: {error}") from error


def construct(store: Store, question: Question) -> list[Triple]:
    """The triples of a CONSTRUCT question, sorted."""
    try:
        return sorted(set(store.construct(question.sparql)), key=str)
    except QueryFault as error:
        raise type(error)(f"{question.name}: {error}") from error


def label(store: Store, nodes: Sequence[NamedNode]) -> dict[NamedNode, str]:
    """The labels that a store has for some of its nodes."""
    wanted = sorted(set(nodes), key=str)
    if not wanted:
        return {}
    rows = store.select(_LABELS % " ".join(map(str, wanted))).rows
    return {node: text.value for node, text in rows if isinstance(node, NamedNode) and text is not None}


def _searched(store: Store, question: Question, bindings: Mapping[str, Node]) -> str:
    if question.header.scope is None:
        return ""
    scope = bundled_question(question.header.scope, "scope")
    wanted = {name: bindings[name] for name in scope.header.params if name in bindings}
    wanted |= {name: node for name, node in scope.bindings({}, Vocabulary()).items() if name not in wanted}
    found = store.select(scope.sparql, wanted)
    counts = [(row[found.variables.index("read")], row[found.variables.index("n")]) for row in found.rows]
    parts = [
        (str(read.value).removeprefix(WORD), int(n.value)) for read, n in counts if read is not None and n is not None
    ]
    total = sum(n for _, n in parts)
    depth = ", ".join(f"{n} read as {read}" for read, n in parts if n)
    return f"Searched {total} {scope.header.summary}" + (f" ({depth})." if depth else ".")
