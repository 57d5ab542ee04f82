"""An answer as a page shows it: cells as text, each with the address it leads to, and how many rows are left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from kg.query.answer import Answer
from kg.rdf.namespaces import BASE
from kg.render.site.addresses import thing_place
from kg.serve.template import address
from kg.store.protocol import Node

_DOI = re.compile(r"10\.\d{4,9}/\S+")
#: So many rows stand on a page; the other formats have all.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """A table on a page, with what was searched below it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str]]]
    count: int
    note: str = ""

    @property
    def hidden(self) -> int:
        """How many rows do not stand on the page."""
        return self.count - len(self.rows)


def shown_answer(answer: Answer) -> Shown:
    """The rows of a question."""
    rows = [[(answer.text(node), _leads(node)) for node in row] for row in answer.rows[:_MOST]]
    note = answer.searched if answer.rows else f"{answer.question.header.empty} {answer.searched}".strip()
    return Shown(answer.columns, rows, len(answer.rows), note)


def shown_triples(triples: Sequence[Triple]) -> Shown:
    """Triples, a row each."""
    rows = [[(_bare(part), "") for part in (t.subject, t.predicate, t.object)] for t in triples[:_MOST]]
    return Shown(("subject", "predicate", "object"), rows, len(triples), "" if triples else "No triple.")


def shown_truth(truth: bool) -> Shown:
    """The answer to an ASK query."""
    return Shown(("answer",), [[("yes" if truth else "no", "")]], 1)


def _bare(part: object) -> str:
    return part.value if isinstance(part, NamedNode) else str(part)


def _leads(node: Node | None) -> str:
    """Where a cell leads: a thing of the graph to what is told of it, a DOI to the paper, another address to itself."""
    if node is None:
        return ""
    if isinstance(node, NamedNode) and node.value.startswith(BASE):
        return f"/thing/{quote(node.value.removeprefix(BASE))}" if thing_place(node.value) else ""
    return f"https://doi.org/{quote(node.value)}" if _DOI.fullmatch(node.value) else address(node.value)
