"""`kg site`: linked pages of everything, in a folder."""

import gc
from pathlib import Path

import click

from kg.cli.output import reports_faults, store_option


@click.command()
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder to write: new, empty, or a site to be brought up to date.",
)
@click.option(
    "--pack",
    "packs",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A pack from which the graph was built, to show its files; the bundled ones are known.",
)
@click.option(
    "--engine",
    "engine_folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the engine of the SPARQL page is, as npm wrote it; else the one that scripts/engine has fetched.",
)
@click.option("--explain", is_flag=True, help="Print the questions whose SPARQL the pages are made from.")
@store_option
@reports_faults
def command(
    folder: Path, packs: tuple[Path, ...], engine_folder: Path | None, explain: bool, location: str | None
) -> None:
    """Write linked pages of all that a graph holds: every mechanism, study, statement, conflict, gap and question.

    Only pages that changed are written anew. Open index.html in the folder, or serve it with kg serve --site.

    Example: kg site --out site
    """
    from kg.cli.progress import progress
    from kg.query.question import bundled_names
    from kg.render.site import bundled_engine, check_folder, make_site, read_engine, write_site
    from kg.store.open import bundled_packs, open_store, pack_folder

    if explain:
        click.echo("\n".join(bundled_names()))
        return
    check_folder(folder)
    engine = read_engine(engine_folder) if engine_folder else bundled_engine()
    store = open_store(location)
    gc.disable()  # a site is millions of small parts and no circles; looking for those takes a tenth of the time
    try:
        files = make_site(store, (*map(pack_folder, packs), *bundled_packs()), progress, engine)
        done = write_site(files, folder, progress("files"))
    finally:
        gc.enable()
    click.echo(
        f"wrote {folder}: {done.written} files written, {done.left} left as they were, {done.removed} removed", err=True
    )
