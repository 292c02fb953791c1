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
    """Write the rows as CSV (RFC 4180: commas, double quotes, CRLF) in UTF-8, with a byte order mark if `mark`."""
    text = TextIOWrapper(stream, encoding="utf-8-sig" if mark else "utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerows([written(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def written(cell: Cell) -> str:
    """Return what stands in the file for a cell: nothing for None, a list's items between bars.

    A bar inside an item of a list becomes a full-width one.

    >>> written("=1+1"), written(-1.5), written(["甲", "乙|丙"])
    ("'=1+1", '-1.5', '甲|乙｜丙')
    """
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return digits(cell)
    text = plain(cell if isinstance(cell, str) else SEPARATOR.join(item.replace(SEPARATOR, "｜") for item in cell))
    is_formula = text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
