"""The text that the author wrote: in simplified script, without what others pushed into it, machine-spun words undone.

The original is never changed: the result is a map of edits over it. Stages: script conversion and the deletion of
injections (both in the original's own offsets), then, in a document that is spun, the restoring of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from unionkg.graph.segments import SCRIPT, Edit, SegmentMap
from unionkg.nlp.layout import Furniture, lay_out
from unionkg.nlp.script import to_simplified
from unionkg.nlp.spam import LINE_EDGES, PARTING, Injection, find_injections
from unionkg.nlp.spin import lexicon, spinner, unspin
from unionkg.nlp.unknown_spinner import suspicion

# `……` on a line of its own, around 略, or behind a gap at the end of a line: the source's own cut
_ELLIPSIS = re.compile(
    r"^[ \u3000]*(……)[ \u3000\r]*$|(…+ *[((]?略[))]? *…+)|(?<=[ \u3000])(……)[ \u3000\r]*$", re.MULTILINE
)

_CHANGED = re.compile(rb"\x01+(?:\x00{1,2}\x01+)*")
FURNITURE = 0.95  # how sure it is that such a line is not the author's: an estimate


@dataclass(frozen=True, slots=True)
class Restored:
    """A working text with its way back to the original.

    `noise` lists `(start, end, kind)` of the original: spam and foreign_sentence are left out of the working text,
    ellipsis stays in it. `family` names the kind of spinner where `is_spun`; where none is known, `suspect` says why the
    text may be spun all the same, and nothing is rewritten.
    """

    segments: SegmentMap
    noise: tuple[tuple[int, int, str], ...] = ()
    is_spun: bool = False
    family: str | None = None
    suspect: str | None = None

    @property
    def text(self) -> str:
        """The working text."""
        return self.segments.text


def restore(text: str) -> Restored:
    """Return `text` as its author wrote it. In a text without noise only the script changes."""
    simplified = to_simplified(text)
    family = spinner(simplified)
    injections = find_injections(simplified, is_spun=family is not None)
    deletions = list(_deletions(simplified, injections))
    segments = SegmentMap.from_edits(text, [*deletions, *_script(text, simplified, deletions)])
    if deletions:
        family = spinner(segments.text)  # without the keywords that split its words
    if family:
        segments = segments.then(SegmentMap.from_edits(segments.text, unspin(segments.text, lexicon(family))))
    noise = [(one.start, one.end, one.kind) for one in injections]
    noise += [(*hit.span(hit.lastindex or 0), "ellipsis") for hit in _ELLIPSIS.finditer(simplified)]
    suspect = None if family else suspicion(segments.text)
    return Restored(segments, tuple(sorted(noise)), family is not None, family, suspect)


def author_text(text: str) -> str:
    """Return the working text of `text` without the page's navigation and adverts: what its author wrote."""
    return author_segments(text).text


def author_segments(text: str) -> SegmentMap:
    """Return the way from `text` to what its author wrote."""
    segments = restore(text).segments
    return without_furniture(segments, lay_out(segments.text).furniture)


def without_furniture(segments: SegmentMap, furniture: Iterable[Furniture]) -> SegmentMap:
    """Return the map without the navigation and the adverts among the furniture of its working text."""
    cuts = [Edit(one.start, one.end, "", one.kind, FURNITURE) for one in furniture if one.kind != "ellipsis"]
    return segments.then(SegmentMap.from_edits(segments.text, cuts)) if cuts else segments


def _deletions(text: str, injections: list[Injection]) -> Iterator[Edit]:
    """A deletion at the edge of a line takes along what parts it from the rest."""
    done = 0
    for one in injections:
        start, end = one.start, one.end
        if text[start - 1 : start] in LINE_EDGES:
            while text[end : end + 1] in PARTING:
                end += 1
        elif one.rule == "spam-brand" and text[end : end + 1] in LINE_EDGES:
            while start > done and text[start - 1] in PARTING:
                start -= 1
        yield Edit(start, end, "", one.rule, one.confidence)
        done = end


def _script(text: str, simplified: str, deletions: list[Edit]) -> Iterator[Edit]:
    """One edit for each run of converted characters outside the deletions, unchanged ones between them taken along."""
    if text == simplified:
        return
    changed = bytearray(map(str.__ne__, text, simplified))
    for one in deletions:
        changed[one.start : one.end] = b"\x02" * (one.end - one.start)
    for run in _CHANGED.finditer(changed):
        yield Edit(run.start(), run.end(), simplified[run.start() : run.end()], SCRIPT)
