"""`kg gaps`: what nobody has examined."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.backtest_output import EXPLAINED, run
from kg.cli.completion import complete_term
from kg.cli.output import FORMATS, print_rows, reports_faults, store_option

if TYPE_CHECKING:
    from kg.analysis import Gaps
    from kg.store import Store

_EXPLAINED = ("gap-cells", "gap-detections", "gaps", "gap-looks", "gap-papers-elsewhere")
_PLAN_EXPLAINED = (
    "exercise-settings", "markers-measured", "blockers-given", "agents-that-lower", "accounts", "doses-tried",
    "dose-outcomes",
)  # fmt: skip


@click.command()
@click.option("--score", "score", default="agreement", show_default=True, metavar="NAME|FILE",
              help="What orders the rows: agreement, absence, bridge, asked, or a YAML file of weights.")  # fmt: skip
@click.option("--kind", metavar="KIND", help="Only gaps of this kind, such as one-laboratory-only.")
@click.option("--mechanism", metavar="TERM", help="Only this mechanism.", shell_complete=complete_term)
@click.option("--condition", metavar="TERM", help="Only this class of conditions.", shell_complete=complete_term)
@click.option("--species", metavar="TERM", help="Only classes where this group of species was not examined.",
              shell_complete=complete_term)  # fmt: skip
@click.option("--why", metavar="MECHANISM", help="Argue: both ends, the question, and what search would refute it.",
              shell_complete=complete_term)  # fmt: skip
@click.option("--plan", "number", type=click.IntRange(min=1), metavar="N",
              help="The N studies that together close most of these gaps, each slot with its source.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@click.option("--backtest", is_flag=True, help="Say how high the order put what was examined next, year by year.")
@click.option("--against", "later", type=click.Path(path_type=Path), metavar="FILE",
              help="Say how high the order puts what a file of later studies examined.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS[:-2]), default="table", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(
    score: str, kind: str | None, mechanism: str | None, condition: str | None, species: str | None, why: str | None,
    number: int | None, top: int | None, backtest: bool, later: Path | None, form: str, explain: bool,
    location: str | None,
) -> None:  # fmt: skip
    """Say what no paper of the graph has examined, ranked; filters leave rows out and change no rank.

    Example: kg gaps --top 5
    """
    if why and number:
        raise click.UsageError("--why argues with gaps and --plan plans studies; give one of them.")
    if explain:
        from kg.query.question import bundled_question

        more = (*(_PLAN_EXPLAINED if number else ()), *(EXPLAINED if backtest or later else ()))
        for name in (*_EXPLAINED, *more):
            click.echo(f"# {name}\n{bundled_question(name).sparql}", nl=False)
        return
    if backtest or later:
        if (backtest and later) or any((kind, mechanism, condition, species, why, number, top)):
            raise click.UsageError(
                "--backtest or --against ranks every cell; give one of them, without filter or plan."
            )
        run(location, score, later, form)
        return
    from kg.analysis.gap_filter import narrow
    from kg.analysis.gaps import find_gaps
    from kg.store.open import open_store

    store = open_store(location)
    told = find_gaps(store, score, papers=bool(why) or form in ("json", "sentences"))
    found = narrow(
        store, told, kind=kind, mechanism=why or mechanism, condition=condition, species=species,
        top=top,
    )  # fmt: skip
    if number:
        _plan(store, found, number, form)
    elif why:
        _argue(store, found)
    else:
        _print(store, found, form)


def _argue(store: "Store", gaps: "Gaps") -> None:
    from kg.analysis.gap_why import why
    from kg.evidence.problem import printable

    if not gaps.rows:
        click.echo("No gap of this mechanism is found in this graph.", err=True)
    for line in why(store, gaps):
        click.echo(printable(line))
    click.echo(gaps.searched, err=True)


def _plan(store: "Store", gaps: "Gaps", number: int, form: str) -> None:
    from kg.analysis.plan import find_plan
    from kg.analysis.plan_words import COLUMNS, as_data, flat, sentences, summary
    from kg.evidence.problem import printable

    plan = find_plan(store, gaps, number)
    if form == "json":
        import json

        click.echo(json.dumps(as_data(plan), indent=1, ensure_ascii=False))
        return
    if form == "sentences":
        for line in sentences(plan):
            click.echo(printable(line))
    else:
        print_rows(COLUMNS, flat(plan), form)
    for line in summary(plan):
        click.echo(line, err=True)


def _print(store: "Store", gaps: "Gaps", form: str) -> None:
    from kg.analysis.gap_words import COLUMNS, as_data, flat, in_condition, sentence, species_lines

    if form == "json":
        import json

        from kg.analysis.gap_data import read_evidence

        click.echo(json.dumps(as_data(gaps, read_evidence(store)), indent=1, ensure_ascii=False))
        return
    if not gaps.rows:
        click.echo("No gap that fits is found in this graph.", err=True)
    elif not any(row.rank for row in gaps.rows):
        click.echo(f"Nothing that the score {gaps.score.name} weighs is found here, so nothing is ranked.", err=True)
    if form == "sentences":
        for row in gaps.rows:
            click.echo(f"{row.rank}. {sentence(row)}" if row.rank else sentence(row))
            for cell in row.conditions:
                click.echo(f"   {in_condition(cell)}")
                for line in (*species_lines(cell), *(f"note: {each}" for each in cell.cited_elsewhere)):
                    click.echo(f"      {line}")
    else:
        print_rows(COLUMNS, [flat(row) for row in gaps.rows], form)
    click.echo(f"Score {gaps.score.name}. {gaps.score.summary} {gaps.searched}", err=True)
