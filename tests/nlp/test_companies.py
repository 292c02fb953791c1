"""Companies, outlets, schools and other bodies, told by the end of their names."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, places_in
from unionkg.nlp.candidates import select
from unionkg.nlp.companies import find_companies

Found = tuple[str, str | None]


def offered(text: str) -> list[Found]:
    found = find_companies(folded(text), [(place.start, place.end) for place in places_in(text)])
    return [(text[one.start : one.end], one.subtype) for one in found]


def read(text: str) -> list[Found]:
    found = find_companies(folded(text), [(place.start, place.end) for place in places_in(text)])
    return [(text[one.start : one.end], one.subtype) for one in select(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湘江新材料集团有限公司复工", "湘江新材料集团有限公司"),
        ("来自青海昆仑盐业股份有限公司的职工", "青海昆仑盐业股份有限公司"),
        ("走进大连港集团参观", "大连港集团"),
        ("（湘江新材料集团有限公司）：岑望舒", "湘江新材料集团有限公司"),
        ("慰问山西汾河煤矿职工", "山西汾河煤矿"),
        ("与中国石油辽阳石化公司座谈", "中国石油辽阳石化公司"),
        ("国家电网有限公司甘肃省分公司来信", "国家电网有限公司甘肃省分公司"),
    ],
)
def test_companies(text: str, expected: str) -> None:
    assert read(text) == [(expected, "enterprise")]


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("拉萨市第一职业技术学校", "拉萨市第一职业技术学校", "other"),
        ("在沈阳市工人文化宫举行", "沈阳市工人文化宫", "other"),
        ("海南省快递协会参加", "海南省快递协会", "other"),
        ("走进贵阳市第一人民医院", "贵阳市第一人民医院", "other"),
        ("在西藏日报上", "西藏日报", "media"),
        ("拉萨融媒体中心报道", "拉萨融媒体中心", "media"),
        ("青海工人报记者", "青海工人报", "media"),
        ("岑望舒劳模创新工作室揭牌", "岑望舒劳模创新工作室", "other"),
    ],
)
def test_outlets_schools_and_other_bodies(text: str, name: str, subtype: str) -> None:
    assert read(text) == [(name, subtype)]


def test_the_union_of_a_company_is_a_body_of_its_own() -> None:
    assert sorted(offered("青海昆仑盐业股份有限公司工会委员会")) == [
        ("青海昆仑盐业股份有限公司", "enterprise"),
        ("青海昆仑盐业股份有限公司工会委员会", "union"),
    ]


@pytest.mark.parametrize(
    "text",
    ["该公司职工", "有限公司", "集团化发展", "某职业技术学院", "律师事务所", "法院审理", "职工服务中心", "各企业工会"],
)
def test_kinds_of_bodies_are_no_names(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("verb", ["走进", "参观", "在", "与"])
def test_a_name_begins_behind_a_word_that_no_name_holds(verb: str) -> None:
    assert read(f"{verb}湘江新材料集团有限公司") == [("湘江新材料集团有限公司", "enterprise")]


@pytest.mark.parametrize("text", ["据西藏日报报道", "近日海南日报刊登"])
def test_a_short_word_before_the_place_is_no_part_of_an_outlet(text: str) -> None:
    assert [subtype for _, subtype in read(text)] == ["media"]
    assert read(text)[0][0] in {"西藏日报", "海南日报"}


@pytest.mark.parametrize("verb", ["走进", "创建", "参观"])
def test_a_studio_begins_behind_the_verb(verb: str) -> None:
    assert read(f"{verb}岑望舒劳模创新工作室") == [("岑望舒劳模创新工作室", "other")]


def test_short_forms_of_a_company_are_known_and_words_are_none() -> None:
    text = "青禾药业股份有限公司签约。青禾公司的职工和青禾工会到场。中国石油化工股份有限公司发言，中国公司很多，人民工会也多。"
    found = {text[one.start : one.end] for one in find_companies(folded(text), []) if one.rule != "org.company"}
    assert {"青禾公司", "青禾工会"} <= found
    assert found.isdisjoint({"中国公司", "人民工会"})


def test_a_short_form_of_two_companies_is_of_none() -> None:
    text = "青禾药业股份有限公司和青禾机械有限公司到场。青禾公司签约。"
    assert "青禾公司" not in {text[one.start : one.end] for one in find_companies(folded(text), [])}
