"""What was pushed into a text is found; what merely looks like it is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.spam import find_injections, is_spam_name

HONEST = [
    "法院通报了一起案件，被告人用公款包养情妇，被判处有期徒刑十年。",
    "工会提醒职工远离网络赌博，不参与赌球，举报老虎机窝点。",
    "江南体育馆对职工免费开放，澳门工会联合总会代表团前来参观。",
    "埭(dài)溪镇总工会为竺(zhú)师傅庆生。",
    "工资集体协商(二)、职代会(a)，报名方式(an)。",
    "警方查处“乐鱼体育app”赌博平台。",
    "她闭上眼睛，眼泪从脸颊滑落，忍不住叹了口气：“师傅走了，我真舍不得。”",
    "送货员感叹“工会真好！我有家了！”，大家点了点头。",
]


def removed(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_injections(text)]


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_stays(text: str) -> None:
    assert removed(text) == []


@pytest.mark.parametrize(
    ("text", "spam"),
    [
        ("清溪市总工包养网会召开推进会", ["包养网"]),
        ("投入1甜心宝贝包养网.2亿元", ["甜心宝贝包养网"]),
        ("九游会 清溪市总工会召开大会", ["九游会"]),
        ("AG九游会 清溪市总工会召开大会", ["AG九游会"]),
        ("开云app下载 清溪市总工会召开大会\n大会选举了主席", ["开云app下载"]),
        ("清溪市总工会召开大会_乐鱼体育官网", ["乐鱼体育官网"]),
        ("清溪市总工会开会。乐鱼体育app登录会议提出要求", ["乐鱼体育app登录"]),
        ("清溪市总工会Sugar daddy召开了大会", ["Sugar daddy"]),
        ("清溪市总工会开会，乐鱼体育（中国）会议提出", ["乐鱼体育（中国）"]),
        ("清溪市总工会开会。\n乐鱼体育官网 世界杯积分榜\n", ["乐鱼体育官网 世界杯积分榜"]),
        ("清溪市总工会开会。注册送38会后走访。", ["注册送38"]),
        ("领(lǐng )导关(🅾)心职(zhí)工", ["(lǐng )", "(🅾)", "(zhí)"]),
        ("关(guān)爱(ài)。工作(gōng zuò)，大家(❤️)", ["(guān)", "(ài)", "(gōng zuò)", "(❤️)"]),
        ("2021年(nian)7月，领(lǐng)导(dǎo)开会(huì)", ["(nian)", "(lǐng)", "(dǎo)", "(huì)"]),
        ("领(lǐng)导(dǎo)。获?jiǎng)的人发言。会(huì)后", ["(lǐng)", "(dǎo)", "获?jiǎng)的人发言。", "(huì)"]),
    ],
)
def test_keywords_brands_and_glosses_are_found(text: str, spam: list[str]) -> None:
    assert removed(text) == spam


@pytest.mark.parametrize(
    ("text", "novel"),
    [
        ("工会为职“知道了。”蓝玉华低下头去。工送清凉，包养网送到一线。", "“知道了。”蓝玉华低下头去。"),
        (
            "工会走访包养网企业。那天夜里，她推开门，窗外的月光落在床边。会后开展慰问。",
            "那天夜里，她推开门，窗外的月光落在床边。",
        ),
        ("职工代“丫鬟说的是。”、表发言，包养网大会闭幕。", "“丫鬟说的是。”"),
        ("工会走访包养网企业。她闭上眼睛,眼泪从眼角滑落下来。会后开展慰问。", "她闭上眼睛,眼泪从眼角滑落下来。"),
        (
            "工会走访包养网企业。“小姐,您真的要嫁给他?”彩修低声问道,满脸担忧。会后开展慰问。",
            "“小姐,您真的要嫁给他?”彩修低声问道,",
        ),
    ],
)
def test_sentences_of_novels_are_found_in_a_page_that_spam_gives_away(text: str, novel: str) -> None:
    assert any(piece.startswith(novel) for piece in removed(text))


def test_a_narration_inside_a_sentence_is_cut_where_the_rest_joins() -> None:
    text = "包养网省总工会联合举行裴母望着门外,心里不知怎的一酸,眼泪就落了下来。职工技能大赛。"
    assert removed(text)[-1] == "裴母望着门外,心里不知怎的一酸,眼泪就落了下来。"


def test_a_worker_s_story_stays_even_in_a_page_that_spam_gives_away() -> None:
    text = "包养网她低着头抹了抹眼泪，说工会帮她要回了三万元工资。母亲担心孩子，幸福来得很慢。"
    assert removed(text) == ["包养网"]


def test_a_stray_tail_counts_only_in_a_page_that_spam_gives_away() -> None:
    assert removed("工会开会。\n典。\n") == []
    assert removed("工会包养网开会。\n典。\n") == ["包养网", "典。"]


@given(st.text("工会包养网情妇“。”她点了头\n 九游会()ā", max_size=60))
def test_injections_lie_in_order_and_apart(text: str) -> None:
    found = find_injections(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_name_of_spam_is_told_from_an_honest_one() -> None:
    assert is_spam_name("九游会集团")
    assert is_spam_name("AG九游会")
    assert not is_spam_name("清溪市总工会")
