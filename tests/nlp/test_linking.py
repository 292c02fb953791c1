"""Which mentions of one document name the same thing, and its full name."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import extracted, name_of
from unionkg.graph.model import Entity


def entities(text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in extracted(text).entities}


def named(text: str) -> list[tuple[str, str | None]]:
    """Return the text and the entity's name of each mention, in order."""
    found = extracted(text)
    return [(mention.text, name_of(found, mention.entity)) for mention in found.mentions]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("甘肃省总工会印发通知。省总工会要求落实。", "省总工会", "甘肃省总工会"),
        ("会议在兰州市召开，省总工会参加。", "省总工会", "甘肃省总工会"),
        ("广西壮族自治区总工会印发通知。自治区总工会要求落实。", "自治区总工会", "广西壮族自治区总工会"),
        ("浙江省湖州市总工会印发通知。市人社局参加。", "市人社局", "湖州市人社局"),
        ("云南省大理白族自治州总工会印发通知。州总工会要求落实。", "州总工会", "云南省大理白族自治州总工会"),
        ("湖南省平江县总工会印发通知。县委高度重视。", "县委", "平江县委"),
        ("浙江工会启动活动。", "浙江工会", "浙江省总工会"),
        ("全总印发通知。", "全总", "中华全国总工会"),
        ("中共大同市委高度重视。", "中共大同市委", "大同市委"),
        ("推进产改落地见效。", "产改", "产业工人队伍建设改革"),
        ("工作组来到喀什。", "喀什", "喀什地区"),
    ],
)
def test_a_short_form_takes_the_full_name(text: str, short: str, full: str) -> None:
    assert (short, full) in named(text)


def test_a_level_whose_territory_the_document_does_not_give_stays_as_it_is() -> None:
    found = entities("省总工会印发通知，县委参加。")
    assert {"省总工会", "县委"} <= set(found)
    assert found["省总工会"].code is None


def test_institutions_carry_the_code_of_their_territory() -> None:
    found = entities("江苏省南京市鼓楼区总工会、河北工会和全国总工会。")
    assert {name: entity.code for name, entity in found.items()} == {
        "江苏省南京市鼓楼区总工会": "320106",
        "河北省总工会": "130000",
        "中华全国总工会": None,
    }


def test_forms_of_one_body_are_one_entity_with_aliases() -> None:
    found = entities("黑龙江省总工会换届。省总工会主席岑望舒讲话，黑龙江工会要有新作为。")
    assert found["黑龙江省总工会"].aliases == ("省总工会", "黑龙江工会")


def test_bodies_of_different_levels_stay_apart() -> None:
    found = entities("四川省总工会、四川省成都市总工会、四川省成都市武侯区总工会。")
    assert list(found) == ["四川省总工会", "四川省成都市总工会", "四川省成都市武侯区总工会"]


def test_bodies_of_one_name_in_different_cities_are_not_told_apart_by_the_name_alone() -> None:
    text = "会议请江苏省南京市鼓楼区总工会和福建省福州市鼓楼区总工会介绍经验。"
    assert {entity.code for entity in entities(text).values()} == {"320106", "350102"}


def test_a_department_without_its_body_hangs_on_the_last_one_of_the_sentence() -> None:
    assert ("统战部", "陕西省委统战部") in named("陕西省委常委、统战部部长岑望舒出席会议。")


def test_two_departments_of_one_body_stand_side_by_side() -> None:
    assert ("宣传部", "陕西省委宣传部") in named("陕西省委组织部、宣传部部长岑望舒出席会议。")


def test_the_youth_league_is_not_the_party_committee() -> None:
    assert "安徽省委" not in entities("安徽省总工会与团省委联合举办活动。")


def test_a_level_joins_the_body_whose_name_carries_the_chain_of_places() -> None:
    found = entities("吉林省吉林市总工会印发通知。市总工会要求落实。")
    assert len([entity for entity in found.values() if entity.code == "220200"]) == 1


def test_a_form_that_the_text_introduces_is_a_mention() -> None:
    text = "北京市总工会（以下简称“市总”）印发通知。市总要求各单位落实。"
    assert ("市总", "北京市总工会") in named(text)


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "第六届青海省职工技能大赛开幕。青海省职工技能大赛共有五天。",
            "青海省职工技能大赛",
            "第六届青海省职工技能大赛",
        ),
        ("开展“暖冬行动”活动。“暖冬行动”覆盖全市。", "暖冬行动", "“暖冬行动”活动"),
        ("印发《职工疗休养管理办法》（以下简称《办法》）。《办法》共十条。", "《办法》", "《职工疗休养管理办法》"),
        ("印发《关于加强劳动保护的意见》。《意见》共十条。", "《意见》", "《关于加强劳动保护的意见》"),
        ("阿依古丽·买买提当选。会后，阿依古丽表示感谢。", "阿依古丽", "阿依古丽·买买提"),
    ],
)
def test_short_forms_join_the_one_full_form_of_the_document(text: str, short: str, full: str) -> None:
    assert (short, full) in named(text)


def test_the_short_title_of_measures_joins_the_full_one() -> None:
    assert ("《办法》", "《职工疗休养管理办法》") in named("印发《职工疗休养管理办法》。《办法》共十条。")


def test_a_short_title_that_fits_two_policies_joins_neither() -> None:
    text = "印发《职工疗休养管理规定》和《职工互助管理规定》。《管理规定》共十条。"
    assert ("《管理规定》", "《管理规定》") in named(text)


def test_a_session_without_its_body_is_the_one_that_another_mention_names_in_full() -> None:
    text = "青海省总工会十四届三次全委会在西宁召开。十四届三次全委会听取了报告。"
    found = named(text)
    assert ("青海省总工会十四届三次全委会", "青海省总工会十四届三次全委会") in found
    assert ("十四届三次全委会", "青海省总工会十四届三次全委会") in found


def test_spaces_inside_a_persons_name_are_no_part_of_it() -> None:
    found = extracted("工会工作要用心用情\n岑 望\n甘肃省总工会副主席岑望出席会议。")
    assert [(entity.name, entity.aliases) for entity in found.entities if entity.type == "PERSON"] == [("岑望", ())]
    assert [mention.norm for mention in found.mentions if mention.text == "岑 望"] == ["岑望"]


def test_traditional_script_gives_the_same_entities() -> None:
    simplified = entities("贵州省总工会主席岑望舒出席「黔工行动」启动仪式。")
    traditional = entities("貴州省總工會主席岑望舒出席「黔工行動」啟動儀式。")
    assert list(simplified) == list(traditional)
    assert list(simplified)[:2] == ["贵州省总工会", "岑望舒"]
