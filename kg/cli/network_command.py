"""`kg network`: the network as rows, or as a file that other programs read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.completion import complete_term
from kg.cli.output import print_rows, reports_faults, store_option

if TYPE_CHECKING:
    import networkx as nx

FORMATS = ("table", "csv", "tsv", "json", "graphml")


@click.command()
@click.option("--level", default="mechanism", show_default=True, help="mechanism, or marker: what was measured.")
@click.option(
    "--condition", default="any", metavar="TERM", help="A condition, with all within it.", shell_complete=complete_term
)
@click.option(
    "--species", default="any", metavar="TERM", help="A species, with all within it.", shell_complete=complete_term
)
@click.option("--bout", default="any", show_default=True, help="training, acute or not-stated.")
@click.option("--telling", default="paper", show_default=True, help="Whose telling: paper, or review.")
@click.option("--hierarchy", is_flag=True, help="Tie each term to its wider ones.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="json is node-link."
)
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file to write instead of printing.",
)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(
    level: str, condition: str, species: str, bout: str, telling: str, hierarchy: bool,
    form: str, out: Path | None, explain: bool, location: str | None,
) -> None:  # fmt: skip
    """Print the network of exercise, mechanisms and relief, or write it for other programs.

    Example: kg network --species rat --format graphml --out network.graphml
    """
    if explain:
        from kg.query.question import bundled_question

        click.echo(bundled_question("network-edges").sparql, nl=False)
        return
    if out is not None and form not in ("json", "graphml"):
        raise click.UsageError("--out is for --format json or graphml; other rows go to standard output.")
    from kg.analysis.network import network
    from kg.store.open import open_store

    graph = network(
        open_store(location),
        level=level, condition=condition, species=species, bout=bout, telling=telling, hierarchy=hierarchy,
    )  # fmt: skip
    if not graph:
        click.echo(
            "The network holds no edge there. That is absence of evidence here, not evidence of absence.", err=True
        )
    if form in ("json", "graphml"):
        _write(graph, form, out)
    else:
        from kg.analysis.network import COLUMNS, edge_rows

        print_rows(COLUMNS, edge_rows(graph), form)


def _write(graph: "nx.MultiDiGraph[str]", form: str, out: Path | None) -> None:
    """The whole network to a file or to standard output."""
    import json

    from kg.analysis.network_file import to_node_link, write_graphml
    from kg.evidence.file import write_whole

    data = write_graphml(graph) if form == "graphml" else json.dumps(to_node_link(graph), indent=1).encode() + b"\n"
    if out is None:
        click.echo(data, nl=False)
        return
    write_whole(out, data)
    click.echo(f"{out}: {len(graph)} nodes, {graph.number_of_edges()} edges", err=True)
