"""`kg what-if`: what would be concluded without some papers."""

import click

from kg.cli.output import print_answer, reports_faults, store_option
from kg.cli.progress import progress


@click.command()
@click.option(
    "--without", "references", multiple=True, metavar="REF", help="Leave out a paper, such as ref-32; may repeat."
)
@click.option(
    "--without-laboratory",
    "laboratories",
    multiple=True,
    metavar="LAB",
    help="Leave out every paper of a recorded laboratory; may repeat.",
)
@click.option(
    "--without-condition",
    "conditions",
    multiple=True,
    metavar="TERM",
    help="Leave out papers with subjects in a condition, or in one within it; may repeat.",
)
@click.option(
    "--without-species",
    "species",
    multiple=True,
    metavar="TERM",
    help="Leave out papers with subjects of a species, or of one within it; may repeat.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="DEPTH",
    help="Keep only papers read as full-text, abstract, text, table or title; may repeat.",
)
@click.option("--until", type=int, metavar="YEAR", help="Leave out papers that appeared after a year.")
@click.option(
    "--each", is_flag=True, help="For each conclusion, the one paper and the one laboratory that it hangs on."
)
@click.option("--all", "everything", is_flag=True, help="Also what stands as it did.")
@click.option(
    "--format", "form", type=click.Choice(("table", "json", "csv", "tsv")), default="table", show_default=True
)
@click.option("--explain", is_flag=True, help="Print the SPARQL of the evidence instead of running it.")
@store_option
@reports_faults
def command(
    references: tuple[str, ...],
    laboratories: tuple[str, ...],
    conditions: tuple[str, ...],
    species: tuple[str, ...],
    only: tuple[str, ...],
    until: int | None,
    each: bool,
    everything: bool,
    form: str,
    explain: bool,
    location: str | None,
) -> None:
    """Say which conclusions fall, which lose a rung and which stand without some papers, and which gaps appear.

    A conclusion is the highest rung with exercise of a mechanism in a condition class and a species, the highest mark
    without exercise, and the evidence against.

    Example: kg what-if --without ref-32
    """
    from kg.analysis import Without, each_alone, suppose
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    without = Without(references, laboratories, conditions, species, only, until)
    if explain:
        click.echo(bundled_question("ladder").sparql, nl=False)
    elif each:
        if without:
            raise click.UsageError("--each leaves out one paper after the other; give it alone.")
        alone = each_alone(open_store(location))
        print_answer(alone.answer(), form)
        click.echo(alone.summary(), err=True)
    elif not without:
        raise click.UsageError("say what to leave out, such as --without ref-32; or --each.")
    else:
        found = suppose(open_store(location), without, progress("rules run again"))
        print_answer(found.answer(everything=everything), form)
        click.echo(found.summary(), err=True)
