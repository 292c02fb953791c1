"""The tables of a graph as Parquet files: typed columns, lists as lists, times as text as the documents state them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from unionkg.errors import MissingExtra
from unionkg.exports.format import Writer, format_of_files
from unionkg.exports.rows import TABLES, Kind, Row, Table
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

if TYPE_CHECKING:
    import pyarrow as pa

EXTRA = "parquet"
GROUP_ROWS = 10_000  # that are in memory at a time


def write_parquet(table: Table, graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write a table of the graph as Parquet, in order of ids. Raises MissingExtra if pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise MissingExtra(f'Parquet needs pyarrow ({error}); pip install "unionkg[{EXTRA}]"') from error

    schema = pa.schema([(name, _type(kind)) for name, kind in table.columns.items()])
    rows = table.rows(graph)
    with ParquetWriter(pa.PythonFile(stream, "w"), schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP_ROWS)):
            writer.write_table(_group(group, schema))


def _group(rows: list[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = zip(*rows, strict=True)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


def _type(kind: Kind) -> pa.DataType:
    import pyarrow as pa

    return {"text": pa.string(), "texts": pa.list_(pa.string()), "integer": pa.int64(), "number": pa.float64()}[kind]


def _writer(table: Table) -> Writer:
    return lambda graph, stream, base: write_parquet(table, graph, stream)


FORMAT = format_of_files(
    "parquet", "all tables as Parquet", {f"{table.name}.parquet": _writer(table) for table in TABLES}, EXTRA
)
