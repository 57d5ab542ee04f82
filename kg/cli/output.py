"""How answers are printed: tables for people, JSON, CSV, TSV and Turtle for programs."""

import functools
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.evidence.problem import FaultsFound, KgError, printable
from kg.query.plain import answer_data, separated

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.query import Answer, Question
    from kg.store import Store

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "sentences", "json", "csv", "tsv", "ttl", "svg")

format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
    help="How to print rows; ttl and svg (a drawing) are for questions that answer with triples.",
)  # fmt: skip
store_option = click.option(
    "--store",
    "location",
    metavar="PLACE",
    help="A folder written by kg build, an N-Quads file, or the URL of a SPARQL endpoint. "
    "Without it, the evidence that ships with kg.",
)


def reports_faults(function: F) -> F:
    """Turns what a person can put right into one clear message and exit status 1."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except FaultsFound as faults:
            for problem in faults.problems:
                click.echo(str(problem))
            count = len(faults.problems)
            click.echo(f"{count} fault{'' if count == 1 else 's'}; nothing was written.", err=True)
        except KgError as error:
            click.echo(f"kg: {_lines(str(error))}", err=True)
        except BrokenPipeError:
            sys.stderr.close()
        sys.exit(1)

    return run  # type: ignore[return-value]


def _lines(text: str) -> str:
    """Text whose line ends stand and whose other signs are printable."""
    return "\n".join(map(printable, text.split("\n")))


def print_answer(answer: "Answer", form: str) -> None:
    """An answer on standard output, and what was searched on standard error."""
    if form in ("ttl", "svg"):
        raise click.UsageError(f"{form} is for questions that answer with triples (CONSTRUCT); take json, csv or tsv.")
    if form == "json":
        click.echo(json.dumps(answer_data(answer), indent=1, ensure_ascii=False))
        return
    if not answer.rows:
        click.echo(answer.question.header.empty, err=True)
    elif form == "sentences":
        for line in answer.sentences():
            click.echo(printable(line))
    elif form == "table":
        click.echo(table(answer.columns, [list(row.values()) for row in answer.texts()]))
    else:
        click.echo(separated(answer.columns, [list(row.values()) for row in answer.texts()], form), nl=False)
    if answer.searched:
        click.echo(answer.searched, err=True)


def print_drawing(question: "Question", triples: Sequence["Triple"], store: "Store") -> None:
    """Triples as a drawing on standard output."""
    from pyoxigraph import NamedNode

    from kg.query.answer import label
    from kg.render.drawing import draw

    parts = [part for triple in triples for part in (triple.subject, triple.predicate, triple.object)]
    labels = label(store, [part for part in parts if isinstance(part, NamedNode)])
    click.echo(draw(question.header.summary, triples, labels), nl=False)


def print_triples(triples: Sequence["Triple"], form: str) -> None:
    """Triples on standard output."""
    from pyoxigraph import RdfFormat, serialize

    from kg.rdf.namespaces import PREFIXES

    if form == "ttl":
        data = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        click.echo(data.decode(), nl=False)
        return
    rows = [[str(triple.subject), str(triple.predicate), str(triple.object)] for triple in triples]
    columns = ("subject", "predicate", "object")
    if form == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=1, ensure_ascii=False))
    elif form in ("csv", "tsv"):
        click.echo(separated(columns, rows, form), nl=False)
    else:
        click.echo(table(columns, rows))


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> None:
    """Rows of plain text on standard output, as a table, JSON, CSV or TSV."""
    if form == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=1, ensure_ascii=False))
    elif form in ("csv", "tsv"):
        click.echo(separated(columns, rows, form), nl=False)
    elif rows:
        click.echo(table(columns, rows))


def print_fact(name: str, values: Sequence[str], margin: int = 14) -> None:
    """One fact of a thing on standard output: its name, and its values beside it, wrapped on a terminal."""
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns - margin if sys.stdout.isatty() else 0
    lines = [line for value in values for line in (textwrap.wrap(value, max(width, 20)) if width else [value])]
    for at, line in enumerate(lines):
        click.echo(f"{'' if at else name.replace('_', ' '):<{margin}}{line}")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as an aligned table; columns that are empty throughout are left out, long cells wrap on a terminal."""
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    names = [columns[index].replace("_", " ") for index in kept]
    cells = [[printable(" ".join(row[index].split())) for index in kept] for row in rows]
    widths = [max(len(name), *(len(row[at]) for row in cells), 0) for at, name in enumerate(names)]
    if sys.stdout.isatty():
        import shutil

        widths = _fit(widths, shutil.get_terminal_size().columns)
    lines = [*_line(names, widths), "  ".join("-" * width for width in widths)]
    for row in cells:
        lines += _line(row, widths)
    return "\n".join(lines)


def _fit(widths: list[int], total: int) -> list[int]:
    """Narrows the widest columns until the row fits, none below ten."""
    widths = list(widths)
    while sum(widths) + 2 * (len(widths) - 1) > total and max(widths) > 10:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped))
    return [
        "  ".join(
            (part[at] if at < len(part) else "").ljust(width) for part, width in zip(wrapped, widths, strict=True)
        ).rstrip()
        for at in range(height)
    ]


def _wrapped(cell: str, width: int) -> list[str]:
    if len(cell) <= width and "\n" not in cell:
        return [cell]
    import textwrap

    return textwrap.wrap(cell, width) or [""]
