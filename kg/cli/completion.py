"""What a shell offers when the user presses the tab key: question names, their parameters, and terms.

Terms come from the bundled graph (or the one that `--store` names), so that they need no ontology file.
"""

from typing import TYPE_CHECKING

import click

from kg.evidence.problem import KgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.evidence.vocabulary import TermEntry


def complete_question(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The named questions that begin so, then the files."""
    from click.shell_completion import CompletionItem

    from kg.query.question import bundled_names, bundled_question

    found = [name for name in bundled_names() if name.startswith(incomplete)]
    if not found:
        return [CompletionItem(incomplete, type="file")]
    return [CompletionItem(name, help=bundled_question(name).header.summary) for name in found]


def complete_parameter(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """`key=` for each parameter of the question that stands on the line, then `key=term` for the terms it takes."""
    from click.shell_completion import CompletionItem

    from kg.query.question import bundled_question

    try:
        # behind a lone -p, click has not yet told the name from the rest
        params = bundled_question(context.params.get("name") or next(iter(context.args), "")).header.params
    except KgError:
        return []
    key, equals, value = incomplete.partition("=")
    if not equals:
        return [CompletionItem(f"{name}=", help=kind) for name, kind in params.items() if name.startswith(key)]
    kind = params.get(key, "")
    if not kind.startswith("term "):
        return []
    schemes = kind.removeprefix("term ").split(" or ")
    entries = [entry for entry in _terms(context) if entry.scheme in schemes and entry.id.startswith(value)]
    return [CompletionItem(f"{key}={entry.id}", help=entry.label) for entry in entries]


def complete_term(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The terms of all schemes whose id begins so."""
    from click.shell_completion import CompletionItem

    entries = [entry for entry in _terms(context) if entry.id.startswith(incomplete)]
    return [CompletionItem(entry.id, help=f"{entry.label} ({entry.scheme})") for entry in entries]


def _terms(context: click.Context) -> "list[TermEntry]":
    from kg.query.vocabulary import store_vocabulary
    from kg.store.open import open_store

    try:
        return list(store_vocabulary(open_store(context.params.get("location"))).terms.values())
    except KgError:
        return []
