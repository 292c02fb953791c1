"""What link sellers put into other people's pages: keywords inside sentences and words, brands before titles, sentences
of novels, glosses between characters.

Everything here works on simplified text and finds stretches to delete; nothing is rewritten. The lists are data files
with their sources. Honest text is safe because a keyword must be one that no honest page holds (class strong), and
whatever else could be meant (class weak, novel sentences) counts only in a document that such a keyword gives away.
The rules for novel sentences were measured on one document of 37 injections: all keywords found, no false hit in four
others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True, slots=True, order=True)
class Injection:
    """A stretch `[start, end)` of text that is not the author's; `kind` is one of schema.NOISE_KINDS."""

    start: int
    end: int
    kind: str
    rule: str


def find_injections(text: str) -> list[Injection]:
    """Return the stretches of simplified `text` that were pushed into it, in order, none overlapping another."""
    strong = [*_keywords(text, "strong"), *_brand_prefixes(text)]
    found = [*_glosses(text), *strong]
    if strong:
        found += _keywords(text, "weak")
        found += _novel_quotes(text)
        found += _stray_tail(text)
    return _without_overlaps(found)


def is_spam_name(name: str) -> bool:
    """True if `name`, in simplified script, holds a keyword or a brand that no honest name holds."""
    return any(pattern.search(name) for pattern in (_keyword_patterns()["strong"], _brand_pattern()))


def _without_overlaps(found: list[Injection]) -> list[Injection]:
    """Of overlapping stretches the longer stays, of equally long ones the first."""
    kept: list[Injection] = []
    for injection in sorted(found, key=lambda one: (one.start - one.end, one)):
        if all(injection.end <= other.start or other.end <= injection.start for other in kept):
            kept.append(injection)
    return sorted(kept)


# Keywords


def _keywords(text: str, strength: str) -> list[Injection]:
    pattern = _keyword_patterns()[strength]
    return [Injection(*hit.span(), "spam", f"spam-keyword-{strength}") for hit in pattern.finditer(text)]


@cache
def _keyword_patterns() -> dict[str, re.Pattern[str]]:
    words = _word_classes("spam_keywords.txt")
    heads, before, after = (_alternatives(words[part]) for part in ("head", "before", "after"))
    compounds = [f"(?:{before})*(?:{heads})(?:{after})", f"(?:{before})+(?:{heads})"]
    return {
        "strong": re.compile("|".join([*compounds, _alternatives(words["strong"])])),
        "weak": re.compile(_alternatives(words["weak"])),
    }


# Brands


def _brand_prefixes(text: str) -> list[Injection]:
    return [Injection(*hit.span("brand"), "spam", "spam-brand") for hit in _brand_line_pattern().finditer(text)]


@cache
def _brand_pattern() -> re.Pattern[str]:
    words = _word_classes("spam_brands.txt")
    strong, weak, tail = (_alternatives(words[part]) for part in ("strong", "weak", "tail"))
    return re.compile(f"(?:(?:{strong})(?:{tail})*|(?:{weak})+(?:{tail})+)", re.IGNORECASE)


@cache
def _brand_line_pattern() -> re.Pattern[str]:
    """A brand at the start of a line with a gap behind it, or at the end with a dash or bar before it."""
    brand = _brand_pattern().pattern
    place = r"(?:[((]中国[))])?(?:官方网站|有限公司)?"
    return re.compile(
        rf"^[ \u3000]*(?P<brand>{brand}{place})(?=[ \u3000\-—_|｜:：·])", re.MULTILINE | re.IGNORECASE
    )


# Sentences of novels


def _novel_quotes(text: str) -> list[Injection]:
    """Quoted speech that begins in the middle of a sentence, directly after a Han character that announces no quote.

    It ends with its closing quote if the interrupted sentence's punctuation follows, else it goes on to the end of the
    narrated sentence behind it; an unclosed one ends before the next 、.
    """
    found = []
    for hit in _speech_pattern().finditer(text):
        end = _end_of_speech(text, hit.end())
        if _register().search(text, hit.start(), end):
            found.append(Injection(hit.start(), end, "foreign_sentence", "novel-quote"))
    return found


@cache
def _speech_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{HAN}])(?<![说道称问答曰喊叫写唱])“[^“”\n]*[。?!？！…][^“”\n]*”")


def _end_of_speech(text: str, position: int) -> int:
    """Return where the injection ends whose first quote closes before `position`."""
    if text[position : position + 1] in {"", "\n", *"、,，;；。"}:
        return position
    narration = re.compile(r"[^\n。?!？！“]{0,30}([。?!？！]|[道说问答][:：]“)").match(text, position)
    if narration is None:
        return position
    if narration[1][-1] != "“":
        return narration.end()
    rest = re.compile(r"[^“”\n]*?([。?!？！]”|、|(?=\n)|$)").match(text, narration.end())
    if rest is None:
        return narration.end()
    return rest.end() - (rest[1] == "、")


def _stray_tail(text: str) -> list[Injection]:
    """A last line of one to three Han characters and a full stop: what an injected sentence left behind."""
    hit = re.search(rf"\n[ \u3000]*(?P<tail>[{HAN}]{{1,3}}[。！？])\s*\Z", text)
    return [Injection(*hit.span("tail"), "foreign_sentence", "stray-tail")] if hit else []


@cache
def _register() -> re.Pattern[str]:
    return re.compile("|".join(_alternatives(words) for words in _word_classes("spam_fiction.txt").values()))


# Glosses

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(
    rf"(?<=[{HAN}])[((]\s*(?:(?=[a-zü]*[{_TONED}])[a-zɡü{_TONED}]{{1,7}}|[\U0001f000-\U0001faff]\ufe0f?)\s*[))](?=[{HAN}])"
)
GLOSSES = 3  # fewer are a reader's help with a rare name, as in 埭(dài)溪镇


def _glosses(text: str) -> list[Injection]:
    """Brackets with nothing but a toned syllable or an emoji between two Han characters."""
    found = [Injection(*hit.span(), "spam", "gloss") for hit in _GLOSS.finditer(text)]
    return found if len(found) >= GLOSSES else []


# Data


@cache
def _word_classes(name: str) -> dict[str, list[str]]:
    """Return the words of a data file by their class."""
    words: dict[str, list[str]] = defaultdict(list)
    for line in (files("unionkg.nlp") / "data" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, word = line.split("\t")
            words[kind].append(word)
    return dict(words)


def _alternatives(words: list[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
