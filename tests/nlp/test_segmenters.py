"""rjieba cuts the words of jieba.

The two differ in Latin letters, digits and their marks (`91.3%`, `2024-03-19`), which no rule reads; what is compared
are the words with Chinese characters.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionkg.nlp.segmenters import SEGMENTERS, cut_with_jieba, cut_with_rjieba

SENTENCES = [
    "甘肃省总工会主席岑望舒出席会议并讲话。",
    "2024年3月，青海省海西州总工会走访慰问货车司机12,500人次，签订率达到91.3%。",
    "各级工会要把职工群众的冷暖放在心上；县总工会建成“暖途驿站”20个。",
    "阿依古丽·买买提在乌鲁木齐市的车间里说：“谢谢工会！”",
    "（本报讯 记者 司马青云）内蒙古自治区第十五届运动会闭幕",
    "ICP备案12345号 APP上线 e家园 WiFi全覆盖",
    "貴州省總工會組織部部長韋知秋來到遵義。",
    "第一行\n第二行\r\n\u3000\u3000第三行",
    "",
]
_HAN = re.compile("[一-龥]")


def spans(words: list[str]) -> set[tuple[int, int, str]]:
    """Return place and text of the words with Chinese characters."""
    edges = accumulate(map(len, words), initial=0)
    return {(low, high, word) for (low, high), word in zip(pairwise(edges), words, strict=True) if _HAN.search(word)}


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> None:
    jieba.setLogLevel(60)


@pytest.mark.parametrize("sentence", SENTENCES, ids=range(len(SENTENCES)))
def test_rjieba_cuts_the_words_of_jieba(sentence: str) -> None:
    assert spans(cut_with_rjieba(sentence)[0]) == spans(jieba.lcut(sentence))


def test_the_two_segmenters_cut_the_same_words() -> None:
    for sentence in SENTENCES:
        assert spans(cut_with_rjieba(sentence)[0]) == spans(cut_with_jieba(sentence)[0])


@pytest.mark.parametrize("name", SEGMENTERS)
@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=30))
def test_the_words_joined_are_the_text(name: str, text: str) -> None:
    words, tags = SEGMENTERS[name](text)
    assert "".join(words) == text
    assert len(tags) == len(words)
    assert all(words)


@pytest.mark.parametrize(("word", "tag"), [("工会", "n"), ("甘肃省", "ns"), ("慰问", "v"), ("的", "uj")])
def test_parts_of_speech_are_those_of_the_dictionary(word: str, tag: str) -> None:
    assert cut_with_rjieba(word)[1] == [tag] == cut_with_jieba(word)[1]


def test_reference_documents_have_equal_words(shared: Path) -> None:
    common = every = 0
    for path in sorted((shared / "dev" / "docs").glob("*.txt")):
        text = path.read_text("utf-8")
        reference, found = spans(jieba.lcut(text)), spans(cut_with_rjieba(text)[0])
        common += len(reference & found)
        every += len(reference | found)
    assert common >= 0.999 * every > 0
