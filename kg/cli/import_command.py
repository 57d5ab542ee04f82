"""`kg import`: references from other programs into a pack."""

from pathlib import Path

import click

from kg.cli.output import reports_faults


@click.command()
@click.argument("form", metavar="bibtex|ris|csl", type=click.Choice(("bibtex", "ris", "csl")))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pack", type=click.Path(path_type=Path), help="The pack's folder; without it, the folder you are in.")
@click.option("--encoding", default="utf-8", show_default=True, help="How the file is encoded.")
@reports_faults
def command(form: str, file: Path, pack: Path | None, encoding: str) -> None:
    """Add the references of a BibTeX, RIS or CSL-JSON file to a pack's references.json; numbering goes on.

    All or nothing: each fault is told with its line. A reference that the pack has already is told and not added.

    Example: kg import bibtex my-papers.bib --pack my-pack
    """
    from kg.evidence.problem import KgError, printable
    from kg.exchange import add_references

    root = pack or Path()
    if not (root / "pack.yaml").is_file():
        raise KgError(
            f"{root.absolute() if pack is None else root}: holds no pack.yaml; name a pack's folder with --pack"
        )
    added = add_references(root, file, form, encoding)
    for publication in added.new:
        click.echo(printable(f"{publication.id}  {publication.short}: {publication.title}"))
    for line in added.known:
        click.echo(printable(line), err=True)
    click.echo(f"{len(added.new)} added, {len(added.known)} known already", err=True)
