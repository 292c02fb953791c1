"""A spun document is known by its marks, and its words are put back in one pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionkg.graph.segments import SegmentMap
from unionkg.nlp.spin import FAMILIES, lexicon, spinner, unspin

HONEST = [
    "清溪市总工会举办年夜饭活动，为留守职工子女送去新年礼物，双轨制用工的职工同样参加。",
    "请勿有不雅行为。平易近人的主席说，不好意思，让大家久等了。他饱读诗书，念念不忘工友。",
    "失业人员休息后登记财产和薪水，员工建立档案，提供服务，展开讨论，推动任务，实行计划。",
]
SPUN_A = (
    "清溪市总工会举行会议，贯彻习近平新时间中国特色社会见地想想，放胆发扬劳模精神。"
    "会议冷落，要擢升员工技巧，完善轨制，饱读舞员工立功立事，作念好产业工东说念主军队建立改换使命。"
)
CLEAN_A = (
    "清溪市总工会举行会议，贯彻习近平新时代中国特色社会主义思想，大力弘扬劳模精神。"
    "会议提出，要提升职工技能，完善制度，鼓励职工建功立业，做好产业工人队伍建设改革工作。"
)
SPUN_B = (
    "清溪市总工会深刻展开“五年夜举动”，晋升职工生涯品德，加大力度平易近主治理，扶植财产工人步队。"
    "新失业形状休息者餐与加入工会，感触感染到暖和，工会的办事不竭延长。"
)
CLEAN_B = (
    "清溪市总工会深入开展“五大行动”，提升职工生活品质，加强民主管理，建设产业工人队伍。"
    "新就业形态劳动者参加工会，感受到温暖，工会的服务不断延伸。"
)


def undone(text: str, family: str) -> str:
    return SegmentMap.from_edits(text, unspin(text, lexicon(family))).text


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_not_taken_for_spun(text: str) -> None:
    assert spinner(text) is None


@pytest.mark.parametrize(("spun", "clean", "family"), [(SPUN_A, CLEAN_A, "a"), (SPUN_B, CLEAN_B, "b")])
def test_words_are_put_back(spun: str, clean: str, family: str) -> None:
    assert spinner(spun) == family
    assert spinner(clean) is None
    assert undone(spun, family) == clean


def test_the_third_family_is_known() -> None:
    text = "公司向导宽大职工努力事情，立异治理，作育步队，各下层工会先容履历，康健生长，立功立业。"
    assert spinner(text) == "c"
    assert "领导广大职工努力工作，创新管理，培养队伍，各基层工会介绍经验" in undone(text, "c")


def test_swapped_words_are_undone_in_one_pass() -> None:
    text = SPUN_B + "工会构成系统，完成目标义务。"
    assert undone(text, "b").endswith("工会形成体系，实现目标任务。")


def test_phrases_of_the_keep_list_and_full_place_names_stay() -> None:
    text = SPUN_B + "平安区总工会吃年夜饭，富裕县总工会办事。"
    assert undone(text, "b").endswith("平安区总工会吃年夜饭，富裕县总工会服务。")


@pytest.mark.parametrize(
    ("spun", "restored"),
    [
        ("书记周全说，", "书记周全说，"),  # 周全 is a spun form of 全面, but here a name
        ("记者任立异", "记者任创新"),
        ("记者任推举", "记者任推举"),  # which this table may have or not
        ("劳模罗德平易近介绍", "劳模罗德民介绍"),  # no name holds 平易近
        ("制度周全，", "制度全面，"),
    ],
)
def test_a_persons_name_is_restored_only_where_it_can_be_no_name(spun: str, restored: str) -> None:
    assert undone(SPUN_B + spun, "b") == CLEAN_B + restored


@settings(max_examples=40)
@given(
    st.sampled_from(FAMILIES),
    st.lists(st.sampled_from(["工会", "2024", "ABC", "年夜", "东说念主", "向导", "展开", "\n"])),
)
def test_digits_letters_and_lines_are_anchors(family: str, words: list[str]) -> None:
    text = "".join(words)
    out = undone(text, family)
    for anchor in ("工会", "2024", "ABC", "\n"):
        assert out.count(anchor) == text.count(anchor)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_lexicon_maps_words_to_other_words(family: str) -> None:
    words = lexicon(family)
    for spun, readings in words.pairs.items():
        assert len({pair.original for pair in readings}) == len(readings), spun
        for pair in readings:
            assert pair.spun == spun != pair.original
            assert pair.kind in {"U", "R", "C", "G", "D"}
            assert not any(character.isdigit() for character in spun + pair.original)
            assert "工会" not in spun
