"""What a finder offers: a span of the working text that may be a name, and how it was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span `[start, end)` that may name something.

    `name` is what it stands for where the finder knows better than the text; `code` a GB/T 2260 code; `parent` the
    start of the name it hangs on (a department behind its body); `rank` decides between spans of one length.
    """

    start: int
    end: int
    type: str
    subtype: str | None = None
    name: str = ""
    rule: str = ""
    confidence: float = 1.0
    code: str | None = None
    rank: int = 0


def select(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates that do not overlap, in order: the longest first, then by rank, confidence and place."""
    taken: set[int] = set()
    chosen: list[Candidate] = []
    for candidate in sorted(
        candidates, key=lambda c: (c.start - c.end, -c.rank, -c.confidence, c.start, c.type, c.rule)
    ):
        if taken.isdisjoint(range(candidate.start, candidate.end)):
            taken.update(range(candidate.start, candidate.end))
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)
