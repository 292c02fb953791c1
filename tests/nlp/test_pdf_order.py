"""The lines of a page come in the order in which they are read."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.pdf_lines import Gap, Line
from unionkg.nlp.pdf_order import MOST_BLOCKS, in_reading_order

SIZE, PITCH = 10.0, 18.0


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, left + SIZE * len(text), top - SIZE, top)


def beside(*lines: Line) -> Line:
    """A line that runs through what stands beside each other."""
    text, gaps = lines[0].text, []
    for last, one in pairwise(lines):
        gaps.append(Gap(len(text) + 1, last.right, one.left))
        text += f" {one.text}"
    return Line(text, lines[0].left, lines[-1].right, lines[0].bottom, lines[0].top, tuple(gaps))


def column(name: str, left: float, top: float, rows: int, width: int = 14) -> list[Line]:
    """Lines of prose that fill a column, the last of them but half."""
    widths = [*[width] * (rows - 1), width // 2]
    return [
        line(f"{name}{row}".ljust(width, "文")[:width], left, top - row * PITCH) for row, width in enumerate(widths)
    ]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in in_reading_order(lines)]


LEFT, RIGHT = column("左", 50, 700, 9), column("右", 220, 700, 9)
TITLE = line("关于慰问职工的通知", 130, 740)


def test_lines_that_are_in_order_stay() -> None:
    for lines in ([TITLE, *LEFT, *RIGHT], [*LEFT, line("说明", 50, 400)], [*column("一", 50, 700, 3)]):
        assert in_reading_order(lines) == lines


def test_boxes_written_from_the_bottom_up_are_read_from_the_top() -> None:
    boxes = [column(name, 50, top, 3, 30) for name, top in (("甲", 700), ("乙", 600), ("丙", 500))]
    assert texts([one for box in reversed(boxes) for one in box]) == [one.text for box in boxes for one in box]
    assert texts([one for box in boxes for one in box][::-1]) == [one.text for box in boxes for one in box]


def test_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    rows = [beside(*pair) for pair in zip(LEFT, RIGHT, strict=True)]
    ends = [line("责任编辑：钱多", 50, 400)]
    assert texts([TITLE, *rows, *ends]) == [one.text for one in (TITLE, *LEFT, *RIGHT, *ends)]


def test_a_column_may_be_longer_than_the_other() -> None:
    longer = column("左", 50, 700, 12)
    rows = [beside(*pair) for pair in zip(longer, RIGHT, strict=False)]
    assert texts([*rows, *longer[9:]]) == [one.text for one in (*longer, *RIGHT)]


def test_three_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    columns = [column(name, left, 700, 9) for name, left in (("左", 50), ("中", 220), ("右", 390))]
    rows = [beside(*row) for row in zip(*columns, strict=True)]
    assert texts(rows) == [one.text for column in columns for one in column]


def test_columns_written_before_their_title_or_from_the_right_are_read_behind_it() -> None:
    ordered = [one.text for one in (TITLE, *LEFT, *RIGHT)]
    assert texts([*LEFT, *RIGHT, TITLE]) == ordered
    assert texts([*RIGHT, TITLE, *LEFT]) == ordered
    assert texts([*RIGHT, *LEFT, TITLE]) == ordered


def test_a_foot_written_first_is_read_last() -> None:
    foot = line("清溪市总工会办公室印发", 130, 300)
    assert texts([foot, TITLE, *LEFT, *RIGHT]) == [one.text for one in (TITLE, *LEFT, *RIGHT, foot)]


def test_a_table_is_read_row_by_row() -> None:
    cells = [
        ("河东街道", "四十", "李晓云"),
        ("河西", "十二", "赵岩"),
        ("城关镇", "九", "钱多"),
        ("开发区", "三", "白杨林"),
    ] * 2
    rows = [
        [line(cell, left, 700 - number * PITCH) for cell, left in zip(row, (50, 150, 250), strict=True)]
        for number, row in enumerate(cells)
    ]
    joined = [beside(*row) for row in rows]
    assert in_reading_order(joined) == joined
    apart = [cell for row in rows for cell in row]
    assert texts([*apart, TITLE]) == [TITLE.text, *(cell.text for cell in apart)]


def test_a_form_of_long_cells_that_fill_no_column_is_read_row_by_row() -> None:
    draw = random.Random(1)
    rows = [
        beside(line("甲" * draw.randint(11, 24), 50, 700 - row * PITCH), line("乙" * 20, 320, 700 - row * PITCH))
        for row in range(9)
    ]
    assert in_reading_order(rows) == rows


def test_names_spread_by_white_space_stay_whole() -> None:
    rows = [beside(line("主", 50, 700 - row * PITCH), line("席", 80, 700 - row * PITCH)) for row in range(9)]
    assert in_reading_order(rows) == rows


def test_text_beside_a_box_stays_together() -> None:
    box = column("框", 300, 690, 4)
    body = [*column("文", 50, 700, 6, 22), *column("后", 50, 700 - 6 * PITCH, 3, 40)]
    assert texts([*box, TITLE, *body]) == [one.text for one in (TITLE, *body[:6], *box, *body[6:])]


@pytest.mark.parametrize(
    "lines",
    [
        [line("字", draw.uniform(0, 500), draw.uniform(0, 800)) for draw in [random.Random(1)] for _ in range(100_000)],
        [beside(*(line("字" * 12, 200 * place, 1e6 - row * PITCH) for place in range(13))) for row in range(3_000)],
        [beside(line("字", 0, 1e6 - row * PITCH), line("字", 99, 1e6 - row * PITCH)) for row in range(50_000)],
        [line("字" * 12, 150 * (row % 17), 10 * row) for row in range(MOST_BLOCKS)],
    ],
    ids=["scattered", "columns", "cells", "stairs"],
)
def test_any_page_takes_linear_time(lines: list[Line]) -> None:
    start = time.monotonic()
    in_reading_order(lines)
    assert time.monotonic() - start < 5  # each takes less than 0.5 s


PLACES = st.sampled_from([float(place) for place in range(0, 400, 25)])


@given(st.lists(st.builds(line, st.text("工会文", min_size=1, max_size=20), PLACES, PLACES), min_size=1, max_size=30))
def test_no_line_is_lost(lines: list[Line]) -> None:
    assert Counter(in_reading_order(lines)) == Counter(lines)
