"""`kg query`: a named question, a file, or standard input."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.completion import complete_parameter, complete_question
from kg.cli.output import format_option, print_answer, print_drawing, print_triples, reports_faults, store_option

if TYPE_CHECKING:
    from kg.query import Question
    from kg.store import Store


def _parameters(values: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.UsageError(f"-p needs key=value, not {value!r}.")
        given[name] = text
    return given


def _question(name: str) -> "tuple[Question, bool]":
    """The question, and whether it is one of ours."""
    from kg.query.question import MOST_BYTES, bundled_question, question_from_bytes, question_from_file

    path = Path(name)
    if name != "-" and path.suffix not in (".rq", ".sparql"):
        return bundled_question(name), True
    if name == "-":
        question = question_from_bytes("standard input", sys.stdin.buffer.read(MOST_BYTES + 1))
    else:
        question = question_from_file(path)
    from kg.query.guard import refuse_leaving

    refuse_leaving(question.name, question.sparql)
    return question, False


def _store(location: str | None, seconds: float | None) -> "Store":
    """The store to ask; with a deadline for queries that somebody else wrote."""
    if seconds is None:
        from kg.store.open import open_store

        return open_store(location)
    from kg.store.limited import limited_store

    return limited_store(location, seconds=seconds)


@click.command()
@click.argument("name", metavar="NAME|FILE|-", shell_complete=complete_question)
@click.option(
    "-p",
    "params",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter; terms by id, label or synonym.",
    shell_complete=complete_parameter,
)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds after which SPARQL of your own is given up.",
)
@format_option
@store_option
@reports_faults
def command(name: str, params: tuple[str, ...], explain: bool, timeout: float, form: str, location: str | None) -> None:
    """Answer a named question, or SPARQL from a file (.rq, .sparql) or from standard input.

    Example: kg query exercise-to-mechanisms -p in_condition="spinal cord injury"
    """
    from kg.query.answer import ask, bind, construct, decide

    given = _parameters(params)
    question, ours = _question(name)
    store = _store(location, None if ours else timeout)
    if explain:
        for variable, node in sorted(bind(store, question, given).items()):
            click.echo(f"# ?{variable} = {node}")
        click.echo(question.sparql, nl=False)
    elif question.is_construct:
        triples = construct(store, question)
        if form == "svg":
            print_drawing(question, triples, store)
        else:
            print_triples(triples, form)
    elif question.form == "ASK":
        click.echo("yes" if decide(store, question) else "no")
    else:
        print_answer(ask(store, question, given), form)
