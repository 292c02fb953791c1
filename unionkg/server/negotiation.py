"""The form of an answer that a request prefers: its Accept header against what can be offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_QUOTED = r'"(?:\\.|[^"\\])*"?'
_ITEM = re.compile(rf'(?:[^,"]|{_QUOTED})+', re.DOTALL)
_PART = re.compile(rf'(?:[^;"]|{_QUOTED})+', re.DOTALL)
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_WISHES = {"charset", "profile"}  # everything is UTF-8; and who asks for a profile of a format can read the format


class _Range(NamedTuple):
    kind: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        return self.kind != "*", self.subtype != "*", len(self.parameters)

    def takes(self, offer: _Range) -> bool:
        return (
            self.kind in ("*", offer.kind)
            and self.subtype in ("*", offer.subtype)
            and self.parameters <= offer.parameters
        )


def chosen(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer, a media type, that the Accept header prefers; None if it takes none of them.

    As RFC 9110 has it (section 12.5.1): the most specific range that takes an offer tells its quality, the highest quality
    wins, and of equal ones the first offer. No header, or one that holds no media range, takes everything. What is
    malformed in one is passed over.

    >>> chosen("text/turtle;q=0.8, application/ld+json", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> chosen("text/*, */*;q=0.1", ["application/json", "text/csv"])
    'text/csv'
    >>> chosen("*/*, text/html;q=0", ["text/html", "text/turtle"])
    'text/turtle'
    >>> chosen(None, ["text/html", "text/turtle"])
    'text/html'
    >>> chosen("image/png", ["text/html"]) is None
    True
    """
    ranges = [found for item in _ITEM.findall(accept or "") if (found := _read(item)) is not None]
    if not ranges:
        return offers[0] if offers else None
    qualities = [_quality(offer, ranges) for offer in offers]
    best = max(qualities, default=0)
    return offers[qualities.index(best)] if best > 0 else None


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    offered = _read(offer)
    taking = [each for each in ranges if offered is not None and each.takes(offered)]
    return max(taking, key=lambda each: each.specificity).quality if taking else 0


def _read(item: str) -> _Range | None:
    """Return a media range or a media type; None if it is neither."""
    first, *others = _PART.findall(item) or [""]
    named = _MEDIA_TYPE.fullmatch(first.strip().lower())
    if named is None or (named[1] == "*" and named[2] != "*"):
        return None
    parameters: set[tuple[str, str]] = set()
    for other in others:
        name, _, value = other.strip().partition("=")
        name, value = name.strip().lower(), value.strip()
        if name == "q":  # what follows on it says nothing about the media type
            quality = _QUALITY.fullmatch(value)
            return None if quality is None else _Range(named[1], named[2], frozenset(parameters), float(value))
        if name and name not in _WISHES:
            parameters.add((name, value.strip('"').lower()))
    return _Range(named[1], named[2], frozenset(parameters), 1)
