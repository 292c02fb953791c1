"""What names alone say."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import Found, extracted, relations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青岛市总工会调研，青岛的职工参加。", [("青岛市总工会", "青岛市")]),
        ("湖北省委、湖北省总工会重视，湖北各地行动。", [("湖北省委", "湖北省"), ("湖北省总工会", "湖北省")]),
        ("浙江工会启动活动，浙江职工参加。", [("浙江省总工会", "浙江省")]),
        ("青岛市总工会调研。", []),
        ("青岛市妇联调研，青岛的职工参加。", []),
        ("大连港集团有限公司工会调研，大连的职工参加。", []),
    ],
)
def test_a_union_or_organ_governs_the_place_in_its_name_if_the_text_names_that(
    text: str, expected: list[Found]
) -> None:
    assert relations(extracted(text), "governs") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "山西省总工会发文，山西省总工会权益保障部调研。",
            [("山西省总工会权益保障部", "山西省总工会")],
        ),
        (
            "大连港集团有限公司工会与大连港集团有限公司座谈。",
            [("大连港集团有限公司工会", "大连港集团有限公司")],
        ),
        ("山西省总工会权益保障部调研。", []),
        ("山西省总工会和山西省太原市总工会调研。", []),
    ],
)
def test_a_department_is_part_of_its_body_if_the_text_names_that(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "subordinate_to") == expected


def test_a_body_that_is_named_after_its_department_is_its_parent_too() -> None:
    text = "山西省总工会权益保障部调研，山西省总工会支持。"
    assert relations(extracted(text), "subordinate_to") == [("山西省总工会权益保障部", "山西省总工会")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "驿站在宁夏银川市贺兰县立岗镇。",
            [("银川市", "宁夏回族自治区"), ("贺兰县", "银川市"), ("立岗镇", "贺兰县")],
        ),
        ("川渝两地工会签约。", []),
        ("宁夏、银川市的职工。", []),
    ],
)
def test_a_place_is_in_the_one_written_directly_before_it(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "located_in") == expected


def test_a_programme_is_for_the_group_in_its_name() -> None:
    text = "沈阳市总工会举办首届沈阳市快递员职业技能大赛，二百名快递员参赛。"
    assert ("首届沈阳市快递员职业技能大赛", "快递员") in relations(extracted(text), "targets")


def test_the_evidence_is_the_first_sentence_with_the_name() -> None:
    text = "青岛的职工来信。青岛市总工会回信。青岛市总工会又回信。"
    [governs] = [one for one in extracted(text).relations if one.type == "governs"]
    assert governs.quote == "青岛市总工会回信。"
