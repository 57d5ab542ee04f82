"""`kg conflicts`: where results differ, and in what the two sides differ."""

from typing import TYPE_CHECKING

import click

from kg.cli.output import print_rows, reports_faults, store_option
from kg.evidence.problem import printable

if TYPE_CHECKING:
    from kg.analysis import Conflict

_FORMATS = ("table", "sentences", "json", "csv", "tsv")
#: As `kg.analysis.conflicts.KINDS`, which is not imported for help alone.
_KINDS = (
    "opposite-direction",
    "change-against-none",
    "agrees-in-size",
    "statement-against-study",
    "statement-against-statement",
)


@click.command()
@click.option("--measured", metavar="TERM", help="Only on this outcome, marker, mechanism or domain.")
@click.option("--condition", metavar="TERM", help="Only with subjects in this condition on a side.")
@click.option("--kind", type=click.Choice(_KINDS), help="Only of this kind.")
@click.option("--all", "everything", is_flag=True, help="Also what is set aside: one paper, two sites, unlike designs.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="sentences", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(
    measured: str | None,
    condition: str | None,
    kind: str | None,
    everything: bool,
    form: str,
    explain: bool,
    location: str | None,
) -> None:
    """Show where results differ: both sides with their papers, and in what the sides differ.

    Example: kg conflicts --measured "mechanical allodynia"
    """
    from kg.analysis.conflicts import QUESTIONS, find_conflicts
    from kg.query.question import bundled_question
    from kg.store.open import open_store

    if explain:
        for name in QUESTIONS:
            click.echo(bundled_question(name).sparql, nl=False)
        return
    store = open_store(location)
    found = find_conflicts(store, measured=measured, condition=condition, kind=kind, everything=True)
    shown = [each for each in found if everything or not each.set_aside]
    if form == "json":
        _print_json(shown)
    elif form == "sentences":
        _print_paragraphs(shown)
        if measured is None and condition is None and kind is None:
            _print_leads(found)
    else:
        from kg.analysis.conflict_text import COLUMNS, flat_row

        print_rows(COLUMNS, [flat_row(each) for each in shown], form)
    _say_what_is_left(len(shown), len(found) - len(shown))


def _print_json(shown: "list[Conflict]") -> None:
    import dataclasses
    import json

    click.echo(json.dumps([dataclasses.asdict(each) for each in shown], indent=1, ensure_ascii=False))


def _print_paragraphs(shown: "list[Conflict]") -> None:
    from kg.analysis.conflict_text import paragraph

    for each in shown:
        click.echo("\n".join(printable(line) for line in paragraph(each).split("\n")) + "\n")


def _print_leads(found: "tuple[Conflict, ...]") -> None:
    from kg.analysis.conflict_text import lead_line
    from kg.analysis.conflicts import find_leads

    leads = find_leads(found)
    if leads:
        click.echo("Over the whole graph, as a lead and not as a cause, by setting:")
    for lead in leads:
        click.echo(f"  {printable(lead_line(lead))}")


def _say_what_is_left(shown: int, aside: int) -> None:
    if not shown:
        click.echo("No two sides differ there. Few papers share a question, so this is not agreement.", err=True)
    if aside:
        click.echo(f"{aside} more are of one paper, two sites or unlike designs; --all shows them.", err=True)
