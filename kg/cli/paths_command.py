"""`kg paths`: how one term leads to another, step by step, with the proof of each step."""

import json

import click

from kg.cli.completion import complete_term
from kg.cli.output import print_rows, reports_faults, store_option
from kg.evidence.problem import printable

FORMATS = ("sentences", "table", "json", "csv", "tsv")


@click.command()
@click.argument("a", shell_complete=complete_term)
@click.argument("b", shell_complete=complete_term)
@click.option(
    "--condition", default="any", metavar="TERM", help="A condition, with all within it.", shell_complete=complete_term
)
@click.option(
    "--species", default="any", metavar="TERM", help="A species, with all within it.", shell_complete=complete_term
)
@click.option("--bout", default="any", show_default=True, help="training, acute or not-stated.")
@click.option("--across-species", is_flag=True, help="Let a path join species; such a path is marked.")
@click.option(
    "--cutoff", type=click.IntRange(min=1, max=9), default=3, show_default=True, help="Steps of a path at most."
)
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, help="Paths to print at most.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="sentences", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL that the network is built from.")
@store_option
@reports_faults
def command(
    a: str, b: str, condition: str, species: str, bout: str, across_species: bool, cutoff: int, most: int,
    form: str, explain: bool, location: str | None,
) -> None:  # fmt: skip
    """Show how A leads to B step by step, the path with the strongest weakest step first, with the proof of each.

    Example: kg paths exercise neuropathic-pain-intensity
    """
    if explain:
        from kg.query.question import bundled_question

        click.echo(bundled_question("network-edges").sparql, nl=False)
        return
    from kg.analysis.path_text import COLUMNS, PathWords
    from kg.analysis.paths import find_paths
    from kg.store.open import open_store

    store = open_store(location)
    found = find_paths(
        store, a, b,
        condition=condition, species=species, bout=bout, across_species=across_species, cutoff=cutoff,
    )  # fmt: skip
    words = PathWords(store, found.paths[:most])
    shown = list(enumerate(words.paths, start=1))
    if form == "json":
        click.echo(json.dumps([words.record(rank, path) for rank, path in shown], indent=1, ensure_ascii=False))
    elif form == "sentences":
        for rank, path in shown:
            for line in words.lines(rank, path):
                click.echo(printable(line))
    else:
        print_rows(COLUMNS, [list(words.row(rank, path).values()) for rank, path in shown], form)
    click.echo(found.summary(len(shown)), err=True)
