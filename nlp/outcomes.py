"""Figures that say what a body did or means to do: value, unit, what is counted, target or result, period.

A figure counts with a classifier, a currency or %; what is left out (durations, growth, rates per person, eligibility
limits, attendance, background) is told by the words around it, by the rules of docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unionkg.nlp.clauses import KIND_SUBJECT, Clause, Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.lexicon import pattern, rows
from unionkg.nlp.linking import Named
from unionkg.nlp.statements import Figure

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:[十百千万亿]+)?|[一二三四五六七八九十百千万亿两]+"
_MORE = r"(?:余|多|来)?"
_RESULT = re.compile(
    r"已|累计|共(?!同)|完成|达到?|突破|超过|投入|发放|帮助|吸引|覆盖|新建|新发展|签订|追回|惠及|培训|举办|筹集|慰问|建成|选树|授予|聘|吸纳|免费|设立|征集|转化|产生|注册|入驻|报名|参赛|参加|发出|处理|办结|化解|为|实现|创建|命名|返还|资助|提供|改造|安排|下拨"
)
_LEFT_OUT = re.compile(
    r"(?:比(?:上年|去年|上一年|同期)|同比|环比|增长|提高|增加|下降|减少|增幅|增速|占|人均|户均|平均|每(?:人|户|名|家|个|项|位|月|件|次)|由去年|以上的|面积|距离|全长|海拔|年龄|岁|工龄|分为|第|来自)[^,。;]{0,10}$"
)
_NO_ACT = re.compile(
    r"^(?:代表|委员|选手|领导|嘉宾|工作日|月|年|天|日|小时|分钟|届|次会议|多年|年来|工程|维护|确立|自信|意识|省|市|县|区|州|镇|乡|方面|层面|环节|问题|要求|特点|阶段)"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年(?!度?工)")
_RELATIVE_YEAR = re.compile(r"去年|今年|全年|年内|年底前")
_YEAR_END = re.compile(r"(?:到|至)?((?:19|20)\d{2})年(?:年?底|底|末)")


@cache
def _figure() -> re.Pattern[str]:
    units = pattern(re.escape(unit) for unit, *_ in rows("units.tsv"))
    return re.compile(
        rf"(?P<low>{_NUMBER}){_MORE}(?P<unit1>{units})?(?:至|到|—|-|~)(?P<high>{_NUMBER}){_MORE}(?P<unit2>{units})|(?P<value>{_NUMBER}){_MORE}(?P<unit>{units})"
    )


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {written: (unit, float(factor)) for written, unit, factor in rows("units.tsv")}


def number_value(written: str) -> float | None:
    """Return the value of a number in digits, Chinese numerals or both; None where it is none.

    >>> number_value("1.5万")
    15000.0
    >>> number_value("三百二十")
    320.0
    """
    match = re.fullmatch(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千万亿]*)", written)
    if match:
        value = float(match[1].replace(",", ""))
        for scale in match[2]:
            value *= _SCALES[scale]
        return round(value, 4)
    total = section = digit = 0
    for character in written:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百千":
            section += (digit or 1) * _SCALES[character]
            digit = 0
        elif character in "万亿":
            total = (total + section + digit) * _SCALES[character]
            section = digit = 0
        else:
            return None
    return float(total + section + digit)


def find_figures(discourse: Discourse) -> list[Figure]:
    """Return the figures of a document, in order of the text."""
    figures: list[Figure] = []
    subject: Named | None = None
    paragraph = -1
    for clause in discourse.clauses:
        if clause.paragraph != paragraph:
            paragraph, subject = clause.paragraph, discourse.main
        unions = [mention for mention in clause.of_type("ORG") if mention.entity.subtype == "union"]
        subject = unions[0].entity if unions else subject
        figures.extend(_figures(discourse, clause, subject))
    seen: set[tuple[object, ...]] = set()
    distinct = []
    for figure in figures:
        key = (figure.subject and figure.subject.key, figure.value, figure.value_max, figure.unit)
        if key not in seen:
            seen.add(key)
            distinct.append(figure)
    return distinct


def _figures(discourse: Discourse, clause: Clause, fallback: Named | None) -> Iterator[Figure]:
    text = discourse.text
    taken = {place for mention in clause.mentions for place in range(mention.start, mention.end)}
    for match in _figure().finditer(text, clause.start, clause.end):
        start, end = match.span()
        if start in taken:
            continue
        written, unit = match["value"] or match["low"], match["unit"] or match["unit2"]
        value = number_value(written)
        if value is None or (not any(character.isdigit() for character in written) and value < 3):
            continue
        low, high = comma_clause(text, clause, start)
        before, after = text[low:start], text[end : end + 8]
        if _LEFT_OUT.search(before) or _NO_ACT.match(after) or is_denied(text, low, high):
            continue
        if not (_RESULT.search(text, low, high) or is_planned(text, clause.start, high)):
            continue
        unit, factor = _units()[unit]
        top = number_value(match["high"]) if match["high"] else None
        programmes = [
            mention for mention in clause.of_type("PROGRAMME") if mention.end <= end and mention.start >= low
        ] or [mention for mention in clause.of_type("PROGRAMME") if mention.end <= start]
        bodies = [
            mention for mention in clause.of_type("ORG") if mention.end <= start and mention.entity.subtype == "union"
        ]
        kinds = list(KIND_SUBJECT.finditer(text, clause.start, start))
        subject = bodies[-1].entity if bodies else fallback
        if kinds and bodies and kinds[-1].start() > bodies[-1].end:
            subject = fallback
        yield Figure(
            subject,
            round(value * factor, 4),
            unit,
            _what(text, low, start, end, high),
            "target" if is_planned(text, clause.start, start) and not re.search(r"已|累计", before) else "result",
            clause.start,
            clause.end,
            "figure",
            0.6,
            value_max=round(top * factor, 4) if top is not None else None,
            period=_period(discourse, clause),
            programme=programmes[-1].entity if programmes else None,
        )


def _what(text: str, low: int, start: int, end: int, high: int) -> str:
    """Return the clause around a figure without the figure: what is counted."""
    before = re.sub(r"(?:不?(?:少|多|低)于|超过?|突破|达到?|约|近|共|累计|已有?|至少|全年)+$", "", text[low:start])
    after = re.sub(r"^(?:以上|左右|以内|余|多|的)+", "", text[end:high])
    return (before + after).strip(" “”、。")


def _period(discourse: Discourse, clause: Clause) -> str | None:
    sentence = discourse.text[clause.start : clause.end]
    if match := _YEAR_END.search(sentence):
        return f"{match[1]}-12"
    years = {match[1] for match in _YEAR.finditer(sentence)}
    if len(years) == 1:
        return years.pop()
    if discourse.date and (match := _RELATIVE_YEAR.search(sentence)):
        year = int(discourse.date[:4])
        if match.group() == "去年":
            return str(year - 1)
        return f"{year}-12" if match.group() == "年底前" else str(year)
    return None
