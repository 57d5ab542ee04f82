"""How `kg gaps --backtest` and `--against` print: two tables, or the events for programs; what to know beside them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import print_rows
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.analysis import Foresight

#: What a back-test asks of the graph, beside what gaps ask.
EXPLAINED = ("gap-margins", "gap-papers", "gap-places", "accounts")


def run(location: str | None, score: str, later: Path | None, form: str) -> None:
    """Prints what the orders foresaw in a store, of its own years or of a file of later studies."""
    from kg.analysis import back_test, back_test_against, read_later
    from kg.query.vocabulary import store_vocabulary
    from kg.store.open import open_store

    store = open_store(location)
    if later is None:
        _print(back_test(store, score, progress("years")), form)
    else:
        _print(back_test_against(store, read_later(later, store_vocabulary(store)), score), form)


def _print(found: "Foresight", form: str) -> None:
    from kg.analysis.backtest_rows import ORDER_COLUMNS, as_data, event_columns, event_rows, order_rows
    from kg.analysis.backtest_text import lines
    from kg.evidence.problem import printable

    if form == "json":
        import json

        click.echo(json.dumps(as_data(found), indent=1, ensure_ascii=False))
        return
    if form in ("csv", "tsv"):
        print_rows(event_columns(found), event_rows(found), form)
    elif form == "table":
        print_rows(ORDER_COLUMNS, order_rows(found), form)
        click.echo()
        print_rows(event_columns(found, shares=False), event_rows(found, shares=False), form)
    for line in lines(found):
        click.echo(printable(line), err=form != "sentences")
