"""The words directly around a figure (`data/bounds.tsv`): what they say of its value, and what is left without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from unionkg.nlp.lexicon import rows

Place = Literal["before", "inside", "after"]
MOST_WORDS = 6  # in a row: a text of nothing else costs no more than its length


def words(place: Place) -> str:
    """Return a regular expression for any of the words that stand so to the number, the longest first; none captures."""
    return "|".join(f"(?:{word})" for word, *_ in _listed(place))


def bound_of(text: str, low: int, start: int, end: int, high: int) -> str | None:
    """Return how the words around the figure `[start, end)` bound it (`schema.OUTCOME_BOUNDS`), None where none does.

    They are looked for in `[low, high)`. Words that say different things (约300余名) leave the value about right.

    >>> bound_of("慰问超过300名职工", 0, 4, 8, 10), bound_of("慰问300名职工", 0, 2, 6, 8)
    ('at_least', None)
    """
    lead, tail = leading(text[low:start], text[start]), trailing(text[end:high])
    said = {*_said("before", lead + text[start]), *_said("inside", text[start:end]), *_said("after", tail)} - {None}
    return said.pop() if len(said) == 1 else "about" if said else None


def leading(text: str, number: str = "") -> str:
    """Return the words of the list at the end of what stands before a number; of that its first sign matters.

    >>> leading("慰问上", "千名"), leading("送上", "300份")
    ('上', '')
    """
    match = _run("before", r"\s*", r"(?=.\Z)").search(text + (number[:1] or " "))
    return match.group() if match else ""


def trailing(text: str) -> str:
    """Return the words of the list at the start of what stands behind a unit."""
    match = _run("after").match(text)
    return match.group() if match else ""


def plain_number(written: str) -> str:
    """Return a number without the words inside it.

    >>> plain_number("10多万")
    '10万'
    """
    return _each("inside").sub("", written)


def _said(place: Place, text: str) -> Iterator[str | None]:
    """Yield what each word in a run of words of the list says."""
    for match in _each(place).finditer(text):
        _, _, *bound = _listed(place)[(match.lastindex or 1) - 1]
        yield bound[0] if bound else None


@cache
def _run(place: Place, gap: str = "", end: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:(?:{words(place)}){gap}){{1,{MOST_WORDS}}}{end}", re.DOTALL)


@cache
def _each(place: Place) -> re.Pattern[str]:
    return re.compile("|".join(f"({word})" for word, *_ in _listed(place)))


@cache
def _listed(place: Place) -> tuple[tuple[str, ...], ...]:
    """Return the rows for a place, the longest words first."""
    chosen = (row for row in rows("bounds.tsv") if row[1] == place)
    return tuple(sorted(chosen, key=lambda row: (-len(row[0]), row[0])))
