"""Numbers of private persons do not leave with the graph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.graph.masking import MASK, masked


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：13912345678",
        "手机 139-1234-5678",
        "办公电话0452-2791234",
        "身份证110101199003078515",
        "身份证号：11010119900307851X",
        "卡号 6222 0212 3456 7890 123",
        "账号：6222021234567890123",
        "１３９１２３４５６７８",
    ],
)
def test_a_private_number_keeps_three_digits_and_its_length(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert MASK in hidden
    assert sum(character.isdigit() for character in hidden) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "12351职工服务热线",
        "400-8123-456",
        "慰问职工1200000人次",
        "投入资金32000000元",
        "2024年3月19日",
        "培训12.6万人次",
    ],
)
def test_service_lines_and_figures_stay(text: str) -> None:
    assert masked(text) == text


def test_a_long_gap_behind_a_label_takes_no_time() -> None:
    """It was quadratic: a page with 20,000 blanks behind 电话 took three seconds."""
    text = "电话" + " " * 1_000_000
    assert masked(text) == text


@given(st.text())
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert masked(hidden) == hidden
