"""What a bare level word means in one document: which province 省总工会 speaks of, which county 县委.

Nothing is taken from outside the text. Every place of that level has a vote; a place that opens an institution's name
has four, one in the title four more. Where no place leads clearly, the institution named last in the line decides, then the
title, then the nearest before the word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from unionkg.graph.divisions import divisions
from unionkg.nlp.places import Place

LEVEL_WORDS = {
    "province": ("省", "自治区", "区", "市"),
    "prefecture": ("市", "州", "自治州", "地区", "盟"),
    "county": ("县", "区", "旗", "自治县", "市", "新区"),
    "township": ("镇", "乡", "街道"),
}
_INSTITUTION_VOTES = 3
_TITLE_VOTES = 4
_CLEAR_LEAD = 2
_LINE_OPENING = 16
"""Characters from the beginning of a line in which the institution stands that the line is about."""


class Territory:
    """The places of a document, by the level words that may stand for them."""

    def __init__(
        self, text: str, places: Sequence[Place], openers: Collection[int], title: tuple[int, int] | None
    ) -> None:
        """`openers` are the offsets at which names of institutions begin, `title` the span of the title."""
        self._text = text
        self._title = title or (0, 0)
        self._places = [place for place in places if place.division is not None]
        self._openers = openers
        self._votes: dict[str, Counter[str]] = {word: Counter() for words in LEVEL_WORDS.values() for word in words}
        for place in self._places:
            votes = 1 + _INSTITUTION_VOTES * (place.start in openers)
            votes += _TITLE_VOTES * (title is not None and title[0] <= place.start < title[1])
            for word in _words_of(place):
                self._votes[word][place.code] += votes

    def meant_by(self, word: str, position: int) -> Place | None:
        """Return the place that the level word at `position` means, None where the document does not tell."""
        votes = self._votes.get(word)
        if not votes:
            above = self._province_above()
            return above if above is not None and above.name.endswith(word) else None
        if own := self._opening_line(word, position):
            return own
        (leader, most), *others = sorted(votes.items(), key=lambda item: (-item[1], self._first(item[0]).start))
        if not others or most >= _CLEAR_LEAD * others[0][1]:
            return self._first(leader)
        return (
            self._in_line(word, position) or self._titled(word) or self._nearest(word, position) or self._first(leader)
        )

    def _titled(self, word: str) -> Place | None:
        """Return the one place of the title that the word may mean."""
        low, high = self._title
        found = {place.code: place for place in self._places if low <= place.start < high and word in _words_of(place)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _in_line(self, word: str, position: int) -> Place | None:
        """Return the place whose institution was named last before the word in its line."""
        nearest = self._nearest(word, position)
        if nearest is None or nearest.start not in self._openers:
            return None
        return nearest if nearest.start > self._text.rfind("\n", 0, position) else None

    def _opening_line(self, word: str, position: int) -> Place | None:
        """Return the place whose institution opens the line of the word, where it is the only one of its level there."""
        line = self._text.rfind("\n", 0, position) + 1
        here = [place for place in self._places if line <= place.start < position and word in _words_of(place)]
        opens = here and here[0].start in self._openers and here[0].start - line <= _LINE_OPENING
        return here[0] if opens and len({place.code for place in here}) == 1 else None

    def _first(self, code: str) -> Place:
        return next(place for place in self._places if place.code == code)

    def _nearest(self, word: str, position: int) -> Place | None:
        before = [place for place in self._places if place.start < position and word in _words_of(place)]
        opening = [place for place in before if place.start in self._openers]
        chosen = opening or before
        return chosen[-1] if chosen else None

    def _province_above(self) -> Place | None:
        """Return the province in which most of the document's places lie, if it leads clearly."""
        provinces = Counter(place.code[:2] for place in self._places)
        if not provinces:
            return None
        (code, most), *others = provinces.most_common()
        if others and most < _CLEAR_LEAD * others[0][1]:
            return None
        division = divisions().by_code(code + "0000")
        return Place(-1, -1, division.name, "province", division) if division else None


def _words_of(place: Place) -> list[str]:
    return [word for word in LEVEL_WORDS.get(place.subtype, ()) if place.name.endswith(word)]
