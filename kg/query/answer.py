"""Answers: rows with labels, the sentence that reads each aloud, and what was searched to find them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence.vocabulary import Vocabulary
from kg.query.question import Question, QuestionFault, bundled_question
from kg.rdf.namespaces import WORD
from kg.store import Node, QueryFault, Store

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node (MIN(?text) AS ?label) WHERE { VALUES ?node { %s } ?node rdfs:label|skos:prefLabel ?text } GROUP BY ?node
"""


@dataclass(frozen=True)
class Answer:
    """What a store says to a question."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]
    labels: Mapping[NamedNode, str] = field(default_factory=dict)
    searched: str = ""

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


def ask(store: Store, question: Question, given: Mapping[str, str] | None = None, *, vocabulary: Vocabulary) -> Answer:
    """The answer of `store` to a SELECT question, with parameters as people write them."""
    bindings = question.bindings(given or {}, vocabulary)
    try:
        found = store.select(question.sparql, bindings)
    except QueryFault as error:
        raise QueryFault(f"{question.name}: {error}") from error
    columns = question.header.columns or found.variables
    missing = [name for name in columns if name not in found.variables]
    if missing:
        raise QuestionFault(f"{question.name}: the header names the column {missing[0]!r}, the query does not")
    places = [found.variables.index(name) for name in columns]
    rows = tuple(tuple(row[place] for place in places) for row in found.rows)
    labels = label(store, [node for row in rows for node in row if isinstance(node, NamedNode)])
    return Answer(question, columns, rows, labels, _searched(store, question, bindings, vocabulary))


def construct(store: Store, question: Question) -> list[Triple]:
    """The triples of a CONSTRUCT question, sorted."""
    return sorted(set(store.construct(question.sparql)), key=str)


def label(store: Store, nodes: Sequence[NamedNode]) -> dict[NamedNode, str]:
    """The labels that a store has for some of its nodes."""
    wanted = sorted(set(nodes), key=str)
    if not wanted:
        return {}
    rows = store.select(_LABELS % " ".join(map(str, wanted))).rows
    return {node: text.value for node, text in rows if isinstance(node, NamedNode) and text is not None}


def _searched(store: Store, question: Question, bindings: Mapping[str, Node], vocabulary: Vocabulary) -> str:
    """What was searched, in words: how many studies, by how deep they were read."""
    if question.header.scope is None:
        return ""
    scope = bundled_question(question.header.scope, "scope")
    wanted = {name: bindings[name] for name in scope.header.params if name in bindings}
    wanted |= {name: node for name, node in scope.bindings({}, vocabulary).items() if name not in wanted}
    found = store.select(scope.sparql, wanted)
    counts = [(row[found.variables.index("read")], row[found.variables.index("n")]) for row in found.rows]
    parts = [
        (str(read.value).removeprefix(WORD), int(n.value)) for read, n in counts if read is not None and n is not None
    ]
    total = sum(n for _, n in parts)
    depth = ", ".join(f"{n} read as {read}" for read, n in parts if n)
    return f"Searched {total} {scope.header.summary}" + (f" ({depth})." if depth else ".")
