"""What a name in a table says, in the spelling in which it is compared: script, width, marks, short forms written out.

The grammar is that of `nlp.name_parts`; but a name in a table stands alone, so that nothing tells which of several divisions it means.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from unionkg.graph.divisions import Division
from unionkg.graph.model import NATIONAL
from unionkg.matching.territories import NATION, Chain, chains
from unionkg.nlp.lexicon import expand, rows
from unionkg.nlp.name_parts import name_parts
from unionkg.nlp.script import to_simplified

_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉·•・\u200b-\u200f\u2060\ufeff]+")
_REMARK = re.compile(r"\(([^()]*)\)")
_VOID_REMARK = re.compile(r"本级|机关|盖章|公章|简称.*|以下简称.*|[省市县区]总|全总|章")
_LATE_EDITION = re.compile(r"^(.{4,})\((第[一二三四五六七八九十百\d]+[届期季]|(?:19|20)\d\d年?)\)$")
_EMPTY = re.compile(r"[\W_]*|无|暂无|不详|未知|空|n/?a|null|none|nan", re.IGNORECASE)
_LEVEL = re.compile(r"(?:全|本|我|该)?(自治[区州县旗]|地区|街道|开发区|新区|社区|[省市县区州盟旗镇乡村])(?=.)")
_SHORT_DEPARTMENT = re.compile(r"^总(?=[^工商].{1,14}[部室处会]$)")
_PARTY = re.compile(r"(?:中国共产党|中共)(?=.{3})")
_COMMITTEE = re.compile(r"(?<=工会)(?:全国)?委员会$|(?<=工联会)委员会$")
_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司(?=工会)|(?<=集团)(?:总)?公司(?=工会)")
_SHORTEST_CORE = 4  # characters of a company's name without its legal form
_HEADS = ("工会联合会", "联合工会", "工会")
_BARE_UNION = {"总": "总工会", "工联会": "工会联合会"}
_BODY = re.compile(r"总$|(?:会|委|局|厅|部|室|处|办|院|校|中心)$")
_GENERIC_LENGTH = 7  # a name of no more characters, without a territory, is a department's: 组织部, 女职工委员会


class Reading(NamedTuple):
    """One way to read the name of a body.

    `territories` are the divisions that the name may mean, none where it has none in it; `level` is the word for a bare
    level (省总工会), "" for a name that says not even that (总工会), else None. `is_full` and `is_loose` are those of the
    chain of places.
    """

    stem: str
    territories: tuple[Division, ...]
    level: str | None = None
    is_full: bool = True
    is_loose: bool = False


class Spelling(NamedTuple):
    """A spelling of a name, and whether a remark in brackets was left out that may matter."""

    text: str
    is_cut: bool


def folded(name: str) -> str:
    """Return the name in simplified script and half width, without spaces, quotation marks and what cannot be seen.

    >>> folded("“廣東省 總工會”"), folded("ＡＢＣ")
    ('广东省总工会', 'abc')
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return to_simplified(unicodedata.normalize("NFKC", bare))


def is_empty(name: str) -> bool:
    """Return whether a cell says nothing: no letter, or a word for that (无).

    >>> is_empty("——"), is_empty("无"), is_empty("无锡市")
    (True, True, False)
    """
    return _EMPTY.fullmatch(name.strip()) is not None


def spellings(name: str) -> list[Spelling]:
    """Return the folded name, and if it has brackets, the name with what they hold put in and left out.

    >>> spellings("杭州市总工会（本级）")[-1]
    Spelling(text='杭州市总工会', is_cut=False)
    """
    text = folded(name)
    if match := _LATE_EDITION.match(text):
        text = match[2] + match[1]
    found = [Spelling(text, False)]
    if remarks := _REMARK.findall(text):
        found.append(Spelling(_REMARK.sub(r"\1", text), False))
        found.append(Spelling(_REMARK.sub("", text), not all(map(_VOID_REMARK.fullmatch, remarks))))
    return [one for one in found if one.text]


@lru_cache(65536)
def readings(text: str, year: int | None = None) -> tuple[Reading, ...]:
    """Return how the folded name of a body may be read, the likeliest first."""
    if (party := _PARTY.match(text)) and (of_party := _of_party(text[party.end() :], year)):
        return of_party
    if (national := _national(text)) is not None:
        return (Reading(national, (NATION,)),)
    found = [
        Reading(body_stem(_rest(text, chain), chain.meant[0].code), chain.meant, None, chain.is_full, chain.is_loose)
        for chain in chains(text, year)
        if chain.end < len(text)
    ]
    if not found and (match := _LEVEL.match(text)) and _BODY.search(rest := text[match.end() :]):
        return (Reading(body_stem(rest, "110000"), (), level=match[1]),)
    if not any(reading.is_full for reading in found):
        stem = spelt_out(text)
        is_bare = stem == "总工会" or text in {"工会", "工会委员会", "机关工会"}
        found.append(Reading(stem, (), level="" if is_bare or _is_anyones(stem) else None))
    return tuple(found)


def _of_party(rest: str, year: int | None) -> tuple[Reading, ...]:
    """Return the readings of a body of the Party whose name opens with that of the Party (中共杭州市委员会)."""
    stem = body_stem("委", "330100")
    return tuple(one for one in readings(rest, year) if one.stem.startswith(stem))


def _rest(text: str, chain: Chain) -> str:
    """Return what follows on a chain of places; a region may have its level behind its short name (广西区总工会)."""
    rest = text[chain.end :]
    is_region = all(one.level == "province" and one.name.endswith("自治区") for one in chain.meant)
    return rest.removeprefix("自治").removeprefix("区") if is_region and not chain.is_full else rest


def _is_anyones(stem: str) -> bool:
    """Return whether the name is that of a kind of body (第一中学工会)."""
    employer = stem.removesuffix("工会")
    return any(name_parts("ORG", None, name, None).is_open for name in {stem, employer} if name)


def is_generic(text: str) -> bool:
    """Return whether a body's name says nothing without the body above it (组织部, 工会)."""
    return len(text) <= _GENERIC_LENGTH and not chains(text) and _national(text) is None


def is_organ(text: str) -> bool:
    """Return whether a body's name is that of an organ or union that many bodies have (经费审查委员会), and says not whose.

    >>> is_organ("经费审查委员会"), is_organ("教育工会"), is_organ("禾岚集团工会")
    (True, True, False)
    """
    is_of_employer = text.endswith("工会") and text != "工会" and not is_system(text) and not _is_anyones(text)
    return is_generic(text) and _BODY.search(text) is not None and not is_of_employer


def is_anyones_committee(text: str) -> bool:
    """Return whether a name is that of the committee of a territory or level, and says not of which party or body.

    >>> is_anyones_committee("云南省委员会"), is_anyones_committee("中共云南省委员会"), is_anyones_committee("云南省委")
    (True, False, False)
    """
    rest = _LEVEL.sub("", text, count=1)
    return rest == "委员会" or any(text[chain.end :] == "委员会" for chain in chains(text))


def is_system(stem: str) -> bool:
    """Return whether a stem is that of a system that there is: no misprint for another one.

    >>> is_system("总商会"), is_system("教育工会"), is_system("教肓工会")
    (True, True, False)
    """
    if stem in _forms("organs.tsv"):
        return True
    return any(stem.endswith(head) and stem.removesuffix(head) in _forms("union_sectors.tsv") for head in _HEADS)


@lru_cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(form for pattern, *_ in rows(name) for form in expand(pattern))


@lru_cache(4096)
def body_stem(rest: str, code: str) -> str:
    """Return what follows the territory of this code in a body's name, its short forms written out.

    >>> body_stem("工会", "330100"), body_stem("总", "330100"), body_stem("教育工会委员会", "330100")
    ('总工会', '总工会', '教育工会')
    """
    rest = _COMMITTEE.sub("", rest)
    rest = _BARE_UNION.get(rest, _SHORT_DEPARTMENT.sub("总工会", rest))
    example = "北京市" if len(code) == len("110000") else "东华门街道"
    example_code = "110000" if len(code) == len("110000") else "110101001"
    return spelt_out(name_parts("ORG", None, example + rest, example_code).stem)


def spelt_out(stem: str) -> str:
    """Return a stem without the legal form of a company and the committee of a union, which names leave out at will.

    >>> spelt_out("拓野重工集团有限公司工会委员会")
    '拓野重工集团工会'
    """
    stem = _COMMITTEE.sub("", stem)
    core = _LEGAL_FORM.sub("", stem)
    stem = core if len(core.removesuffix("工会")) >= _SHORTEST_CORE else stem
    if stem.endswith("工联会"):
        stem = stem.removesuffix("工联会") + "工会联合会"
    return _BARE_UNION.get(stem, stem)


def _national(text: str) -> str | None:
    """Return the stem of the name of a body of the whole country, None for any other's."""
    text = _COMMITTEE.sub("", text)
    full = _national_forms().get(text, text)
    parts = name_parts("ORG", None, full, None)
    return spelt_out(parts.stem) if parts.territory == NATIONAL else None


@lru_cache(1)
def _national_forms() -> dict[str, str]:
    """Return the full names of national bodies by their forms; a form that opens with 中国 or 全国 may leave that out."""
    full = {form: "".join(rest) or form for form, _, *rest in rows("national_bodies.tsv")}
    shorter = {form.removeprefix("全国"): name for form, name in full.items() if form.endswith("铁路总工会")}
    return shorter | full
