"""`kg ladder`: how each mechanism is known, and what the review says beside it."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from kg.cli.completion import complete_term
from kg.cli.output import FORMATS, print_rows, reports_faults, store_option
from kg.evidence.problem import printable

if TYPE_CHECKING:
    from kg.analysis.review import ReviewedLadder
    from kg.store import Store

_ANY = "any"


@click.command()
@click.option(
    "--mechanism",
    default=_ANY,
    metavar="TERM",
    shell_complete=complete_term,
    help="Only this mechanism, with its evidence beneath.",
)
@click.option("--condition", default=_ANY, metavar="TERM", shell_complete=complete_term, help="Only this condition.")
@click.option("--species", default=_ANY, metavar="TERM", shell_complete=complete_term, help="Only this species.")
@click.option("--review", is_flag=True, help="Show what the review says beside what the papers show.")
@click.option("--format", "form", type=click.Choice(FORMATS[:-2]), default="table", show_default=True)
@click.option("--explain", is_flag=True, help="Print the SPARQL instead of running it.")
@store_option
@reports_faults
def command(
    mechanism: str, condition: str, species: str, review: bool, form: str, explain: bool, location: str | None
) -> None:  # fmt: skip
    """Say how each mechanism is known: measured, changed with relief, tracks relief or needed, and what speaks against.

    Terms are ids, labels or synonyms. With --mechanism the table gives way to the evidence, down to each finding and
    where it was read.

    Example: kg ladder --mechanism opioid-system --condition "peripheral nerve injury"
    """
    from kg.store.open import open_store

    store = open_store(location)
    if explain:
        _explain(store, {"of_mechanism": mechanism, "in_condition": condition, "in_species": species}, review)
        return
    detailed = form == "json" or mechanism != _ANY or form == "sentences"
    if review:
        from kg.analysis.review import compare_review

        _print_review(compare_review(store, mechanism, condition, species, findings=detailed), form, mechanism != _ANY)
        return
    from kg.analysis.ladder import climb
    from kg.analysis.ladder_words import COLUMNS, rows, sentence, whole

    ladder = climb(store, mechanism, condition, species, findings=detailed)
    if form == "json":
        from kg.analysis.ladder_data import cell_data

        _print_json(ladder.searched, [cell_data(cell) for cell in ladder])
    elif not ladder.cells:
        click.echo(ladder.answer.question.header.empty, err=True)
    elif form == "sentences":
        _print_lines(map(sentence, ladder))
    elif form == "table" and mechanism != _ANY:
        _print_lines(line for cell in ladder for line in (*whole(cell), ""))
    else:
        print_rows(COLUMNS, rows(ladder), form)
    click.echo(ladder.searched, err=True)


def _explain(store: "Store", given: dict[str, str], review: bool) -> None:
    from kg.analysis.ladder import QUESTION
    from kg.analysis.review import QUESTION as REVIEW
    from kg.query.answer import bind
    from kg.query.question import bundled_question

    question = bundled_question(REVIEW if review else QUESTION)
    for variable, node in sorted(bind(store, question, given).items()):
        click.echo(f"# ?{variable} = {node}")
    click.echo(question.sparql, nl=False)


def _print_review(beside: "ReviewedLadder", form: str, whole_cells: bool) -> None:
    from kg.analysis.ladder_data import reviewed_data
    from kg.analysis.ladder_words import REVIEW_COLUMNS, claims, review_rows, review_sentence, whole

    if form == "json":
        _print_json(beside.ladder.searched, [reviewed_data(cell) for cell in beside])
    elif not beside.cells:
        click.echo(beside.ladder.answer.question.header.empty, err=True)
    elif form == "sentences":
        _print_lines(map(review_sentence, beside))
    elif form == "table" and whole_cells:
        _print_lines(line for cell in beside for line in (*whole(cell.cell), *claims(cell), ""))
    else:
        print_rows(REVIEW_COLUMNS, review_rows(beside), form)
    click.echo(beside.ladder.searched, err=True)


def _print_json(searched: str, cells: list[dict[str, object]]) -> None:
    click.echo(json.dumps({"searched": searched, "cells": cells}, indent=1, ensure_ascii=False))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))
