"""Congresses, sessions, meetings, ceremonies and games."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import folded, places_in
from unionkg.nlp.candidates import select
from unionkg.nlp.events import find_events
from unionkg.nlp.organisations import find_institutions
from unionkg.nlp.places import chains


def read(text: str) -> list[str]:
    places = places_in(text)
    bodies = find_institutions(folded(text), chains(places))
    found = find_events(folded(text), bodies, [(place.start, place.end) for place in places])
    assert {one.type for one in found} <= {"EVENT"}
    return [text[one.start : one.end] for one in select(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习党的二十大精神和党的二十届三中全会精神", ["党的二十大", "党的二十届三中全会"]),
        ("贯彻中国工会十八大部署", ["中国工会十八大"]),
        ("吉林省总工会第十五届委员会第三次全体会议召开", ["吉林省总工会第十五届委员会第三次全体会议"]),
        ("福建省总工会十五届三次全委会议召开", ["福建省总工会十五届三次全委会议"]),
        ("石门县工会第九次代表大会闭幕", ["石门县工会第九次代表大会"]),
        ("湖南省第十四届人民代表大会第二次会议", ["湖南省第十四届人民代表大会第二次会议"]),
        ("杭州亚运会、第十五届全运会", ["杭州亚运会", "第十五届全运会"]),
    ],
)
def test_congresses_sessions_and_games(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省产业工人队伍建设改革现场推进会在泉州举行", ["福建省产业工人队伍建设改革现场推进会"]),
        ("全省工会“县级工会加强年”工作推进会召开", ["全省工会“县级工会加强年”工作推进会"]),
        ("举行“暖途行动”启动仪式", ["“暖途行动”启动仪式"]),
        ("首届大国工匠创新交流大会", ["首届大国工匠创新交流大会"]),
        ("召开工作会议", []),
        ("举行启动仪式", []),
        ("参加座谈会", []),
        ("会议指出，大会强调", []),
    ],
)
def test_a_meeting_counts_if_something_opens_its_name(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_comma_before_a_meeting_ends_its_name() -> None:
    assert read("岑望舒来到安徽，主持召开工作座谈会") == []
