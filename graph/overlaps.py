"""How much two studies have in common, in numbers: of everything, and by type, province and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from unionkg.graph.aligned import SHARED, Overlap, Row, State

Part: TypeAlias = Literal["all", "type", "province", "year"]

PARTS: dict[str, tuple[Part, ...]] = {
    "documents": ("all", "province", "year"),
    "entities": ("all", "type", "province"),
    "facts": ("all", "type", "province", "year"),
    "figures": ("all", "province", "year"),
}
"""By what the things of each collection are counted."""

_FIRMEST: tuple[State, ...] = ("same", "copy", "compatible", "possible", "only_kg1", "only_kg2")


@dataclass(slots=True)
class _Count:
    kg1: int = 0
    kg2: int = 0
    kg1_shared: int = 0
    kg2_shared: int = 0


def overlaps(collections: Mapping[str, Iterable[Row]]) -> Iterator[Overlap]:
    """Yield the overlaps of the rows, by collection and part, keys in order and what belongs to none last.

    All numbers are of things, each of its own study, however many things a row puts together. What stands in several rows is
    counted in the one that says most: that it is the same, then that it is compatible. What is only possibly the same is
    not shared.
    """
    for collection, rows in collections.items():
        counts: dict[tuple[Part, str], _Count] = defaultdict(_Count)
        met: tuple[set[str], set[str]] = (set(), set())
        listed = list(rows)
        for state in _FIRMEST:
            for row in listed:
                if row.state == state:
                    new = [
                        {item.id for item in items} - known
                        for items, known in zip((row.kg1, row.kg2), met, strict=True)
                    ]
                    for part in PARTS[collection]:
                        _add(counts[part, _key(row, part)], len(new[0]), len(new[1]), state in SHARED)
                    for known, ids in zip(met, new, strict=True):
                        known |= ids
        for (part, key), count in sorted(
            counts.items(), key=lambda one: (PARTS[collection].index(one[0][0]), one[0][1] or "~")
        ):
            yield _overlap(collection, part, key, count)


def _key(row: Row, part: Part) -> str:
    if part == "type":
        return row.lead.type
    return {"all": "", "province": row.province, "year": row.year}[part]


def _add(count: _Count, kg1: int, kg2: int, is_shared: bool) -> None:
    count.kg1 += kg1
    count.kg2 += kg2
    if is_shared:
        count.kg1_shared += kg1
        count.kg2_shared += kg2


def _overlap(collection: str, part: Part, key: str, count: _Count) -> Overlap:
    shared, things = count.kg1_shared + count.kg2_shared, count.kg1 + count.kg2
    return Overlap(
        collection=collection,
        part=part,
        key=key,
        kg1=count.kg1,
        kg2=count.kg2,
        kg1_shared=count.kg1_shared,
        kg2_shared=count.kg2_shared,
        jaccard=_share(shared, 2 * things - shared),
        kg1_share=_share(count.kg1_shared, count.kg1),
        kg2_share=_share(count.kg2_shared, count.kg2),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
