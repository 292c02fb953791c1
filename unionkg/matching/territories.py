"""The divisions that a text means: those that open a name, and those that a column of places names."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from unionkg.graph.divisions import Division, divisions
from unionkg.graph.model import NATIONAL

NATION = Division(NATIONAL, "全国", "全国", "country", "", 1980, None, NATIONAL)
_NATION = frozenset({"全国", "中国", "中华人民共和国", "国家", "全国性"})
_LONGEST_FORM = 14
_LEVEL_ENDS = ("市", "县", "区", "镇", "乡")


class Chain(NamedTuple):
    """Places end to end at the beginning of a text, as far as `end`, and the divisions that the last of them may mean.

    `is_full` is false where that has its short name, and `is_loose` true where this is a word, or many have it (和平).
    """

    end: int
    meant: tuple[Division, ...]
    is_full: bool
    is_loose: bool


@lru_cache(65536)
def chains(text: str, year: int | None = None) -> tuple[Chain, ...]:
    """Return the chains of places that open a text (浙江省湖州市), the longest first, of each end one."""
    found: dict[int, Chain] = {}
    _follow(text, 0, None, year, found)
    return tuple(sorted(found.values(), key=lambda chain: -chain.end))


def _follow(
    text: str, start: int, above: tuple[Division, ...] | None, year: int | None, found: dict[int, Chain]
) -> None:
    for end in range(min(len(text), start + _LONGEST_FORM), start + 1, -1):
        meant = bearers(text[start:end], year)
        if above is not None:
            meant = tuple(one for one in meant if any(one is not other and lies_in(one, other) for other in above))
        if meant:
            known = found.get(end)
            options = {one.lineage: one for one in (*(known.meant if known else ()), *meant)}
            is_full = any(one.name == text[start:end] for one in meant)
            is_loose = not is_full and above is None and divisions().is_ambiguous(text[start:end])
            found[end] = Chain(
                end,
                tuple(options.values()),
                is_full or bool(known and known.is_full),
                is_loose and not (known and not known.is_loose),
            )
            _follow(text, end, meant, year, found)


@lru_cache(65536)
def bearers(form: str, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions that a name may mean, of each place one record.

    Full names go before short ones. Divisions of the year, by default of today, go before others; where none is, all
    that ever bore the name count. A short name that a province bears is no county's, and one that ends as full names do
    (新市 for 新市区) is none.
    """
    found = divisions().named(form)
    full = [one for one in found if one.name == form]
    options = full or ([] if form.endswith(_LEVEL_ENDS) else list(found))
    of_time = [one for one in options if one.is_valid(year)] or [one for one in options if one.is_valid()] or options
    if not full and any(one.level == "province" for one in of_time):
        of_time = [one for one in of_time if one.level in {"province", "prefecture"}]
    newest: dict[str, Division] = {}
    for one in sorted(of_time, key=lambda one: (one.last_year or 9999, one.first_year)):
        newest[one.lineage] = one
    return tuple(newest.values())


def places(text: str, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions that a whole text may mean (杭州市余杭区), none if it is anything else.

    >>> [one.code for one in places("浙江杭州")], places("办公室")
    (['330100'], ())
    """
    if text in _NATION:
        return (NATION,)
    return next((chain.meant for chain in chains(text, year) if chain.end == len(text)), ())


def located(text: str, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions that a text may mean, or that open an address.

    >>> [one.code for one in located("浙江省杭州市西湖区云栖路7号")]
    ['330106']
    """
    return places(text, year) or next((chain.meant for chain in chains(text, year) if chain.is_full), ())


def division_of(code: str) -> Division | None:
    """Return the division of a GB/T 2260 code, or of a statistical code of 9 or 12 digits, whose zeros may be left off."""
    if not code.isascii() or not code.isdigit() or len(code) not in {6, 9, 12}:
        return None
    if len(code) == 12:
        code = code[:9] if code.endswith("000") else ""
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    return divisions().by_code(code) if code else None


def division_by_lineage(lineage: str) -> Division | None:
    """Return the division that goes by this lineage in the graph."""
    return NATION if lineage == NATIONAL else divisions().by_code(lineage)


def lies_in(one: Division, above: Division) -> bool:
    """Return whether a division is another, or lies in it today or did so under its name."""
    return above is NATION or above.lineage in _lineages_above(one)


@cache
def _lineages_above(one: Division) -> frozenset[str]:
    known = divisions()
    return frozenset(
        each.lineage for code in (one.code, one.lineage) for each in (*known.chain(code), one) if one is not NATION
    ) | {one.lineage}
