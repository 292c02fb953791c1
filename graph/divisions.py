"""The administrative divisions of China: codes, names, parents and the years of all three.

Provinces, prefectures and counties of every year from 1980 stand under their GB/T 2260 codes, townships and streets under
their nine-digit statistical codes; `data/divisions.tsv.gz` holds them (`unionkg.nlp.compile_divisions` makes it) and
`data/province_items.tsv` the Wikidata items of provinces. Levels run from high to low.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from unionkg.graph.attributes import NodeAttributes

LEVELS = ("province", "prefecture", "county", "township")

_FIRST_LIST = 1980
_SOURCE = re.compile(r"^# source: (.+); sha256 ", re.MULTILINE)
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
        return (year >= self.first_year or self.first_year == _FIRST_LIST) and (
            self.last_year is None or year <= self.last_year
        )

    @property
    def since(self) -> int | None:
        """The first year in which it is listed; None where it is in the oldest list, so that its beginning is not known."""
        return None if self.level == "township" or self.first_year == _FIRST_LIST else self.first_year


class Divisions:
    """All divisions, by code and by name. Townships are read when they are first asked for.

    `sources` names where the codes are from.
    """

    def __init__(self, data: str) -> None:
        """`data` is the text that `compile_divisions` writes."""
        header, *parts = data.split("\n[")
        sections = {head: body for head, _, body in (part.partition("]\n") for part in parts)}
        self.sources = tuple(line for line in _SOURCE.findall(header) if "codes" in line)
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
            candidates.sort(key=rank)
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
            return max(records, key=_last, default=None)
        return next((one for one in records if one.is_valid(year)), None)

    def named(self, form: str, year: int | None = None) -> tuple[Division, ...]:
        """Return the divisions with this full, short, middle (昌吉州) or former name, by level, then by code.

        With a year, those of that year only. Townships have their full names only.
        """
        found = (*self.above_townships(form), *self.townships(form))
        return tuple(one for one in found if year is None or one.is_valid(year))

    def above_townships(self, form: str) -> tuple[Division, ...]:
        """Return those with this name that are no townships, by level, then by code."""
        return tuple(self._by_form.get(form, ()))

    def townships(self, form: str) -> tuple[Division, ...]:
        """Return the townships, streets and sumu with this full name."""
        parents = dict.fromkeys(self._township_index.get(form, ()) if _TOWNSHIP.search(form) else ())
        return tuple(one for parent in parents for one in self._township_records(parent) if one.name == form)

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

    def before(self, division: Division) -> tuple[Division, ...]:
        """Return the records of the place that this one took the place of: those that ended last before it began.

        Where records of several levels ended then, those of its own level only: a prefecture and the city in it, both
        called 赣州, share a lineage.
        """
        ended = [one for one in self.history(division) if one.last_year and one.last_year < division.first_year]
        latest = [one for one in ended if one.last_year == max(each.last_year or 0 for each in ended)]
        return tuple(one for one in latest if one.level == division.level) or tuple(latest)

    def succession(self, division: Division) -> tuple[Division, ...]:
        """Return the division with all that it took the place of and all that took its place, oldest first."""
        history = self.history(division)
        links = [(one, former) for one in history for former in self.before(one)]
        reached = {division}
        for _ in history:
            reached |= {one for link in links if not reached.isdisjoint(link) for one in link}
        return tuple(one for one in history if one in reached)

    def above(self, division: Division) -> tuple[Division, ...]:
        """Return the divisions above this one in its last year, from the province down."""
        parent = self.by_code(division.parent, division.last_year) if division.parent else None
        return (*self.above(parent), parent) if parent else ()

    def bearer(self, code: str, names: Collection[str] = ()) -> Division | None:
        """Return the division that bears the code, or was the last to; None for an unknown code.

        Codes were given anew: of several places that bore this one, the last that ever had one of the `names`.
        """
        named = [one for one in self._by_code.get(code, ()) if any(each.name in names for each in self.history(one))]
        return max(named, key=_last) if named else self.by_code(code)

    def closure(self, found: Iterable[Division]) -> set[Division]:
        """Return these divisions with their successions and all divisions above any of them."""
        reached: set[Division] = set()
        waiting = list(found)
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += (*self.succession(one), *self.above(one))
        return reached

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


@cache
def divisions() -> Divisions:
    """Return the divisions of the data file, loaded once a process."""
    data = files("unionkg.graph").joinpath("data", "divisions.tsv.gz").read_bytes()
    return Divisions(gzip.decompress(data).decode())


def division_of(entity: NodeAttributes) -> Division | None:
    """Return the division that a place is, or that is the territory in an organisation's name, under the entity's code."""
    names = {entity["name"], *entity["aliases"]}
    return divisions().bearer(entity["code"], names) if "code" in entity else None


def wikidata_item(division: Division) -> str | None:
    """Return the id of the Wikidata item of a province that exists, such as `Q16967`; None where none was checked."""
    return _items().get(division.code) if division.last_year is None else None


@cache
def _items() -> dict[str, str]:
    text = files("unionkg.graph").joinpath("data", "province_items.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {code: item for code, _, item in rows}


def rank(one: Division) -> tuple[int, str, int]:
    """Return the place of a division in order of level, code and year."""
    return LEVELS.index(one.level), one.code, one.first_year


def _last(one: Division) -> tuple[int, int]:
    return one.last_year or 9999, one.first_year
