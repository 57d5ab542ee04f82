"""`kg serve`: the live server."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import reports_faults, store_option

if TYPE_CHECKING:
    from kg.serve import Address


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address or name to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="Seconds after which a query is given up.",
)
@click.option(
    "--limit-rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="The most rows of an answer."
)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    help="A folder of pages to serve below /site/ as it lies, instead of a site made from the graph.",
)
@click.option(
    "--pack",
    "packs",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A pack from which the graph was built, to show its files; the bundled ones are known.",
)
@store_option
@reports_faults
def command(
    host: str,
    port: int,
    timeout: float,
    limit_rows: int,
    site: Path | None,
    packs: tuple[Path, ...],
    location: str | None,
) -> None:
    """Serve the graph to browsers and programs of this machine, until Ctrl-C: pages, named questions, SPARQL.

    Example: kg serve --port 8765
    """
    from kg.serve import Limits, serve

    limits = Limits(seconds=timeout, most_rows=limit_rows)
    serve(location, host=host, port=port, limits=limits, site=site, packs=packs, started=_say)


def _say(address: "Address", open_to_others: bool) -> None:
    if open_to_others:
        click.echo(
            "kg: warning: others than this machine can reach this server, and it asks nobody who they are; "
            "leave out --host unless that is wanted",
            err=True,
        )
    click.echo(address.url)
    click.echo("kg: serving at this address; Ctrl-C ends it", err=True)
