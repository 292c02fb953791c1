"""The lines of a page in the order in which they are read, where the file has them in another.

A file's order is left as it is unless it is plainly wrong. That is so where two columns of prose are written row by row,
and where a line stands above the one before it and not to its right, as when text boxes are written from the bottom up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from unionkg.nlp.pdf_lines import Gap, Line

NARROWEST = 10  # sizes of a line of prose; shorter ones are lists, tables and signatures
FEWEST_ROWS = 4  # of two columns that are written row by row
ROWS_AHEAD = 8  # that tell whether there are columns
LEAST_GAP = 0.5  # sizes of the white space between columns that lines leave
NEAR_EDGE = 1.5  # sizes by which lines that fill a column may differ: a sign at the end may be half of its width
FAR = 1.5  # sizes between a line and the next of its block
TIGHT = 0.3  # sizes by which they may overlap
MOST_BLOCKS = 300  # of a page that is sorted; no page that people read has more
MOST_CUTS = 12  # down and across, one in the other


def size_of(line: Line) -> float:
    """Return the height of the line's characters, in points."""
    return max(line.top - line.bottom, 1.0)


def in_reading_order(lines: Sequence[Line]) -> Sequence[Line]:
    """Return a page's lines in the order in which they are read; those that run through two columns are cut in two."""
    lines = _columns_apart(lines)
    if not any(line.bottom > last.top and line.left < last.right for last, line in pairwise(lines)):
        return lines
    blocks: Sequence[_Block] = _blocks(lines)
    if len(blocks) <= MOST_BLOCKS:
        blocks = _sorted(blocks, MOST_CUTS)
    return [line for block in blocks for line in block.lines]


def _columns_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with columns of prose that are written row by row one after the other."""
    apart: list[Line] = []
    place = 0
    while place < len(lines):
        for gap in lines[place].gaps:
            if rows := _rows_of_columns(lines, place, gap):
                for column in zip(*(_cut(line, gap) for line, gap in rows), strict=True):
                    apart += _columns_apart([line for line in column if line is not None])
                place += len(rows)
                break
        else:
            apart.append(lines[place])
            place += 1
    return apart


_Row = tuple[Line, Gap]
"""A line and the white space between columns in it, or on its left or right if it is in one of them alone."""


def _rows_of_columns(lines: Sequence[Line], place: int, gap: Gap) -> list[_Row]:
    """Return the rows from a place on that the gap runs through, none if that are no columns of prose."""
    rows: list[_Row] = []
    left, right = gap.left, gap.right
    for number in range(place, len(lines)):
        line = lines[number]
        least = LEAST_GAP * size_of(line)
        own: Gap | None
        if rows and not _is_below(lines[number - 1], line):
            break
        if line.right <= right - least:
            own = Gap(len(line.text), line.right, right)
        elif line.left >= left + least:
            own = Gap(0, left, line.left)
        else:
            shared = (one for one in line.gaps if min(one.right, right) - max(one.left, left) >= least)
            own = next(shared, None)
        if own is None:
            break
        left, right = max(left, own.left), min(right, own.right)
        rows.append((line, own))
        if len(rows) == ROWS_AHEAD and not _are_columns(rows):
            return []
    return rows if len(rows) > ROWS_AHEAD or _are_columns(rows) else []


def _are_columns(rows: Sequence[_Row]) -> bool:
    """True if most of the rows fill two columns of prose, as the cells of a table do not."""
    both = [(line, gap) for line, gap in rows if 0 < gap.start < len(line.text)]
    return len(both) >= FEWEST_ROWS and all(
        _is_filled(column)
        for column in (
            [(line.left, gap.left, size_of(line)) for line, gap in both],
            [(gap.right, line.right, size_of(line)) for line, gap in both],
        )
    )


def _is_filled(column: Sequence[tuple[float, float, float]]) -> bool:
    """True if most of the lines, from where to where and how high, reach the edge and are of prose."""
    edge = max(right for _, right, _ in column)
    filled = sum(right - left > NARROWEST * size and right > edge - NEAR_EDGE * size for left, right, size in column)
    return 2 * filled > len(column)


def _is_below(last: Line, line: Line) -> bool:
    """True if the line is the next one down, its characters hardly within those of the one before."""
    return -TIGHT * size_of(line) <= last.bottom - line.top <= FAR * size_of(line)


def _cut(line: Line, gap: Gap) -> tuple[Line | None, Line | None]:
    """Return what is on the left and on the right of the gap."""
    if gap.start == 0:
        return None, line
    if gap.start == len(line.text):
        return line, None
    before, behind = (
        (one for one in line.gaps if one.start < gap.start),
        (one for one in line.gaps if one.start > gap.start),
    )
    return (
        replace(line, text=line.text[: gap.start].rstrip(), right=gap.left, gaps=tuple(before)),
        replace(
            line,
            text=line.text[gap.start :],
            left=gap.right,
            gaps=tuple(replace(one, start=one.start - gap.start) for one in behind),
        ),
    )


def _is_prose(lines: Sequence[Line]) -> bool:
    return 2 * sum(line.right - line.left > NARROWEST * size_of(line) for line in lines) > len(lines)


@dataclass(frozen=True)
class _Block:
    """Lines one below the other, and the box around them."""

    number: int
    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float
    top: float


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """Return the lines in blocks; their order stays."""
    groups: list[list[Line]] = []
    edge = 0.0
    for number, line in enumerate(lines):
        if number and _is_below(last := lines[number - 1], line) and _is_alike(last, line, edge):
            groups[-1].append(line)
        else:
            groups.append([line])
            edge = 0.0
        edge = max(edge, line.right)
    return [
        _Block(
            number,
            tuple(group),
            min(line.left for line in group),
            max(line.right for line in group),
            min(line.bottom for line in group),
            max(line.top for line in group),
        )
        for number, group in enumerate(groups)
    ]


def _is_alike(last: Line, line: Line, edge: float) -> bool:
    """True if the line begins where the one before does, reaches hardly farther than its block, and is of one size."""
    size = size_of(last)
    return (
        abs(last.left - line.left) < 3 * size and line.right < edge + 3 * size and abs(size_of(line) - size) < size / 3
    )


def _sorted(blocks: Sequence[_Block], cuts: int) -> Sequence[_Block]:
    """Return the blocks from top to bottom, those that stand in columns of prose column by column.

    Where no white space parts them they stay in the order they have.
    """
    if len(blocks) == 1 or not cuts:
        return blocks
    columns = _parted((block.left, block.right, (block,)) for block in blocks)
    bands = _parted((-block.top, -block.bottom, (block,)) for block in blocks)
    parts = columns if len(bands) == 1 or _are_prose(columns) else _joined(bands)
    if len(parts) == 1:
        return blocks
    return [block for _, _, part in parts for block in _sorted(sorted(part, key=lambda block: block.number), cuts - 1)]


_Span = tuple[float, float, tuple[_Block, ...]]
"""From where to where blocks reach, from left to right or from top to bottom."""


def _parted(spans: Iterable[_Span]) -> list[_Span]:
    """Return the spans in order, those that overlap as one."""
    parted: list[_Span] = []
    for start, end, blocks in sorted(spans, key=lambda span: span[:2]):
        if parted and start < parted[-1][1]:
            first, edge, others = parted[-1]
            parted[-1] = first, max(edge, end), (*others, *blocks)
        else:
            parted.append((start, end, blocks))
    return parted


def _joined(bands: Sequence[_Span]) -> list[_Span]:
    """Return the bands with those in one that have columns of prose in common."""
    joined: list[_Span] = []
    place = 0
    while place < len(bands):
        columns: list[_Span] = []
        end = place
        for _, _, blocks in bands[place:]:
            wider = _parted([*columns, *((block.left, block.right, (block,)) for block in blocks)])
            if len(wider) == 1:
                break
            columns, end = wider, end + 1
        if _are_prose(columns):
            joined.append(
                (bands[place][0], bands[end - 1][1], tuple(block for _, _, part in columns for block in part))
            )
        else:
            end = max(end, place + 1)
            joined += bands[place:end]
        place = end
    return joined


def _are_prose(columns: Sequence[_Span]) -> bool:
    return len(columns) > 1 and all(
        _is_prose([line for block in part for line in block.lines]) for _, _, part in columns
    )
