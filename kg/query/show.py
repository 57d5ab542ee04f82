"""Rows as HTML and Markdown, for notebooks; every cell is escaped, and a long table is cut with a word."""

import html
from collections.abc import Sequence

#: So many rows are shown; the note says how many more there are.
_SHOWN = 50
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#$~"} | {"\n": " ", "\r": " "})


def html_table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> str:
    """A table with a caption and a note below it."""
    head = "".join(f"<th scope='col'>{html.escape(name.replace('_', ' '))}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[:_SHOWN])
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><p>{html.escape(_cut(rows) + note)}</p>"
    )


def markdown_table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> str:
    """A pipe table (GitHub Flavored Markdown, section 4.10) below its caption, and a note below it."""
    lines = [[name.replace("_", " ") for name in columns], ["---"] * len(columns)]
    table = [_line(lines[0]), "|" + "|".join(lines[1]) + "|", *map(_line, rows[:_SHOWN])]
    return "\n\n".join(
        [f"**{caption.translate(_MARKDOWN)}**", "\n".join(table), (_cut(rows) + note).translate(_MARKDOWN)]
    )


def _cut(rows: Sequence[Sequence[str]]) -> str:
    return f"{len(rows) - _SHOWN} more rows. " if len(rows) > _SHOWN else ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.translate(_MARKDOWN) for cell in cells) + " |"
