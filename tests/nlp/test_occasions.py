"""Who was at a meeting, who was elected there, where it was held, who was honoured, for whom a person works."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import Found, extracted, relations

MEETING = "湖北省产业工人队伍建设改革推进会"


@pytest.mark.parametrize(
    ("behind", "role"),
    [
        ("出席会议并讲话", "speech"),
        ("在会上作工作报告", "speech"),
        ("主持会议", "chair"),
        ("列席会议", "attend"),
        ("出席会议", "attend"),
    ],
)
def test_what_a_person_does_at_the_meeting_that_is_held(behind: str, role: str) -> None:
    text = f"{MEETING}在武汉召开。湖北省总工会主席岑望舒{behind}。"
    assert relations(extracted(text), "attends", "role") == [("岑望舒", MEETING, role)]


def test_who_attends_and_speaks_was_at_the_meeting() -> None:
    text = f"{MEETING}在武汉召开，湖北省总工会主席岑望舒出席并讲话。"
    assert relations(extracted(text), "attends", "role") == [("岑望舒", MEETING, "speech")]


def test_without_a_named_meeting_nobody_attends() -> None:
    assert relations(extracted("湖北省总工会主席岑望舒出席会议并讲话。"), "attends") == []


def test_a_congress_that_is_only_studied_is_no_occasion() -> None:
    text = "湖北省总工会学习贯彻党的二十大精神。湖北省总工会主席岑望舒主持会议。"
    assert relations(extracted(text), "attends") == []


def test_several_persons_have_their_own_roles() -> None:
    text = f"{MEETING}在武汉召开，湖北省总工会副主席岑望舒在会上作报告，韦知秋作典型发言，覃小满列席会议。"
    found = relations(extracted(text), "attends", "role")
    assert ("岑望舒", MEETING, "speech") in found
    assert ("覃小满", MEETING, "attend") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MEETING}在武汉召开。", [(MEETING, "武汉市")]),
        ("第三届海南省职工技能大赛在琼海市开幕。", [("第三届海南省职工技能大赛", "琼海市")]),
        ("近日，在西宁举行首届青海省职工技能大赛。", [("首届青海省职工技能大赛", "西宁市")]),
        ("岑望舒在武汉工作。", []),
    ],
)
def test_where_it_was_held(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "located_in") == expected


def test_who_was_elected_at_a_congress() -> None:
    text = "石门县工会第九次代表大会召开。大会选举岑望舒为石门县总工会主席。"
    assert relations(extracted(text), "elected_at") == [("岑望舒", "石门县工会第九次代表大会")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江西省总工会授予岑望舒“赣鄱工匠”称号。", [("江西省总工会", "岑望舒", "赣鄱工匠")]),
        ("江西省总工会授予岑望舒江西省五一劳动奖章。", [("江西省总工会", "岑望舒", "江西省五一劳动奖章")]),
        ("江西省总工会慰问岑望舒。", []),
    ],
)
def test_honours(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "honours", "title") == expected


def test_a_placing_is_an_honour_of_the_contest() -> None:
    text = "首届青海省职工技能大赛落幕，来自西宁的选手岑望舒夺得焊工组第一名。"
    assert relations(extracted(text), "honours", "title") == [("首届青海省职工技能大赛", "岑望舒", "焊工组第一名")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大连机车车辆有限公司焊工岑望舒来信。", [("岑望舒", "大连机车车辆有限公司")]),
        ("换届消息\n（青海工人报记者 岑望舒）\n会议召开。", [("岑望舒", "青海工人报")]),
        ("岑望舒走访大连机车车辆有限公司。", []),
        ("大连机车车辆有限公司来信。岑望舒回信。", []),
    ],
)
def test_works_for(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "works_for") == expected
