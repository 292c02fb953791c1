from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from hypothesis import given
from hypothesis import strategies as st

from unionkg.exports.cells import FORMULA_STARTS, Cell, write_rows, written
from unionkg.exports.literals import plain

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def bytes_of(rows: Sequence[Sequence[Cell]], mark: bool = True) -> bytes:
    stream = BytesIO()
    write_rows(rows, stream, mark=mark)
    return stream.getvalue()


@given(st.one_of(TEXT, st.builds(str.__add__, st.sampled_from(FORMULA_STARTS), TEXT)))
def test_a_cell_never_opens_a_formula_and_loses_nothing(text: str) -> None:
    cell = written(text)
    assert cell.removeprefix("'") == plain(text) or cell == plain(text)
    if cell.startswith(FORMULA_STARTS):
        float(cell)  # the only ones let through are numbers


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_stays_a_number(number: float) -> None:
    assert float(written(number)) == float(number)
    assert "'" not in written(number)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_rows_come_back_through_csv(rows: list[tuple[str, str]]) -> None:
    assert rows_of(bytes_of(rows)) == [[written(cell) for cell in row] for row in rows]


def test_a_list_stands_between_bars_and_its_items_have_none() -> None:
    assert written(["甲", "乙|丙", "=1"]) == "甲|乙｜丙|=1"
    assert written(["=1", "甲"]) == "'=1|甲"
    assert written([]) == "" == written(None)


def test_the_byte_order_mark_is_there_on_request_only() -> None:
    assert bytes_of([["甲"]]) == "\ufeff甲\r\n".encode()
    assert bytes_of([["甲"]], mark=False) == "甲\r\n".encode()
