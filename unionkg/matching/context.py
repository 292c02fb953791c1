"""What the other columns of a row say about where a thing belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from unionkg.graph.divisions import Division
from unionkg.graph.schema import ENTITY_TYPES
from unionkg.matching.candidate import Query, Reason
from unionkg.matching.names import folded, readings
from unionkg.matching.territories import NATION, division_of, lies_in, located

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
    """The divisions that a column may mean, and what the column is called; `is_wide` if things lie in what it names."""

    zh: str
    en: str
    text: str
    divisions: tuple[Division, ...]
    is_wide: bool

    def allows(self, one: Division) -> bool:
        """Return whether a thing of this territory may stand in the row."""
        if one is NATION:
            return True
        return any(lies_in(one, each) or (not self.is_wide and lies_in(each, one)) for each in self.divisions)

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
    code: Division | None
    province: Ground | None
    place: Ground | None
    parent: Ground | None

    @property
    def grounds(self) -> list[Ground]:
        """The columns that tell where, the wide ones first."""
        return [one for one in (self.province, self.parent, self.place) if one is not None]

    def allowed(self, options: tuple[Division, ...]) -> list[Division]:
        """Return the divisions that no column speaks against."""
        coded = [one for one in options if self.code is None or one.lineage == self.code.lineage]
        return [one for one in coded if all(ground.allows(one) for ground in self.grounds)]

    def meant(self, level: str) -> list[Division]:
        """Return the divisions of a bare level (市总工会) that the narrowest column names; `level` may be empty."""
        if self.code is not None:
            return [self.code] if self.code.name.endswith(level) else []
        for ground in (self.place, self.province, self.parent):
            if ground is None or (not level and ground is self.province):
                continue
            others = [other for other in self.grounds if other is not ground]
            options = [
                one
                for one in ground.divisions
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
    province = _ground("省份", "province", query.province, (), year, is_wide=True)
    place = _ground("地点", "place", query.place, (province,) if province else (), year, is_wide=False)
    return Context(
        query,
        kind,
        subtype,
        year,
        division_of(query.code.strip()) or division_of(query.id.strip()),
        province,
        place,
        _parent(query, year),
    )


def _ground(
    zh: str, en: str, text: str, within: tuple[Ground, ...], year: int | None, *, is_wide: bool
) -> Ground | None:
    options = located(folded(text), year)
    narrowed = tuple(one for one in options if all(ground.allows(one) for ground in within))
    return Ground(zh, en, text.strip(), narrowed or options, is_wide) if options else None


def _parent(query: Query, year: int | None) -> Ground | None:
    """Return the territory of the organisation above, if its name has one."""
    for reading in readings(folded(query.parent), year) if query.parent.strip() else ():
        if reading.territories and reading.is_full:
            return Ground(
                "上级或所属单位所在", "place of the organisation above", query.parent.strip(), reading.territories, True
            )
    return None
