"""`kg view`: the mechanism explorer, as one page."""

from pathlib import Path

import click

from kg.cli.completion import complete_term
from kg.cli.output import reports_faults, store_option


@click.command()
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    default=Path("explorer.html"),
    show_default=True,
    help="The page to write.",
)
@click.option("--focus", metavar="TERM", shell_complete=complete_term, help="Show only what lies around a term.")
@click.option("--hops", type=click.IntRange(1, 9), default=1, show_default=True, help="How many steps around it.")
@click.option(
    "--condition",
    metavar="TERM",
    default="any",
    shell_complete=complete_term,
    help="Only what was found in a condition, or in what lies within it.",
)
@click.option(
    "--query",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Draw the edges that SPARQL of your own yields: triples, or rows with from and to.",
)
@click.option(
    "--compare", nargs=2, metavar="A B", help="Two conditions, two species, or paper and review, side by side."
)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of writing the page.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds after which SPARQL of your own is given up.",
)
@store_option
@reports_faults
def command(
    target: Path,
    focus: str | None,
    hops: int,
    condition: str,
    file: Path | None,
    compare: tuple[str, str] | None,
    explain: bool,
    timeout: float,
    location: str | None,
) -> None:
    """Write the network of exercise, mechanisms and relief as one page to look at, filter and pass on.

    Example: kg view --focus opioid-system --out opioids.html
    """
    from kg.query.question import bundled_question, question_from_file
    from kg.render import check_page, query_view, render_explorer, view_of, write_page
    from kg.store.limited import limited_store
    from kg.store.open import open_store

    if file is not None and (focus or compare or condition != "any"):
        raise click.UsageError("--query stands by itself; write the narrowing into the query.")
    question = bundled_question("network-edges") if file is None else question_from_file(file)
    if explain:
        click.echo(question.sparql, nl=False)
        return
    check_page(target)
    if file is not None:
        view = query_view(limited_store(location, seconds=timeout), question)
    else:
        view = view_of(open_store(location), condition=condition, focus=focus, hops=hops, compare=compare)
    write_page(render_explorer(view), target)
    click.echo(f"wrote {target}: {len(view.nodes)} nodes, {len(view.edges)} edges", err=True)
