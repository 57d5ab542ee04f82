"""`kg rank`: how central mechanisms stand between exercise and relief, beside how often each was studied."""

from typing import TYPE_CHECKING

import click

from kg.cli.completion import complete_term
from kg.cli.output import print_rows, reports_faults, store_option
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.analysis import Ranked


@click.command()
@click.option("--by", default="degree", show_default=True, metavar="degree|betweenness|pagerank", help="The measure.")
@click.option("--level", default="mechanism", show_default=True, metavar="mechanism|marker", help="What is ranked.")
@click.option("--condition", default="any", shell_complete=complete_term, help="Only in this condition.")
@click.option("--species", default="any", shell_complete=complete_term, help="Only in this species.")
@click.option("--permutations", default=500, show_default=True, help="How many tables to compare with.")
@click.option("--seed", default=0, show_default=True, help="What the permutations are drawn from.")
@click.option(
    "--format", "form", type=click.Choice(("table", "json", "csv", "tsv")), default="table", show_default=True
)
@click.option("--explain", is_flag=True, help="Print the SPARQL that the network is made from, instead of running it.")
@store_option
@reports_faults
def command(
    by: str, level: str, condition: str, species: str, permutations: int, seed: int, form: str, explain: bool,
    location: str | None,
) -> None:  # fmt: skip
    """Rank mechanisms between exercise and relief, beside what their number of papers alone would give.

    Example: kg rank --by betweenness --species rat
    """
    from kg.analysis import rank
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    if explain:
        click.echo(bundled_question("network-edges").sparql, nl=False)
        return
    found = rank(
        open_store(location), by, level=level, condition=condition, species=species,
        permutations=permutations, seed=seed, progress=progress("permutations"),
    )  # fmt: skip
    columns = ("rank", level, by, "permuted_mean", "permuted_low", "permuted_high", "z", "papers", "moved_in")
    print_rows(columns, [_cells(row) for row in found.rows], form)
    for note in found.notes:
        click.echo(note, err=True)


def _cells(row: "Ranked") -> list[str]:
    permuted = row.permuted
    drawn = ["too small"] * 4
    if permuted is not None:
        drawn = [_number(permuted.mean), _number(permuted.low), _number(permuted.high)]
        drawn.append("no spread" if permuted.z is None else f"{permuted.z:+.1f}")
    return [str(row.rank), row.label, _number(row.value), *drawn, str(row.papers), "; ".join(row.moved_in)]


def _number(value: float) -> str:
    return f"{value:.3g}"
