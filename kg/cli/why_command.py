"""`kg why`: what connects two terms."""

import click

from kg.cli.output import FORMATS, print_answer, reports_faults, store_option


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--format", "form", type=click.Choice(FORMATS[:-1]), default="sentences", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(a: str, b: str, form: str, explain: bool, location: str | None) -> None:
    """Say what connects A (an exercise, drug or gene) and B (a mechanism, marker, outcome or condition).

    Example: kg why exercise opioid-system
    """
    from kg.query import ask, bundled_question
    from kg.store import Project, open_store

    project = Project.bundled()
    question = bundled_question("why")
    if explain:
        click.echo(question.sparql, nl=False)
        return
    store = open_store(location, project)
    print_answer(ask(store, question, {"a": a, "b": b}, vocabulary=project.ontology.vocabulary), form)
