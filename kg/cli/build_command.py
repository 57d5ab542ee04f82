"""`kg build`: the graph as files."""

from pathlib import Path

import click

from kg.cli.output import reports_faults


@click.command()
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A pack's folder, or the name of a bundled pack; may repeat. Without it, the bundled packs.",
)
@click.option("--out", default="build", show_default=True, type=click.Path(path_type=Path), help="The folder to write.")
@reports_faults
def command(packs: tuple[Path, ...], out: Path) -> None:
    """Check packs, build their graph and write it: N-Quads, TriG, a store, and a manifest with the digest.

    Example: kg build --out build
    """
    from kg.query.audit import graph_faults
    from kg.store import BuildFault, Project, pack_folder, write_build

    bundled = Project.bundled()
    project = Project(bundled.ontology, tuple(map(pack_folder, packs))) if packs else bundled
    graph = project.graph()
    faults = graph_faults(graph.store(), project.ontology)
    if faults:
        raise BuildFault("\n".join(["the graph breaks its own rules; nothing was written:", *faults]))
    manifest = write_build(graph, out)
    click.echo(f"{out}: {manifest['quads']} quads, {manifest['derived_quads']} of them derived", err=True)
    click.echo(f"sha256 {manifest['sha256']}")
