"""The values that tell what two corpora share: what `alignment.align` returns and `unionkg align` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

import msgspec

from unionkg.graph.changes import COLLECTIONS, Item, Totals, Value

State: TypeAlias = Literal["contradicting", "possible", "compatible", "same", "copy", "only_kg1", "only_kg2"]
By: TypeAlias = Literal[
    "two_holders", "two_values", "left_office", "place", "apart", "id", "identity", "document", "post", "text", "title"
]
CopiesBy: TypeAlias = Literal["text", "title"]
STATES: tuple[State, ...] = get_args(State)
SHARED: frozenset[State] = frozenset({"compatible", "same", "copy"})
"""States of what both studies have."""

STATE_LABELS: dict[State, tuple[str, str]] = {
    "contradicting": ("矛盾", "contradicting"),
    "possible": ("可能相同", "possibly the same"),
    "compatible": ("相容", "compatible"),
    "same": ("相同", "the same"),
    "copy": ("同一文章", "copies of one article"),
    "only_kg1": ("仅见于 KG1", "only in KG1"),
    "only_kg2": ("仅见于 KG2", "only in KG2"),
}
BY_LABELS: dict[By, tuple[str, str]] = {
    "two_holders": ("一职同时有两人", "two holders of one seat at one time"),
    "two_values": ("一数有两值", "two values of one figure"),
    "left_office": ("已离任，其后又称在任", "said to have left, and later said to be in office"),
    "place": ("名称与地域相符", "name and territory agree"),
    "apart": (
        "同一文献中同名；一方分为数个",
        "named alike in one document; one study keeps apart what the other joins",
    ),
    "id": ("标识相同", "one id"),
    "identity": ("依据相同", "known by the same rule and match"),
    "document": ("同一文献中同名", "named alike in a document that both have"),
    "post": ("同名，且任职于同一组织或会议", "one name, and a post or a meeting that both tell"),
    "text": ("文字相同", "the same wording"),
    "title": ("标题与日期相同", "one title and one date"),
}
"""What states and their grounds are called, in Chinese and in English."""


class Contrast(msgspec.Struct, frozen=True, kw_only=True):
    """What the studies say differently of one thing; None where one says nothing. Entities stand here by name."""

    name: str
    kg1: Value
    kg2: Value


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Things of both studies that belong together, or a thing of one. An empty field is absent from the JSON.

    `by` tells on what ground, where there are several, `detail` more of it. `fields` are what tells compatible facts apart.
    `province` has the first two digits of the code of the province, `year` the year that the row belongs to.
    """

    state: State
    by: By | Literal[""] = ""
    detail: str = ""
    kg1: tuple[Item, ...] = ()
    kg2: tuple[Item, ...] = ()
    fields: tuple[Contrast, ...] = ()
    province: str = ""
    year: str = ""

    @property
    def lead(self) -> Item:
        """The thing that the row is told by."""
        return (self.kg1 or self.kg2)[0]


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a collection both studies have: of all of it, or of one type, province or year.

    `part` is `all`, `type`, `province` or `year`, and `key` which of them, "" for what belongs to none. `kg1` and `kg2` are how
    many things the studies have, `kg1_shared` and `kg2_shared` how many of these the other has too: these differ where one
    study has two for one of the other. `kg1_share` and `kg2_share` are their shares, and `jaccard` is the mean of
    `kg1_shared` and `kg2_shared` as a share of what either has, all from 0 to 1; 0 where there is nothing. Where the things
    are one to one this is the coefficient of Jaccard (1912, DOI 10.1111/j.1469-8137.1912.tb05611.x).
    """

    collection: str
    part: Literal["all", "type", "province", "year"]
    key: str
    kg1: int
    kg2: int
    kg1_shared: int
    kg2_shared: int
    jaccard: float
    kg1_share: float
    kg2_share: float


class Unlike(msgspec.Struct, frozen=True, kw_only=True):
    """What the two graphs were built with differently: an option, a version, the base; None where one has none."""

    name: str
    kg1: str | None
    kg2: str | None


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """What two studies share, each collection in order of state, of how many articles stand behind a row (most first; of
    contradictions those of fewest statements), type and name.

    Each thing stands in the rows of one state, and besides in those that contradict. `copies_by` says by what copies of one
    article were found: by their texts, or by title and date where a folder has no texts.
    """

    kg1: Totals
    kg2: Totals
    settings: tuple[Unlike, ...]
    copies_by: CopiesBy
    overlaps: tuple[Overlap, ...]
    documents: tuple[Row, ...]
    entities: tuple[Row, ...]
    facts: tuple[Row, ...]
    figures: tuple[Row, ...]

    def rows(self, collection: str) -> tuple[Row, ...]:
        """Return the rows of one of the `changes.COLLECTIONS`."""
        rows: tuple[Row, ...] = getattr(self, collection)
        return rows

    @property
    def has_contradictions(self) -> bool:
        """True if the studies contradict one another."""
        return any(row.state == "contradicting" for collection in COLLECTIONS for row in self.rows(collection))

    def counts(self) -> dict[str, dict[State, int]]:
        """Return how many rows there are in each state, by collection; states without rows are left out."""
        tallies = {name: Counter(row.state for row in self.rows(name)) for name in COLLECTIONS}
        return {name: {state: tally[state] for state in STATES if state in tally} for name, tally in tallies.items()}

    def parts(self, part: str) -> Iterator[Overlap]:
        """Yield the overlaps of one part: of `all`, or by `type`, `province` or `year`."""
        return (overlap for overlap in self.overlaps if overlap.part == part)
