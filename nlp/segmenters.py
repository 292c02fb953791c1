"""Words and parts of speech of a text by jieba, or by rjieba, which cuts the same words and is faster.

jieba: https://github.com/fxsjy/jieba, dictionary and hidden Markov model of Sun Junyi. rjieba keeps a dictionary of its
own; a test holds the words of the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

Words = tuple[list[str], list[str]]
"""The words, which joined are the text, and the part of speech of each."""


def cut_with_rjieba(text: str) -> Words:
    """Return the words of `text` and their parts of speech, by rjieba."""
    import rjieba

    pairs = rjieba.tag(text)
    return [word for word, _ in pairs], [tag for _, tag in pairs]


def cut_with_jieba(text: str) -> Words:
    """Return the words of `text` by jieba, the reference, and the parts of speech that its dictionary gives them."""
    tokenizer, tags = _jieba()
    words = tokenizer.lcut(text)
    return words, [tags.get(word, "x") for word in words]


@cache
def _jieba() -> tuple[Tokenizer, dict[str, str]]:
    import jieba
    from jieba.posseg import POSTokenizer

    jieba.setLogLevel(60)  # jieba reports its loading on standard error
    tokenizer = jieba.Tokenizer()
    # posseg's own cut runs a second hidden Markov model over the words; only its table of tags is wanted here
    return tokenizer, POSTokenizer(tokenizer).word_tag_tab


SEGMENTERS: dict[str, Callable[[str], Words]] = {"rjieba": cut_with_rjieba, "jieba": cut_with_jieba}
