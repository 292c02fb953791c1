"""Tables for the eye: aligned columns, for a terminal whose Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def aligned(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    """Return the lines of a table: the header, a rule, the rows; columns of nothing but numbers are set to the right.

    >>> aligned(("union", "members"), [("总工会", 7), ("a", 12)])
    ['union   members', '------  -------', '总工会        7', 'a            12']
    """
    grid = [list(row) for row in rows]
    to_right = [bool(grid) and all(isinstance(row[place], int) for row in grid) for place in range(len(header))]
    cells = [[one_line(str(cell)) for cell in row] for row in (header, *grid)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths, to_right) for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def one_line(text: str) -> str:
    """Return the text without line ends, and without the controls that a terminal obeys."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cc" else char for char in " ".join(text.splitlines()))


def _line(row: Sequence[str], widths: Sequence[int], to_right: Sequence[bool]) -> str:
    padded = []
    for cell, width, right in zip(row, widths, to_right, strict=True):
        space = " " * (width - _width(cell))
        padded.append(space + cell if right else cell + space)
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Return how many columns a terminal takes for the text (Unicode Standard Annex 11, East Asian Width)."""
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
