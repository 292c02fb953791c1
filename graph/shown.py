"""A document's text made fit to be shown: what is private in it, or in what restoring makes of it, is hidden in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from unionkg.graph.masking import MASK
from unionkg.graph.model import Extraction
from unionkg.graph.segments import Edit, Interval, SegmentMap
from unionkg.graph.texts import DocumentText, Foreign, Named, ReadText


def document_text(
    extraction: Extraction, read: ReadText, node_of: Mapping[str, str], hide: Callable[[str], str]
) -> DocumentText:
    """Return a document's text as it may be shown, with what its extraction says of places.

    `node_of` gives the node of each entity that is in the graph; the others are named by no mention. `hide` as for `shown`.
    """
    facts = (*extraction.relations, *extraction.outcomes)
    text, edits = shown(read, hide, {fact.evidence for fact in facts})
    mentions = (Named(one.start, one.end, node_of[one.entity]) for one in extraction.mentions if one.entity in node_of)
    stretches = (Foreign(one.start, one.end, one.kind) for one in extraction.noise)
    return DocumentText(
        document=extraction.document,
        text=text,
        mentions=tuple(sorted(mentions)),
        foreign=tuple(_side_by_side(stretches)),
        edits=edits,
    )


def shown(read: ReadText, hide: Callable[[str], str], quoted: Iterable[Interval] = ()) -> ReadText:
    """Return a text and its edits with ●, one for one, for what `hide` hides in the text, its quotes, or the restored text.

    `hide` gives a text of the same length. What is hidden on one side of an edit is on the other too: a number that foreign
    words part can be read in neither. Where their characters do not correspond, all of both is.
    """
    text, restored = read.text, SegmentMap.from_edits(read.text, read.edits)
    here = set(_hidden(text, hide))
    for start, end in quoted:  # alone, a quote may show as a number what the whole text does not
        here.update(start + place for place in _hidden(text[start:end], hide))
    there = set(_hidden(restored.text, hide)) if read.edits else here
    if not here and not there:
        return read
    edits = []
    position = 0
    for segment in restored.segments:
        before = range(segment.start, segment.end)
        after = range(position, position + len(segment.text))
        position = after.stop
        if segment.is_aligned:
            hidden = [
                place
                for place, (one, other) in enumerate(zip(before, after, strict=True))
                if one in here or other in there
            ]
            here.update(segment.start + place for place in hidden)
        else:
            is_any = not here.isdisjoint(before) or not there.isdisjoint(after)
            hidden = list(range(len(after))) if is_any else []
            here.update(before if hidden else ())
        if segment.rule:
            edits.append(Edit(*segment)._replace(text=_masked_at(segment.text, hidden)))
    return ReadText(_masked_at(text, here), tuple(edits))


def _hidden(text: str, hide: Callable[[str], str]) -> Iterator[int]:
    """Yield the places of a text whose characters are hidden."""
    masked = hide(text)
    if masked != text:
        yield from (place for place, (one, other) in enumerate(zip(text, masked, strict=True)) if one != other)


def _masked_at(text: str, places: Iterable[int]) -> str:
    characters = list(text)
    for place in places:
        characters[place] = MASK
    return "".join(characters)


def _side_by_side(stretches: Iterable[Foreign]) -> Iterator[Foreign]:
    """Yield the stretches in order, cut where they overlap: the one that begins first, of these the longest, is whole."""
    position = 0
    for start, end, kind in sorted(stretches, key=lambda one: (one.start, -one.end, one.kind)):
        if position < end:
            yield Foreign(max(start, position), end, kind)
            position = end
