"""Charts as inline SVG, drawn when the page is built. What they show in colour stands beside them as a table.

Places along the width are in per cent and texts in pixels, so that a chart fits any window and its texts stay as large as
those around it. The page's style has the colours by class: `first`, `second` and so on, which differ in grey too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from unionkg.viz.words import Phrase

SERIES = ("first", "second", "third", "fourth", "fifth")
BAR = 8  # pixels
HEIGHT, ABOVE, BELOW = 150, 18, 20  # pixels: of the highest column, for its number, and for the year
FEW, SOME = 6, 12  # columns that need little room
DENSE = 20  # columns of which the labels touch one another
SHORT = 5  # characters of a number that still fits above a dense column
YEARS = 30
EVERY = 5


def bar(parts: Sequence[int], whole: int, colour: str = "") -> Markup:
    """Return a horizontal bar of which each part is as long as its share of `whole`, each in the class of its series.

    `colour` takes the place of the class. A part that is not 0 can be seen.
    """
    pieces, start = [], 0.0
    fill = Markup(' fill="{}"').format(colour) if colour else ""
    for name, part in zip(SERIES, parts, strict=False):
        if part:
            width = max(0.4, 100 * part / whole)
            pieces.append(
                Markup('<rect class="{}" x="{:.2f}%" width="{:.2f}%" height="{}"{}/>').format(
                    "" if colour else name, start, width, BAR, fill
                )
            )
            start += width
    return Markup('<svg class="bar" width="100%" height="{}" aria-hidden="true">{}</svg>').format(
        BAR, Markup("").join(pieces)
    )


class Column(NamedTuple):
    """A column of a time line: its label, one number a series, and whether its label also stands where room is scarce."""

    label: str | Phrase
    parts: tuple[int, ...]
    is_tick: bool
    is_apart: bool = False


def time_line(series: Sequence[Counter[int | None]], undated: Phrase) -> list[Column]:
    """Return the columns: the years, at most thirty, with what is before and after them summed up, then what has no year.

    Of more years than thirty those are chosen that hold the most.
    """
    known = sorted({year for counts in series for year, number in counts.items() if year is not None and number})
    columns = []
    if known:
        starts = range(known[0], max(known[0], known[-1] - YEARS + 1) + 1)
        totals = Counter({year: sum(counts[year] for counts in series) for year in known})
        first = max(starts, key=lambda start: (sum(totals[year] for year in range(start, start + YEARS)), start))
        last = min(first + YEARS - 1, known[-1])
        columns = [
            Column(str(year), tuple(counts[year] for counts in series), year % EVERY == 0)
            for year in range(first, last + 1)
        ]
        if len(columns) <= EVERY + 1:
            columns = [column._replace(is_tick=True) for column in columns]
        earlier = tuple(sum(n for year, n in counts.items() if year is not None and year < first) for counts in series)
        later = tuple(sum(n for year, n in counts.items() if year is not None and year > last) for counts in series)
        if any(earlier):
            columns.insert(0, Column(f"< {first}", earlier, True, True))
        if any(later):
            columns.append(Column(f"> {last}", later, True, True))
    if any(counts[None] for counts in series):
        columns.append(Column(undated, tuple(counts[None] for counts in series), True, True))
    return columns


def columns_chart(columns: Sequence[Column], label: str) -> Markup:
    """Return the columns as a picture; `label` is the id of the element that says what they are.

    A column that stands apart may be higher than the picture; it is broken then, and its number tells how high it is.
    """
    tops = [sum(column.parts) for column in columns if not column.is_apart]
    highest = max(tops or [sum(column.parts) for column in columns], default=0) or 1
    apart = 1.7 if len(columns) <= SOME else 3.0
    slots = sum(apart if column.is_apart else 1.0 for column in columns)
    unit = 100 / max(slots, 1)
    at, pieces = 0.0, []
    for column in columns:
        width = unit * (apart if column.is_apart else 1.0)
        total, middle = sum(column.parts), at + width / 2
        left, thick = middle - 0.36 * unit, 0.72 * unit
        is_broken = total > highest
        scale = HEIGHT / (total if is_broken else highest)
        base = float(ABOVE + HEIGHT)
        drawn = []
        for name, part in zip(SERIES, column.parts, strict=False):
            if part:
                height = max(1.0, part * scale)
                base -= height
                drawn.append(
                    Markup('<rect class="{}" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}"/>').format(
                        name, left, base, thick, height
                    )
                )
        if is_broken:
            drawn.append(
                Markup('<rect class="gap" x="{:.2f}%" y="{}" width="{:.2f}%" height="5"/>').format(
                    left - 0.1 * unit, ABOVE + HEIGHT // 5, thick + 0.2 * unit
                )
            )
        name = "" if column.is_tick else "minor"
        if total:
            shown = "" if total == highest else name
            drawn.append(_text(middle, max(11.0, base - 5), f"value {shown}", f"{total:,}"))
        text = column.label.in_picture if isinstance(column.label, Phrase) else column.label
        drawn.append(_text(middle, ABOVE + HEIGHT + 15.0, name, text))
        at += width
        pieces.append(Markup('<g class="{}">{}</g>').format("apart" if column.is_apart else "", Markup("").join(drawn)))
    pieces.append(
        Markup('<line x1="0" x2="{:.2f}%" y1="{}" y2="{}"/>').format(at, ABOVE + HEIGHT + 0.5, ABOVE + HEIGHT + 0.5)
    )
    longest = max((len(f"{sum(column.parts):,}") for column in columns if not column.is_apart), default=0)
    if slots > DENSE:
        crowd = "dense" if longest <= SHORT else "tight"
    else:
        crowd = "few" if slots <= FEW else "some" if slots <= SOME else "crowded"
    return Markup('<svg class="columns {}" role="img" aria-labelledby="{}" width="100%" height="{}">{}</svg>').format(
        crowd, label, ABOVE + HEIGHT + BELOW, Markup("").join(pieces)
    )


def _text(middle: float, y: float, name: str, text: str) -> Markup:
    return Markup('<text class="{}" x="{:.2f}%" y="{:.1f}" text-anchor="middle">{}</text>').format(
        name, middle, y, text
    )
