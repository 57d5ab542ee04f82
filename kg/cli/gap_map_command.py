"""`kg gap-map`: what was examined where, and what not, as one page."""

from pathlib import Path

import click

from kg.cli.output import reports_faults, store_option


@click.command()
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    default=Path("gap-map.html"),
    show_default=True,
    help="The page to write.",
)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of writing the page.")
@store_option
@reports_faults
def command(target: Path, explain: bool, location: str | None) -> None:
    """Write each mechanism against condition class, exercise, outcome, species or start of exercise as one page.

    Example: kg gap-map --out gaps.html
    """
    if explain:
        from kg.analysis.gap_map import QUESTIONS
        from kg.query.question import bundled_question

        for name in QUESTIONS:
            click.echo(f"# {name}\n{bundled_question(name).sparql}", nl=False)
        return
    from kg.render import check_page, read_gap_page, render_gap_map, write_page
    from kg.store.open import open_store

    check_page(target)
    page = read_gap_page(open_store(location))
    write_page(render_gap_map(page), target)
    mechanisms = sum(row.kind == "mechanism" for row in page.grid.rows)
    click.echo(f"wrote {target}: {mechanisms} mechanisms, {len(page.grid.pieces)} pieces of evidence", err=True)
