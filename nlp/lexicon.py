"""The word lists in `data/`: read once, expanded, matched on characters.

A list is a tab-separated file; lines that open with `#` are its header. A form may be a pattern: `(A|B)` stands for A or
B, and `?` makes what it follows optional. Patterns are finite and are expanded, so that the longest form wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import daachorse

Row = tuple[str, ...]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `data/<name>`, header left out."""
    text = files("unionkg.nlp").joinpath("data", name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def expand(pattern: str) -> list[str]:
    """Return the forms that a pattern stands for.

    >>> expand("(副)?主任")
    ['副主任', '主任']
    >>> expand("第(一|二)届")
    ['第一届', '第二届']
    """
    return list(dict.fromkeys(_expand(pattern)))


def _expand(pattern: str) -> Iterator[str]:
    if not pattern:
        yield ""
        return
    if pattern[0] == "(":
        end = _closing(pattern)
        head = [form for part in _split(pattern[1:end]) for form in _expand(part)]
        rest = pattern[end + 1 :]
    else:
        head, rest = [pattern[0]], pattern[1:]
    if rest.startswith("?"):
        head, rest = [*head, ""], rest[1:]
    tails = list(_expand(rest))
    for form in head:
        for tail in tails:
            yield form + tail


def _closing(pattern: str) -> int:
    depth = 0
    for position, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position
    raise ValueError(f"unclosed bracket in the pattern {pattern!r}")


def _split(inner: str) -> list[str]:
    """Split at the bars that stand outside brackets."""
    parts, depth = [""], 0
    for character in inner:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


class Forms:
    """Finds forms in a text by character, and knows what each stands for."""

    def __init__(self, meanings: dict[str, Row]) -> None:
        """`meanings` maps each form to what it stands for; forms must not be empty."""
        self.meanings = meanings
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(meanings))

    @classmethod
    def read(cls, *names: str) -> Forms:
        """Return the forms of the lists `data/<name>`; the first column is the pattern, the rest the meaning."""
        meanings: dict[str, Row] = {}
        for name in names:
            for pattern, *meaning in rows(name):
                for form in expand(pattern):
                    if form:
                        meanings.setdefault(form, tuple(meaning))
        return cls(meanings)

    def longest_at_each(self, text: str) -> dict[int, int]:
        """Return start -> end of the longest form at every position where one starts."""
        found: dict[int, int] = {}
        for start, end, _ in self._automaton.find_overlapping(text):
            if end > found.get(start, 0):
                found[start] = end
        return found

    def longest_ending_at_each(self, text: str) -> dict[int, int]:
        """Return end -> start of the longest form at every position where one ends."""
        found: dict[int, int] = {}
        for start, end, _ in self._automaton.find_overlapping(text):
            if start < found.get(end, end):
                found[end] = start
        return found

    def in_text(self, text: str) -> list[str]:
        """Return the forms that stand anywhere in the text, each once, in a fixed order."""
        return sorted({text[start:end] for start, end, _ in self._automaton.find_overlapping(text)})

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return the forms of the text that do not overlap, the longest of those that start earliest."""
        spans, position = [], 0
        for start, end in sorted(self.longest_at_each(text).items()):
            if start >= position:
                spans.append((start, end))
                position = end
        return spans


def find_words(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text, as `Forms.find` does; without words nowhere.

    >>> find_words("市总工会、市工会", ["工会", "总工会"]), find_words("市总工会", [])
    ([(1, 4), (6, 8)], [])
    """
    meanings: dict[str, Row] = dict.fromkeys(words, ())
    return Forms(meanings).find(text) if meanings else []


def matches_at(starts: Iterable[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` would, faster: the pattern is tried only at `starts`."""
    place = 0
    for start in sorted(starts):
        if start >= place and (hit := pattern.match(text, start)):
            yield hit
            place = hit.end()


def pattern(forms: Iterable[str]) -> str:
    """Return a regular expression for any of the forms, longest first.

    Forms may be regular expressions themselves; they are ordered by their own length.
    """
    return "(?:" + "|".join(sorted(forms, key=lambda form: (-len(form), form))) + ")"
