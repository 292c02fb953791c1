"""What organisations do."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import Found, denied, extracted, relations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甘肃省总工会开展“暖途行动”活动。", [("甘肃省总工会", "“暖途行动”活动", None)]),
        ("“暖途行动”活动由甘肃省总工会主办。", [("甘肃省总工会", "“暖途行动”活动", None)]),
        ("海南省总工会将举办第三届海南省职工技能大赛。", [("海南省总工会", "第三届海南省职工技能大赛", "planned")]),
        ("山西省总工会计划实施“晋匠”培育工程。", [("山西省总工会", "“晋匠”培育工程", "planned")]),
        ("会议在太原召开，山西省总工会打造“晋暖驿站”。", [("山西省总工会", "晋暖驿站", None)]),
        ("西藏自治区總工會開展「雪域行動」活動。", [("西藏自治区总工会", "“雪域行动”活动", None)]),
        ("各级工会要开展“暖途行动”活动。", []),
        ("湖北省总工会参加“暖途行动”活动。", []),
    ],
)
def test_organises(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "organises", "modality") == [
        (subject, name and name.replace("「", "“").replace("」", "”"), modality) for subject, name, modality in expected
    ]


@pytest.mark.parametrize("opening", ["在重要节点", "的主要做法是", "相应"])
def test_what_is_done_is_not_planned(opening: str) -> None:
    text = f"山西省总工会{opening}开展“暖途行动”活动。"
    assert relations(extracted(text), "organises", "modality") == [("山西省总工会", "“暖途行动”活动", None)]


def test_each_organiser_organises_and_the_first_has_the_others_as_partners() -> None:
    found = extracted("山西省总工会联合省人社厅、省教育厅开展“晋暖行动”活动。")
    bodies = ["山西省总工会", "山西省人社厅", "山西省教育厅"]
    assert [subject for subject, _ in relations(found, "organises")] == bodies
    assert relations(found, "partners_with", "programme") == [
        ("山西省总工会", "山西省人社厅", "“晋暖行动”活动"),
        ("山西省总工会", "山西省教育厅", "“晋暖行动”活动"),
    ]


def test_host_and_co_host_behind_the_programme_organise_it() -> None:
    found = extracted("“暖途行动”活动由甘肃省总工会主办、兰州市总工会承办。")
    assert [subject for subject, _ in relations(found, "organises")] == ["甘肃省总工会", "兰州市总工会"]
    assert relations(found, "partners_with") == [("甘肃省总工会", "兰州市总工会")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "河北省总工会印发《关于加强劳动保护工作的意见》。",
            [("河北省总工会", "《关于加强劳动保护工作的意见》", None)],
        ),
        ("河北省总工会将出台《职工疗休养管理办法》。", [("河北省总工会", "《职工疗休养管理办法》", "planned")]),
        (
            "山东省总工会与省司法厅签署《法律援助合作协议》。",
            [("山东省总工会", "《法律援助合作协议》", None), ("山东省司法厅", "《法律援助合作协议》", None)],
        ),
        ("河北省总工会学习《中国工会章程》。", []),
        ("河北省总工会依据《劳动合同法》开展工作。", []),
    ],
)
def test_issues(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "issues", "modality") == expected


def test_those_who_sign_are_partners() -> None:
    found = extracted("山东省总工会与省司法厅签署《法律援助合作协议》。")
    assert relations(found, "partners_with", "programme") == [("山东省总工会", "山东省司法厅", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("海南省总工会尚未印发《职工疗休养管理办法》。", "issues"),
        ("海南省总工会推迟举办“椰风行动”活动。", "organises"),
        ("海南省总工会取消举办“椰风行动”活动。", "organises"),
    ],
)
def test_what_is_denied_stands_apart_from_the_facts(text: str, kind: str) -> None:
    found = extracted(text)
    assert relations(found, kind) == []
    assert len(denied(found, kind)) == 1


def test_promotes() -> None:
    text = "云南省总工会大力弘扬劳模精神、劳动精神、工匠精神。"
    assert relations(extracted(text), "promotes") == [
        ("云南省总工会", "劳模精神"),
        ("云南省总工会", "劳动精神"),
        ("云南省总工会", "工匠精神"),
    ]


def test_targets_of_an_organisation() -> None:
    text = "新疆维吾尔自治区总工会关爱货车司机、快递员。"
    assert relations(extracted(text), "targets") == [
        ("新疆维吾尔自治区总工会", "货车司机"),
        ("新疆维吾尔自治区总工会", "快递员"),
    ]


def test_a_programme_serves_the_group_that_is_named_behind_it() -> None:
    text = "上海市总工会推出“申工护航”服务，为快递员免费体检。"
    assert ("申工护航", "快递员") in relations(extracted(text), "targets")


def test_where_a_programme_serves_a_group_its_organiser_does_not_as_well() -> None:
    text = "上海市总工会推出“申工护航”服务，为快递员免费体检。"
    assert relations(extracted(text), "targets") == [("申工护航", "快递员")]


def test_a_sentence_without_subject_takes_the_union_of_the_one_before() -> None:
    text = "四川省总工会重视安全生产。近日，开展“川安行动”活动。"
    assert relations(extracted(text), "organises") == [("四川省总工会", "“川安行动”活动")]


def test_the_body_of_a_post_is_no_subject() -> None:
    text = "辽宁省总工会调研。江苏省委书记岑望舒到场，开展“暖途行动”活动。"
    assert ("江苏省委", "“暖途行动”活动") not in relations(extracted(text), "organises")


def test_who_speaks_for_a_union_speaks_of_what_it_does() -> None:
    text = "辽宁省总工会调研。江苏省总工会出席。江苏省总工会权益保障部部长岑望舒介绍，去年开展“暖途行动”活动。"
    assert ("江苏省总工会", "“暖途行动”活动") in relations(extracted(text), "organises")


def test_a_subject_that_is_left_out_joins_the_bodies_beside_it() -> None:
    text = "江苏省总工会走访企业，会同江苏省司法厅、江苏省妇联开展“暖途行动”活动。"
    assert {found[0] for found in relations(extracted(text), "organises")} == {
        "江苏省总工会",
        "江苏省司法厅",
        "江苏省妇联",
    }
    assert relations(extracted(text), "partners_with") == [
        ("江苏省总工会", "江苏省司法厅"),
        ("江苏省总工会", "江苏省妇联"),
    ]


def test_both_sides_are_the_bodies_named_together_last() -> None:
    text = "江苏省总工会与浙江省总工会签署《职工疗养合作协议》。双方共同举办“江浙匠星”技能大赛。"
    hosts = {found[0] for found in relations(extracted(text), "organises") if found[1] == "“江浙匠星”技能大赛"}
    assert hosts == {"江苏省总工会", "浙江省总工会"}


def test_what_is_held_without_a_word_of_its_host_has_none() -> None:
    text = "江苏省总工会走访企业。首届浙江省职工技能大赛在杭州举行。"
    assert relations(extracted(text), "organises") == []


def test_facts_carry_their_rule_a_confidence_and_the_sentence() -> None:
    text = "会议结束。甘肃省总工会开展“暖途行动”活动。散会。"
    [organises] = extracted(text).relations
    assert organises.rule == "verb.organises"
    assert 0 < organises.confidence <= 1
    assert organises.quote == text[organises.evidence[0] : organises.evidence[1]] == "甘肃省总工会开展“暖途行动”活动。"
