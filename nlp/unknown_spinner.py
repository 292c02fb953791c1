"""Whether a text that no known spinner gave away reads as if some other one had been over it.

Such a text is reported, never rewritten: without the table there is nothing to put back. A page on trade unions is
written in set phrases, and a spinner breaks them. So in a text that speaks of unions (工会, which no spinner touches)
three things are looked at: how often, behind two characters that the register nearly always continues alike, something
stands that it never has there; how badly the whole reads to the model of the register; and stray forms of known
spinners, too few for `spinner`.

The limits were set on fifty clean documents, none of which is reported (`BROKEN_SHARE`: the worst has .30, but few of them
over .24), and are meant to miss rather than to accuse: of nineteen spun documents, taken as if their family were unknown,
eleven are reported; of 96 texts spun by our own tables without their odd forms, 75.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from math import exp

from unionkg.nlp.ngrams import register_lines, register_model
from unionkg.nlp.spin import FAMILIES, lexicon

SAMPLE = 6_000  # characters from the beginning that are looked at: a spun text is spun throughout
UNIONS_PER_CHARACTER = 0.005  # how often a text names unions of which the set phrases may be expected
BROKEN_PLACES = 8
BROKEN_SHARE = 0.31  # of the places where a set phrase has begun
STRAY_MARKERS = 2  # different ones
PERPLEXITY = 150.0  # a character; clean pages have 60 to 400, spun ones 150 to 450

FEWEST = 4  # how often the register must have two characters before what follows them is predictable
NEW = 0.34  # at most so likely, after Witten and Bell, is something new behind them
_HAN = re.compile("[\\u4e00-\\u9fff]+")


def suspicion(text: str) -> str | None:
    """Return why simplified `text`, of which `spinner` knows nothing, may be spun; None if nothing speaks for it."""
    sample = text[:SAMPLE]
    if sample.count("工会") < UNIONS_PER_CHARACTER * len(sample):
        return None
    held, broken = _set_phrases(sample)
    markers = {hit[0] for family in FAMILIES for hit in lexicon(family).markers.finditer(sample)}
    is_broken = broken >= BROKEN_PLACES and broken >= BROKEN_SHARE * (held + broken)
    if not is_broken and len(markers) < STRAY_MARKERS:
        return None
    found = _perplexity(sample)
    if found < PERPLEXITY:
        return None
    return (
        f"reads as if spun by an unknown spinner: {broken} of {held + broken} set phrases broken, "
        f"{len(markers)} forms of known spinners, perplexity {found:.0f}"
    )


def _set_phrases(text: str) -> tuple[int, int]:
    """Return how many set phrases that have begun go on as they do in the register, and how many otherwise."""
    held = broken = 0
    expected = _expected()
    for run in _HAN.findall(text):
        for start in range(len(run) - 2):
            followers = expected.get(run[start : start + 2])
            if followers is not None:
                if run[start + 2] in followers:
                    held += 1
                else:
                    broken += 1
    return held, broken


def _perplexity(text: str) -> float:
    """Return the perplexity of the Han characters of a text to the model of the register."""
    score = register_model().score
    scores = [score(run[max(end - 3, 0) : end]) for run in _HAN.findall(text) for end in range(1, len(run) + 1)]
    return exp(-sum(scores) / len(scores))


@cache
def _expected() -> dict[str, frozenset[str]]:
    """Return the pairs of characters after which the register nearly always goes on alike, with all that follows them."""
    runs = (run for line in register_lines() for run in _HAN.findall(line))
    threes = Counter(run[start : start + 3] for run in runs for start in range(len(run) - 2))
    totals: Counter[str] = Counter()
    after: defaultdict[str, list[str]] = defaultdict(list)
    for three, number in threes.items():
        totals[three[:2]] += number
        after[three[:2]].append(three[2])
    return {
        pair: frozenset(followers)
        for pair, followers in after.items()
        if totals[pair] >= FEWEST and len(followers) <= NEW * (totals[pair] + len(followers))
    }
