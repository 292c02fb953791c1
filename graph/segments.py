"""Where each character of a working text stands in the original.

A working text is the original after edits: characters mapped one to one (script conversion), pieces replaced,
deleted or inserted. The original itself is never changed. Offsets are code points, intervals half open.

Invariants: the segments are sorted, lie end to end and cover the original exactly; their texts joined are the working
text. A segment is *aligned* if it has as many characters in the working text as in the original: inside it, offsets
correspond one to one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, zip_longest
from typing import Literal, NamedTuple

Interval = tuple[int, int]
Op = Literal["keep", "map", "replace", "delete", "insert"]

SCRIPT = "script"
"""The rule of an edit that writes the same characters in another script."""


class Segment(NamedTuple):
    """A stretch `[start, end)` of the original and the text that stands for it in the working text.

    `rule` names the edit, empty where nothing was changed; of edits on top of one another all are named, joined by `+`,
    and `confidence`, in (0, 1], is that of the least sure. A deletion has an empty `text`, an insertion
    `start == end`.
    """

    start: int
    end: int
    text: str
    rule: str = ""
    confidence: float = 1.0

    @property
    def op(self) -> Op:
        """What was done: `map` changes the script alone, `replace` the words."""
        if not self.rule:
            return "keep"
        if not self.text:
            return "delete"
        if self.start == self.end:
            return "insert"
        return "map" if self.rule == SCRIPT else "replace"

    @property
    def is_aligned(self) -> bool:
        """True if the characters correspond one to one."""
        return len(self.text) == self.end - self.start


class Edit(NamedTuple):
    """Put `text` in the place of `[start, end)`; `rule` says why, `confidence`, in (0, 1], how surely."""

    start: int
    end: int
    text: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True)
class SegmentMap:
    """The correspondence between an original and its working text."""

    segments: tuple[Segment, ...]

    @classmethod
    def from_edits(cls, original: str, edits: Iterable[Edit]) -> SegmentMap:
        """Return the map that `edits` make of `original`.

        Edits may come in any order. Raises ValueError if two overlap or one leaves the text.
        """
        segments: list[Segment] = []
        position = 0
        for edit in sorted(edits):
            if edit.start < position or not edit.start <= edit.end <= len(original):
                raise ValueError(
                    f"edit {edit} overlaps the one before it or leaves the text of {len(original)} characters"
                )
            if edit.start > position:
                segments.append(Segment(position, edit.start, original[position : edit.start]))
            segments.append(Segment(edit.start, edit.end, edit.text, edit.rule, edit.confidence))
            position = edit.end
        if position < len(original):
            segments.append(Segment(position, len(original), original[position:]))
        return cls(tuple(segments))

    @cached_property
    def text(self) -> str:
        """The working text."""
        return "".join(segment.text for segment in self.segments)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make this map of its original, in order; insertions at one place are one edit."""
        edits: list[Edit] = []
        for segment in self.segments:
            if not segment.rule:
                continue
            last = edits[-1] if edits else None
            if last and last.start == segment.start == segment.end:  # which sorting would not keep in their order
                rule, confidence = _joined([last.rule, segment.rule]), min(last.confidence, segment.confidence)
                edits[-1] = Edit(last.start, last.end, last.text + segment.text, rule, confidence)
            else:
                edits.append(Edit(*segment))
        return tuple(edits)

    @property
    def original_length(self) -> int:
        """The number of code points of the original."""
        return self.segments[-1].end if self.segments else 0

    @cached_property
    def _working_starts(self) -> list[int]:
        return list(accumulate((len(segment.text) for segment in self.segments), initial=0))

    @cached_property
    def _original_starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def to_original(self, start: int, end: int) -> tuple[Interval, ...]:
        """Return the intervals of the original that stand behind `[start, end)` of the working text, in order.

        Inside an edited segment that is not aligned the whole segment counts. A span over a deletion gives several
        intervals; touching intervals are joined. An empty span gives one empty interval.
        """
        starts = self._working_starts
        if start >= end:
            return (self._original_point(start),)
        intervals: list[Interval] = []
        index = bisect_right(starts, start) - 1
        while index < len(self.segments) and starts[index] < end:
            segment, base = self.segments[index], starts[index]
            index += 1
            if not segment.text:
                continue
            if segment.is_aligned:
                piece = (segment.start + max(start - base, 0), segment.start + min(end - base, len(segment.text)))
            else:
                piece = (segment.start, segment.end)
            if intervals and intervals[-1][1] == piece[0]:
                intervals[-1] = (intervals[-1][0], piece[1])
            else:
                intervals.append(piece)
        return tuple(intervals)

    def _original_point(self, position: int) -> Interval:
        index = min(bisect_right(self._working_starts, position) - 1, len(self.segments) - 1)
        if index < 0:
            return (0, 0)
        segment = self.segments[index]
        inner = position - self._working_starts[index]
        point = segment.start + inner if segment.is_aligned else (segment.end if inner else segment.start)
        return (point, point)

    def to_working(self, start: int, end: int) -> Interval:
        """Return the span of the working text that stands for `[start, end)` of the original.

        Deleted characters have no width; a cut inside a segment that is not aligned takes the whole segment. Text
        inserted at the edges is left out.
        """
        low = high = 0
        found = False
        index = max(bisect_left(self._original_starts, start + 1) - 1, 0)
        while index < len(self.segments) and self.segments[index].start <= max(end - 1, start):
            segment, base = self.segments[index], self._working_starts[index]
            index += 1
            if segment.start == segment.end:
                continue
            if segment.is_aligned:
                first = base + max(start - segment.start, 0)
                last = base + min(max(end, start), segment.end) - segment.start
            else:
                first, last = base, base + len(segment.text)
            low = low if found else first
            high, found = last, True
        return (low, max(low, high)) if found else (len(self.text), len(self.text))

    def rules(self, start: int, end: int) -> frozenset[str]:
        """Return the names of the edits that touch `[start, end)` of the working text, without unchanged stretches."""
        starts = self._working_starts
        index = bisect_right(starts, start) - 1
        found = set()
        while index < len(self.segments) and starts[index] < end:
            if self.segments[index].rule:
                found.add(self.segments[index].rule)
            index += 1
        return frozenset(found)

    def has_replacement(self, start: int, end: int) -> bool:
        """Return whether a word was replaced in `[start, end)` of the working text; script and deletions do not count."""
        starts = self._working_starts
        index = bisect_right(starts, start) - 1
        while index < len(self.segments) and starts[index] < end:
            if self.segments[index].op == "replace":
                return True
            index += 1
        return False

    def then(self, later: SegmentMap) -> SegmentMap:
        """Return the map from this original to the working text of `later`, whose original is this working text.

        Where a later edit cuts through an earlier one that is not aligned, the two become one segment.
        Raises ValueError if the lengths do not fit.
        """
        if later.original_length != len(self.text):
            raise ValueError(f"the later map starts from {later.original_length} characters, not {len(self.text)}")
        return SegmentMap(tuple(_compose(self, later)))


def _compose(earlier: SegmentMap, later: SegmentMap) -> list[Segment]:
    """Cut the text between the two maps wherever both allow it; one segment for each piece.

    A word that the later map replaces stays whole, unless a deletion parts it.
    """
    bounds = {*earlier._working_starts, *(edge for segment in later.segments for edge in (segment.start, segment.end))}
    for segment, start in zip(earlier.segments, earlier._working_starts, strict=False):
        if not segment.is_aligned:
            bounds.difference_update(range(start + 1, start + len(segment.text)))
    parted = {
        start
        for segment, start in zip(earlier.segments, earlier._working_starts, strict=False)
        if not segment.text and start in bounds
    }
    for segment in later.segments:
        if not segment.is_aligned:
            bounds.difference_update(range(segment.start + 1, segment.end))
        elif segment.rule:
            bounds.difference_update(set(range(segment.start + 1, segment.end)) - parted)
    cuts = sorted(bounds)
    out: list[Segment] = []
    i = j = 0  # the segment of each side in which the current cut lies
    original = 0
    for cut, following in zip_longest(cuts, cuts[1:]):
        while i < len(earlier.segments) and earlier._working_starts[i] == cut and not earlier.segments[i].text:
            out.append(earlier.segments[i])
            original = earlier.segments[i].end
            i += 1
        while j < len(later.segments) and later.segments[j].start == later.segments[j].end == cut:
            inserted = later.segments[j]
            out.append(Segment(original, original, inserted.text, inserted.rule, inserted.confidence))
            j += 1
        if following is None:
            break
        rules: list[str] = []
        confidence = 1.0
        start = original
        while i < len(earlier.segments) and earlier._working_starts[i] < following:
            segment = earlier.segments[i]
            rules.append(segment.rule)
            confidence = min(confidence, segment.confidence)
            if earlier._working_starts[i + 1] > following:
                original = segment.start + following - earlier._working_starts[i]
                break
            original = segment.end
            i += 1
        texts: list[str] = []
        while j < len(later.segments) and later.segments[j].start < following:
            segment = later.segments[j]
            rules.append(segment.rule)
            confidence = min(confidence, segment.confidence)
            if segment.is_aligned:
                texts.append(segment.text[max(cut - segment.start, 0) : following - segment.start])
            else:
                texts.append(segment.text)
            if segment.end > following:
                break
            j += 1
        out.append(Segment(start, original, "".join(texts), _joined(rules), confidence))
    return out


def _joined(rules: Iterable[str]) -> str:
    """Return the names of edits on top of one another as one, each once."""
    return "+".join(dict.fromkeys(name for joined in rules for name in joined.split("+") if name))
