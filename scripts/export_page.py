"""Writes the tables of columns into docs/reference/export.md from the columns in the code."""

import re
from pathlib import Path

from kg.exchange.findings import COLUMNS as FINDINGS
from kg.exchange.programmes import COLUMNS as PROGRAMMES
from kg.exchange.sheet import Column
from kg.exchange.statements import COLUMNS as STATEMENTS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "export.md"
TABLES = {"findings": FINDINGS, "statements": STATEMENTS, "programmes": PROGRAMMES}


def table(columns: tuple[Column, ...]) -> str:
    """The columns as a table."""
    rows = [f"| `{column.name}` | {column.kind} | {column.means} |" for column in columns]
    return "\n".join(["| column | cells | means |", "|---|---|---|", *rows]) + "\n"


def page(text: str) -> str:
    """The page with each table as it should be: between a heading and the next text."""
    for name, columns in TABLES.items():
        text = re.sub(
            rf"(^## {name}\n.*?)^\| column \|.*?\n\n", rf"\1{table(columns)}\n", text, flags=re.MULTILINE | re.DOTALL
        )
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
