"""`kg terms`: the vocabulary as a tree, a search over it, one term whole, or all of it as a page."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import print_fact, print_rows, reports_faults, store_option

if TYPE_CHECKING:
    from kg.query import Terms

_COLUMNS = ("scheme", "depth", "id", "label", "broader", "synonyms", "definition")
_FOUND = ("id", "label", "scheme", "matched", "in", "definition")


@click.command()
@click.argument("term", required=False)
@click.option("--search", "words", metavar="WORDS", help="Find terms by name, however spelled, or by definition.")
@click.option("--scheme", metavar="SCHEME", help="Only the terms of one scheme, such as mechanism.")
@click.option("--depth", type=click.IntRange(min=1), help="How many levels of the tree to show.")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write the tree as a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "csv", "tsv")),
    default="table",
    show_default=True,
    help="How to print; a table of the whole vocabulary is a tree.",
)
@store_option
@reports_faults
def command(
    term: str | None,
    words: str | None,
    scheme: str | None,
    depth: int | None,
    page: Path | None,
    form: str,
    location: str | None,
) -> None:
    """Show the vocabulary as a tree, search it (--search), or show one TERM, named by id, label or synonym.

    Example: kg terms opioid-system
    """
    from kg.query.describe import describe_term
    from kg.query.read_terms import read_terms
    from kg.query.search import one_term, search_terms
    from kg.query.terms import scheme_named
    from kg.rdf.mappings import load_mappings
    from kg.rdf.ontology import bundled_ontology
    from kg.store.open import open_store

    if sum(given is not None for given in (term, words, page)) > 1:
        raise click.UsageError("Give one of TERM, --search and --html.")
    if depth is not None and (term is not None or words is not None):
        raise click.UsageError("--depth is for the tree.")
    terms = read_terms(open_store(location))
    schemes = (scheme_named(terms, scheme).id,) if scheme else ()
    if page is not None:
        from kg.render import render_terms, write_page

        write_page(render_terms(terms, load_mappings(bundled_ontology()), schemes, depth), page)
        click.echo(f"wrote {page}", err=True)
    elif term is not None:
        entry = one_term(terms, term, schemes)
        _print_term(describe_term(terms, entry, load_mappings(bundled_ontology()).get(entry.id, ())), form)
    elif words is not None:
        hits = search_terms(terms, words, schemes)
        rows = [[h.term.id, h.term.label, h.term.scheme, h.matched, h.kind, terms.definitions[h.term.id]] for h in hits]
        click.echo(f"{len(rows)} found", err=True)
        shown = len(_FOUND) if form != "table" else len(_FOUND) - 1
        print_rows(_FOUND[:shown], [row[:shown] for row in rows], form)
    elif form == "table":
        _print_tree(terms, schemes or tuple(terms.schemes), depth)
    else:
        print_rows(_COLUMNS, _tree_rows(terms, schemes or tuple(terms.schemes), depth), form)


def _print_tree(terms: "Terms", schemes: Sequence[str], depth: int | None) -> None:
    for id in schemes:
        click.echo(f"{terms.schemes[id].label} ({id})")
        for entry, steps in terms.walk(id, depth):
            lines = "".join("   " if last else "│  " for last in steps[:-1])
            click.echo(f"{lines}{'└─' if steps[-1] else '├─'} {entry.label}  {entry.id}")


def _tree_rows(terms: "Terms", schemes: Sequence[str], depth: int | None) -> list[list[str]]:
    return [
        [id, str(len(steps)), entry.id, entry.label, "; ".join(entry.broader), "; ".join(entry.synonyms),
         terms.definitions[entry.id]]
        for id in schemes for entry, steps in terms.walk(id, depth)
    ]  # fmt: skip


def _print_term(facts: "Mapping[str, str | int | tuple[str, ...]]", form: str) -> None:
    if form == "json":
        click.echo(json.dumps(facts, indent=1, ensure_ascii=False))
        return
    listed = {name: value if isinstance(value, tuple) else (str(value),) for name, value in facts.items()}
    if form == "table":
        for name, values in listed.items():
            print_fact(name, values)
    else:
        print_rows(("fact", "value"), [[name, value] for name, values in listed.items() for value in values], form)
