"""What the other columns of a row say about where a thing belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from unionkg.graph.divisions import Division, divisions
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.matching.candidate import Query, Reason
from unionkg.matching.names import folded, readings
from unionkg.matching.territories import NATION, division_of, lies_in, located

_CAPITAL = "11"  # the beginning of its codes
_REGIONAL = frozenset({"省", "自治区"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TYPES = {
    "ORG": "组织 机构 单位 组织机构 团体 org organisation organization body institution",
    "ORG/union": "工会 工会组织 union tradeunion tradeunions labourunion laborunion",
    "ORG/party_state": "党政机关 机关 政府 government",
    "ORG/enterprise": "企业 公司 enterprise company corporation",
    "ORG/media": "媒体 报刊 media",
    "PERSON": "人物 人 个人 人名 姓名 person people human",
    "PLACE": "地点 地方 地区 地名 行政区划 place location division",
    "PROGRAMME": "项目 活动 品牌 赛事 竞赛 行动 计划 programme program project campaign competition",
    "POLICY": "政策 文件 法规 policy law document",
    "EVENT": "会议 事件 event meeting",
    "GROUP": "群体 人群 group",
    "CONCEPT": "概念 理念 concept",
}


def type_meant(text: str) -> tuple[str, str | None] | None:
    """Return the type and subtype that a word stands for, None for a word that stands for none.

    >>> type_meant("工会"), type_meant("Person"), type_meant("其他")
    (('ORG', 'union'), ('PERSON', None), None)
    """
    found = _known_types().get(_word(text))
    if found is None:
        return None
    kind, _, subtype = found.partition("/")
    return kind, subtype or None


@cache
def _known_types() -> dict[str, str]:
    """Return types, with a slash and a subtype where one is meant, by the words for them."""
    known: dict[str, str] = {}
    for kind in ENTITY_TYPES.values():
        for one in (kind.name, kind.zh, kind.en, kind.rdf_class.partition(":")[2]):
            known[_word(one)] = kind.name
        for sub in kind.subtypes:
            for one in (f"{kind.name}/{sub.name}", sub.en, sub.rdf_class.partition(":")[2]):
                known[_word(one)] = f"{kind.name}/{sub.name}"
    return known | {_word(word): name for name, words in _TYPES.items() for word in words.split()}


def _word(text: str) -> str:
    return folded(text).replace("_", "").replace("-", "")


@dataclass(frozen=True, slots=True)
class Ground:
    """The divisions that a column may mean, and what the column is called.

    By its `reach` things lie in what it names (`wide`), or it may name a part of where they are too (`near`), or it names
    just that (`exact`).
    """

    zh: str
    en: str
    text: str
    divisions: tuple[Division, ...]
    reach: Literal["wide", "near", "exact"]

    def allows(self, one: Division) -> bool:
        """Return whether a thing of this territory may stand in the row; what is national, only with the capital."""
        if self.reach == "exact":
            return any(one.lineage == each.lineage for each in self.divisions)
        if one is NATION:
            return any(each is NATION or each.code.startswith(_CAPITAL) for each in self.divisions)
        return any(lies_in(one, each) or (self.reach == "near" and lies_in(each, one)) for each in self.divisions)

    def reason(self, agrees: bool) -> Reason:
        """Return that the column agrees, or not."""
        if agrees:
            return Reason(True, f"{self.zh}“{self.text}”相符", f"the {self.en} {self.text} agrees")
        return Reason(False, f"{self.zh}“{self.text}”不符", f"the {self.en} {self.text} does not agree")


@dataclass(frozen=True, slots=True)
class Context:
    """What a query says beside the name, read."""

    query: Query
    type: str | None
    subtype: str | None
    year: int | None
    code: Ground | None
    province: Ground | None
    place: Ground | None
    parent: Ground | None

    @property
    def grounds(self) -> list[Ground]:
        """The columns that tell where, the wide ones first."""
        return [one for one in (self.province, self.parent, self.place, self.code) if one is not None]

    def allowed(self, options: tuple[Division, ...]) -> list[Division]:
        """Return the divisions that no column speaks against."""
        return [one for one in options if all(ground.allows(one) for ground in self.grounds)]

    def meant(self, level: str) -> list[Division]:
        """Return the divisions of a bare level (市总工会) that the narrowest column names; `level` may be empty."""
        if self.code is not None:
            return [one for one in self.code.divisions if one.name.endswith(level)]
        for ground in (self.place, self.province, self.parent):
            if ground is None or (not level and ground is self.province):
                continue
            others = [other for other in self.grounds if other is not ground]
            options = [
                one
                for one in (*ground.divisions, *_regions(ground, level))
                if one is not NATION and one.name.endswith(level) and all(other.allows(one) for other in others)
            ]
            if options:
                return options
        return []


def context_of(query: Query) -> Context:
    """Return what the query says beside the name. What cannot be understood is left out."""
    found = type_meant(query.type) if query.type.strip() else None
    kind, subtype = found or (None, None)
    match = _YEAR.search(query.year)
    year = int(match[0]) if match else None
    province = _ground("省份", "province", query.province, (), year, "wide")
    place = _ground("地点", "place", query.place, (province,) if province else (), year, "near")
    return Context(
        query,
        kind,
        subtype,
        year,
        _code(query),
        province,
        place,
        _parent(query, year),
    )


def _regions(ground: Ground, level: str) -> list[Division]:
    """Return the provinces of the places that a column names if the level is that of one: a city lies in no other's."""
    known = divisions()
    found = [known.province_of(one.code) for one in ground.divisions if level in _REGIONAL and one is not NATION]
    return list({one.lineage: one for one in found if one is not None}.values())


def _code(query: Query) -> Ground | None:
    for text in (query.code.strip(), query.id.strip()):
        if one := division_of(text):
            return Ground("代码", "code", text, (one,), "exact")
    return None


def _ground(
    zh: str, en: str, text: str, within: tuple[Ground, ...], year: int | None, reach: Literal["wide", "near"]
) -> Ground | None:
    options = located(folded(text), year)
    narrowed = tuple(one for one in options if all(ground.allows(one) for ground in within))
    return Ground(zh, en, text.strip(), narrowed or options, reach) if options else None


def _parent(query: Query, year: int | None) -> Ground | None:
    """Return the territory of the organisation above, if its name has one."""
    for reading in readings(folded(query.parent), year) if query.parent.strip() else ():
        if reading.territories and reading.is_full:
            return Ground(
                "上级或所属单位所在",
                "place of the organisation above",
                query.parent.strip(),
                reading.territories,
                "wide",
            )
    return None
