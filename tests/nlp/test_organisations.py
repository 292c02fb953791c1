"""Names of institutions and departments by their grammar, and bodies known by name."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, places_in
from unionkg.nlp.candidates import Candidate, select
from unionkg.nlp.organisations import find_bare_departments, find_institutions
from unionkg.nlp.places import chains


def offered(text: str) -> list[Candidate]:
    places = places_in(text)
    return [
        *find_institutions(folded(text), chains(places)),
        *find_bare_departments(folded(text)),
    ]


def read(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.subtype) for one in select(offered(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("山西省总工会印发通知。", [("山西省总工会", "union")]),
        ("内蒙古自治区鄂尔多斯市东胜区总工会", [("内蒙古自治区鄂尔多斯市东胜区总工会", "union")]),
        ("浙江工会启动活动", [("浙江工会", "union")]),
        ("阳泉市能源化学地质工会委员会", [("阳泉市能源化学地质工会委员会", "union")]),
        ("广西壮族自治区教育工会", [("广西壮族自治区教育工会", "union")]),
        ("沈阳市教育系统工会联合会", [("沈阳市教育系统工会联合会", "union")]),
        ("新疆生产建设兵团第八师总工会", [("新疆生产建设兵团第八师总工会", "union")]),
        ("中国能源化学地质工会、全总", [("中国能源化学地质工会", "union"), ("全总", "union")]),
    ],
)
def test_unions(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中共大同市委、大同市人民政府", [("中共大同市委", "party_state"), ("大同市人民政府", "party_state")]),
        ("河南省人大常委会和河南省政协", [("河南省人大常委会", "party_state"), ("河南省政协", "party_state")]),
        ("会同省人社厅、省教育厅", [("省人社厅", "party_state"), ("省教育厅", "party_state")]),
        ("市纪委监委通报", [("市纪委监委", "party_state")]),
        ("共青团安徽省委员会", [("共青团安徽省委员会", "other")]),
        ("青岛市妇联", [("青岛市妇联", "other")]),
        ("国务院、最高人民法院", [("国务院", "party_state"), ("最高人民法院", "party_state")]),
    ],
)
def test_bodies_of_party_state_and_mass_organisations(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


def test_the_federation_of_a_trade_keeps_its_whole_head() -> None:
    assert read("沈阳市快递行业工会联合会成立") == [("沈阳市快递行业工会联合会", "union")]


def test_departments_and_term_bodies_are_offered_beside_their_body() -> None:
    text = "山西省总工会权益保障部、山西省总工会第十三届委员会"
    forms = {text[one.start : one.end] for one in offered(text)}
    assert {"山西省总工会", "山西省总工会权益保障部", "山西省总工会第十三届委员会"} <= forms
    assert read(text) == [("山西省总工会权益保障部", "union"), ("山西省总工会第十三届委员会", "union")]


def test_a_department_of_a_national_body_carries_the_full_name() -> None:
    text = "全国总工会权益保障部"
    assert {one.name for one in offered(text)} == {"中华全国总工会", "中华全国总工会权益保障部"}


@pytest.mark.parametrize(
    "text",
    [
        "各市总工会要高度重视",
        "各县工会都行动起来",
        "全区工会系统",
        "基层工会主席培训",
        "每个市工会",
        "市工会干部",
        "职工代表大会",
    ],
)
def test_kinds_of_bodies_are_no_names(text: str) -> None:
    assert read(text) == []


def test_brands_are_known_by_name() -> None:
    assert read("美团、货拉拉等平台") == [("美团", "enterprise"), ("货拉拉", "enterprise")]


def test_a_brand_at_the_end_of_the_text_counts() -> None:
    assert read("美团、货拉拉") == [("美团", "enterprise"), ("货拉拉", "enterprise")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省委常委、统战部部长岑望舒", ["统战部"]),
        ("任组织部副部长", ["组织部"]),
        ("统战部长期关注此事", []),
        ("在组织部工作", []),
    ],
)
def test_a_department_without_its_body_counts_only_before_a_post(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_bare_departments(text)] == expected
