"""`kg why`: what connects two terms."""

import click

from kg.cli.completion import complete_term
from kg.cli.output import FORMATS, print_answer, reports_faults, store_option


@click.command()
@click.argument("a", shell_complete=complete_term)
@click.argument("b", shell_complete=complete_term)
@click.option("--format", "form", type=click.Choice(FORMATS[:-2]), default="sentences", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(a: str, b: str, form: str, explain: bool, location: str | None) -> None:
    """Say what connects A (an exercise, drug or gene) and B (a mechanism, marker, outcome or condition).

    Example: kg why exercise opioid-system
    """
    from kg.query.answer import ask
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    question = bundled_question("why")
    if explain:
        click.echo(question.sparql, nl=False)
        return
    print_answer(ask(open_store(location), question, {"a": a, "b": b}), form)
