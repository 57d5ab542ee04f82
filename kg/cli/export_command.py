"""`kg export`: the evidence as flat tables."""

from pathlib import Path

import click

from kg.cli.output import reports_faults, store_option


@click.command()
@click.argument("table", type=click.Choice(("findings", "statements", "programmes")))
@click.option(
    "--format",
    "form",
    type=click.Choice(("tsv", "csv", "parquet")),
    default="tsv",
    show_default=True,
    help="parquet has types and needs --out.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else standard output.")
@click.option("--iri", is_flag=True, help="Add a first column with the address of each row in the graph.")
@store_option
@reports_faults
def command(table: str, form: str, out: Path | None, iri: bool, location: str | None) -> None:
    """Write all findings, statements or programmes as one flat table, for pandas, R or a spreadsheet.

    Example: kg export findings --format tsv
    """
    from kg.evidence.file import FileFault, write_whole
    from kg.exchange import ExportFault, read_sheet, sheet_bytes
    from kg.store.open import open_store

    if form == "parquet" and out is None:
        raise click.UsageError("parquet is not text; say --out FILE.")
    sheet = read_sheet(open_store(location), table, iri=iri)
    data = sheet_bytes(sheet, form)
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        write_whole(out, data)
    except FileFault as fault:
        raise ExportFault(f"{out}: {fault}") from fault
    click.echo(f"{out}: {len(sheet.rows)} rows", err=True)
