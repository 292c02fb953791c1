"""The administrative divisions of China, found in a text by their names and told apart by it.

`unionkg.graph.divisions` knows the divisions, the files `data/places_*.tsv` the regions, development zones and literary
names that are no divisions. Offsets count code points, intervals are half open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TypeAlias

import daachorse

from unionkg.graph.divisions import Division, Divisions, divisions, rank
from unionkg.nlp.lexicon import rows

# What may stand behind a short name inside one word of the segmenter without making it another name (湖北人, 福建省).
_TRANSPARENT_TAILS = frozenset(
    {"人", "籍", "话", "队", "城", "地区", "各地", "全省", "全市", "省", "市", "县", "区", "州"}
)
# A short name in a street's name is not the place (南京西路), in 路线 or 路桥 it may be.
_STREET = re.compile(r"[东西南北中一二三]?(?:路(?![桥线网政面段况过演])|街(?!头)|大道|巷|胡同)")
_REACH = 16
"""Characters within which a name ends that another hides."""
# 杭州市民, 深圳市场, 朝阳区域: the last character of the full name belongs to the next word.
_STRADDLED = re.compile(r"市(?=[民场值容域])|[区县](?=域)|区(?=间|块链)")
_ARRIVING = re.compile(r"(?:本[网报]|赴|来到|抵达|返回)\Z")
"""What shows a name that is also a word to be a place, where the text gives it in full as well (本网三江4月14日讯)."""


@dataclass(frozen=True, slots=True)
class Area:
    """A region or a development zone: a place that is no division.

    `forms` are its other names; `loose` those of all its names that are ordinary words too (东北). `codes` are the
    divisions that it covers or lies in. `kind` as in the files' headers.
    """

    name: str
    forms: tuple[str, ...]
    loose: tuple[str, ...]
    codes: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A letter (闽), a run of letters (川渝) or a literary name (八闽) and the codes of what it stands for.

    A run has one code for each letter, the others the codes that they may stand for, the likeliest first. It `is_safe`
    if it is a place wherever it stands as a word.
    """

    form: str
    codes: tuple[str, ...]
    kind: str
    is_safe: bool


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place name at `[start, end)` and the divisions that it may mean; or the `area`, with no divisions."""

    start: int
    end: int
    divisions: tuple[Division, ...]
    area: Area | None = None


# The length of a name, the divisions that it may mean, and the area if it is one's.
_Piece: TypeAlias = tuple[int, tuple[Division, ...], Area | None]


@cache
def areas() -> tuple[Area, ...]:
    """Return the development zones, then the regions, in the order of their files."""
    found = []
    for name, others, codes, kind in (*rows("places_zones.tsv"), *rows("places_regions.tsv")):
        marked = (name, *others.split("|")) if others else (name,)
        bare = tuple(form.removeprefix("!") for form in marked)
        loose = tuple(form[1:] for form in marked if form.startswith("!"))
        found.append(Area(bare[0], bare[1:], loose, tuple(codes.split()), kind))
    return tuple(found)


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Return the letters and literary names, in the order of their file."""
    table = rows("places_abbreviations.tsv")
    return tuple(Abbreviation(form, tuple(codes.split()), kind, safe == "yes") for form, codes, kind, safe in table)


def find(text: str, near: Iterable[str] = (), cuts: Collection[int] | None = None) -> list[PlaceMatch]:
    """Return the places in a simplified text, in order, without overlaps: of those that start first, the longest.

    Long names count anywhere. Those of two characters, and short names of three, count where words begin and end at both
    their edges; `cuts` are the offsets between words, by default those of rjieba. A short name is none in the name of a
    street. Ambiguous ones also need a parent right
    before them or a sister division beside them in a list; the names that are no ordinary words count as well
    wherever their full name stands in the same text. Townships count by their full name if their county or prefecture is in
    the text or among the codes `near`.
    """
    known = divisions()
    hits = _settle(known, text, list(_hits(text, _word_cuts(text) if cuts is None else cuts)))
    context = {one.code for hit in hits for one in hit.divisions if one.level != "province" or _is_municipality(one)}
    return _with_townships(known, text, hits, context.union(near))


def resolve(
    matches: Sequence[PlaceMatch], text: str, home: str | None = None, year: int | None = None
) -> list[Division | None]:
    """Return the one division that each match of `find(text)` means, None for areas and where the text leaves it open.

    Divisions of `year` (by default of today) go before others, then one record of each place counts. What decides, in
    this order: a parent right before it (浙江省湖州市吴兴区); a sister division beside it in a list (长春、吉林);
    the same place meant elsewhere in the text; the highest level for a short name (吉林 is the province); a parent in the
    text, in the same line if several are in the text; `home`, the code of the division that the document comes from,
    and those above it.
    """
    known = divisions()
    choices = [_of_time(match.divisions, year) for match in matches]
    for index in range(len(matches)):
        if len(choices[index]) > 1:
            choices[index] = _by_neighbours(known, matches, choices, index, text)
    lines = list(accumulate((text.count("\n", *_between(*pair)) for pair in pairwise(matches)), initial=0))
    meant: dict[int | None, set[str]] = defaultdict(
        set
    )  # line -> codes of the divisions that are certain in it, None for the whole text
    for line, options in zip(lines, choices, strict=False):
        if len(options) == 1:
            meant[line].add(options[0].code)
            meant[None].add(options[0].code)
    above = known.ancestry(home) if home is not None else frozenset[str]()
    for index, (match, options) in enumerate(zip(matches, choices, strict=True)):
        if len(options) > 1:
            options = tuple(one for one in options if one.code in meant[None]) or options
            if all(one.name != text[match.start : match.end] for one in options):
                options = tuple(one for one in options if one.level == options[0].level)
            for codes in (meant[None], meant[lines[index]], above):
                options = _by_parents(known, options, codes)
            choices[index] = options
    return [options[0] if len(options) == 1 else None for options in choices]


@dataclass(frozen=True, slots=True)
class _Hit:
    match: PlaceMatch
    form: str
    is_short: bool

    @property
    def divisions(self) -> tuple[Division, ...]:
        return self.match.divisions


def _automaton(forms: list[str]) -> daachorse.CharwiseDoubleArrayAhoCorasick:
    return daachorse.CharwiseDoubleArrayAhoCorasick(forms, daachorse.MATCH_KIND_LEFTMOST_LONGEST)


@cache
def _township_automaton() -> daachorse.CharwiseDoubleArrayAhoCorasick:
    return _automaton(sorted(divisions().township_forms()))


@cache
def _place_automaton() -> daachorse.CharwiseDoubleArrayAhoCorasick:
    return _automaton(list(_places()))


@cache
def _places() -> dict[str, tuple[_Piece, ...]]:
    """Return what `find` looks for: the names, most of one piece, that each form consists of; the rest of it is none."""
    known = divisions()
    places: dict[str, tuple[_Piece, ...]] = {}
    for area in areas():
        places.update((form, ((len(form), (), area),)) for form in (area.name, *area.forms) if form not in area.loose)
    for one in abbreviations():
        meant = tuple(found for code in one.codes if (found := known.by_code(code)))
        if one.kind == "letters":
            places[one.form] = tuple((1, (letter,), None) for letter in meant)
        elif one.is_safe:
            places[one.form] = ((len(one.form), meant, None),)
        elif one.kind == "literary" and len(meant) == 1:
            places[f"{one.form}大地"] = ((len(one.form), meant, None),)
    for form in known.forms():
        places[form] = ((len(form), known.above_townships(form), None),)
    for form in known.forms():
        for division in known.above_townships(form):
            # 青岛市南区 has one 市 for two names.
            if form.startswith("市") and form == division.name and (above := known.by_code(division.parent)):
                places[above.short + form] = places[above.short] + places[form]
    return places


def _is_municipality(one: Division) -> bool:
    return one.level == "province" and one.name.endswith("市")


def _word_cuts(text: str) -> frozenset[int]:
    import rjieba

    position, cuts = 0, [0]
    for word in rjieba.cut(text):
        position += len(word)
        cuts.append(position)
    return frozenset(cuts)


def _raw(text: str, cuts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where names of places stand, and what one hides that opens inside a word (山东 behind 合山 in 联合山东)."""
    for start, end, _ in _place_automaton().find(text):
        yield start, end
        if end - start == 2 and start not in cuts and end - 1 in cuts:
            hidden = _place_automaton().find(text[end - 1 : end + _REACH])
            yield from ((end - 1, end - 1 + stop) for low, stop, _ in hidden[:1] if low == 0)


def _hits(text: str, cuts: Collection[int]) -> Iterator[_Hit]:
    """Yield the names at whose edges words begin and end, ambiguous ones included."""
    raw = list(_raw(text, cuts))
    starts = {start for start, _ in raw}
    places = _places()
    last = -1
    for start, end in raw:
        if start < last:
            continue
        pieces = places[text[start:end]]
        if _STRADDLED.match(text, end - 1) and text[start : end - 1] in places:
            end -= 1
            pieces = places[text[start:end]]
        begins = start in cuts or start == last or text.endswith("中国", 0, start)
        ends = end in cuts or end in starts or _tail(text, end, cuts) in _TRANSPARENT_TAILS
        for length, candidates, area in pieces:
            stop = start + length
            form = text[start:stop]
            is_short = bool(candidates) and all(one.name != form == one.short for one in candidates)
            stands_alone = len(form) > (3 if is_short else 2) or (begins and ends)
            if stands_alone and not (is_short and _STREET.match(text, stop)):
                yield _Hit(PlaceMatch(start, stop, candidates, area), form, is_short)
                last = stop
            start = stop


def _tail(text: str, position: int, cuts: Collection[int]) -> str:
    """Return what the word that crosses `position` has behind it, as far as two characters."""
    return next((text[position:end] for end in (position + 1, position + 2) if end in cuts), "")


def _settle(known: Divisions, text: str, hits: list[_Hit]) -> list[PlaceMatch]:
    """Drop the ambiguous names that nothing in the text supports."""
    spelt_out = {
        one.lineage for hit in hits if not hit.is_short and not known.is_ambiguous(hit.form) for one in hit.divisions
    }
    accepted = [
        not known.is_ambiguous(hit.form)
        or (
            (
                not known.is_word(hit.form)
                or _ARRIVING.search(text, max(0, hit.match.start - 2), hit.match.start) is not None
            )
            and any(one.lineage in spelt_out for one in hit.divisions)
        )
        for hit in hits
    ]
    for order in (range(len(hits)), reversed(range(len(hits)))):
        for index in order:
            for other in (index - 1, index + 1):
                if not accepted[index] and 0 <= other < len(hits) and accepted[other]:
                    accepted[index] = _supports(known, text, hits[other], hits[index])
    return [hit.match for hit, is_place in zip(hits, accepted, strict=True) if is_place]


def _supports(known: Divisions, text: str, other: _Hit, hit: _Hit) -> bool:
    """True if `other` is a parent right before the hit, or a sister beside it in a list."""
    if other.match.end == hit.match.start:
        codes = {one.code for one in other.divisions}
        if known.is_word(hit.form):
            return any(one.parent in codes for one in hit.divisions)
        return any(not codes.isdisjoint(known.ancestry(one.parent)) for one in hit.divisions)
    low, high = _between(other.match, hit.match)
    return text[low:high] == "、" and bool(_sisters(hit.divisions, other.divisions))


def _sisters(options: Sequence[Division], others: Iterable[Division]) -> tuple[Division, ...]:
    ranks = {(one.level, one.parent) for one in others}
    return tuple(one for one in options if (one.level, one.parent) in ranks)


def _with_townships(
    known: Divisions, text: str, matches: list[PlaceMatch], context: Collection[str]
) -> list[PlaceMatch]:
    """Add the townships whose county or prefecture is in `context`, and drop the shorter names inside them."""
    if not context:
        return matches
    found: list[PlaceMatch] = []
    # Searched between full names only, so that no township takes their last character (乐清市 + 北白象镇).
    borders = [match for match in matches if any(one.name == text[match.start : match.end] for one in match.divisions)]
    gaps = zip([0, *(match.end for match in borders)], [*(match.start for match in borders), len(text)], strict=True)
    before = {match.end: match for match in matches}
    for low, high in gaps:
        for start, end, _ in _township_automaton().find(text[low:high]):
            options = known.townships(text[low + start : low + end])
            options = tuple(one for one in options if not known.ancestry(one.parent).isdisjoint(context))
            parent = before.get(low + start)
            if parent is not None:
                codes = {one.code for one in parent.divisions}
                inside = tuple(one for one in options if not codes.isdisjoint(known.ancestry(one.parent)))
                options = inside or options
            # 新镇, 龙镇: too short to stand without the county in front.
            if options and (parent is not None or end - start > 2):
                found.append(PlaceMatch(low + start, low + end, options))
    covered = {position for match in found for position in range(match.start, match.end)}
    kept = [match for match in matches if match.start not in covered and match.end - 1 not in covered]
    return sorted([*kept, *found], key=lambda match: match.start)


def _of_time(options: Sequence[Division], year: int | None) -> tuple[Division, ...]:
    """Keep those of the year, else of today, else those abolished last; of each place the newest record."""
    valid = [one for one in options if one.is_valid(year)] or [one for one in options if one.is_valid()]
    if not valid:
        latest = max((one.last_year or 0 for one in options), default=0)
        valid = [one for one in options if one.last_year == latest]
    newest: dict[str, Division] = {}
    for one in sorted(valid, key=lambda one: (one.last_year or 9999, one.first_year)):
        newest[one.lineage] = one
    return tuple(sorted(newest.values(), key=rank))


def _by_neighbours(
    known: Divisions, matches: Sequence[PlaceMatch], choices: Sequence[tuple[Division, ...]], index: int, text: str
) -> tuple[Division, ...]:
    """Narrow by a parent right before, or else by the division beside it in a list."""
    options, match = choices[index], matches[index]
    if index and matches[index - 1].end == match.start:
        return _by_parents(known, options, {one.code for one in choices[index - 1]})
    for other in (index - 1, index + 1):
        if 0 <= other < len(matches):
            low, high = _between(match, matches[other])
            if text[low:high] in {"、", "和", "与", "及"} and len(choices[other]) == 1:
                return _sisters(options, choices[other]) or options
    return options


def _between(first: PlaceMatch, second: PlaceMatch) -> tuple[int, int]:
    return min(first.end, second.end), max(first.start, second.start)


def _by_parents(known: Divisions, options: tuple[Division, ...], codes: Collection[str]) -> tuple[Division, ...]:
    """Return the options most of whose own chain is among `codes`, all of them if none has a part in it."""
    if len(options) < 2:
        return options
    depths = [len(known.ancestry(one.code).intersection(codes)) for one in options]
    deepest = max(depths)
    return tuple(one for one, depth in zip(options, depths, strict=True) if depth == deepest)
