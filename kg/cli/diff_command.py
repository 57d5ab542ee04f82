"""`kg diff`: what changed between two versions of the evidence."""

import sys

import click

from kg.cli.output import reports_faults


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "patch", "trig")),
    default="text",
    show_default=True,
    help="In words; or as RDF: an RDF Patch, or two named graphs.",
)
@reports_faults
def command(old: str, new: str, form: str) -> None:
    """Say which findings, statements, terms and derived results were added (+), removed (-) or changed (~).

    OLD and NEW are folders written by kg build, folders of packs, files of quads, or URLs of endpoints. Exit status 1
    says that a finding's id was lost; differences as such are no fault.

    Example: kg diff build-before build
    """
    from kg.evidence.problem import printable
    from kg.exchange import AS_RDF, compare, counts, quads_of, words

    changes = compare(quads_of(old), quads_of(new))
    if form == "text":
        for line in words(changes):
            click.echo(printable(line))
    else:
        click.echo(AS_RDF[form](changes), nl=False)
        for name in changes.lost:
            click.echo(f"the finding id {printable(name)} is lost", err=True)
    click.echo(counts(changes), err=True)
    sys.exit(1 if changes.lost else 0)
