"""Which programmes are parts of another."""

from __future__ import annotations

import pytest

from tests.nlp.extracted import Found, extracted, relations

WHOLE = "“四季暖阳”关爱行动"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"湖北省总工会开展由“春风送岗”“夏送清凉”组成的{WHOLE}。", [("春风送岗", WHOLE), ("夏送清凉", WHOLE)]),
        (f"湖北省总工会实施{WHOLE}，内设“荆楚夜校”“荆楚暖屋”等子项目。", [("荆楚夜校", WHOLE), ("荆楚暖屋", WHOLE)]),
        (f"湖北省总工会把“荆楚夜校”列为{WHOLE}的子项目。", [("荆楚夜校", WHOLE)]),
        (f"湖北省总工会开展{WHOLE}，建成“荆楚暖屋”。", []),
        (f"湖北省总工会开展“荆楚夜校”、{WHOLE}。", []),
    ],
)
def test_a_list_is_tied_to_the_programme_that_it_makes_up(text: str, expected: list[Found]) -> None:
    assert relations(extracted(text), "part_of") == expected


def test_the_items_of_an_order_are_parts_of_the_programme_in_its_title() -> None:
    text = f"湖北省总工会关于开展{WHOLE}的通知\n\n各市、州总工会：\n（一）开展“荆楚暖屋”建设活动。\n（二）办好“荆楚夜校”。\n"
    found = relations(extracted(text), "part_of")
    assert ("荆楚夜校", WHOLE) in found
    assert all(whole == WHOLE for _, whole in found)
