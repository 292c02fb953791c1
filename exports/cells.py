"""The cells of CSV files, safe to open in a spreadsheet program.

Text from a document must never run as a formula: a cell that a spreadsheet could take for one gets a leading apostrophe
(CWE-1236, Improper Neutralization of Formula Elements in a CSV File). Numbers stay numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import TextIOWrapper
from typing import BinaryIO, TypeAlias

from unionkg.exports.literals import digits, plain

# The full-width signs count too: spreadsheet programs set to Chinese or Japanese take them for the plain ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SEPARATOR = "|"

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)

Cell: TypeAlias = str | int | float | Iterable[str] | None


def write_rows(rows: Iterable[Iterable[Cell]], stream: BinaryIO, *, mark: bool) -> None:
    """Write the rows as `write_csv` does, cells as `written`, with a byte order mark if `mark`."""
    write_csv(([written(cell) for cell in row] for row in rows), stream, "utf-8-sig" if mark else "utf-8")


def write_csv(rows: Iterable[Iterable[str]], stream: BinaryIO, encoding: str = "utf-8") -> None:
    """Write the rows as CSV (RFC 4180: commas, double quotes, CRLF)."""
    text = TextIOWrapper(stream, encoding=encoding, newline="", write_through=True)
    try:
        csv.writer(text).writerows(rows)
    finally:
        text.detach()


def written(cell: Cell) -> str:
    """Return what stands in the file for a cell: nothing for None, a list's items between bars.

    >>> written("=1+1"), written(-1.5), written(["甲", "乙|丙"])
    ("'=1+1", '-1.5', '甲|乙｜丙')
    """
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return digits(cell)
    text = plain(cell if isinstance(cell, str) else joined(cell))
    is_formula = text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def joined(items: Iterable[str]) -> str:
    """Return a list as one text, its items between bars; a bar inside an item becomes a full-width one.

    >>> joined(["甲", "乙|丙"])
    '甲|乙｜丙'
    """
    return SEPARATOR.join(item.replace(SEPARATOR, "｜") for item in items)
