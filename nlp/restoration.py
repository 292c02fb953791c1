"""A text's restoring as a value to look at: every edit with its rule, and what else was found out about the text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from unionkg.graph.model import Noise
from unionkg.graph.segments import Op
from unionkg.nlp.layout import Furniture, lay_out
from unionkg.nlp.restore import Restored, restore, without_furniture

RULES = {
    "script": "traditional script",
    "spun-u": "spun word that is no modern Chinese",
    "spun-r": "spun word that hardly occurs in this register",
    "spun-c": "spun word, an ordinary one in another place",
    "spun-g": "word that this kind of spinner is known to put in, and the original reads better",
    "spun-d": "word that this kind of spinner may have put in, and the original reads better",
    "spam-keyword-strong": "keyword of link sellers",
    "spam-keyword-weak": "keyword of link sellers, in a text that holds stronger ones",
    "spam-keyword-doubtful": "ordinary word of link sellers, without which the words around it join better",
    "spam-brand": "brand of a gambling site",
    "novel-quote": "speech from a novel",
    "novel-narration": "narration from a novel",
    "other-topic": "sentence of a match report, a recipe or the like",
    "english": "sentence in English",
    "stray-tail": "what an injected sentence left behind",
    "gloss": "pinyin or emoji behind a character",
    "garbled-gloss": "sentence in which bytes went lost beside such a gloss",
    "navigation": "navigation of the page",
    "advert": "advert of the page",
}
"""What each rule of an edit says, for readers."""


class EditRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to `[start, end)` of the original; `rule` is empty where it was kept. `op` as in `Segment`."""

    start: int
    end: int
    original: str
    restored: str
    op: Op
    rule: str
    confidence: float


class Restoration(msgspec.Struct, frozen=True, kw_only=True):
    """A text's restoring. `edits` cover the original from end to end, so that their `restored` joined is the result.

    `is_spun`, `family` and `suspect` as in `Restored`; `noise` is in order, in the original's offsets.
    """

    is_spun: bool
    family: str | None
    suspect: str | None
    noise: tuple[Noise, ...]
    edits: tuple[EditRecord, ...]


def restoration(text: str) -> Restoration:
    """Return how `text` becomes what its author wrote."""
    restored = restore(text)
    furniture = lay_out(restored.text).furniture
    return Restoration(
        is_spun=restored.is_spun,
        family=restored.family,
        suspect=restored.suspect,
        noise=noise_of(restored, furniture),
        edits=tuple(
            EditRecord(
                start=one.start,
                end=one.end,
                original=text[one.start : one.end],
                restored=one.text,
                op=one.op,
                rule=one.rule,
                confidence=one.confidence,
            )
            for one in without_furniture(restored.segments, furniture).segments
        ),
    )


def noise_of(restored: Restored, furniture: Sequence[Furniture]) -> tuple[Noise, ...]:
    """Return the page's furniture and what restoring found, in the original's offsets, in order, nothing twice."""
    spans: dict[tuple[int, int], str] = {}
    for piece in furniture:
        intervals = restored.segments.to_original(piece.start, piece.end)
        spans[intervals[0][0], intervals[-1][1]] = piece.kind
    for start, end, kind in restored.noise:
        spans.setdefault((start, end), kind)
    return tuple(Noise(start=start, end=end, kind=kind) for (start, end), kind in sorted(spans.items()))
