"""Sentences of novels and of other trades are told from what a page on trade unions says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.foreign import foreign_sentences
from unionkg.nlp.spam import find_injections


def foreign(text: str) -> list[str]:
    """Return what is taken out of a tampered page as foreign, neighbours joined."""
    cut = bytearray(len(text))
    for one in find_injections(text, is_spun=True):
        cut[one.start : one.end] = b"\x01" * (one.end - one.start)
    return [text[hit.start() : hit.end()] for hit in re.finditer(b"\x01+", cut)]


@pytest.mark.parametrize(
    ("before", "pasted", "after"),
    [
        ("工会走访企业。", "那天夜里，她推开门，窗外的月光落在床边。", "会后开展慰问。"),
        ("职工不愿意参", "“公子，天快亮了，您还要等吗？丫鬟抱着披风，低声劝道。", "加活动。"),
        ("生活十分艰", "“到现在你还想着她？”老夫人把茶杯一摔，“明日就去退婚！”", "苦。"),
        ("工会举行联谊", "他没有回头，只是握紧了手里的旧信，她站在原地，心口像被什么掏走了一块，", "活动三场。"),
        ("工会开会。", "上半场主队凭借一记头球领先，客队补时扳平比分。", "会后走访。"),
        ("工会开会。", "把冰糖炒化，倒入食材翻炒，小火慢炖一个钟头。", "会后走访。"),
        ("工会开会。", "The update brings longer battery life and fixes some rare crashes.", "会后走访。"),
    ],
)
def test_a_foreign_sentence_is_found_with_its_edges(before: str, pasted: str, after: str) -> None:
    assert foreign(before + pasted + after) == [pasted]


@pytest.mark.parametrize(
    "text",
    [
        "她低着头抹了抹眼泪，说工会帮她要回了三万元工资。",
        "母亲担心孩子，幸福来得很慢。",
        "职工篮球联赛的上半场，机务段队领先，球迷是各车间的工人。",
        "食堂里师傅把食材切好，工会给每名职工添一道红烧肉。",
        "服务站里有微波炉、充电宝和药箱。",
        "China Railway 和 CRRC 的职工参加了比赛。",
    ],
)
def test_what_a_page_on_unions_says_is_not_foreign(text: str) -> None:
    assert foreign_sentences(text) == []


@given(st.text("工会她他“”。，！\n点了点头眼泪主队头球冰糖 a", max_size=80))
def test_stretches_lie_in_the_text_and_are_not_empty(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end, _ in foreign_sentences(text))
