"""`kg new`: the beginning of a curated file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import reports_faults

if TYPE_CHECKING:
    from kg.evidence import Pack
    from kg.evidence.reference import Publication


@click.group()
def command() -> None:
    """Begin a new curated file.

    Example: kg new study ref-36
    """


@command.command()
@click.argument("ref")
@click.option(
    "--pack", "root", type=click.Path(path_type=Path), help="The pack's folder; without it, the bundled pack."
)
@click.option("--review", is_flag=True, help="For what the review tells of the paper, not the paper itself.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The .yaml file to write, or its folder; else standard output."
)
@reports_faults
def study(ref: str, root: Path | None, review: bool, out: Path | None) -> None:
    """Write the skeleton of a study file for the reference REF (its id or number), to be filled in.

    Example: kg new study ref-36 --out stagg-2011.yaml
    """
    from kg.evidence.file import FileFault, write_new
    from kg.evidence.problem import KgError
    from kg.evidence.skeleton import id_in_pack, study_skeleton

    pack = _pack(root)
    publication = _publication(pack, ref)
    id = id_in_pack(pack, publication)
    text = study_skeleton(publication, id, review=review)
    if out is None:
        click.echo(text, nl=False)
        return
    target = out if out.suffix in (".yaml", ".yml") else out / f"{id}.yaml"
    try:
        write_new(target, text.encode())
    except FileFault as fault:
        raise KgError(f"{target}: {fault}") from fault
    click.echo(f"wrote {target}; fill it in, then: kg check {pack.root}", err=True)


def _pack(root: Path | None) -> "Pack":
    """The pack, as far as it can be read: a fault in one study does not keep anybody from beginning another."""
    from kg.evidence import FaultsFound, Vocabulary, load_pack
    from kg.store import bundled_packs

    loaded = load_pack(root or bundled_packs()[0], Vocabulary())
    if loaded.pack is None:
        raise FaultsFound(loaded.faults)
    return loaded.pack


def _publication(pack: "Pack", ref: str) -> "Publication":
    import difflib

    from kg.evidence.problem import KgError, quoted

    known = pack.references
    for publication in known.values():
        if ref == publication.id or (ref.isdigit() and publication.number == int(ref)):
            return publication
    near = difflib.get_close_matches(ref, known, n=3) or [*known][-1:]
    hint = f"; there is {', '.join(near)}" if near else ""
    raise KgError(f"{pack.root / 'references.json'}: has no reference {quoted(ref)}{hint}; kg import adds references")
