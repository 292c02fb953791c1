"""The tables of a graph as an Excel workbook: a sheet each, after one that says what it is.

Text stays text: no cell is a formula, whatever it begins with. Equal graphs give equal bytes.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZipFile, ZipInfo

from lxml import etree

from unionkg.exports.archive import EPOCH, member
from unionkg.exports.cells import SEPARATOR, joined
from unionkg.exports.format import Format
from unionkg.exports.rows import TABLES, Kind, Table, Value
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_576  # of a sheet, and
MOST_UNITS = 32_767  # UTF-16 code units of a cell: "Excel specifications and limits", Microsoft
CUT = "…〔cut〕"

_WIDTHS: dict[Kind, int] = {"text": 16, "texts": 24, "integer": 11, "number": 11}
_WIDE = {
    "id": 24,
    "name": 32,
    "subject_name": 32,
    "object_name": 32,
    "title": 40,
    "what": 32,
    "reason": 60,
    "quote": 80,
}
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # is read as a character's number: ECMA-376-1:2016, 22.9.2.19


def write_xlsx(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str, *, most_rows: int = MOST_ROWS) -> None:
    """Write the workbook. A table of more rows than `most_rows`, with that of its header, goes on in a further sheet.

    Texts that are longer than a cell may be are cut, with a mark. While it is made, the sheets lie in the system's
    folder for temporary files. Raises OSError if there is no room.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = "unionkg"
    book.properties.created = book.properties.modified = datetime(*EPOCH)
    try:
        about = _sheet(book, "about", [24, 12, 80])
        counts = [_fill(book, table, graph, most_rows) for table in TABLES]
        for row in (
            ("A knowledge graph by unionkg, as tables. A row has an id, which ends an IRI:", None, base),
            (
                f"The items of a list stand between bars ({SEPARATOR}). A text that is too long for a cell ends in {CUT}",
            ),
            (),
            ("sheet", "rows", "holds"),
            *((table.name, count, table.description) for table, count in zip(TABLES, counts, strict=True)),
        ):
            about.append(_cells(about, row))
        with TimelessArchive(stream, "w") as archive:
            ExcelWriter(book, archive).save()
    except etree.SerialisationError as error:  # from lxml, which writes the sheets for openpyxl: "IO_ENOSPC"
        code = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(code, f"{os.strerror(code)}, in the folder for temporary files {gettempdir()}") from error
    finally:
        close(book)


def close(book: Workbook) -> None:
    """Close the sheets that an error left open: openpyxl would complain when they are thrown away."""
    for sheet in book.worksheets:
        if not sheet.closed:
            with suppress(Exception):  # the error itself is on its way
                sheet.close()


def _fill(book: Workbook, table: Table, graph: KnowledgeGraph | Readable, most_rows: int) -> int:
    """Add a sheet or sheets with the rows of a table, and return how many rows these are."""
    most, count = most_rows - 1, 0
    sheet = _table_sheet(book, table, table.name)
    for row in table.rows(graph):
        if count and count % most == 0:
            sheet = _table_sheet(book, table, f"{table.name} {count // most + 1}")
        sheet.append(_cells(sheet, row))
        count += 1
    return count


def _table_sheet(book: Workbook, table: Table, name: str) -> WriteOnlyWorksheet:
    sheet = _sheet(book, name, [_WIDE.get(column, _WIDTHS[kind]) for column, kind in table.columns.items()])
    sheet.freeze_panes = "A2"
    sheet.append(list(table.columns))
    return sheet


def _sheet(book: Workbook, name: str, widths: Iterable[int]) -> WriteOnlyWorksheet:
    from openpyxl.utils import get_column_letter

    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width  # type: ignore[attr-defined]  # the stubs lack it
    return sheet


def _cells(sheet: WriteOnlyWorksheet, row: Iterable[Value]) -> list[Any]:
    return [cell_of(sheet, joined(value) if isinstance(value, list) else value) for value in row]


def cell_of(sheet: WriteOnlyWorksheet, value: str | float | None) -> Any:
    """Return what the sheet takes for a value: text that openpyxl would take for a formula or an error as a cell."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    text = _cut(_CODE.sub("_x005F_", value))
    if not text:
        return None
    if not text.startswith(("=", "#")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _cut(text: str) -> str:
    """Return the text, cut and marked if a cell cannot hold it; no character is cut in two."""
    if len(text) <= MOST_UNITS // 2 or len(units := text.encode("utf-16-le")) <= 2 * MOST_UNITS:
        return text
    return units[: 2 * (MOST_UNITS - len(CUT))].decode("utf-16-le", "ignore") + CUT


class TimelessArchive(ZipFile):
    """An archive whose members have no time of their own."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(member(name), data)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        info = member(os.fspath(arcname or filename))
        info.file_size = os.path.getsize(filename)
        with open(filename, "rb") as content, self.open(info, "w") as part:
            shutil.copyfileobj(content, part)


FORMAT = Format(
    "xlsx",
    ".xlsx",
    "all tables as sheets of an Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write_xlsx,
)
