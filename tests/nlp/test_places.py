"""The places of a document, chains of them, and the sites that a place opens."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, places_in, slices
from unionkg.nlp.places import chains, place_candidates


def read(text: str) -> list[tuple[str, str, str, str]]:
    return [(text[one.start : one.end], one.name, one.subtype, one.code) for one in places_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议在内蒙古召开。", [("内蒙古", "内蒙古自治区", "province", "150000")]),
        ("工作组赴喀什调研。", [("喀什", "喀什地区", "prefecture", "653100")]),
        ("走进贺兰县", [("贺兰县", "贺兰县", "county", "640122")]),
        ("台湾、香港、澳门同胞", [
            ("台湾", "台湾省", "province", "710000"),
            ("香港", "香港特别行政区", "province", "810000"),
            ("澳门", "澳门特别行政区", "province", "820000"),
        ]),
        ("川渝两地工会签约", [("川", "四川省", "province", "510000"), ("渝", "重庆市", "province", "500000")]),
        ("服务长三角职工", [("长三角", "长三角", "region", "")]),
        ("海南自由贸易港建设", [("海南自由贸易港", "海南自由贸易港", "site", "")]),
        ("工人在车间里", []),
    ],
)  # fmt: skip
def test_a_place_carries_its_official_name_and_code(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected


def test_a_town_keeps_the_form_that_is_printed() -> None:
    assert read("宁夏银川市贺兰县立岗镇")[-1] == ("立岗镇", "立岗镇", "township", "640122102")


def test_a_shared_name_is_resolved_by_the_places_around_it() -> None:
    found = read("福建福州鼓楼区、江苏南京鼓楼区、江苏徐州鼓楼区、河南开封鼓楼区")
    assert [code for form, _, _, code in found if form == "鼓楼区"] == ["350102", "320106", "320302", "410204"]


def test_a_shared_name_without_context_stays_open() -> None:
    assert read("朝阳区的职工") == [("朝阳区", "朝阳区", "county", "")]


def test_abbreviations_in_a_list_are_places() -> None:
    assert [form for form, *_ in read("渝、蓉两市总工会签约")] == ["渝", "蓉"]


def test_a_place_inside_an_award_is_no_candidate() -> None:
    text = "荣获山东省五一劳动奖章，来自山东省济宁市。"
    assert slices(text, place_candidates(folded(text), places_in(text))) == [("山东省", "PLACE"), ("济宁市", "PLACE")]


def test_a_place_opens_the_name_of_a_site() -> None:
    text = "走进长沙高新区，来到大连会展中心。"
    found = place_candidates(folded(text), places_in(text))
    assert [(text[one.start : one.end], one.subtype) for one in found if one.rule == "place.site"] == [
        ("长沙高新区", "site"),
        ("大连会展中心", "site"),
    ]


def test_a_site_with_a_name_of_its_own_leaves_the_division_before_it() -> None:
    text = "杭州市余杭经济技术开发区"
    assert ("余杭经济技术开发区", "PLACE") in slices(text, place_candidates(folded(text), places_in(text)))


def test_candidates_carry_the_code_of_their_division() -> None:
    text = "甘肃陇南和长三角"
    assert [one.code for one in place_candidates(folded(text), places_in(text))] == ["620000", "621200", None]


def test_places_end_to_end_form_a_chain_with_its_tails() -> None:
    text = "内蒙古自治区鄂尔多斯市东胜区总工会和包头市"
    assert [text[start:end] for start, end in chains(places_in(text))] == [
        "内蒙古自治区鄂尔多斯市东胜区",
        "鄂尔多斯市东胜区",
        "东胜区",
        "包头市",
    ]


def test_two_letters_side_by_side_are_no_chain() -> None:
    text = "川渝两地工会"
    assert [text[start:end] for start, end in chains(places_in(text))] == ["川", "渝"]


def test_no_places_have_no_chains() -> None:
    assert chains([]) == []
