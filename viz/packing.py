"""Records of like fields as one table: what a page of fifty thousand nodes holds would else be mostly field names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

Record: TypeAlias = dict[str, object]


def packed(records: Iterable[Mapping[str, object]]) -> Record:
    """Return the records as `columns`, in order of their first use, and `rows`; the page's script unpacks it.

    A field that a record lacks is None in its row, or behind its end.

    >>> packed([{"id": 1}, {"id": 2, "name": "b"}])
    {'columns': ['id', 'name'], 'rows': [[1], [2, 'b']]}
    """
    columns: dict[str, int] = {}
    rows: list[list[object]] = []
    for record in records:
        row: list[object] = [None] * len(columns)
        for name, value in record.items():
            place = columns.setdefault(name, len(columns))
            if place == len(row):
                row.append(value)
            else:
                row[place] = value
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
    return {"columns": list(columns), "rows": rows}
