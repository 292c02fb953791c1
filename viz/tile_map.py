"""A map of the provinces as squares, darker the more facts there are; the page's style has the shades."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from unionkg.graph.provinces import PROVINCES
from unionkg.viz.template import asset

LAYOUT = "templates/tile_map.tsv"
PITCH, SIDE = 100, 96
SHADES = 5
WIDE_NAME = 8  # letters; a longer English name takes two lines of a small tile, or is pressed together


class Tile(NamedTuple):
    """Where a province stands: `column` from the west and `row` from the north, from 0; `name` is its short name."""

    code: str
    column: int
    row: int
    name: str


@cache
def tiles() -> tuple[Tile, ...]:
    """Return the tiles, in order of codes."""
    rows = (line.split("\t") for line in asset(LAYOUT).splitlines() if not line.startswith(("#", "code")))
    return tuple(Tile(code, int(column), int(row), name) for code, column, row, name in rows)


def steps(counts: Collection[int]) -> list[int]:
    """Return where each shade begins, from the lowest count that is not 0 on; they grow by the same factor.

    >>> steps([1, 40, 540]), steps([2, 0, 3]), steps([])
    ([1, 4, 12, 44, 153], [2, 3], [])
    """
    found = [count for count in counts if count]
    if not found:
        return []
    low, high = min(found), max(found)
    return sorted(
        {round(low * (high / low) ** (step / SHADES)) for step in range(SHADES)}
        | ({high} if high - low < SHADES else set())
    )


def tile_map(numbers: Mapping[str, tuple[int, int]], label: str, links: Mapping[str, str] = {}) -> Markup:
    """Return the map as a picture: `numbers` has facts and entities by the code of the province.

    A province without either is drawn empty. `label` is the id of the element that says what it is. `links` has the
    addresses that the tiles of provinces lead to, by their codes.
    """
    bounds = steps([facts for facts, _ in numbers.values()])
    pieces = []
    for tile in tiles():
        facts, entities = numbers.get(tile.code, (0, 0))
        name = PROVINCES[tile.code]
        is_empty = not (facts or entities)
        shade = "empty" if is_empty else f"shade{bisect_right(bounds, facts)}"
        lines = [
            Markup("<title>{} {}: {:,} / {:,}</title>").format(*name, facts, entities),
            Markup('<rect width="{}" height="{}" rx="6"/>').format(SIDE, SIDE),
            Markup('<text class="name" lang="zh-Hans" x="8" y="29">{}</text>').format(tile.name),
            Markup('<text class="latin" lang="en" x="8" y="47">{}</text>').format(name.en),
            _small(name.en),
        ]
        if not is_empty:
            lines.append(Markup('<text class="facts" x="8" y="84">{:,}</text>').format(facts))
            lines.append(
                Markup('<text class="entities" x="{}" y="84" text-anchor="end">{:,}</text>').format(SIDE - 8, entities)
            )
        drawn = Markup('<g class="tile {}" data-code="{}" transform="translate({} {})">{}</g>').format(
            shade, tile.code, tile.column * PITCH, tile.row * PITCH, Markup("").join(lines)
        )
        is_linked = tile.code in links
        pieces.append(Markup('<a href="{}">{}</a>').format(links[tile.code], drawn) if is_linked else drawn)
    across = max(tile.column for tile in tiles()) + 1
    down = max(tile.row for tile in tiles()) + 1
    return Markup('<svg class="map" role="{}" aria-labelledby="{}" viewBox="0 0 {} {}">{}</svg>').format(
        "group" if links else "img",
        label,
        across * PITCH - PITCH + SIDE,
        down * PITCH - PITCH + SIDE,
        Markup("").join(pieces),
    )


def _small(name: str) -> Markup:
    """Return the English name as it stands in a small tile."""
    first, _, second = name.partition(" ")
    if len(name) > WIDE_NAME and second:
        text = Markup('<tspan>{}</tspan><tspan x="6" dy="20">{}</tspan>').format(first, second)
        return Markup('<text class="small" lang="en" x="6" y="25">{}</text>').format(text)
    press = Markup(' textLength="84" lengthAdjust="spacingAndGlyphs"') if len(name) > WIDE_NAME else ""
    return Markup('<text class="small" lang="en" x="6" y="29"{}>{}</text>').format(press, name)
