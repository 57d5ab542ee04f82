"""Writes docs/reference/questions.md from the headers of the questions and their answers on the bundled evidence."""

import shlex
from pathlib import Path

from kg.query import Answer, Question, ask, catalogue
from kg.store import Store, open_store

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "questions.md"
SENTENCES = 2
HEAD = """# The questions

What can be asked by name, by what it is for. This page is made by `scripts/questions_page.py` from the headers of the
questions in `kg/query/sparql/` and from their answers on the bundled evidence; write there, not here.

`kg query NAME -p KEY=VALUE` asks one; `--format sentences` reads the rows aloud, `--explain` prints the SPARQL. A
parameter that is left out narrows nothing. A term is given by its id, its label or a synonym, and holds for all that is
beneath it.

The same holds of every answer: it speaks of what is in this graph. *Measured, no significant change*, *not measured*
and *not read* are three different things, and a row that is not there is never evidence of no effect.
"""


def page(store: Store) -> str:
    """The page as it should be."""
    groups = catalogue()
    parts = [HEAD, "\n".join(_contents(title, questions) for title, questions in groups.items()) + "\n"]
    for title, questions in groups.items():
        parts += [f"## {title}\n", *(_entry(question, store) for question in questions)]
    return "\n".join(parts)


def _contents(title: str, questions: tuple[Question, ...]) -> str:
    return f"- {title}: " + ", ".join(f"[{question.name}](#{question.name})" for question in questions)


def _entry(question: Question, store: Store) -> str:
    header = question.header
    parts = [f"### {question.name}\n", f"{header.summary}.\n"]
    if header.about:
        parts.append(f"{header.about.strip()}\n")
    if header.params:
        parts.append("Parameters: " + ", ".join(f"`{name}` ({kind})" for name, kind in header.params.items()) + ".\n")
    if header.columns:
        parts.append("Columns: " + ", ".join(f"`{column}`" for column in header.columns) + ".\n")
    parts.append(f"```sh\n{_command(question)}\n```\n")
    if not question.is_construct:
        parts.append(_spoken(ask(store, question, header.example)))
    return "\n".join(parts)


def _command(question: Question) -> str:
    given = [f"-p {shlex.quote(f'{name}={value}')}" for name, value in question.header.example.items()]
    return " ".join(["kg query", question.name, *given, f"--format {'ttl' if question.is_construct else 'sentences'}"])


def _spoken(answer: Answer) -> str:
    lines = answer.sentences()
    if not lines:
        return f"> {answer.question.header.empty}\n"
    more = len(lines) - SENTENCES
    shown = [f"> {line.replace('<', '&lt;').replace('*', chr(92) + '*')}" for line in lines[:SENTENCES]]
    return "\n>\n".join(shown + ([f"> … and {more} more."] if more > 0 else [])) + "\n"


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(open_store()), encoding="utf-8")


if __name__ == "__main__":
    main()
