"""Programmes, concepts and groups known by name."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import slices
from unionkg.nlp.listed import find_listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展金秋助学和夏送清凉", [("金秋助学", "PROGRAMME"), ("夏送清凉", "PROGRAMME")]),
        ("开通12351职工服务热线", [("12351职工服务热线", "PROGRAMME")]),
        (
            "弘扬劳模精神、劳动精神、工匠精神",
            [("劳模精神", "CONCEPT"), ("劳动精神", "CONCEPT"), ("工匠精神", "CONCEPT")],
        ),
        ("关爱货车司机、快递员和外卖骑手", [("货车司机", "GROUP"), ("快递员", "GROUP"), ("外卖骑手", "GROUP")]),
        ("慰问劳模工匠", [("劳模", "GROUP"), ("工匠", "GROUP")]),
        ("帮助农民工和困难职工", [("农民工", "GROUP"), ("困难职工", "GROUP")]),
        ("走进车间", []),
    ],
)
def test_names_of_the_lists(text: str, expected: list[tuple[str, str]]) -> None:
    assert slices(text, find_listed(text)) == expected


def test_a_short_form_stands_for_the_full_name() -> None:
    [candidate] = find_listed("推进产改落地")
    assert (candidate.name, candidate.subtype) == ("产业工人队伍建设改革", "reform")


@pytest.mark.parametrize("text", ["劳模创新工作室", "劳模工匠进校园宣讲", "货车司机之家", "农民工工作室", "劳模评选"])
def test_a_group_that_only_modifies_a_thing_is_none(text: str) -> None:
    assert [form for form, kind in slices(text, find_listed(text)) if kind == "GROUP"] == []


def test_craftsmen_count_only_beside_model_workers() -> None:
    assert slices("工匠和技师", find_listed("工匠和技师")) == []
    assert slices("劳模和工匠来了", find_listed("劳模和工匠来了")) == [("劳模", "GROUP"), ("工匠", "GROUP")]
