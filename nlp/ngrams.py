"""How well characters follow one another in the register of trade unions: a small trigram model of characters.

It is counted when it is first needed, from text that may be shipped: data/union_register.txt, written for unionkg, and
the word counts of jieba's dictionary, which give what follows what within words. Interpolation is Witten and Bell's
(The zero-frequency problem, IEEE Trans. Inf. Theory 37(4), 1991, doi:10.1109/18.87000).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import log

REGISTER_WEIGHT = 2.0  # one sentence of the register counts as much as this many occurrences
WORD_WEIGHT = 0.0005  # the dictionary's counts stand for 60 million words
RAREST_WORD = 30  # words counted less often would double the time of loading for nothing measurable
VOCABULARY = 8_000  # characters, for what was never seen


class CharacterModel:
    """Probabilities of a character after two others."""

    def __init__(self, weighted: Iterable[tuple[str, float]]) -> None:
        """Count the strings, each with its weight."""
        self._counts: defaultdict[str, float] = defaultdict(float)
        for string, weight in weighted:
            for size in (1, 2, 3):
                for start in range(len(string) - size + 1):
                    self._counts[string[start : start + size]] += weight
        self._after: defaultdict[str, float] = defaultdict(float)  # by context, the sum over what follows it
        self._kinds: defaultdict[str, int] = defaultdict(int)  # by context, how many different characters follow it
        for gram, count in self._counts.items():
            self._after[gram[:-1]] += count
            self._kinds[gram[:-1]] += 1
        self._scores: dict[str, float] = {}

    def score(self, gram: str) -> float:
        """Return the logarithm of the probability of the last of one to three characters after the others."""
        score = self._scores.get(gram)
        if score is None:
            score = self._scores[gram] = log(self._probability(gram))
        return score

    def _probability(self, gram: str) -> float:
        shorter = self._probability(gram[1:]) if len(gram) > 1 else 1 / VOCABULARY
        context = gram[:-1]
        kinds = self._kinds.get(context, 0)
        if not kinds:
            return shorter
        return (self._counts.get(gram, 0.0) + kinds * shorter) / (self._after[context] + kinds)


@cache
def register_model() -> CharacterModel:
    """Return the model of the register, counted once a process."""
    sentences = [(f"\n{line}\n", REGISTER_WEIGHT) for line in register_lines()]
    return CharacterModel([*sentences, *_words()])


def register_lines() -> list[str]:
    """Return the sentences of the register."""
    return _register().split("\n")


def register_count(word: str) -> int:
    """Return how often `word` stands in the sentences of the register."""
    return _register_pairs()[word] if len(word) == 2 else _register().count(word)


@cache
def _register_pairs() -> Counter[str]:
    text = _register()
    return Counter(map(str.__add__, text, text[1:]))


@cache
def _register() -> str:
    lines = (files("unionkg.nlp") / "data" / "union_register.txt").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def _words() -> Iterable[tuple[str, float]]:
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.split(" ", 2)
            if int(count) >= RAREST_WORD:
                yield word, int(count) * WORD_WEIGHT
