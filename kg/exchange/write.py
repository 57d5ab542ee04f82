"""Tables as bytes: TSV and CSV for everything, Parquet with types; the same table gives the same bytes."""

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.evidence.problem import KgError
from kg.exchange.amount import plain
from kg.exchange.sheet import Cell, Column, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("tsv", "csv", "parquet")


class ExportFault(KgError):
    """A table cannot be exported."""


def sheet_bytes(sheet: Sheet, form: str) -> bytes:
    """The table as a file of one of `FORMATS`."""
    return _parquet(sheet) if form == "parquet" else _separated(sheet, "\t" if form == "tsv" else ",")


def _separated(sheet: Sheet, delimiter: str) -> bytes:
    """Rows with a header, quoted as RFC 4180 has it, in UTF-8; an empty cell holds nothing."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(column.name for column in sheet.columns)
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)


def _parquet(sheet: Sheet) -> bytes:
    """Columns typed, each with what it means in its metadata; an empty cell is null."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "parquet needs pyarrow, which is not installed; pip install 'exercise-pain-kg[exchange]', or take tsv"
        raise ExportFault(message) from error
    schema = pa.schema([_field(column) for column in sheet.columns])
    cells = zip(*sheet.rows, strict=True) if sheet.rows else ((),) * len(sheet.columns)
    arrays = [
        pa.array([float(cell) if isinstance(cell, Decimal) else cell for cell in column], type=field.type)
        for column, field in zip(cells, schema, strict=True)
    ]
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return bytes(out.getvalue().to_pybytes())


def _field(column: Column) -> "pa.Field":
    import pyarrow as pa

    kinds = {"text": pa.string(), "number": pa.float64(), "count": pa.int64()}
    return pa.field(column.name, kinds[column.kind], metadata={"description": column.means})
