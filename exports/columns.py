"""Tables for the eye: aligned columns, for a terminal whose Chinese characters are two columns wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

WIDEST = 200  # columns, which a terminal over a whole screen has: nothing is in line with what goes on behind them

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def aligned(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    """Return the lines of a table: the header, a rule, the rows; columns of nothing but numbers are set to the right.

    A cell that is wider than WIDEST sticks out: the others are not filled up to its width.

    >>> aligned(("union", "members"), [("总工会", 7), ("a", 12)])
    ['union   members', '------  -------', '总工会        7', 'a            12']
    """
    grid = [list(row) for row in rows]
    to_right = [bool(grid) and all(isinstance(row[place], int) for row in grid) for place in range(len(header))]
    cells = [[one_line(str(cell)) for cell in row] for row in (header, *grid)]
    widths = [min(max(map(_width, column)), WIDEST) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths, to_right) for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def one_line(text: str) -> str:
    """Return the text without line ends and tabs, and with U+FFFD for what would steer a terminal."""
    return harmless(" ".join(text.splitlines())).replace("\t", "\ufffd")


def harmless(text: str) -> str:
    """Return the text with U+FFFD for what would steer a terminal, but line ends and tabs.

    These are the controls of C0 and C1, those of the direction of writing (Unicode Standard Annex 9) and the separators of
    lines. Other characters that are not seen stay: emoji and some scripts are written with them.
    """
    return _STEERING.sub("\ufffd", text.replace("\r\n", "\n"))


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
