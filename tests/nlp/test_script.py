"""Script conversion keeps every character at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionkg.nlp.script import to_simplified


@given(st.text())
def test_the_result_is_as_long_as_the_text(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


@given(st.text("縣總工會關愛職工著力點沿著顯著乾隆裏麼㑩𠮷 \n\0", max_size=40))
def test_traditional_text_keeps_its_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("縣總工會關愛職工", "县总工会关爱职工"),
        ("沿著道路前進，著力服務職工", "沿着道路前进，着力服务职工"),
        ("成績顯著的著名勞模有專著", "成绩显著的著名劳模有专著"),
        ("執著於技術的鉗工", "执着于技术的钳工"),
    ],
)
def test_traditional_text_is_converted(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


def test_simplified_text_keeps_its_own_characters() -> None:
    text = "王著师傅著书立说，成效显著，职工干劲十足。"
    assert to_simplified(text) == text
