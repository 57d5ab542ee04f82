"""`kg questions`: what can be asked by name."""

import json

import click

from kg.cli.output import reports_faults, table


@click.command()
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@reports_faults
def command(form: str) -> None:
    """List the named questions with what they answer and their parameters.

    Example: kg questions
    """
    from kg.query import bundled_names, bundled_question

    headers = {name: bundled_question(name).header for name in bundled_names()}
    if form == "json":
        listed = [{"name": name, "summary": header.summary, "about": header.about,
                   "params": dict(header.params), "columns": header.columns}
                  for name, header in headers.items()]  # fmt: skip
        click.echo(json.dumps(listed, indent=1, ensure_ascii=False))
        return
    rows = [[name, header.summary, ", ".join(header.params)] for name, header in headers.items()]
    click.echo(table(("question", "answers", "parameters"), rows))
