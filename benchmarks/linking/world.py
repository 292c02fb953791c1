"""An invented world to link tables with: the federations of every division, industries, companies, programmes, persons.

The divisions are real and of today, all else is invented. Left out of the graph are the federations of every 29th county by
its code, so that a table can ask for what is not there.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

import msgspec

from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.build import build_graph
from unionkg.graph.divisions import Division, divisions
from unionkg.graph.model import Entity, Extraction, Mention, Metadata, Relation
from unionkg.nlp.name_parts import name_parts

GAP = 29
ABROAD = ("71", "81", "82")
INDUSTRIES = (
    *("教育工会", "海员建设工会", "机械冶金建材工会", "财贸轻纺烟草工会"),
    *("能源化学地质工会", "农林水利气象工会", "直属机关工会"),
)
NATIONAL = (
    *("中华全国总工会", "中国教科文卫体工会", "中国海员建设工会", "中国机械冶金建材工会", "中国财贸轻纺烟草工会"),
    *("中国能源化学地质工会", "中国农林水利气象工会", "中国金融工会", "中国国防邮电工会", "中华全国铁路总工会"),
)
DEPARTMENTS = ("办公室", "组织部", "权益保障部", "女职工委员会")
BRANDS = (
    *("禾澜", "岚峰", "启潮", "瑞棠", "沐川", "恒砚", "朗泽", "锦垣", "云岭", "澄江", "汇锋", "宏堃"),
    *("拓野", "晟和", "星屿", "翰林", "铭渊", "博衡", "景曜", "昊源"),
)
TRADES = (*("纺织", "重工", "物流", "化工", "电力", "食品", "医药", "矿业", "造船", "汽车零部件", "光电", "水泥"),)
CAMPAIGNS = (
    *(
        "暖途",
        "匠心筑梦",
        "琴心有约",
        "薪火课堂",
        "护薪直通车",
        "清凉补给",
        "安康灯",
        "织网",
        "蓝领讲堂",
        "幸福驿路",
        "晨星关爱",
        "同舟互助",
    ),
    *("春泥", "绿色班组", "安全哨"),
)
CONTESTS = ("职工数控技能大赛", "家政服务技能竞赛", "职工书画摄影大赛", "快递员职业技能竞赛")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻马苗凤花方"
GIVEN = (
    *("建国", "志强", "丽华", "秀英", "伟", "敏", "静", "磊", "文博", "晓东", "海燕", "玉兰"),
    *("国平", "春梅", "立新", "永康", "思远", "雅琴", "振华", "佳怡", "明哲", "慧敏", "学军", "红梅"),
    *("宏伟", "俊杰", "雪莲", "长青", "金凤", "少华", "卫东", "淑芬", "子轩", "庆丰", "德胜", "月娥"),
    *("广生", "一鸣", "若兰", "成林"),
)
ROLES = ("主席", "副主席", "常务副主席", "经审会主任", "女职工委员会主任", "党组书记")
CAST = (
    ("冯国梁", "杭州市总工会", "主席", "current"),
    ("冯国梁", "贵阳市总工会", "副主席", "current"),
    ("马鸿涛", "银川市总工会", "主席", "current"),
    ("苏婉清", "浙江省总工会", "副主席", "current"),
    ("苏婉清", "浙江省教育工会", "主席", "current"),
    ("欧阳景明", "广东省总工会", "主席", "elected"),
    ("尉迟安", "甘肃省总工会", "经审会主任", "current"),
    ("林致远", "福州市鼓楼区总工会", "主席", "current"),
    ("林致远", "南京市鼓楼区总工会", "主席", "current"),
    ("陆听澜", "苏州市总工会", "副主席", "former"),
    ("陆听澜", "江苏省总工会", "女职工委员会主任", "current"),
    ("桑吉卓玛", "青海省总工会", "副主席", "current"),
    ("司马行", "洛阳市总工会", "党组书记", "current"),
    ("蔺如松", "贵阳市白云区总工会", "主席", "current"),
    ("蔺如松", "广州市白云区总工会", "副主席", "current"),
    ("钟离秋", "中国海员建设工会", "主席", "current"),
    ("穆清扬", "大连市总工会", "副主席", "current"),
    ("邬小满", "宁波市总工会", "主席", "current"),
    ("邬小曼", "温州市总工会", "副主席", "current"),
    ("沙天佑", "昆明市总工会", "常务副主席", "current"),
    ("殷浩然", "岚峰重工集团有限公司工会", "主席", "current"),
    ("殷浩然", "晟和物流集团有限公司工会", "主席", "current"),
    ("柏舟", "厦门市总工会", "主席", "current"),
    ("乐之扬", "成都市总工会", "主席", "former"),
    ("谌国栋", "长沙市总工会", "主席", "current"),
    ("阮清和", "南宁市总工会", "副主席", "current"),
    ("古力娜尔", "乌鲁木齐市总工会", "副主席", "current"),
    ("卞知秋", "合肥市总工会", "主席", "current"),
    ("滕子衿", "济南市总工会", "主席", "current"),
    ("颜如玉", "青岛市总工会", "女职工委员会主任", "current"),
    ("伍秋实", "武汉市总工会", "主席", "current"),
    ("管仲平", "西安市总工会", "副主席", "current"),
)
RENAMED = (
    ("浙江省海员建设工会", "浙江省交通建设工会"),
    ("广东省财贸轻纺烟草工会", "广东省财贸工会"),
    ("江苏省能源化学地质工会", "江苏省石油化工工会"),
    ("岚峰重工集团有限公司工会", "红旗机器厂工会"),
    ("禾澜纺织集团有限公司工会", "第二棉纺织厂工会"),
    ("辽宁省机械冶金建材工会", "辽宁省机械工业工会"),
)


@dataclass(slots=True)
class _Page:
    """The document in which all of one province stands."""

    name: str
    entities: list[Entity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def add(self, kind: str, name: str, code: str | None = None, subtype: str | None = None, **more: object) -> str:
        """Add an entity and return its id."""
        parts = name_parts(kind, subtype, name, code)
        entity = Entity(
            id=f"E{len(self.entities) + 1}",
            type=kind,
            subtype=subtype,
            name=name,
            code=code if kind in {"ORG", "PLACE"} else None,
            territory=parts.territory,
            edition=parts.edition,
            stem=parts.stem,
            is_open=parts.is_open,
        )
        self.entities.append(msgspec.structs.replace(entity, **more))
        return entity.id

    def say(self, kind: str, subject: str, end: str, role: str | None = None, status: str | None = None) -> None:
        """Add a fact."""
        quote = f"{kind}{len(self.relations)}"
        place = (len(self.relations) * 30, len(self.relations) * 30 + len(quote))
        said = Relation(
            type=kind, subject=subject, object=end, role=role, status=status, evidence=place, quote=quote, rule="world"
        )
        self.relations.append(said)

    def extraction(self) -> Extraction:
        """Return the page as if it had been read."""
        mentions = tuple(
            Mention(start=number, end=number + 1, text="", norm="", entity=entity.id)
            for number, entity in enumerate(self.entities)
        )
        return Extraction(
            doc=self.name,
            document=sha256(self.name.encode()).hexdigest(),
            metadata=Metadata(date="2024-05"),
            entities=tuple(self.entities),
            mentions=mentions,
            relations=tuple(self.relations),
        )


@cache
def counties() -> tuple[Division, ...]:
    """Return the counties and districts of today, in order of their codes."""
    known = divisions()
    found = [
        one
        for province in known.children("")
        for near in known.children(province.code)
        for one in ((near,) if near.level == "county" else known.children(near.code))
        if one.level == "county" and one.code[:2] not in ABROAD
    ]
    return tuple(sorted(found, key=lambda one: one.code))


@cache
def _shared_names() -> frozenset[str]:
    counts = Counter(one.name for one in counties())
    return frozenset(name for name, count in counts.items() if count > 1)


def full_name(one: Division) -> str:
    """Return the name by which the world calls a division: with the one above it where several have the name."""
    above = divisions().by_code(one.parent)
    return f"{above.name}{one.name}" if one.level == "county" and one.name in _shared_names() and above else one.name


def world(persons: int = 6000) -> KnowledgeGraph:
    """Return the graph, with so many persons beside those of the cast."""
    return build_graph([page.extraction() for page in _pages(persons)])


def _pages(persons: int) -> Iterator[_Page]:
    known = divisions()
    chance = random.Random(17)
    nation = _Page("nation.txt")
    for name in NATIONAL:
        nation.add("ORG", name, subtype="union")
    for name in ("暖途", "匠心筑梦", "薪火课堂"):
        nation.add("PROGRAMME", f"全国{name}行动", subtype="campaign")
    for number, contest in enumerate(CONTESTS):
        for edition in "三四五"[: number + 1]:
            nation.add("PROGRAMME", f"第{edition}届全国{contest}", subtype="competition")
    _cast(nation)
    yield nation
    provinces = [one for one in known.children("") if one.code[:2] not in ABROAD]
    for number, province in enumerate(provinces):
        page = _Page(f"{province.code}.txt")
        bodies = list(_territory(page, province))
        for industry in INDUSTRIES:
            _body(page, f"{province.name}{industry}", province.code)
        for department in DEPARTMENTS:
            page.add("ORG", f"{province.name}总工会{department}", province.code, "union")
        for organ in ("人力资源和社会保障厅", "教育厅"):
            page.add("ORG", f"{province.name}{organ}", province.code, "party_state")
        for place, brand in enumerate(BRANDS):
            if place % len(provinces) == number % len(BRANDS):
                for trade in TRADES:
                    _body(page, f"{brand}{trade}集团有限公司工会", None)
        for place, campaign in enumerate(CAMPAIGNS):
            if (place + number) % 3 == 0:
                page.add("PROGRAMME", f"{province.name}{campaign}行动", subtype="campaign")
        for edition in "二三四":
            page.add("PROGRAMME", f"第{edition}届{province.name}{CONTESTS[number % 4]}", subtype="competition")
        _cast(page)
        for _ in range(persons // len(provinces)):
            name = chance.choice(SURNAMES) + chance.choice(GIVEN)
            person = page.add("PERSON", name)
            page.say("holds_post", person, chance.choice(bodies), chance.choice(ROLES), "current")
        yield page


def _body(page: _Page, name: str, code: str | None) -> str:
    former = tuple(old for new, old in RENAMED if new == name)
    return page.add("ORG", name, code, "union", aliases=former)


def _territory(page: _Page, one: Division) -> Iterator[str]:
    """Add the federation of a division, what is with it, and those below; yield the ids of the federations."""
    page.add("PLACE", full_name(one), one.code, one.level if one.level != "township" else None)
    if one.level != "county" or int(one.code) % GAP:
        yield page.add("ORG", f"{full_name(one)}总工会", one.code, "union")
    if one.level == "prefecture":
        page.add("ORG", f"{one.name}人力资源和社会保障局", one.code, "party_state")
        if int(one.code) % 300 == 0:
            page.add("ORG", f"{one.name}教育工会", one.code, "union")
    if one.level == "county":
        if int(one.code) % 5 == 0:
            page.add("ORG", f"{full_name(one)}快递行业工会联合会", one.code, "union")
        if int(one.code) % 7 == 0:
            page.add("ORG", f"{full_name(one)}货车司机联合工会", one.code, "union")
    for below in divisions().children(one.code):
        if below.level != "township":
            yield from _territory(page, below)
        elif one.code in {"330110", "440111", "520113"}:
            page.add("ORG", f"{full_name(one)}{below.name}总工会", below.code, "union")


def _cast(page: _Page) -> None:
    """Add the persons of the cast whose bodies stand in the page."""
    here = {entity.name: entity.id for entity in page.entities if entity.type == "ORG"}
    for name, body, role, status in CAST:
        if body in here:
            page.say("holds_post", page.add("PERSON", name), here[body], role, status)
