"""Persons, by what introduces them and by the tagger."""

from __future__ import annotations

from itertools import accumulate

import pytest

from tests.nlp.extracted import folded
from unionkg.nlp.candidates import select
from unionkg.nlp.persons import find_persons, has_surname, looks_like_name
from unionkg.nlp.segmenters import cut_with_rjieba


def spans_of(words: list[str], tags: list[str]) -> list[tuple[int, int, str]]:
    ends = list(accumulate(map(len, words)))
    return [(end - len(word), end, tag) for word, end, tag in zip(words, ends, tags, strict=True)]


def read(text: str, *, tagged: tuple[str, ...] = (), byline: str = "") -> list[str]:
    """Return the names of persons, in order; `tagged` are the tagger's PER, `byline` the name that the metadata gave."""
    spans = [(text.index(name), text.index(name) + len(name), "PER") for name in tagged]
    bylines = [(text.index(byline), text.index(byline) + len(byline))] if byline else []
    found = select(find_persons(folded(text), spans, bylines, spans_of(*cut_with_rjieba(text))))
    assert {one.type for one in found} <= {"PERSON"}
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省总工会主席岑望舒出席", ["岑望舒"]),
        ("党组书记、常务副主席欧阳青禾主持会议", ["欧阳青禾"]),
        ("副主席韦知秋、覃小满、卓玛·央金参加。", ["韦知秋", "覃小满", "卓玛·央金"]),
        ("县总工会主席岑望，副主席韦知（挂职）", ["岑望", "韦知"]),
        ("任命岑望舒为部长。", ["岑望舒"]),
        ("免去韦知秋的副部长职务。", ["韦知秋"]),
        ("选举岑望舒同志为主席。", ["岑望舒"]),
        ("授予岑望舒“黔山工匠”称号", ["岑望舒"]),
        ("岑望舒（女，壮族）、韦知秋（布依族）", ["岑望舒", "韦知秋"]),
        ("阿依古丽·买买提表示", ["阿依古丽·买买提"]),
        ("主席努尔兰·叶尔克出席", ["努尔兰·叶尔克"]),
        ("（记者 岑望舒、韦知秋 通讯员 覃小满）", ["岑望舒", "韦知秋", "覃小满"]),
        ("联系人：岑望舒", ["岑望舒"]),
    ],
)
def test_what_introduces_a_person(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "主席职工代表",
        "工会主席培训班",
        "任命书记为召集人",
        "授予先进集体“五一劳动奖状”",
        "岑工发（2024）3号",
        "书记要求各级工会落实",
        "“劳动·创造”主题活动",
    ],
)
def test_what_introduces_none(text: str) -> None:
    assert read(text) == []


def test_a_name_that_stands_again_is_found_again() -> None:
    text = "主席岑望舒出席。岑望舒指出，会后岑望舒来到车间。"
    assert read(text) == ["岑望舒"] * 3


def test_the_byline_vouches_for_a_name() -> None:
    assert read("岑望舒\n一线职工的心声", byline="岑望舒") == ["岑望舒"]


def test_the_tagger_counts_unless_the_segmenter_knows_another_word() -> None:
    assert read("岑望舒来到工地", tagged=("岑望舒",)) == ["岑望舒"]
    assert read("温暖的服务受到好评", tagged=("温暖",)) == []


def test_the_tagger_needs_a_family_name_or_a_long_name() -> None:
    assert read("小满来到工地", tagged=("小满",)) == []
    assert read("阿依古丽来到工地", tagged=("阿依古丽",)) == ["阿依古丽"]


def test_a_post_vouches_for_what_the_tagger_cut_short() -> None:
    assert read("主席索南卓玛出席", tagged=("卓玛",)) == ["索南卓玛"]


@pytest.mark.parametrize("text", ["记者了解到，", "记者看到，", "记者来到工地", "职工摄影大赛，", "（通讯员供稿）"])
def test_a_verb_or_noun_behind_a_label_is_no_person(text: str) -> None:
    assert read(text) == []


def test_a_tibetan_name_that_opens_with_an_adverb_counts() -> None:
    assert read("主席才让卓玛出席", tagged=("才让卓玛",)) == ["才让卓玛"]


def test_a_verb_of_motion_ends_a_name_of_two_characters() -> None:
    assert read("副主席岑望来到车间") == ["岑望"]


def test_a_label_behind_a_contact_is_no_person() -> None:
    assert read("经办人：岑望舒 联系电话：0771-1234567") == ["岑望舒"]


def test_a_request_that_is_accepted_opens_with_the_person() -> None:
    assert read("同意接受岑望舒辞去副主席职务的请求。") == ["岑望舒"]


def test_family_names_of_one_and_two_characters() -> None:
    assert has_surname("岑望舒")
    assert has_surname("欧阳青禾")
    assert not has_surname("第一书记")


@pytest.mark.parametrize("name", ["岑望舒", "欧阳青禾", "岑望", "阿卜杜热合曼·麦麦提依明"])
def test_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize("name", ["岑", "贵阳市", "全体职工", "一线工人", "岑望舒岑望舒岑望", "优秀青年", "文化宫"])
def test_no_names(name: str) -> None:
    assert not looks_like_name(name)
