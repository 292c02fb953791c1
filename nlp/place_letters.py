"""Letters that stand for places: 沪苏浙皖, 郑洛新三地, 赴蓉进修, 来疆六年.

Most are ordinary words and parts of words as well, so each needs a witness: other letters beside it and what places share
behind them, a verb of coming or going before it, or the end of a word. A letter of two places (宁: 宁夏, 南京) is the one
that the document names in full; a city's letter counts only where the city is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from unionkg.graph.divisions import Division, divisions
from unionkg.nlp.divisions import abbreviations

_SHARED = re.compile(r"[两三四五](?:地|省|省区|省市|市|方|家)|职工|总工会|劳务|工会|劳动者|劳模|工匠|协作|合作")
_BESIDE_WORDS = frozenset("新黑青台申贵长合通常温镇石连洪汉包烟哈呼盐唐")
"""Letters that words open with so often that only a run or a visit shows them to be places."""
_FAMOUS = frozenset("蓉穗榕甬杭")
"""Cities' letters that count without the city's name."""
_VISITING = re.compile(
    r"考察|调研|视察|指导|务工|央企|投资|学习|培训|施工|开课|开班|开会|举行|召开|返程|返乡|期间|企业|创业|就业|打工|工作|商会|[一-龥]籍|的|、|,|。"
)
_SINGLE = re.compile(r"(?<=[来在赴入离返驻抵])(?P<letter>[一-龥])")
_LEAST_RUN = 3
"""Letters of the shortest run that needs nothing behind it."""


def find_letters(text: str, named: Collection[str], cuts: Collection[int]) -> Iterator[tuple[int, Division]]:
    """Yield the offset of each letter that is a place, and the place.

    `named` are the GB/T 2260 codes of the places that the text names in full, `cuts` the offsets between words.
    """
    letters = _letters(frozenset(code[:4] for code in named))
    for match in _runs().finditer(text):
        at = [place for place in range(match.start(), match.end()) if text[place] not in "、和"]
        if all(text[place] in letters for place in at) and _is_run(text, match.start(), match.end(), len(at), cuts):
            yield from ((place, letters[text[place]]) for place in at)
    for match in _SINGLE.finditer(text):
        place, letter = match.start(), match["letter"]
        division = letters.get(letter)
        if division is None:
            continue
        is_word = place + 1 in cuts and (place in cuts or place - 1 in cuts) and letter not in _BESIDE_WORDS
        if is_word or (_VISITING.match(text, place + 1) and division.level == "province"):
            yield place, division


def _is_run(text: str, start: int, end: int, count: int, cuts: Collection[int]) -> bool:
    return _SHARED.match(text, end) is not None or (count >= _LEAST_RUN and start in cuts and end in cuts)


@cache
def _table() -> dict[str, tuple[Division, ...]]:
    table = {
        one.form: tuple(filter(None, map(divisions().by_code, one.codes)))
        for one in abbreviations()
        if one.kind == "letter"
    }
    return {form: meant for form, meant in (*table.items(), ("疆", table["新"])) if meant}


@cache
def _runs() -> re.Pattern[str]:
    letter = f"[{''.join(sorted(_table()))}]"
    return re.compile(f"{letter}(?:[、和]?{letter}){{1,5}}")


@cache
def _letters(named: frozenset[str]) -> dict[str, Division]:
    """Return what each letter means in a document that names the prefectures `named`, by the first four digits of codes."""
    meant: dict[str, Division] = {}
    for form, options in _table().items():
        here = [one for one in options if one.level != "province" and one.code[:4] in named]
        provinces = [one for one in options if one.level == "province"]
        famous = [one for one in options if form in _FAMOUS]
        if chosen := [*here, *provinces, *famous]:
            meant[form] = chosen[0]
    return meant
