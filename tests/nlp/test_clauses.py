"""Sentences with their mentions, and what they say about time and truth."""

from __future__ import annotations

import pytest

from unionkg.nlp.clauses import Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.pipeline import discourse, pipeline

REPORT = """青海省总工会走访慰问职工
2024年1月2日 来源：青海工人报
（青海工人报 记者 岑望舒）
青海省总工会主席韦知秋在西宁说：“要干。”西宁市总工会参加；海东市总工会缺席，海东市总工会随后说明。

海东市总工会权益保障部记录。"""


@pytest.fixture(scope="module")
def report() -> Discourse:
    return discourse(pipeline()(REPORT))


def test_the_title_is_no_sentence_of_the_discourse(report: Discourse) -> None:
    assert [REPORT[clause.start : clause.end] for clause in report.clauses] == [
        "2024年1月2日 来源：青海工人报",
        "（青海工人报 记者 岑望舒）",
        "青海省总工会主席韦知秋在西宁说：“要干。”",
        "西宁市总工会参加；海东市总工会缺席，海东市总工会随后说明。",
        "海东市总工会权益保障部记录。",
    ]


def test_every_mention_stands_in_its_sentence(report: Discourse) -> None:
    assert [[REPORT[one.start : one.end] for one in clause.mentions] for clause in report.clauses] == [
        ["青海工人报"],
        ["青海工人报", "岑望舒"],
        ["青海省总工会", "韦知秋", "西宁"],
        ["西宁市总工会", "海东市总工会", "海东市总工会"],
        ["海东市总工会权益保障部"],
    ]


def test_sentences_of_one_line_are_one_paragraph(report: Discourse) -> None:
    first, second, third, fourth, last = (clause.paragraph for clause in report.clauses)
    assert first < second < third == fourth < last


def test_mentions_are_told_by_type(report: Discourse) -> None:
    clause = report.clauses[2]
    assert [one.entity.name for one in clause.of_type("PERSON", "PLACE")] == ["韦知秋", "西宁市"]
    assert clause.of_type("EVENT") == []


def test_the_main_union_is_named_most_and_of_equals_first(report: Discourse) -> None:
    assert report.main is not None
    assert report.main.name == "青海省总工会"
    twice = discourse(pipeline()("甘肃省总工会来信。兰州市总工会回信。兰州市总工会又去信。"))
    assert twice.main is not None
    assert twice.main.name == "兰州市总工会"


def test_the_national_federation_is_the_main_union_where_no_other_is_named() -> None:
    alone = discourse(pipeline()("全国总工会印发通知。"))
    assert alone.main is not None
    assert alone.main.name == "中华全国总工会"
    beside = discourse(pipeline()("全国总工会印发通知。甘肃省总工会召开会议。"))
    assert beside.main is not None
    assert beside.main.name == "甘肃省总工会"


def test_date_and_authors_are_those_of_the_metadata(report: Discourse) -> None:
    assert (report.date, report.authors) == ("2024-01-02", ("岑望舒",))


@pytest.mark.parametrize(
    "text",
    ["将举办竞赛", "拟出台办法", "计划开展", "力争建成", "下一步推进", "必须落实", "要办好", "决定开展", "继续推进"],
)
def test_plans(text: str) -> None:
    assert is_planned(text, 0, len(text))


@pytest.mark.parametrize(
    "text", ["已经举办", "将士们", "印发《工作计划》", "要求严格", "开展应急演练", "为应届毕业生服务", "深入各单位"]
)
def test_no_plans(text: str) -> None:
    assert not is_planned(text, 0, len(text))


@pytest.mark.parametrize("text", ["在重要节点开展", "主要做法是开展", "相应开展活动"])
def test_words_that_only_hold_the_character_are_no_plans(text: str) -> None:
    assert not is_planned(text, 0, len(text))


@pytest.mark.parametrize(
    "text",
    ["尚未启动", "推迟举办", "取消活动", "不再担任", "并非如此", "仍在征求意见", "暂缓实施", "未获通过", "是否开展"],
)
def test_denials(text: str) -> None:
    assert is_denied(text, 0, len(text))


@pytest.mark.parametrize("text", ["已经启动", "未来可期", "不断推进", "不再提名表彰"])
def test_no_denials(text: str) -> None:
    assert not is_denied(text, 0, len(text))


def test_a_stretch_is_judged_without_what_surrounds_it() -> None:
    text = "去年举办,今年将取消"
    assert not is_planned(text, 0, 4)
    assert not is_denied(text, 0, 4)
    assert is_planned(text, 5, len(text))
    assert is_denied(text, 5, len(text))


@pytest.mark.parametrize(
    ("word", "stretch"),
    [
        ("西宁市", "西宁市总工会参加"),
        ("缺席", "海东市总工会缺席"),
        ("随后", "海东市总工会随后说明。"),
    ],
)
def test_a_position_stands_between_commas(report: Discourse, word: str, stretch: str) -> None:
    clause = report.clauses[3]
    start, end = comma_clause(report.text, clause, REPORT.index(word, clause.start))
    assert REPORT[start:end] == stretch
