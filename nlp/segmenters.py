"""Words and parts of speech of a text by jieba, or by rjieba, which cuts the same words and is faster.

jieba: https://github.com/fxsjy/jieba, dictionary and hidden Markov model of Sun Junyi. rjieba keeps a dictionary of its
own; a test holds the words of the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba.posseg import POSTokenizer

Words = tuple[list[str], list[str]]
"""The words, which joined are the text, and the part of speech of each."""


def cut_with_rjieba(text: str) -> Words:
    """Return the words of `text` and their parts of speech, by rjieba."""
    import rjieba

    pairs = rjieba.tag(text)
    return [word for word, _ in pairs], [tag for _, tag in pairs]


def cut_with_jieba(text: str) -> Words:
    """Return the words of `text` and their parts of speech, by jieba, the reference."""
    pairs = [(pair.word, pair.flag) for pair in _jieba_tagger().cut(text)]
    return [word for word, _ in pairs], [tag for _, tag in pairs]


@cache
def _jieba_tagger() -> POSTokenizer:
    import jieba
    from jieba.posseg import POSTokenizer

    jieba.setLogLevel(60)  # jieba reports its loading on standard error
    return POSTokenizer(jieba.Tokenizer())


SEGMENTERS: dict[str, Callable[[str], Words]] = {"rjieba": cut_with_rjieba, "jieba": cut_with_jieba}
