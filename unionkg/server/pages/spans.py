"""A text with what is in it: sentences that say something, what is foreign, names that lead to their entities."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from unionkg.server.records import Change, Mark, Saying, Stretch

T = TypeVar("T", Mark, Saying, Stretch, Change)


class _Span(NamedTuple):
    start: int
    end: int
    opening: Markup
    closing: Markup


def marked(
    text: str,
    marks: Iterable[Mark],
    link: Callable[[str], str],
    *,
    own: str | None = None,
    sayings: Sequence[Saying] = (),
    foreign: Iterable[Stretch] = (),
    changes: Iterable[Change] = (),
    kind: Callable[[str], str] = str,
) -> Markup:
    """Return a text in which the outermost names are links, given by `link`, with the text between them escaped.

    The names of the entity `own` are marked and no links. Sentences have their ids, foreign stretches a title given by
    `kind`, changed ones what they are changed to. Of what overlaps the first and longest is told.
    """
    levels = [
        [
            _Span(one.start, one.end, Markup('<span class="saying" id="{}">').format(one.id), Markup("</span>"))
            for one in _apart(sayings)
        ],
        [
            _Span(one.start, one.end, Markup('<s title="{}">').format(kind(one.kind)), Markup("</s>"))
            for one in _apart(foreign)
        ],
        [_named(one, link, own) for one in _apart(marks)],
        [
            _Span(one.start, one.end, Markup('<span class="changed" title="{}">').format(one.text), Markup("</span>"))
            for one in _apart(changes)
        ],
    ]
    inner = {one.id for one in sayings} - {one.id for one in _apart(sayings)}
    anchors = Markup("").join(Markup('<span id="{}"></span>').format(name) for name in sorted(inner))
    return anchors + _rendered(text, 0, len(text), levels)


def _named(one: Mark, link: Callable[[str], str], own: str | None) -> _Span:
    if one.entity == own:
        return _Span(one.start, one.end, Markup("<mark>"), Markup("</mark>"))
    return _Span(one.start, one.end, Markup('<a class="named" href="{}">').format(link(one.entity)), Markup("</a>"))


def _apart(spans: Iterable[T]) -> list[T]:
    """Return the spans that do not overlap, in order: of those that do, the one that begins first, of these the longest."""
    found: list[T] = []
    for one in sorted(spans, key=lambda one: (one.start, -one.end)):
        if one.start < one.end and (not found or found[-1].end <= one.start):
            found.append(one)
    return found


def _rendered(text: str, start: int, end: int, levels: Sequence[Sequence[_Span]]) -> Markup:
    """Return `[start, end)` of the text with the spans of all levels, those of a level inside those of the one before."""
    if not levels:
        return Markup.escape(text[start:end])
    pieces = []
    position = start
    for span in levels[0][bisect_right(levels[0], start, key=lambda one: one.end) :]:
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            break
        pieces.append(_rendered(text, position, low, levels[1:]))
        pieces.append(span.opening + _rendered(text, low, high, levels[1:]) + span.closing)
        position = high
    pieces.append(_rendered(text, position, end, levels[1:]))
    return Markup("").join(pieces)
