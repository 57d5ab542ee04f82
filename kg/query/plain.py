"""Answers as plain data, the same for the command line and for the server: what JSON holds, and rows of text."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.query.answer import Answer
    from kg.store.protocol import Node

_NUMBERS = {"integer": int, "decimal": float, "double": float}


def answer_data(answer: "Answer") -> dict[str, Any]:
    """An answer as plain data: a term by IRI and label, a number as a number."""
    return {
        "question": answer.question.name,
        "summary": answer.question.header.summary,
        "searched": answer.searched,
        "columns": list(answer.columns),
        "rows": [
            {name: _cell(answer, node) for name, node in zip(answer.columns, row, strict=True)} for row in answer.rows
        ],
    }


def _cell(answer: "Answer", node: "Node | None") -> object:
    from pyoxigraph import NamedNode

    if node is None:
        return None
    if isinstance(node, NamedNode):
        return {"iri": node.value, "label": answer.text(node)}
    kind = node.datatype.value.rpartition("#")[2]
    if kind == "boolean":
        return node.value == "true"
    return _NUMBERS.get(kind, str)(node.value)


def separated(columns: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> str:
    """Rows as CSV or TSV below the names of their columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
