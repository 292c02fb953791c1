"""Copies of an article are found whatever was done to them, and two articles never taken for one."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from unionkg.graph.duplicates import clusters, find_duplicates, find_repeats, signature

ARTICLE = (
    "清溪市总工会日前走访城东物流园，了解货车司机的作息与就餐情况。园区有司机1260人，其中外地司机占七成。"
    "工会主席蒲云舟说，新建的驿站已经添置微波炉38台、饮水机45台，夜间也有人值守。"
    "司机老乔把保温杯灌满热水，在留言簿上写下一行字：路再远，这里有灯。"
    "下半年，工会还将在高铁站和农贸市场各建一处驿站，预计投入资金96.5万元，惠及职工8300人。"
    "街道工会的四名社工轮流驻站，帮司机代收包裹、联系医院，也替他们看护随车的孩子。"
)
OTHER = (
    "白石县教育工会举办教职工合唱比赛，二十一支队伍登台。评委由退休教师担任，现场打分，当场公布。"
    "获得第一名的是城关小学，他们唱的是自己写的校歌。县总工会为获奖队伍颁发奖杯，并给每名队员送上一本诗集。"
    "比赛结束时天已经黑了，操场上的灯一直亮到最后一名观众离开，门卫老韦把椅子一张张收回礼堂。"
)
PLACES = ("330100", "330102", "330104", "330105")


def spun(text: str) -> str:
    """Return the text as a spinner would leave it of which nothing is known: words exchanged, figures and places kept."""
    words = {
        "日前": "近来",
        "走访": "拜望",
        "了解": "知悉",
        "新建": "新盖",
        "添置": "购入",
        "夜间": "晚上",
        "预计": "估计",
    }
    words |= {
        "投入": "花费",
        "轮流": "交替",
        "联系": "接洽",
        "看护": "照看",
        "灌满": "装满",
        "写下": "留下",
        "街道": "街区",
    }
    for word, other in words.items():
        text = text.replace(word, other)
    return text


def test_a_repost_an_excerpt_and_a_reformatted_copy_are_one_cluster() -> None:
    texts = {
        "a": ARTICLE,
        "b": "转载\n" + ARTICLE.replace("。", "。\n") + "（来源：晚报）",
        "c": ARTICLE[:170],
        "d": OTHER,
    }
    assert find_duplicates(texts) == [("a", "b", "c")]


def test_a_spun_copy_is_known_by_its_figures_and_places() -> None:
    copy = spun(ARTICLE)
    assert clusters({"a": signature(ARTICLE, PLACES), "b": signature(copy, PLACES)}) == {"a": "a", "b": "a"}


def test_one_form_filled_in_twice_is_no_copy() -> None:
    other = ARTICLE
    for figure, year in (("1260", "1315"), ("38", "52"), ("45", "61"), ("96.5", "120.8"), ("8300", "9150")):
        other = other.replace(figure, year)
    assert find_duplicates({"2023": ARTICLE, "2024": other}) == []


def test_articles_on_one_subject_stay_apart() -> None:
    assert find_duplicates({"a": ARTICLE, "b": OTHER, "c": "", "d": "通知。", "e": "通知。"}) == []


def test_a_document_of_an_older_version_without_signature_is_nobodys_copy() -> None:
    assert clusters({"a": "", "b": "", "c": signature(ARTICLE)}) == {"a": "a", "b": "b", "c": "c"}


@settings(max_examples=20)
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_clusters_do_not_depend_on_the_order(names: list[str]) -> None:
    texts = {"a": ARTICLE, "b": ARTICLE[:200], "c": OTHER, "d": OTHER[10:]}
    assert find_duplicates({name: texts[name] for name in names}) == [("a", "b"), ("c", "d")]


def test_copies_are_found_in_a_crowd_that_shares_a_phrase() -> None:
    draw = random.Random(7)
    phrase = "坚持以职工为中心的工作导向，竭诚服务职工群众，不断增强工会组织的凝聚力。"
    letters = [chr(code) for code in range(0x4E00, 0x5E00)]
    texts = {f"{number:03}": phrase + "".join(draw.choices(letters, k=400)) for number in range(60)}
    texts |= {f"{number:03}x": texts[f"{number:03}"][60:] for number in range(0, 60, 6)}
    assert find_duplicates(texts) == [(f"{number:03}", f"{number:03}x") for number in range(0, 60, 6)]


@given(st.text(), st.sets(st.text()))
def test_any_text_has_a_signature_and_is_a_copy_of_itself_alone_by_id(text: str, places: set[str]) -> None:
    stated = signature(text, places)
    assert stated.isascii()
    assert set(clusters({"one": stated})) == {"one"}


def test_captions_and_leads_repeat_what_the_article_says() -> None:
    sentences = ARTICLE.split("。")
    lines = ["驿站亮灯：货车司机有了歇脚的地方", sentences[0] + sentences[2], OTHER, sentences[2], "短句", "短句"]
    lines += ["驿站亮灯：货车司机有了歇脚的地方（1）", sentences[0]]
    assert find_repeats(lines) == {0: 6, 3: 1, 7: 1}


def test_of_equal_lines_the_later_repeat_the_first() -> None:
    assert find_repeats(["清溪市总工会召开全委会议选举主席"] * 20) == dict.fromkeys(range(1, 20), 0)
