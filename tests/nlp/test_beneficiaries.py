"""Whom a figure is for."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import extracted, name_of


def beneficiaries(text: str) -> list[tuple[float, str | None]]:
    extraction = extracted(text, "rules")
    return [(one.value, name_of(extraction, one.beneficiary)) for one in extraction.outcomes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("福建省总工会为3000名快递员购买保险。", [(3000, "快递员")]),
        ("福建省总工会为快递员购买保险3000份。", [(3000, "快递员")]),
        ("福建省总工会帮扶困难职工2300人次。", [(2300, "困难职工")]),
        ("福建省总工会资助困难职工家庭子女约520名。", [(520, "困难职工")]),
        ("福建省总工会惠及农民工1.8万余人。", [(18_000, "农民工")]),
        ("福建省总工会为800名返乡农民工提供培训。", [(800, "农民工")]),
        ("福建省总工会面向女职工开展讲座40场。", [(40, "女职工")]),
        ("福建省总工会拿出200万元用于慰问困难职工。", [(2_000_000, "困难职工")]),
        ("福建省总工会向836户困难职工发放救助金198万元。", [(836, "困难职工"), (1_980_000, "困难职工")]),
        ("福建省总工会发展会员9万人，其中货车司机2万人。", [(90_000, None), (20_000, "货车司机")]),
        ("福建省总工会慰问快递员、货车司机等新就业形态劳动者5万人次。", [(50_000, "新就业形态劳动者")]),
        ("福建省总工会为快递员、货车司机等新就业形态劳动者送出凉茶8000份。", [(8000, "新就业形态劳动者")]),
        ("福建省总工会慰问困难职工312户、网点员工近2900人。", [(312, "困难职工"), (2900, None)]),
    ],
)
def test_the_group_that_is_counted_or_served_in_the_same_part_of_the_sentence(
    text: str, found: list[tuple[float, str | None]]
) -> None:
    assert beneficiaries(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "福建省总工会关心快递员，建成驿站120个。",
        "福建省总工会走访快递员、货车司机1.5万人次。",
        "福建省总工会慰问困难职工和一线职工9800人次。",
        "福建省总工会为快递员等群体免费体检1500人次。",
        "福建省总工会培训女职工干部300名。",
        "福建省总工会推动女职工专项集体合同签订率达到92%。",
        "福建省总工会组织30名律师服务农民工。",
    ],
)
def test_none_where_several_share_the_figure_or_it_counts_something_else(text: str) -> None:
    assert [one for _, one in beneficiaries(text)] == [None]
