"""`kg schema`: the file format for editors and other programs."""

import json

import click

KINDS = (
    "study",
    "statements",
    "questions",
    "discrepancies",
    "laboratories",
    "uncarried",
    "second-readings",
    "pack",
    "later-study",
)


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
def command(kind: str) -> None:
    """Print the JSON Schema of one kind of file.

    Example: kg schema study
    """
    from kg.evidence.schema import json_schema

    click.echo(json.dumps(json_schema(kind), indent=1, ensure_ascii=False, sort_keys=True))
