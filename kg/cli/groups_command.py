"""`kg groups`: mechanisms that papers measured together, how often a group comes back, and the papers behind."""

from typing import TYPE_CHECKING

import click

from kg.cli.completion import complete_term
from kg.cli.output import print_rows, reports_faults, store_option
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.analysis import Grouping


@click.command()
@click.option("--pairs", is_flag=True, help="One row a pair of mechanisms instead of one a mechanism.")
@click.option("--condition", default="any", shell_complete=complete_term, help="Only in this condition.")
@click.option("--species", default="any", shell_complete=complete_term, help="Only in this species.")
@click.option(
    "--resamples", default=200, show_default=True, help="How often papers are drawn anew, and tables permuted."
)
@click.option("--seed", default=0, show_default=True, help="What the resamples are drawn from.")
@click.option(
    "--format", "form", type=click.Choice(("table", "json", "csv", "tsv")), default="table", show_default=True
)
@click.option("--explain", is_flag=True, help="Print the SPARQL that the network is made from, instead of running it.")
@store_option
@reports_faults
def command(
    pairs: bool, condition: str, species: str, resamples: int, seed: int, form: str, explain: bool,
    location: str | None,
) -> None:  # fmt: skip
    """Group the mechanisms that papers measured together, with the stability of each group and the papers behind it.

    Example: kg groups --pairs --format csv
    """
    from kg.analysis import groups
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    if explain:
        click.echo(bundled_question("network-edges").sparql, nl=False)
        return
    told = progress("resamples and permutations")
    found = groups(
        open_store(location), condition=condition, species=species, resamples=resamples, seed=seed, progress=told
    )
    print_rows(*(_pairs(found) if pairs else _members(found)), form)
    for note in found.notes:
        click.echo(note, err=True)


def _pairs(found: "Grouping") -> tuple[tuple[str, ...], list[list[str]]]:
    columns = ("mechanism", "other", "same_group", "together_in_resamples", "papers", "measured_in")
    rows = [
        [pair.one, pair.two, "yes" if pair.same_group else "no", _share(pair.share, found), str(len(pair.papers)),
         "; ".join(pair.papers)]
        for pair in found.pairs
    ]  # fmt: skip
    return columns, rows


def _members(found: "Grouping") -> tuple[tuple[str, ...], list[list[str]]]:
    columns = ("group", "group_stability", "mechanism", "stays", "papers", "measured_together_in")
    rows = [
        [str(number), _share(group.stability, found), member.label, _share(member.stays, found), str(member.papers),
         "; ".join(group.papers)]
        for number, group in enumerate(found.groups, 1)
        for member in group.members
    ]  # fmt: skip
    rows += [["alone", "", member.label, "", str(member.papers), ""] for member in found.alone]
    return columns, rows


def _share(share: float | None, found: "Grouping") -> str:
    if share is None:
        return "too small" if not found.resamples else "one paper"
    return f"{share:.2f}"
