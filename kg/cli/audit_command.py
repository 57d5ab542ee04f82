"""`kg audit`: where the review and its papers do not say the same."""

import click

from kg.cli.output import FORMATS, print_answer, reports_faults, store_option


@click.command()
@click.option("--ref", "reference", metavar="N", help="Only the paper with this number in the review's reference list.")
@click.option("--all", "everything", is_flag=True, help="Also where the review only names a broader class.")
@click.option("--format", "form", type=click.Choice(FORMATS[:-2]), default="table", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(reference: str | None, everything: bool, form: str, explain: bool, location: str | None) -> None:
    """Compare the review with its papers, and with itself: each point on which two sides do not say the same.

    Example: kg audit --ref 36 --format sentences
    """
    from kg.query.discrepancies import QUESTION, compare_tellers
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    if explain:
        click.echo(bundled_question(QUESTION).sparql, nl=False)
        return
    found = compare_tellers(open_store(location), reference, folded=not everything)
    print_answer(found.answer, form)
    if found.folded:
        click.echo(f"{found.folded} more name only a broader class or a neighbour; --all shows them.", err=True)
