"""What link sellers put into other people's pages: keywords inside sentences and words, brands before titles, glosses
between characters, foreign sentences.

Everything here works on simplified text and finds stretches to delete; nothing is rewritten. The lists are data files
with their sources. Honest text is safe because a keyword must be one that no honest page holds (class strong), and
whatever else could be meant (class weak, foreign sentences) counts only in a document that such a keyword gives away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from unionkg.nlp.foreign import HAN, HONEST_WORD, foreign_sentences, join_gain
from unionkg.nlp.lexicon import Forms, matches_at, pattern, rows

CONFIDENCE = {
    "gloss": 0.99,
    "garbled-gloss": 0.9,
    "spam-keyword-strong": 0.99,
    "spam-brand": 0.98,
    "spam-keyword-weak": 0.95,
    "spam-keyword-doubtful": 0.8,
    "novel-quote": 0.95,
    "novel-narration": 0.85,
    "other-topic": 0.85,
    "english": 0.9,
    "stray-tail": 0.85,
}
"""How sure a rule is: an estimate."""


@dataclass(frozen=True, slots=True, order=True)
class Injection:
    """A stretch `[start, end)` of text that is not the author's; `kind` is one of schema.NOISE_KINDS."""

    start: int
    end: int
    kind: str
    rule: str

    @property
    def confidence(self) -> float:
        """How sure its rule is, in (0, 1]."""
        return CONFIDENCE[self.rule]


def find_injections(text: str, *, is_spun: bool = False) -> list[Injection]:
    """Return the stretches of simplified `text` that were pushed into it, in order, none overlapping another.

    `is_spun` says that the document has been through a spinner, which gives it away as a strong keyword does.
    """
    strong = [*_keywords(text, "strong"), *_brands(text)]
    found = [*_glosses(text, 1 if strong or is_spun else GLOSSES), *strong]
    if strong or is_spun:
        found += _keywords(text, "weak")
        found += [one for one in _keywords(text, "doubtful") if join_gain(text, one.start, one.end) >= TORN]
        found += [Injection(start, end, "foreign_sentence", rule) for start, end, rule in foreign_sentences(text)]
    return _without_overlaps(found, len(text))


def is_spam_name(name: str) -> bool:
    """True if `name`, in simplified script, holds a keyword or a brand that no honest name holds."""
    patterns = (_keyword_patterns()["strong"], _brand_pattern())
    starts = _openings(name, "spam_keywords.txt", "spam_brands.txt")
    return any(each.match(name, start) for start in starts for each in patterns)


def _without_overlaps(found: list[Injection], length: int) -> list[Injection]:
    """Of overlapping stretches of a text of `length` the longer stays, of equally long ones the first."""
    kept: list[Injection] = []
    taken = bytearray(length)
    for injection in sorted(found, key=lambda one: (one.start - one.end, one)):
        if not any(taken[injection.start : injection.end]):
            taken[injection.start : injection.end] = b"\x01" * (injection.end - injection.start)
            kept.append(injection)
    return sorted(kept)


# Keywords

TORN = -6.0  # nats: honest words stand at -7 and below, since what surrounds them was written for them


def _keywords(text: str, strength: str) -> list[Injection]:
    return [
        Injection(*_with_space_after(text, *hit.span()), "spam", f"spam-keyword-{strength}")
        for hit in matches_at(_openings(text, "spam_keywords.txt"), _keyword_patterns()[strength], text)
    ]


def _with_space_after(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the space that parts Latin letters in it from what follows."""
    return start, end + (text[end : end + 1] == " " and text[end - 1].isascii() and text[start - 1 : start] != " ")


@cache
def _keyword_patterns() -> dict[str, re.Pattern[str]]:
    words = _word_classes("spam_keywords.txt")
    head, before, after = (pattern(words[part]) for part in ("head", "before", "after"))
    before_any = pattern([*words["before"], *words["before-weak"]])
    after_any = pattern([*words["after"], *words["after-weak"]])
    compounds = [f"{before_any}{{0,4}}{head}{after}", f"{before_any}{{0,4}}{before}{head}{after_any}?"]
    return {
        "strong": re.compile("|".join([*compounds, pattern(words["strong"])])),
        "weak": re.compile(f"{before_any}{{0,4}}{head}{after_any}?|{pattern(words['weak'])}"),
        "doubtful": re.compile(pattern(words["doubtful"])),
    }


# Brands


def _brands(text: str) -> list[Injection]:
    """Names of gambling sites at the edge of a line, parted from it, and anywhere if what is behind them invites to one.

    A sentence that does nothing but promote one goes as a whole.
    """
    found = []
    for hit in matches_at(_openings(text, "spam_brands.txt"), _brand_pattern(), text):
        before, after = text[hit.start() - 1 : hit.start()], text[hit.end() : hit.end() + 1]
        leads = before in LINE_EDGES and after in PARTING
        trails = before in PARTING and after in LINE_EDGES
        inside = _WITHIN.match(before) and _WITHIN.match(after) and not hit["ordinary"]
        promotion = _promotion_around(text, *hit.span())
        if promotion or leads or trails or (inside and (hit["web"] or hit["web_"])):
            found.append(Injection(*(promotion or hit.span()), "spam", "spam-brand"))
    found += [Injection(*hit.span(), "spam", "spam-brand") for hit in _BONUS.finditer(text)]
    return found


LINE_EDGES = frozenset(["", "\n", "\r"])
PARTING = frozenset(" \u3000-—_|｜:：·,，")
_WITHIN = re.compile(f"[{HAN}，。、；：！？,;:!?]")
_PROMOTION = re.compile(
    "(?i:powered|rss|copyright)|版权|发布于|关键词|位置[:：]|世界杯|积分榜|竞猜|攻略|返利|首存|客服|捕鱼|棋牌|投注|友情链接|首页"
)
PROMOTION_REACH = 200
_BONUS = re.compile("(?:首[存充]|注册|开户)即?[送返]利?[0-9]+(?:送[0-9]+|%|元|彩金)*")


_DOMAIN = r"(?:https?://|www\.)?[a-zA-Z0-9-]{2,20}\.(?:com|cn|net|org|cc|vip|app|top|xyz)(?![a-z])"


def _promotion_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the sentence around a brand if it speaks of such sites and of nothing else."""
    edge, limit = max(start - PROMOTION_REACH, 0), min(end + PROMOTION_REACH, len(text))
    low = max((text.rfind(mark, edge, start) for mark in "。！？\n"), default=-1) + 1
    high = min((place for mark in "。！？\n" if (place := text.find(mark, end, limit)) >= 0), default=limit)
    if low == 0 < edge or high == limit < len(text):
        return None  # so long a sentence promotes not only that
    rest = text[low:start] + text[end:high]
    if not _PROMOTION.search(rest) or HONEST_WORD.search(rest):
        return None
    while text[low].isspace():
        low += 1
    return low, high + (high < len(text) and text[high] in "。！？")


@cache
def _brand_pattern() -> re.Pattern[str]:
    words = _word_classes("spam_brands.txt")
    strong, weak, ordinary, tail, web = (pattern(words[part]) for part in ("strong", "weak", "ordinary", "tail", "web"))
    place = r"[(（]中国[)）]"
    unit = (
        rf"(?:{strong}{tail}{{0,4}}(?P<web>{place}|(?: ?{web}){{1,4}}){{0,2}}"
        rf"|(?:{weak}|(?P<ordinary>{ordinary})){{1,3}}(?:{tail}{{1,4}}|(?=(?:{place})?{web}))(?P<web_>{place}|(?: ?{web}){{1,4}}){{0,2}})"
    )
    more = re.sub(r"\?P<\w+>", "?:", unit)
    return re.compile(rf"{unit}(?:[-—_|·,， ]?(?:{more}|{_DOMAIN})){{0,6}}")


# Glosses

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_EMOJI = "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff][\ufe0f\u200d]*)+"
_SYLLABLES = rf"(?=[a-zü ]*[{_TONED}])[a-zɡü{_TONED}]{{1,7}}(?: [a-zɡü{_TONED}]{{1,7}})*"
_PLAIN_SYLLABLE = "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aeiouvü]{1,3}(?:n|ng|r)?)"
_AROUND = rf"(?<=[{HAN}]){{}}(?![^\s\d{HAN}，。、；：！？,;:!?“”‘’（）()《》…])"
_GLOSS = re.compile(_AROUND.format(rf"[(（\[]\s*(?:{_SYLLABLES}|{_EMOJI})\s*[)）\]]"))
_PLAIN_GLOSS = re.compile(_AROUND.format(rf"[(（\[]\s*{_PLAIN_SYLLABLE}\s*[)）\]]"))
_GARBLED = re.compile(rf"[^。！？!?\n]*[{HAN}]\?[a-zü]{{0,4}}[{_TONED}][a-z]{{0,3}}[)）][^。！？!?\n]*[。！？!?]*")
GLOSSES = 3  # fewer are a reader's help with a rare name, as in 埭(dài)溪镇


def _glosses(text: str, fewest: int) -> list[Injection]:
    """Brackets with nothing but syllables or emoji behind Han characters.

    In a text full of them also syllables without tones, and the sentences in which bytes went lost beside a gloss.
    """
    found = [Injection(*hit.span(), "spam", "gloss") for hit in _GLOSS.finditer(text)]
    if len(found) < fewest:
        return []
    if len(found) < GLOSSES:
        return found
    found += [Injection(*hit.span(), "spam", "gloss") for hit in _PLAIN_GLOSS.finditer(text)]
    return found + [Injection(*hit.span(), "spam", "garbled-gloss") for hit in _GARBLED.finditer(text)]


# Data


def _openings(text: str, *names: str) -> Iterable[int]:
    """Return where words of data files may begin in `text`."""
    return _beginnings(*names).longest_at_each(text.translate(_LOWER))


@cache
def _beginnings(*names: str) -> Forms:
    """Return the beginnings of the words of data files, in lower case."""
    return Forms({word.split(" ")[0].translate(_LOWER): () for name in names for _, word in rows(name)})


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@cache
def _word_classes(name: str) -> dict[str, list[str]]:
    """Return the words of a data file by their class, as patterns."""
    words: dict[str, list[str]] = defaultdict(list)
    for kind, word in rows(name):
        words[kind].append(_spelled(word))
    return dict(words)


def _spelled(word: str) -> str:
    """Return a pattern for a word: its spaces may be missing, and Latin letters match in either case."""
    spelled = re.escape(word).replace(r"\ ", " ?")
    return f"(?i:{spelled})" if re.search("[A-Za-z]", word) else spelled
