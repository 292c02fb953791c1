"""The clauses of a text in which a person may be named: what the tagger, much the slowest part, has to read.

A clause is a sentence's part up to a comma, colon or semicolon. It may hold a name where the segmenter sees one, or leaves
pieces as names leave them: a family name and one or two characters that belong to nothing else. A fifth of the characters is
read (`python -m benchmarks.measure_entities` prints the share).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from unionkg.nlp.persons import NAME_TAGS, has_compound_surname, has_surname

Span = tuple[int, int]
Word = tuple[int, int, str]
"""A word `[start, end)` and its part of speech."""

_CLAUSE = re.compile(r"[^,;:]+[,;:]?")
_FUNCTION = tuple("pcudmfrq")
_LONGEST_GIVEN = 2
_LONGEST_NAME = 3
"""Characters of a Han name: what the segmenter takes for a place of that length, and no gazetteer knows, may be one."""
_TITLE = re.compile("(?:主席|书记|主任|部长|委员|经理|记者|编辑|教授|职工|工人|司机|[长员师匠手家])$")


def clauses_with_names(
    text: str, sentences: Iterable[Span], words: Sequence[Word], names: Iterable[Span]
) -> list[Span]:
    """Return the clauses of a folded text in which a person may be named outside the spans of `names` already found."""
    covered = bytearray(len(text))
    for start, end in names:
        covered[start:end] = b"\x01" * (end - start)
    openings = bytearray(len(text))
    before = ""
    for word, after in pairwise([*words, (len(text), len(text), "x")]):
        if not covered[word[0]] and (_may_open_name(text, word, after) or _may_follow_title(before, text, word)):
            openings[word[0]] = 1
        before = text[word[0] : word[1]]
    return [
        (start + clause.start(), start + clause.end())
        for start, end in sentences
        if any(openings[start:end])
        for clause in _CLAUSE.finditer(text[start:end])
        if any(openings[start + clause.start() : start + clause.end()])
    ]


def _may_open_name(text: str, word: Word, after: Word) -> bool:
    start, end, tag = word
    form = text[start:end]
    if "·" in form or has_compound_surname(form):
        return True
    if not has_surname(form):
        return tag in {"nr", "nrt", "nrfg"} and end - start > 1
    if end - start > 1:
        return tag in NAME_TAGS - {"ns", "nt"} or (tag == "ns" and end - start == _LONGEST_NAME)
    given = text[after[0] : after[1]]
    if not 1 <= len(given) <= _LONGEST_GIVEN or not "一" <= given[0] <= "龥":
        return False
    if tag.startswith(_FUNCTION):
        return after[2] in NAME_TAGS
    return not after[2].startswith(_FUNCTION)


def _may_follow_title(before: str, text: str, word: Word) -> bool:
    """True if a person's trade or post stands before, and here a piece as names leave them, whatever it is taken for."""
    start, end, tag = word
    return (
        _TITLE.search(before) is not None
        and not tag.startswith(_FUNCTION)
        and "一" <= text[start] <= "龥"
        and (end - start == 1 or (end - start == 2 and tag[0] in "vna" and has_surname(text[start:end])))
    )
