"""Where the provinces stand on a map of tiles: one square each, neighbours roughly where they are, and no boundaries."""

from __future__ import annotations

_ROWS = (
    ("", "", "", "", "", "", "", "23"),
    ("65", "", "", "", "15", "", "21", "22"),
    ("", "63", "62", "64", "14", "13", "11", "12"),
    ("54", "", "51", "61", "41", "37", "32", ""),
    ("", "", "", "50", "42", "34", "31", ""),
    ("", "", "53", "52", "43", "36", "33", ""),
    ("", "", "", "45", "44", "35", "71", ""),
    ("", "", "", "46", "82", "81", "", ""),
)

TILES: dict[str, tuple[int, int]] = {
    code: (column, row) for row, codes in enumerate(_ROWS) for column, code in enumerate(codes) if code
}
"""Column and row of each province of `graph.provinces`, from the upper left corner, by the two digits of its code."""
