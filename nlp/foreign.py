"""Sentences that link sellers paste into other people's pages so that they look new: of novels, of sports, of recipes.

Everything here works on simplified text that something else has given away as tampered with (spam.py): honest prose has
such sentences too. What speaks of unions, work, offices or figures is left alone. `python -m
benchmarks.measure_restoring` prints what is found and what is taken wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from unionkg.nlp.lexicon import pattern, rows
from unionkg.nlp.ngrams import register_model

Found = tuple[int, int, str]
"""A stretch `[start, end)` and the rule that found it."""

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
FICTION = {"novel": 3.0, "manner": 2.0, "kin": 1.0, "weak": 1.0, "pronoun": 0.5}
FICTION_ENOUGH = 3.0  # for a stretch without quotes, in which every clause must have a share
DISTANCE = 0.7  # against every character that a cut takes along without need
WHOLE_CLAUSE = 12.0  # for a cut behind a mark: what was pasted mostly brought its own along
TOPIC_WORDS = 2  # different ones of one topic
TOPIC_SHARE = 0.15  # of the sentence's characters

HONEST_WORD = re.compile(r"[工公协委]会|职工|企业|工人|劳动|单位|党|政府|服务")
_HONEST = re.compile(rf"{HONEST_WORD.pattern}|[0-9０-９]")
_SENTENCE = re.compile(r"“?[^\s。!?！？“”][^。!?！？\n“]*(?:[。!?！？]”?|[说道问喊叫笑][:：]“[^“”\n]*”)")
_SPEECH_AFTER = re.compile(r"(?:(?<=[:：])|[:：])“[^“”\n]*”")
_ENGLISH = re.compile(r"(?<![A-Za-z])[A-Z][a-z]*(?: [A-Za-z0-9,'’%-]++){5,60}[.!?]")


def foreign_sentences(text: str) -> list[Found]:
    """Return the foreign sentences of simplified text, in no order; they may overlap."""
    return [
        *_speech(text),
        *_narrated_sentences(text),
        *_narrated_stretches(text),
        *_other_topics(text),
        *((*hit.span(), "english") for hit in _ENGLISH.finditer(text)),
        *_stray_tail(text),
    ]


def _speech(text: str) -> Iterator[Found]:
    """Yield quoted speech that begins in the middle of a sentence, directly after a Han character that announces no
    quote, or elsewhere where it speaks as nothing but a novel does.

    It ends with its closing quote if the interrupted sentence's punctuation follows, else it goes on to the end of the
    narrated sentence behind it; an unclosed one ends before the next 、.
    """
    for hit in re.finditer(r"“[^“”\n]*[。?!？！…][^“”\n]*”", text):
        end = _end_of_speech(text, hit.end())
        interrupts = _INTERRUPTED.search(text, max(hit.start() - 1, 0), hit.start())
        enough = FICTION["pronoun"] if interrupts else FICTION_ENOUGH
        if _fiction(text[hit.start() : end]) >= enough and not _is_honest(text[hit.start() : end]):
            yield hit.start(), end, "novel-quote"


_INTERRUPTED = re.compile(rf"[{HAN}](?<![说道称问答曰喊叫写唱])\Z")


def _end_of_speech(text: str, position: int) -> int:
    """Return where the injection ends whose first quote closes before `position`."""
    if text[position : position + 1] in {"", "\n", *"、,，;；。"}:
        return position
    narration = re.compile(r"[^\n。?!？！“]{0,30}([。?!？！]|[道说问答][:：]“|[,，]“)").match(text, position)
    if narration is None or _HONEST.search(narration[0]):
        return position
    if narration[1][-1] != "“":
        return narration.end()
    rest = re.compile(r"[^“”\n]*?([。?!？！]”|、|(?=\n)|$)").match(text, narration.end())
    if rest is None:
        return narration.end()
    return rest.end() - (rest[1] == "、")


def _narrated_sentences(text: str) -> Iterator[Found]:
    """Yield whole sentences that speak as novels do, and their neighbours in the line that do so less."""
    sentences = [hit.span() for hit in _SENTENCE.finditer(text)]
    novel = [_is_narration(text[a:b]) and not _HONEST.search(text[a:b]) for a, b in sentences]
    for order in (range(1, len(sentences)), range(len(sentences) - 2, -1, -1)):
        for number in order:
            beside = number - order.step
            low, high = sorted((number, beside))
            touches = not text[sentences[low][1] : sentences[high][0]].strip(" ”")
            part = text[slice(*sentences[number])]
            if novel[beside] and touches and _fiction(part) and not _HONEST.search(part):
                novel[number] = True
    yield from ((*span, "novel-narration") for span, is_novel in zip(sentences, novel, strict=True) if is_novel)


def _narrated_stretches(text: str) -> Iterator[Found]:
    """Yield narration that begins or ends in the middle of an honest sentence: neighbouring clauses that speak as novels
    do, and not as this register does. Inside a clause the cut is where the honest rest joins best.
    """
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
            if speech := _SPEECH_AFTER.match(text, end):
                end = speech.end()
            if not _is_honest(text[start:end]):
                yield start, end, "novel-narration"
        number = max(number, first + 1)


def _cut(text: str, first: tuple[int, int], last: tuple[int, int]) -> tuple[int, int]:
    """Return where, in its first and last clause, a narrated stretch begins and ends."""
    words = list(_fiction_words().finditer(text, first[0], last[1]))
    starts = range(first[0], max(words[0].start(), first[0]) + 1)
    ends = [last[1]] if text[last[1] - 1] in "。!?！？" else range(words[-1].end(), last[1] + 1)
    return max(
        ((start, end) for start in starts for end in ends),
        key=lambda cut: (
            join_gain(text, *cut) - DISTANCE * (cut[1] - cut[0]) + WHOLE_CLAUSE * (text[cut[1] - 1] in ",，;；")
        ),
    )


def join_gain(text: str, start: int, end: int) -> float:
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
    novel = any(_fiction_classes()[hit[0]] == "novel" for hit in _fiction_words().finditer(text))
    return not novel and _HONEST.search(text) is not None


def _is_narration(text: str) -> bool:
    """True if a text speaks strongly enough as novels do, and not only in words that a report may have as well."""
    kinds = {_fiction_classes()[hit[0]] for hit in _fiction_words().finditer(text)}
    return not kinds.isdisjoint({"novel", "manner"}) and _fiction(text) >= FICTION_ENOUGH


def _fiction(text: str) -> float:
    """Return how strongly a text speaks as novels do."""
    return sum(FICTION[_fiction_classes()[hit[0]]] for hit in _fiction_words().finditer(text))


@cache
def _fiction_classes() -> dict[str, str]:
    return {word: kind for kind, word in rows("spam_fiction.txt")}


@cache
def _fiction_words() -> re.Pattern[str]:
    classes = _fiction_classes()
    pronouns = pattern(word for word, kind in classes.items() if kind == "pronoun")
    others = pattern(re.escape(word) for word, kind in classes.items() if kind != "pronoun")
    return re.compile(f"{others}|{pronouns}(?![们国省市县区会院校党军])")


def _other_topics(text: str) -> Iterator[Found]:
    for hit in _SENTENCE.finditer(text):
        if not HONEST_WORD.search(hit[0]) and any(_is_on(hit[0], words) for words in _topics()):
            yield *hit.span(), "other-topic"


def _is_on(sentence: str, words: re.Pattern[str]) -> bool:
    """True if enough of the sentence is words of a topic."""
    found = words.findall(sentence)
    return len(set(found)) >= TOPIC_WORDS and sum(map(len, found)) >= TOPIC_SHARE * len(sentence)


@cache
def _topics() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern(words.split())) for _, words in rows("spam_topics.txt"))


def _stray_tail(text: str) -> Iterable[Found]:
    """Return a last line of one to three Han characters and a full stop: what an injected sentence left behind."""
    hit = re.search(rf"\n[ \u3000]*(?P<tail>[{HAN}]{{1,3}}[。！？])\s*\Z", text)
    return [(*hit.span("tail"), "stray-tail")] if hit else []
