"""Tables as researchers have them: CSV and its like, Excel workbooks, JSON Lines; read row by row, whatever their size."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from unionkg.errors import UndecodableFile, UnusableTable
from unionkg.exports.cells import written
from unionkg.exports.xlsx import MOST_ROWS, TimelessArchive, cell_of, close
from unionkg.nlp.charset import MARKS, decode

Value: TypeAlias = Any
"""A cell: text, of a workbook also a number, a day or a truth value, of JSON anything."""

SUFFIXES = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
DELIMITERS = ",\t;|"
SAMPLE = 1 << 18  # bytes of lines, from the first one beyond ASCII on, that tell the encoding
_NOTHING = DELIMITERS + " \r\n"


class Row(NamedTuple):
    """A row: its line or number in the file, from 1, and its cells, as many as there are headings."""

    number: int
    cells: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file: its format, its headings, and its rows, which can be gone through any number of times.

    Rows without any cell are left out.
    """

    path: Path
    format: str
    headings: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def open_table(path: Path) -> Table:
    """Return the table in the file, whose format its suffix tells.

    Raises UnusableTable naming the line at fault, also while rows are read.
    """
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UnusableTable(f"{path}: the suffix tells no format; accepted: {', '.join(SUFFIXES)}")
    try:
        if form == "xlsx":
            return _workbook(path)
        return _json_lines(path) if form == "jsonl" else _separated(path, form)
    except OSError as error:
        raise UnusableTable(f"{path}: the table cannot be read: {error.strerror}") from error


def text_of(value: Value) -> str:
    """Return a cell as text, a whole number without a point, a day in ISO form.

    >>> text_of(330100.0), text_of(None), text_of(["甲", "乙"])
    ('330100', '', '甲、乙')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "、".join(map(text_of, value))
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict)
        else str(value)
    )


def encoding_of(path: Path) -> str:
    """Return the encoding of a file of text, which its mark or the bytes around its first Chinese characters tell.

    Raises UnusableTable if they are no text.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return "utf-8-sig" if encoding == "utf-8" else "utf-32" if "32" in encoding else "utf-16"
        stream.seek(0)
        sample = _first_beyond_ascii(stream)
    if _is_utf8(sample):
        return "utf-8"
    try:
        return decode(sample, str(path), forgive=False)[1]
    except UndecodableFile as error:
        if _is_utf8(sample.split(b"\n", 1)[0]):  # then the line will be told in which another encoding begins
            return "utf-8"
        raise UnusableTable(str(error)) from error


def _first_beyond_ascii(stream: BinaryIO) -> bytes:
    """Return whole lines from the first one on that has a byte beyond ASCII, of a small file all; nothing if none has."""
    found = b""
    for line in stream:
        if found or not line.isascii():
            found += line
            if len(found) > SAMPLE:
                break
    return found


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _separated(path: Path, form: str) -> Table:
    encoding = encoding_of(path)
    delimiter = "\t" if form == "tsv" else _delimiter(path, encoding)

    def rows() -> Iterator[Row]:
        lines = _lines(path, encoding, delimiter)
        headings = _headings(next(lines, None), path)
        for number, cells in lines:
            yield Row(number, _fitted(cells, len(headings), f"{path}, line {number}"))

    first = next(_lines(path, encoding, delimiter), None)
    return Table(path, form, _headings(first, path), rows)


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that parts the most headings."""
    counts = {}
    for delimiter in DELIMITERS:
        found = next(_lines(path, encoding, delimiter), (0, ()))
        counts[delimiter] = len(found[1])
    return max(DELIMITERS, key=lambda one: (counts[one], -DELIMITERS.index(one)))


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a file that have any cell, the headings first, with the numbers of the lines where they end."""
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if any(cell.strip(_NOTHING) for cell in cells):
                    yield reader.line_num, tuple(cells)
        except csv.Error as error:
            raise UnusableTable(f"{path}, line {reader.line_num}: no row of a table: {error}") from error
        except UnicodeError as error:
            raise _mixed(path, encoding) from error


def _mixed(path: Path, encoding: str) -> UnusableTable:
    """Return the error over a file that begins in one encoding and does not go on in it."""
    place = "somewhere"
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                place = f"line {number}"
                break
    return UnusableTable(
        f"{path}, {place}: not {encoding}, as the first Chinese in it is; accepted: a file of one encoding"
    )


def _headings(first: tuple[int, Sequence[Value]] | None, path: Path) -> tuple[str, ...]:
    """Return the headings, without empty ones at the end. Raises UnusableTable if there are none."""
    headings = [text_of(cell).strip().removeprefix("\ufeff") for cell in first[1]] if first else []
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise UnusableTable(f"{path}: the table is empty; accepted: a row of headings, and rows below it")
    return tuple(headings)


def _fitted(cells: Sequence[Value], width: int, where: str) -> tuple[Value, ...]:
    """Return the cells, as many as there are headings. Raises UnusableTable for a cell that no heading stands above."""
    for place, cell in enumerate(cells[width:], width + 1):
        if text_of(cell).strip():
            raise UnusableTable(f"{where}: cell {place} {text_of(cell)!r} has no heading above it; there are {width}")
    return (*cells[:width], *("",) * (width - len(cells)))


def _workbook(path: Path) -> Table:
    """Return the first sheet of a workbook; of a formula the value counts that was there when it was saved."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    @contextmanager
    def sheet() -> Iterator[Iterator[tuple[int, tuple[Value, ...]]]]:
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError) as error:
            raise UnusableTable(f"{path}: no Excel workbook (.xlsx) that can be read: {error}") from error
        try:
            first = book.worksheets[0] if book.worksheets else None
            found = enumerate(first.iter_rows(values_only=True), 1) if first is not None else iter(())
            yield (each for each in found if any(text_of(cell).strip() for cell in each[1]))
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError, zlib.error) as error:
            raise UnusableTable(f"{path}: the workbook is damaged: {error}") from error
        finally:
            book.close()

    def rows() -> Iterator[Row]:
        with sheet() as lines:
            headings = _headings(next(lines, None), path)
            for number, cells in lines:
                yield Row(number, _fitted(cells, len(headings), f"{path}, row {number}"))

    with sheet() as lines:
        return Table(path, "xlsx", _headings(next(lines, None), path), rows)


def _json_lines(path: Path) -> Table:
    """Return the table of objects, a line each; the headings are all their keys, in order of appearance."""
    encoding = encoding_of(path)

    def objects() -> Iterator[tuple[int, dict[str, Value]]]:
        number = 0
        with path.open(encoding=encoding) as stream:
            try:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        found = json.loads(line)
                        if not isinstance(found, dict):
                            raise UnusableTable(f"{path}, line {number}: no JSON object; accepted: one object a line")
                        yield number, found
            except json.JSONDecodeError as error:
                raise UnusableTable(
                    f"{path}, line {number}: not JSON: {error.msg}; accepted: one object a line"
                ) from error
            except UnicodeError as error:
                raise _mixed(path, encoding) from error

    headings = tuple(dict.fromkeys(key for _, found in objects() for key in found))
    if not headings:
        raise UnusableTable(f"{path}: the table is empty; accepted: a JSON object a line")

    def rows() -> Iterator[Row]:
        for number, found in objects():
            if any(text_of(value).strip() for value in found.values()):
                yield Row(number, tuple(found.get(key) for key in headings))

    return Table(path, "jsonl", headings, rows)


Writer: TypeAlias = Callable[[Sequence[Value]], None]


@contextmanager
def writing_to(stream: BinaryIO, form: str, headings: Sequence[str]) -> Iterator[Writer]:
    """Lend a function that writes a row to the stream; the table is whole when there are no more.

    Cells that a spreadsheet would run as a formula are made harmless. Raises UnusableTable if a workbook cannot hold the rows.
    """
    with {"xlsx": _to_workbook, "jsonl": _to_json_lines}.get(form, _to_separated)(stream, form, headings) as write:
        yield write


@contextmanager
def _to_separated(stream: BinaryIO, form: str, headings: Sequence[str]) -> Iterator[Writer]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if form == "csv" else "utf-8", newline="")
    rows = csv.writer(text, delimiter="," if form == "csv" else "\t")

    def write(cells: Sequence[Value]) -> None:
        rows.writerow(cell if isinstance(cell, str) and not cell else written(_cell(cell)) for cell in cells)

    try:
        write(headings)
        yield write
    finally:
        text.detach()


def _cell(value: Value) -> str | int | float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else text_of(value)


@contextmanager
def _to_json_lines(stream: BinaryIO, form: str, headings: Sequence[str]) -> Iterator[Writer]:
    names = _distinct(headings)

    def write(cells: Sequence[Value]) -> None:
        found = {name: _plain(cell) for name, cell in zip(names, cells, strict=True) if cell is not None}
        stream.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")

    yield write


def _plain(value: Value) -> Value:
    return text_of(value) if isinstance(value, date) else value


def _distinct(headings: Sequence[str]) -> list[str]:
    """Return the headings, a number behind those that come again: an object has no two of one name.

    >>> _distinct(["备注", "备注", "年"])
    ['备注', '备注 2', '年']
    """
    found: list[str] = []
    for heading in headings:
        names = itertools.chain([heading], (f"{heading} {number}" for number in itertools.count(2)))
        found.append(next(name for name in names if name not in found))
    return found


@contextmanager
def _to_workbook(stream: BinaryIO, form: str, headings: Sequence[str]) -> Iterator[Writer]:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = "unionkg"
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    sheet = book.create_sheet("linked")
    sheet.freeze_panes = "A2"
    count = 0

    def write(cells: Sequence[Value]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ROWS:
            raise UnusableTable(f"a workbook holds {MOST_ROWS:,} rows; accepted for more: --out FILE.csv")
        sheet.append([cell_of(sheet, cell if isinstance(cell, (int, float)) else text_of(cell)) for cell in cells])

    try:
        write(headings)
        yield write
        with TimelessArchive(stream, "w") as archive:
            ExcelWriter(book, archive).save()
    finally:
        close(book)
