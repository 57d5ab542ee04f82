"""`kg query`: a named question, a file, or standard input."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import format_option, print_answer, print_triples, reports_faults, store_option

if TYPE_CHECKING:
    from kg.query import Question


def _parameters(values: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.UsageError(f"-p needs key=value, not {value!r}.")
        given[name] = text
    return given


def _question(name: str) -> "Question":
    from kg.query import bundled_question, parse_question, question_from_file
    from kg.query.guard import refuse_leaving

    path = Path(name)
    if name != "-" and path.suffix not in (".rq", ".sparql"):
        return bundled_question(name)
    question = parse_question("standard input", sys.stdin.read()) if name == "-" else question_from_file(path)
    refuse_leaving(question.name, question.sparql)
    return question


@click.command()
@click.argument("name", metavar="NAME|FILE|-")
@click.option("-p", "params", multiple=True, metavar="KEY=VALUE", help="A parameter; terms by id, label or synonym.")
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@format_option
@store_option
@reports_faults
def command(name: str, params: tuple[str, ...], explain: bool, form: str, location: str | None) -> None:
    """Answer a named question, or SPARQL from a file (.rq, .sparql) or from standard input.

    Example: kg query exercise-to-mechanisms -p in_condition="spinal cord injury"
    """
    from kg.query import ask, construct
    from kg.store import Project, open_store

    given = _parameters(params)
    question = _question(name)
    project = Project.bundled()
    if explain:
        bound = question.bindings(given, project.ontology.vocabulary)
        for variable, node in sorted(bound.items()):
            click.echo(f"# ?{variable} = {node}")
        click.echo(question.sparql, nl=False)
        return
    store = open_store(location, project)
    if question.is_construct:
        print_triples(construct(store, question), form)
    else:
        print_answer(ask(store, question, given, vocabulary=project.ontology.vocabulary), form)
