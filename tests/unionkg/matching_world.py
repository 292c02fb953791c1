"""A graph to match names with: federations of all levels, two districts of one name, companies, programmes, persons."""

from __future__ import annotations

from functools import cache

import msgspec

from tests.graph.world import extraction, holds, person, union
from unionkg.graph.attributes import KnowledgeGraph, nodes
from unionkg.graph.build import build_graph
from unionkg.graph.model import Entity, Renaming

ZHEJIANG = union("浙江省总工会", "330000")
HANGZHOU = union("杭州市总工会", "330100")
YUHANG = union("余杭区总工会", "330110")
CANGQIAN = union("余杭区仓前街道总工会", "330110012")
EDUCATION = union("浙江省教育工会", "330000")
SEAMEN = union("浙江省海员建设工会", "330000")
OLD_SEAMEN = union("浙江省交通工会", "330000")
MILL = union("禾岚纺织集团有限公司工会")
GUIYANG = union("贵阳市白云区总工会", "520113")
GUANGZHOU = union("广州市白云区总工会", "440111")
PARTY = Entity(id="P", type="ORG", subtype="party_state", name="广州市委", code="440100")
GUANGXI = union("广西壮族自治区总工会", "450000")
AUDIT = msgspec.structs.replace(union("贵阳市白云区总工会经费审查委员会", "520113"), aliases=("经费审查委员会",))
NATION = union("中华全国总工会")
ORGANISING = union("浙江省总工会组织部", "330000")
PAPER = Entity(id="工人晨报", type="ORG", subtype="media", name="工人晨报")
MA_OF_HANGZHOU, MA_OF_GUIYANG = person("马望川"), person("马望川")
CONTEST = Entity(id="C", type="PROGRAMME", subtype="competition", name="第三届浙江省职工烹饪大赛")
NATIONAL_CONTEST = Entity(id="N", type="PROGRAMME", subtype="competition", name="第三届全国职工烹饪大赛")
WARMTH = Entity(id="W", type="PROGRAMME", subtype="campaign", name="浙江省“暖汤”行动")
PLACES = [
    Entity(id=name, type="PLACE", subtype=level, name=name, code=code, aliases=tuple(aliases))
    for name, code, level, *aliases in (
        ("浙江省", "330000", "province", "两浙"),
        ("余杭区", "330110", "county"),
        ("广州市白云区", "440111", "county"),
        ("贵阳市白云区", "520113", "county"),
    )
]
COURIERS = Entity(id="G", type="GROUP", name="外卖配送员")


@cache
def graph() -> KnowledgeGraph:
    """Return the graph."""
    renaming = Renaming(former=OLD_SEAMEN.id, later=SEAMEN.id, evidence=(0, 1), rule="renaming.test")
    zhejiang = extraction(
        "zhejiang",
        [
            ZHEJIANG,
            HANGZHOU,
            YUHANG,
            CANGQIAN,
            EDUCATION,
            OLD_SEAMEN,
            SEAMEN,
            ORGANISING,
            MILL,
            MA_OF_HANGZHOU,
            CONTEST,
            WARMTH,
            *PLACES,
            COURIERS,
            PAPER,
        ],
        [holds(MA_OF_HANGZHOU, HANGZHOU)],
    )
    zhejiang = msgspec.structs.replace(zhejiang, renamings=(renaming,))
    guizhou = extraction("guizhou", [GUIYANG, MA_OF_GUIYANG, AUDIT], [holds(MA_OF_GUIYANG, GUIYANG, "副主席")])
    guangdong = extraction("guangdong", [GUANGZHOU, GUANGXI, PARTY, NATION, NATIONAL_CONTEST])
    return build_graph([zhejiang, guizhou, guangdong])


def node(name: str, kind: str = "") -> str:
    """Return the id of the one entity of this name, of a person with the body of the post behind `@`."""
    name, _, body = name.partition("@")
    found = [
        one
        for one, entity in nodes(graph())
        if entity["name"] == name
        and (not kind or entity["type"] == kind)
        and (not body or any(graph().nodes[end]["name"] == body for end in graph().successors(one)))
    ]
    (only,) = found
    return only
