"""Which column of a table tells what: by the options, else by its heading in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields

from unionkg.errors import InvalidOption
from unionkg.matching.candidate import Query
from unionkg.matching.names import folded

COLUMNS = tuple(field.name for field in fields(Query))
"""What a column may tell: the fields of a query."""

_HEADINGS: dict[str, str] = {
    "name": "name title label entity organisation organization union person 名称 名字 姓名 机构名称 机构 单位名称 组织名称 组织 工会名称"
    " 工会 全称 项目名称 活动名称 项目 地名 人名 标题 name_zh chinesename",
    "type": "type kind category class entitytype 类型 类别 种类 性质 实体类型 机构类型",
    "province": "province region 省 省份 省市 省级 所在省 所属省份 省区市",
    "place": "place location city county district area 地点 地区 所在地 城市 市 县 区县 市县 县区 辖区 行政区 行政区划 地址 所在市",
    "parent": "parent employer organisationabove organizationabove parentorganisation parentorganization owner organiser organizer"
    " affiliation 上级 上级单位 上级工会 上级组织 主管单位 所属单位 所在单位 工作单位 任职单位 单位 主办单位 主办 承办单位 隶属",
    "role": "role post position jobtitle 职务 职位 岗位 任职 现任职务",
    "year": "year date edition 年 年份 年度 日期 时间 届次年份",
    "code": "code divisioncode gbcode adcode 代码 行政区划代码 区划代码 行政代码 国标码 地区代码",
    "id": "id iri uri url identifier wikidata wikidataid qid 标识 标识符 编号 编码 序号id 链接",
}


ADDED = ("decision", "iri", "name", "score", "reason", "others")
"""The columns that linking adds: what becomes of the row, the thing that it means, and what else it may mean."""


def added_headings(own: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of the columns that are added: if the table has one of them itself, all have `link_` in front.

    >>> added_headings(["name"])[:2]
    ('link_decision', 'link_iri')
    """
    prefix = ""
    number = 1
    while not set(own).isdisjoint(prefix + name for name in ADDED):
        prefix = "link_" if number == 1 else f"link{number}_"
        number += 1
    return tuple(prefix + name for name in ADDED)


def added_places(headings: Sequence[str]) -> list[dict[str, int]]:
    """Return where the columns stand that linking added, a group for each time, the last one at the end.

    A group whose decision, IRI, name or reason is gone is none.
    """
    prefixes = [match[1] for heading in headings if (match := re.fullmatch(r"(|link\d*_)decision", heading))]
    groups = [
        {name: headings.index(prefix + name) for name in ADDED if prefix + name in headings} for prefix in prefixes
    ]
    return [group for group in groups if {"decision", "iri", "name", "reason"} <= group.keys()]


def chosen(headings: Sequence[str], named: Mapping[str, str | None]) -> dict[str, int]:
    """Return the place of the column for each thing that one tells; `named` are the headings that somebody chose.

    Of several columns of one heading the first counts. Columns that linking added are not guessed. Raises InvalidOption if a
    column is chosen for what none tells, or is not there, or if none has names in it.
    """
    found: dict[str, int] = {}
    if unknown := [what for what in named if what not in COLUMNS]:
        raise InvalidOption(f"no column tells {', '.join(map(repr, unknown))}; accepted: {', '.join(COLUMNS)}")
    for what, heading in named.items():
        if heading is not None:
            found[what] = _place(headings, what, heading)
    added = {place for group in added_places(headings) for place in group.values()}
    guessed = [
        "" if place in added else folded(heading).replace("_", "").replace("-", "")
        for place, heading in enumerate(headings)
    ]
    for what in COLUMNS:
        if what in found or named.get(what) is not None:
            continue
        for word in _HEADINGS[what].split():
            place = next((at for at, one in enumerate(guessed) if one == word.replace("_", "")), None)
            if place is not None and place not in found.values():
                found[what] = place
                break
    if not {"name", "id", "code"} & found.keys():
        raise InvalidOption(
            f"no column is known to hold names; the columns are {_listed(headings)}; choose one: --name COLUMN"
        )
    return found


def _place(headings: Sequence[str], what: str, heading: str) -> int:
    for place, one in enumerate(headings):
        if one.strip() == heading.strip():
            return place
    raise InvalidOption(f"--{what} {heading!r} is no column; the columns are {_listed(headings)}")


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(repr(heading) for heading in headings)
