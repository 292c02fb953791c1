"""The texts of the documents as they may be shown: with what is named in them, what is foreign, and what was restored.

They stand beside the graph in `texts.jsonl`, a line a document in order of ids. Offsets are those of the evidence: code
points of the document's own text, intervals half open.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import msgspec

from unionkg.graph.segments import Edit, SegmentMap

NAME = "texts.jsonl"


class Named(NamedTuple):
    """A place `[start, end)` where the text names an entity, the node `entity` of the graph."""

    start: int
    end: int
    entity: str


class Foreign(NamedTuple):
    """A stretch `[start, end)` that is not the author's; `schema.NOISE_KINDS` has the kinds."""

    start: int
    end: int
    kind: str


class DocumentText(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """The text of a document, private numbers masked and names that were taken down hidden, one for one.

    `mentions` are in order of places and may lie inside one another, `foreign` stretches and `edits` neither overlap nor
    touch out of order. The `edits` make the restored text of it: what they put in is masked and hidden too.
    """

    document: str
    text: str
    mentions: tuple[Named, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    edits: tuple[Edit, ...] = ()

    @cached_property
    def restored(self) -> SegmentMap:
        """How the text leads to the one its author wrote."""
        return SegmentMap.from_edits(self.text, self.edits)

    def reading(self, start: int, end: int) -> str:
        """Return the restored text of `[start, end)`."""
        low, high = self.restored.to_working(start, end)
        return self.restored.text[low:high]
