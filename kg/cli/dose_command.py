"""`kg dose`: which doses of exercise were tried, and what was found there."""

import json

import click

from kg.cli.output import FORMATS, print_rows, reports_faults, store_option
from kg.evidence.problem import printable

_QUANTITIES = ("weeks", "days", "minutes", "intensity", "speed")
_BOUTS = ("any", "training", "acute", "not-stated")


@click.command()
@click.option("--condition", default="any", metavar="TERM", help="Only this condition and what lies within it.")
@click.option("--species", default="any", metavar="TERM", help="Only this species or group, such as rodent.")
@click.option("--modality", default="any", metavar="TERM", help="Only this exercise and what lies within it.")
@click.option("--bout", type=click.Choice(_BOUTS), default="any", show_default=True, help="Programmes or one session.")
@click.option(
    "--by", multiple=True, type=click.Choice(_QUANTITIES),
    help="Set out the doses in this quantity; given twice, in two at once.",
)  # fmt: skip
@click.option(
    "--telling", type=click.Choice(("paper", "review", "both")), default="paper", show_default=True,
    help="Who tells: the papers, the review, or both in rows of their own.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS[:-2]), default="table", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(
    condition: str,
    species: str,
    modality: str,
    bout: str,
    by: tuple[str, ...],
    telling: str,
    form: str,
    explain: bool,
    location: str | None,
) -> None:
    """Show which doses of exercise were tried, by condition and species, and whether relief was found there.

    Example: kg dose --condition "spinal cord injury" --by weeks --by minutes
    """
    from kg.analysis import dose_words
    from kg.analysis.read_doses import OUTCOMES, TRIED, doses
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    by = tuple(dict.fromkeys(by))
    if len(by) > 2:
        raise click.UsageError("--by is given once or twice.")
    if explain:
        click.echo("".join(bundled_question(name).sparql for name in (TRIED, OUTCOMES)), nl=False)
        return
    found = doses(
        open_store(location), condition=condition, species=species, modality=modality, bout=bout, telling=telling
    )
    if form == "json":
        click.echo(json.dumps(dose_words.as_data(found, by), indent=1, ensure_ascii=False))
    elif form == "sentences":
        lines = dose_words.point_sentences(found, by) if by else dose_words.overview_sentences(found)
        for line in lines:
            click.echo(printable(line))
    elif by:
        print_rows(dose_words.point_columns(by), dose_words.point_rows(found, by), form)
    else:
        print_rows(dose_words.OVERVIEW, dose_words.overview_rows(found), form)
    for line in dose_words.shares(found, by) if by else ():
        click.echo(printable(line), err=True)
    click.echo(printable(f"{found.scope} {dose_words.NOTE}"), err=True)
