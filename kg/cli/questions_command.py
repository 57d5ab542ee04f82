"""`kg questions`: what can be asked by name."""

import json

import click

from kg.cli.output import reports_faults, table


@click.command()
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@reports_faults
def command(form: str) -> None:
    """List the named questions by what they are for, with what they answer and their parameters.

    Example: kg questions
    """
    from kg.query import catalogue

    groups = catalogue()
    if form == "json":
        listed = [{"name": question.name, "group": title, "summary": question.header.summary,
                   "about": question.header.about, "params": dict(question.header.params),
                   "columns": question.header.columns}
                  for title, questions in groups.items() for question in questions]  # fmt: skip
        click.echo(json.dumps(listed, indent=1, ensure_ascii=False))
        return
    for title, questions in groups.items():
        rows = [[question.name, question.header.summary, ", ".join(question.header.params)] for question in questions]
        click.echo(f"{title}\n\n{table(('question', 'answers', 'parameters'), rows)}\n")
