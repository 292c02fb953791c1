"""The administrative divisions of China: names, codes and years, found in a text and told apart by it.

Provinces, prefectures and counties of every year from 1980 stand under their GB/T 2260 codes, townships and streets under
their nine-digit statistical codes; `data/divisions.tsv.gz` holds them (see `compile_divisions`), the files
`data/places_*.tsv` the regions, development zones and literary names that are no divisions. Offsets count code
points, intervals are half open, levels run from high to low.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TypeAlias

import daachorse

from unionkg.nlp.lexicon import rows

LEVELS = ("province", "prefecture", "county", "township")

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
_TOWNSHIP_ENTRY = re.compile(r"(\d+)(\S+)")
_TOWNSHIP = re.compile(r"(?<=.)(?:镇|乡|街道|苏木)$")
_TOWNSHIP_SUFFIX = re.compile(r"(?<=..)(?:街道办事处|街道|苏木|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one code and one name, for as long as it bore both.

    `parent` is the code of the division above, empty for provinces. `first_year` 1980 means 1980 or earlier; `last_year`
    is None where the newest data (2024; townships 2023) still has it. Records of one place over the years, whatever
    their names and codes, share their `lineage`.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str
    first_year: int
    last_year: int | None
    lineage: str

    def is_valid(self, year: int | None = None) -> bool:
        """True if the division exists in `year`, or today where no year is given."""
        if year is None:
            return self.last_year is None
        return (year >= self.first_year or self.first_year == 1980) and (
            self.last_year is None or year <= self.last_year
        )


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


class Divisions:
    """All divisions, by code and by name. Townships are read when they are first asked for."""

    def __init__(self, data: str) -> None:
        """`data` is the text that `compile_divisions` writes."""
        sections = {head: body for head, _, body in (part.partition("]\n") for part in data.split("\n[")[1:])}
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._by_form: dict[str, list[Division]] = defaultdict(list)
        self._by_lineage: dict[str, list[Division]] = defaultdict(list)
        for line in sections["divisions"].splitlines():
            code, name, short, others, level, parent, first, last, lineage = line.split("\t")
            one = Division(code, name, short, level, parent, int(first), int(last) if last else None, lineage)
            self._by_code[code].append(one)
            self._by_lineage[lineage].append(one)
            for form in {name, short, *others.split("|")} if others else {name, short}:
                self._by_form[form].append(one)
        for candidates in self._by_form.values():
            candidates.sort(key=_rank)
        self._words = frozenset(sections["word"].split())
        self._shared = frozenset(sections["shared"].split())
        self._townships = dict(line.split("\t") for line in sections["townships"].splitlines())
        self._read_townships: dict[str, tuple[Division, ...]] = {}
        self._ancestries: dict[str, frozenset[str]] = {}

    def by_code(self, code: str, year: int | None = None) -> Division | None:
        """Return the division of that code in `year`; without a year the present one, else the last that bore it."""
        if len(code) > 6:
            return next((one for one in self.children(self._township_parent(code)) if one.code == code), None)
        records = self._by_code.get(code, ())
        if year is None:
            return max(records, key=lambda one: (one.last_year or 9999, one.first_year), default=None)
        return next((one for one in records if one.is_valid(year)), None)

    def named(self, form: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions with this full, short, middle (昌吉州) or former name, by level, then by code.

        With a year, those of that year only. Townships have their full names only.
        """
        found = [*self._by_form.get(form, ()), *self._townships_named(form)]
        return tuple(one for one in found if year is None or one.is_valid(year))

    def children(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions directly below the one of that code, in order of code, those of `year` or today's."""
        below = [one for one in self._below.get(code, ()) if one.is_valid(year)]
        return (*below, *self._township_records(code))

    def province_of(self, code: str) -> Division | None:
        """Return the province-level division that the code belongs to."""
        return self.by_code(code[:2] + "0000")

    def chain(self, code: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the division of that code with all above it, from the province down; empty for an unknown code."""
        one = self.by_code(code, year) or self.by_code(code)
        return (*(self.chain(one.parent, year) if one.parent else ()), one) if one else ()

    def ancestry(self, code: str) -> frozenset[str]:
        """Return the code itself and those of all divisions above it today."""
        found = self._ancestries.get(code)
        if found is None:
            found = self._ancestries[code] = frozenset(one.code for one in self.chain(code))
        return found

    def history(self, division: Division) -> tuple[Division, ...]:
        """Return all records of the same place, oldest first: its former and later names, codes and parents."""
        records = self._by_lineage.get(division.lineage, [division])
        return tuple(sorted(records, key=lambda one: (one.first_year, one.last_year or 9999, one.code)))

    def forms(self) -> Iterable[str]:
        """Return every name of the divisions down to the county: full, short, middle and former, in no set order."""
        return self._by_form.keys()

    def township_forms(self) -> Iterable[str]:
        """Return the full names of townships, streets and sumu."""
        return (form for form in self._township_index if _TOWNSHIP.search(form))

    def is_ambiguous(self, form: str) -> bool:
        """True if the form is a word (和平) or too widely borne (中山) to be taken for a place without context.

        `compile_divisions.grades` has the rule. It does not mean that several divisions have the name: 鼓楼区 is a
        place for certain, though not a certain place.
        """
        return form in self._words or form in self._shared

    def is_word(self, form: str) -> bool:
        """True if the form is an ordinary word, or part of one, beside being a place."""
        return form in self._words

    @cached_property
    def _below(self) -> dict[str, list[Division]]:
        below = defaultdict(list)
        for code in sorted(self._by_code):
            for one in self._by_code[code]:
                below[one.parent].append(one)
        return below

    def _township_parent(self, code: str) -> str:
        return next((head for head in (code[:6], code[:4] + "00", code[:2] + "0000") if head in self._townships), "")

    def _township_records(self, parent: str) -> tuple[Division, ...]:
        found = self._read_townships.get(parent)
        if found is None:
            found = tuple(
                Division(code, name, _TOWNSHIP_SUFFIX.sub("", name), "township", parent, 2023, None, code)
                for digits, name in _TOWNSHIP_ENTRY.findall(self._townships.get(parent, ""))
                for code in [parent + digits if len(digits) == 3 else digits]
            )
            self._read_townships[parent] = found
        return found

    @cached_property
    def _township_index(self) -> dict[str, list[str]]:
        """Township name -> codes of the parents that have one of the name."""
        index: dict[str, list[str]] = defaultdict(list)
        for parent, line in self._townships.items():
            for _, name in _TOWNSHIP_ENTRY.findall(line):
                index[name].append(parent)
        return index

    def _townships_named(self, form: str) -> list[Division]:
        parents = dict.fromkeys(self._township_index.get(form, ()) if _TOWNSHIP.search(form) else ())
        return [one for parent in parents for one in self._township_records(parent) if one.name == form]

    @cached_property
    def _township_automaton(self) -> daachorse.CharwiseDoubleArrayAhoCorasick:
        return _automaton(sorted(self.township_forms()))

    @cached_property
    def _places(self) -> dict[str, tuple[_Piece, ...]]:
        """What `find` looks for: the names, most of one piece, that each form consists of; the rest of it is none."""
        places: dict[str, tuple[_Piece, ...]] = {}
        for area in areas():
            places.update(
                (form, ((len(form), (), area),)) for form in (area.name, *area.forms) if form not in area.loose
            )
        for one in abbreviations():
            meant = tuple(found for code in one.codes if (found := self.by_code(code)))
            if one.kind == "letters":
                places[one.form] = tuple((1, (letter,), None) for letter in meant)
            elif one.is_safe:
                places[one.form] = ((len(one.form), meant, None),)
            elif one.kind == "literary" and len(meant) == 1:
                places[f"{one.form}大地"] = ((len(one.form), meant, None),)
        for form, candidates in self._by_form.items():
            places[form] = ((len(form), tuple(candidates), None),)
        for form, candidates in self._by_form.items():
            for division in candidates:
                # 青岛市南区 has one 市 for two names.
                if form.startswith("市") and form == division.name and (above := self.by_code(division.parent)):
                    places[above.short + form] = places[above.short] + places[form]
        return places

    @cached_property
    def _place_automaton(self) -> daachorse.CharwiseDoubleArrayAhoCorasick:
        return _automaton(list(self._places))


@cache
def divisions() -> Divisions:
    """Return the divisions of the data file, loaded once a process."""
    data = files("unionkg.nlp").joinpath("data", "divisions.tsv.gz").read_bytes()
    return Divisions(gzip.decompress(data).decode())


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
    hits = _settle(known, text, list(_hits(known, text, _word_cuts(text) if cuts is None else cuts)))
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


def _rank(one: Division) -> tuple[int, str, int]:
    return LEVELS.index(one.level), one.code, one.first_year


def _is_municipality(one: Division) -> bool:
    return one.level == "province" and one.name.endswith("市")


def _word_cuts(text: str) -> frozenset[int]:
    import rjieba

    position, cuts = 0, [0]
    for word in rjieba.cut(text):
        position += len(word)
        cuts.append(position)
    return frozenset(cuts)


def _raw(known: Divisions, text: str, cuts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where names of places stand, and what one hides that opens inside a word (山东 behind 合山 in 联合山东)."""
    for start, end, _ in known._place_automaton.find(text):
        yield start, end
        if end - start == 2 and start not in cuts and end - 1 in cuts:
            hidden = known._place_automaton.find(text[end - 1 : end + _REACH])
            yield from ((end - 1, end - 1 + stop) for low, stop, _ in hidden[:1] if low == 0)


def _hits(known: Divisions, text: str, cuts: Collection[int]) -> Iterator[_Hit]:
    """Yield the names at whose edges words begin and end, ambiguous ones included."""
    raw = list(_raw(known, text, cuts))
    starts = {start for start, _ in raw}
    last = -1
    for start, end in raw:
        if start < last:
            continue
        pieces = known._places[text[start:end]]
        if _STRADDLED.match(text, end - 1) and text[start : end - 1] in known._places:
            end -= 1
            pieces = known._places[text[start:end]]
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
        for start, end, _ in known._township_automaton.find(text[low:high]):
            options = known._townships_named(text[low + start : low + end])
            options = [one for one in options if not known.ancestry(one.parent).isdisjoint(context)]
            parent = before.get(low + start)
            if parent is not None:
                codes = {one.code for one in parent.divisions}
                options = [one for one in options if not codes.isdisjoint(known.ancestry(one.parent))] or options
            # 新镇, 龙镇: too short to stand without the county in front.
            if options and (parent is not None or end - start > 2):
                found.append(PlaceMatch(low + start, low + end, tuple(options)))
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
    return tuple(sorted(newest.values(), key=_rank))


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
