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

from unionkg.nlp.ngrams import register_model

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"


CONFIDENCE = {
    "gloss": 0.99,
    "garbled-gloss": 0.9,
    "spam-keyword-strong": 0.99,
    "spam-brand": 0.98,
    "spam-keyword-weak": 0.95,
    "novel-quote": 0.95,
    "novel-narration": 0.85,
    "stray-tail": 0.85,
}
"""How sure a rule is: an estimate, since none of them was seen to err."""


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
    found = [*_glosses(text), *strong]
    if strong or is_spun:
        found += [*_keywords(text, "weak"), *_novel_quotes(text), *_novel_narration(text), *_stray_tail(text)]
    return _without_overlaps(found, len(text))


def is_spam_name(name: str) -> bool:
    """True if `name`, in simplified script, holds a keyword or a brand that no honest name holds."""
    return bool(_keyword_patterns()["strong"].search(name) or _brand_pattern().search(name.translate(_LOWER)))


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


def _keywords(text: str, strength: str) -> list[Injection]:
    pattern = _keyword_patterns()[strength]
    return [Injection(*hit.span(), "spam", f"spam-keyword-{strength}") for hit in pattern.finditer(text)]


@cache
def _keyword_patterns() -> dict[str, re.Pattern[str]]:
    words = _word_classes("spam_keywords.txt")
    head, before, after = (_alternatives(words[part]) for part in ("head", "before", "after"))
    before_any = _alternatives([*words["before"], *words["before-weak"]])
    after_any = _alternatives([*words["after"], *words["after-weak"]])
    compounds = [f"(?:{before_any})*(?:{head})(?:{after})", f"(?:{before_any})*(?:{before})(?:{head})(?:{after_any})?"]
    return {
        "strong": re.compile("|".join([*compounds, _alternatives(words["strong"])])),
        "weak": re.compile(f"(?:{before_any})*(?:{head})(?:{after_any})?|{_alternatives(words['weak'])}"),
    }


# Brands


def _brands(text: str) -> list[Injection]:
    """Names of gambling sites at the edge of a line, parted from it, and anywhere if what is behind them invites to one."""
    lowered = text.translate(_LOWER)
    if not _brand_names().search(lowered):
        return []
    found = []
    for hit in _brand_pattern().finditer(lowered):
        before, after = text[hit.start() - 1 : hit.start()], text[hit.end() : hit.end() + 1]
        leads = before in LINE_EDGES and after in PARTING
        trails = before in PARTING and after in LINE_EDGES
        inside = _WITHIN.match(before) and _WITHIN.match(after) and not hit["ordinary"]
        if leads or trails or (inside and (hit["web"] or hit["web_"])):
            found.append(Injection(*hit.span(), "spam", "spam-brand"))
    return found


LINE_EDGES = frozenset(["", "\n", "\r"])
PARTING = frozenset(" \u3000-—_|｜:：·,，")
_WITHIN = re.compile(f"[{HAN}，。、；：！？,;:!?]")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@cache
def _brand_names() -> re.Pattern[str]:
    words = _word_classes("spam_brands.txt")
    return re.compile(_alternatives([name.lower() for part in ("strong", "weak", "ordinary") for name in words[part]]))


@cache
def _brand_pattern() -> re.Pattern[str]:
    words = _word_classes("spam_brands.txt")
    strong, weak, ordinary, tail, web = (
        _alternatives([word.lower() for word in words[part]]) for part in ("strong", "weak", "ordinary", "tail", "web")
    )
    place = r"(?:[((]中国[))])?"
    return re.compile(
        rf"(?:{strong})(?:{tail})*{place}(?P<web>(?:{web})+)?"
        rf"|(?:{weak}|(?P<ordinary>{ordinary}))+(?:(?:{tail})+|(?={place}(?:{web}))){place}(?P<web_>(?:{web})+)?"
    )


# Sentences of novels

FICTION = {"novel": 3.0, "manner": 2.0, "kin": 1.0, "weak": 1.0, "pronoun": 0.5}
FICTION_ENOUGH = 3.0  # for a stretch without quotes, in which every clause must have a share
DISTANCE = 0.7  # against every character that a cut takes along without need
_HONEST = re.compile(r"[工公协委]会|职工|企业|工人|劳动|单位|党|政府|服务|[0-9０-９]")


def _novel_quotes(text: str) -> list[Injection]:
    """Quoted speech that begins in the middle of a sentence, directly after a Han character that announces no quote, or
    elsewhere where it speaks as nothing but a novel does.

    It ends with its closing quote if the interrupted sentence's punctuation follows, else it goes on to the end of the
    narrated sentence behind it; an unclosed one ends before the next 、.
    """
    found = []
    for hit in re.finditer(r"“[^“”\n]*[。?!？！…][^“”\n]*”", text):
        end = _end_of_speech(text, hit.end())
        enough = (
            FICTION["pronoun"] if _INTERRUPTED.search(text, max(hit.start() - 1, 0), hit.start()) else FICTION_ENOUGH
        )
        if _fiction(text[hit.start() : end]) >= enough and not _is_honest(text[hit.start() : end]):
            found.append(Injection(hit.start(), end, "foreign_sentence", "novel-quote"))
    return found


_INTERRUPTED = re.compile(rf"[{HAN}](?<![说道称问答曰喊叫写唱])\Z")


def _end_of_speech(text: str, position: int) -> int:
    """Return where the injection ends whose first quote closes before `position`."""
    if text[position : position + 1] in {"", "\n", *"、,，;；。"}:
        return position
    narration = re.compile(r"[^\n。?!？！“]{0,30}([。?!？！]|[道说问答][:：]“)").match(text, position)
    if narration is None or _HONEST.search(narration[0]):
        return position
    if narration[1][-1] != "“":
        return narration.end()
    rest = re.compile(r"[^“”\n]*?([。?!？！]”|、|(?=\n)|$)").match(text, narration.end())
    if rest is None:
        return narration.end()
    return rest.end() - (rest[1] == "、")


def _novel_narration(text: str) -> list[Injection]:
    """Narrated sentences without quotes: whole ones, and such as begin or end in the middle of an honest sentence.

    Of the latter, neighbouring clauses that speak as novels do, and not as this register does, make a stretch. Where it
    begins or ends inside a clause, the cut is where the honest rest joins best.
    """
    found = [
        Injection(*hit.span(), "foreign_sentence", "novel-narration")
        for hit in re.finditer(r"[^\s。!?！？“”][^。!?！？\n“”]*[。!?！？]", text)
        if not _HONEST.search(hit[0]) and _is_narration(hit[0])
    ]
    clauses = [hit.span() for hit in re.finditer(r"[^,，。!?！？;；:：\n“”]+[,，。!?！？;；:：]?", text)]
    scores = [_fiction(text[start:end]) for start, end in clauses]
    number = 0
    while number < len(clauses):
        first = number
        while (
            number < len(clauses)
            and scores[number]
            and (number == first or clauses[number][0] == clauses[number - 1][1])
        ):
            number += 1
        if number > first and _is_narration(text[clauses[first][0] : clauses[number - 1][1]]):
            start, end = _cut(text, clauses[first], clauses[number - 1])
            if not _is_honest(text[start:end]):
                found.append(Injection(start, end, "foreign_sentence", "novel-narration"))
        number = max(number, first + 1)
    return found


def _cut(text: str, first: tuple[int, int], last: tuple[int, int]) -> tuple[int, int]:
    """Return where, in its first and last clause, a narrated stretch begins and ends."""
    words = list(_register().finditer(text, first[0], last[1]))
    starts = range(first[0], max(words[0].start(), first[0]) + 1)
    ends = [last[1]] if text[last[1] - 1] in "。!?！？" else range(words[-1].end(), last[1] + 1)
    return max(
        ((start, end) for start in starts for end in ends),
        key=lambda cut: _join(text, *cut) - DISTANCE * (cut[1] - cut[0]),
    )


def _join(text: str, start: int, end: int) -> float:
    """Return how much better what follows a stretch joins what stands before it, in nats."""
    score = register_model().score
    before, after, inside = text[max(start - 2, 0) : start], text[end : end + 2], text[max(end - 2, start) : end]

    def likelihood(context: str) -> float:
        string = context + after
        return sum(score(string[max(place - 2, 0) : place + 1]) for place in range(len(context), len(string)))

    opening = text[start : start + 2]
    return (
        likelihood(before)
        - likelihood(inside)
        + sum(
            score(("。" + opening)[: size + 2]) - score((before + opening)[-3 + size : len(before) + size + 1][-3:])
            for size in range(len(opening))
        )
    )


def _is_honest(text: str) -> bool:
    """True if a text speaks of what pages on trade unions speak of, and of nobody from a novel."""
    novel = any(_fiction_classes()[hit[0]] == "novel" for hit in _register().finditer(text))
    return not novel and _HONEST.search(text) is not None


def _is_narration(text: str) -> bool:
    """True if a text speaks strongly enough as novels do, and not only in words that a report may have as well."""
    kinds = {_fiction_classes()[hit[0]] for hit in _register().finditer(text)}
    return not kinds.isdisjoint({"novel", "manner"}) and _fiction(text) >= FICTION_ENOUGH


def _fiction(text: str) -> float:
    """Return how strongly a text speaks as novels do."""
    return sum(FICTION[_fiction_classes()[hit[0]]] for hit in _register().finditer(text))


def _stray_tail(text: str) -> list[Injection]:
    """A last line of one to three Han characters and a full stop: what an injected sentence left behind."""
    hit = re.search(rf"\n[ \u3000]*(?P<tail>[{HAN}]{{1,3}}[。！？])\s*\Z", text)
    return [Injection(*hit.span("tail"), "foreign_sentence", "stray-tail")] if hit else []


@cache
def _fiction_classes() -> dict[str, str]:
    return {word: kind for kind, words in _word_classes("spam_fiction.txt").items() for word in words}


@cache
def _register() -> re.Pattern[str]:
    classes = _fiction_classes()
    pronouns = _alternatives([word for word, kind in classes.items() if kind == "pronoun"])
    others = _alternatives([word for word, kind in classes.items() if kind != "pronoun"])
    return re.compile(f"{others}|(?:{pronouns})(?![们国省市县区会院校党军])")


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


def _glosses(text: str) -> list[Injection]:
    """Brackets with nothing but syllables or emoji behind Han characters.

    In a text full of them also syllables without tones, and the sentences in which bytes went lost beside a gloss.
    """
    found = [Injection(*hit.span(), "spam", "gloss") for hit in _GLOSS.finditer(text)]
    if len(found) < GLOSSES:
        return []
    found += [Injection(*hit.span(), "spam", "gloss") for hit in _PLAIN_GLOSS.finditer(text)]
    return found + [Injection(*hit.span(), "spam", "garbled-gloss") for hit in _GARBLED.finditer(text)]


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
