"""The tables of a graph as CSV.

The files open with a byte order mark: without it Excel reads UTF-8 as the system's own encoding and shows Chinese as
garbage, while pandas, R's readr and OpenRefine skip it.
"""

from __future__ import annotations

from itertools import chain
from typing import BinaryIO

from unionkg.exports.cells import write_rows
from unionkg.exports.format import Format, Writer, format_of_files
from unionkg.exports.rows import TABLES, Table
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable


def write_table(table: Table, graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write a table of the graph as CSV, a row each, in order of ids, under the names of the columns."""
    write_rows(chain([table.columns], table.rows(graph)), stream, mark=True)


def _writer(table: Table) -> Writer:
    return lambda graph, stream, base: write_table(table, graph, stream)


FORMATS = (
    *(Format(table.name, ".csv", f"a table of {table.description}", "text/csv", _writer(table)) for table in TABLES),
    format_of_files("csv", "all tables as CSV", {f"{table.name}.csv": _writer(table) for table in TABLES}),
)
