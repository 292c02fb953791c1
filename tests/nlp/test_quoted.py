"""Policies in 《》, and what a quotation in “” names."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, slices
from unionkg.nlp.candidates import select
from unionkg.nlp.quoted import find_policies, find_quoted


def read(text: str) -> list[tuple[str, str, str | None]]:
    found = select([*find_policies(folded(text)), *find_quoted(folded(text))])
    return [(text[one.start : one.end], one.type, one.subtype) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发《关于推进职工书屋建设的意见》", ["《关于推进职工书屋建设的意见》"]),
        ("《职工疗休养管理办法（试行）》已经通过", ["《职工疗休养管理办法（试行）》"]),
        ("依据《工会法》《劳动合同法》", ["《工会法》", "《劳动合同法》"]),
        ("签订《女职工权益保护专项集体合同》", ["《女职工权益保护专项集体合同》"]),
        ("阅读《红楼梦》", []),
        ("演唱《咱们工人有力量》", []),
        ("《半截标题", []),
    ],
)
def test_titles_that_end_like_a_document_are_policies(text: str, expected: list[str]) -> None:
    assert slices(text, find_policies(folded(text))) == [(title, "POLICY") for title in expected]


@pytest.mark.parametrize(
    ("text", "span", "subtype"),
    [
        ("开展“暖冬行动”活动", "“暖冬行动”活动", "campaign"),
        ("实施“匠心逐梦”培育工程", "“匠心逐梦”培育工程", "campaign"),
        ("举办“聚力杯”劳动和技能竞赛", "“聚力杯”劳动和技能竞赛", "competition"),
        ("建立“护薪”机制", "“护薪”机制", "mechanism"),
        ("建成“暖途驿站”20个", "暖途驿站", "service"),
        ("打造「橙心驿站」品牌", "橙心驿站", "service"),
        ("推出“工惠通”小程序", "工惠通", "platform"),
        ("推出“申工护航”服务", "申工护航", "service"),
        ("叫响“陇原暖工”品牌", "陇原暖工", "service"),
    ],
)
def test_a_head_that_belongs_is_inside_with_the_marks_and_another_outside(text: str, span: str, subtype: str) -> None:
    assert read(text) == [(span, "PROGRAMME", subtype)]


@pytest.mark.parametrize(
    ("text", "span"),
    [("弘扬“劳模精神”", "劳模精神"), ("践行“两个维护”", "两个维护"), ("坚持“五大理念”", "五大理念")],
)
def test_doctrines_are_concepts(text: str, span: str) -> None:
    assert read(text) == [(span, "CONCEPT", None)]


def test_an_honour_with_a_count_is_a_group() -> None:
    assert read("选树“陇原工匠”100名") == [("陇原工匠", "GROUP", None)]


def test_a_strategy_behind_its_marks_is_a_policy() -> None:
    assert read("实施“产业兴省”战略") == [("“产业兴省”战略", "POLICY", None)]


@pytest.mark.parametrize(
    "text",
    [
        "他说：“我们一定努力工作，不辜负大家的期望。”",
        "以“奋进新征程”为主题",
        "授予“黔山工匠”荣誉称号",
        "“为什么要加入工会？”",
        "他是“大忙人”",
        "举行“情暖西海固”启动仪式",
        "“没有合上的引号",
    ],
)
def test_speech_themes_honours_and_ceremonies_name_no_programme(text: str) -> None:
    assert read(text) == []


def test_a_programme_is_found_again_with_marks_and_without() -> None:
    text = "建成“暖途驿站”20个。暖途驿站全年开放，“暖途驿站”里有热水。"
    assert [span for span, _, _ in read(text)] == ["暖途驿站"] * 3


def test_marks_of_traditional_print_are_read_alike() -> None:
    assert read("開展「暖冬行動」活動") == read("開展「暖冬行動」活動".replace("動", "動"))
    assert read("开展「暖冬行动」活动") == [("「暖冬行动」活动", "PROGRAMME", "campaign")]
