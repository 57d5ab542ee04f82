"""`kg passage`: what a curator needs to name a passage."""

from pathlib import Path

import click

from kg.cli.output import reports_faults


@click.command()
@click.argument("start")
@click.argument("end")
@click.option("--source", required=True, type=click.Path(path_type=Path), help="The document's text.")
@reports_faults
def command(start: str, end: str, source: Path) -> None:
    """Find the passage from START to END in a text and print its sha; the passage itself goes to standard error.

    Example: kg passage "first words" "last words" --source article.txt
    """
    from pydantic import ValidationError

    from kg.evidence.coverage import SourceFault, read_source
    from kg.evidence.passage import Passage, PassageFault, find, fold

    try:
        passage = Passage(start=start, end=end)
    except ValidationError as error:
        raise click.UsageError("START and END are 3 to 200 characters each.") from error
    try:
        found = find(passage, fold(read_source(source)))
    except PassageFault as fault:
        raise SourceFault(f"{source}: {fault}") from fault
    click.echo(found.text, err=True)
    click.echo(found.sha)
