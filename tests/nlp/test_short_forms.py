"""The short forms that a text introduces in brackets."""

from __future__ import annotations

import pytest

from unionkg.nlp.short_forms import short_forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲市总工会(以下简称“市总”)开会", [("市总", 1)]),
        ("甲市总工会(以下简称:市总)开会", [("市总", 1)]),
        ("甲公司工会(下称公司工会)开会", [("公司工会", 1)]),
        ("甲、乙(以下分别简称甲总、乙总)", [("甲总", 2), ("乙总", 1)]),
        ("《某市条例》(以下简称《条例》)", [("《条例》", 1)]),
        ("甲市总工会(市级)开会", []),
    ],
)
def test_the_forms_and_what_they_stand_for(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(one.name, one.back) for one in short_forms(text)] == expected


def test_a_form_is_a_slice_of_the_text() -> None:
    text = "甲市总工会、乙市总工会(以下分别简称“甲总”、“乙总”)"
    assert [text[one.start : one.end] for one in short_forms(text)] == ["甲总", "乙总"]
