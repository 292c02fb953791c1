"""Contests and campaigns without quotation marks."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, places_in, slices
from unionkg.nlp.candidates import select
from unionkg.nlp.contests import find_contests


def read(text: str) -> list[str]:
    found = select(find_contests(folded(text), {place.start for place in places_in(text)}, {}))
    return [form for form, _ in slices(text, found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("举办第六届全国职工职业技能大赛。", ["第六届全国职工职业技能大赛"]),
        ("2024年全省职工焊接技能竞赛在株洲落幕", ["2024年全省职工焊接技能竞赛"]),
        ("云南省职工创新创业大赛启动", ["云南省职工创新创业大赛"]),
        ("组织首届甘肃省外卖骑手职业技能竞赛", ["首届甘肃省外卖骑手职业技能竞赛"]),
        ("西安市第3届职工羽毛球比赛", ["西安市第3届职工羽毛球比赛"]),
        ("参加技能大赛", []),
        ("举办劳动竞赛", []),
        ("在海口市举办技能大赛", []),
    ],
)
def test_an_ordinal_a_year_or_a_place_opens_the_name_of_a_contest(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实施职工素质建设工程，", ["职工素质建设工程"]),
        ("启动千企万岗援助行动，", ["千企万岗援助行动"]),
        ("推进一批重点工程", []),
        ("开展各项行动", []),
        ("实施行动方案", []),
    ],
)
def test_a_campaign_stands_behind_its_verb(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_contest_is_a_competition() -> None:
    [candidate] = select(find_contests("举办第六届全国职工职业技能大赛", set(), {}))
    assert (candidate.type, candidate.subtype, candidate.rule) == ("PROGRAMME", "competition", "programme.contest")
