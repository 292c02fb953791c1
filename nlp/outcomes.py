"""Figures that say what a body did or means to do: value, unit, what is counted, target or result, period.

A figure counts with a classifier, a currency or %; what is left out (durations, growth, rates per person, eligibility
limits, attendance, background) is told by the words around it, by the rules of docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unionkg.nlp.actions import subjects, with_carried_subjects
from unionkg.nlp.beneficiaries import beneficiary
from unionkg.nlp.bounds import bound_of, leading, plain_number, trailing, words
from unionkg.nlp.clauses import Clause, Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.lexicon import pattern, rows
from unionkg.nlp.linking import Named
from unionkg.nlp.numerals import DIGITS, number_value
from unionkg.nlp.periods import find_period
from unionkg.nlp.statements import Figure

_NUMBER = r"\d{1,16}(?:,\d{3}){0,5}(?:\.\d{1,8})?(?:[十百千万亿]{1,4})?|[一二三四五六七八九十百千万亿两]{1,12}"
_DONE = re.compile(r"已|累计|截至|去年|上年")
_ATTENDANCE = re.compile(r"(?:名|位|余名)?(?:代表|委员|选手|嘉宾)(?:出席|参加|列席)|与会|一行\d")
_LEAST_IN_WORDS = 3
_LEAST_COUNTED = 10
_SPOKEN = re.compile(r"(?:[谈测跑问说看来去走开打]了|^[,、“]?|[,。;:“”](?:此后|后来|如今)?[,]?)$")
"""What makes a small number in words a turn of speech and no count: 谈了三次, 四家工会联手."""
_FINED = re.compile(r"罚款|处罚|违约金")
_LEFT_OUT = re.compile(
    r"(?:比(?:上年|去年|上一年|同期)|同比|环比|(?:增长|提高|增加|下降|减少)(?![到至])|增幅|增速|占|人均|户均|平均|每(?:人|户|名|家|个|项|位|月|件|次)|由去年|以上的|面积|距离|全长|海拔|年龄|岁|工龄|分为|第|来自|阅读|浏览|点击|点赞|评论|转发|一式|不满|不足|月工资|工资不低于|门槛|月收入|月薪|收入低于|徒弟|走过|列席[一-龥]*|前(?=[一二三四五六七八九十\d]*$)|多出|总数|全厂|全矿|全公司|在册)[^,。;]{0,10}$"
)
_NUMBERING = re.compile(r"^\s*(?:\(?[一二三四五六七八九十\d]+[).、.]\s*)+")
_NO_ACT = re.compile(
    r"(?:代表|委员|门(?=联合|共同|会|[印下]发)|字(?=[,。她他])|选手(?!参赛|比拼|同台|角逐|上场|参加|报名|竞技)|以[上下]的?(?:企业|单位|用人单位|规模|民营)|(?:上?升|提升|提高|提|增加|增|扩大|下?降|降低)(?:到|至|为)|领导|嘉宾|工作日|月|年|天|日|小时|分钟|届|次会议|多年|年来|工程|维护|确立|自信|意识|省|市|县|区|州|镇|乡|方面|层面|环节|问题|要求|特点|阶段|红线)"
)


@cache
def _figure() -> re.Pattern[str]:
    units = pattern(re.escape(unit) for unit, *_ in rows("units.tsv"))
    number, more = rf"(?:{_NUMBER})(?:(?:{words('inside')})[万亿]{{1,2}})?", rf"(?:{words('inside')})?"
    return re.compile(
        rf"百分之(?P<hundredths>[一二三四五六七八九十百]{{1,5}})|(?P<tenths>[一二三四五六七八九])成(?P<tenth>半|[一二三四五六七八九])?(?![为立员长果了功份交本就都不熟])|(?P<low>{number}){more}(?P<unit1>{units})?(?:至|到|—|-|~)(?P<high>{number}){more}(?P<unit2>{units})|(?P<value>{number}){more}(?P<unit>{units})"
    )


@cache
def _opens_part() -> re.Pattern[str]:
    return re.compile(rf"[“\s]*(?:其中|有|{words('before')})*")


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {written: (unit, float(factor)) for written, unit, factor in rows("units.tsv")}


def find_figures(discourse: Discourse) -> list[Figure]:
    """Return the figures of a document, in order of the text, each once."""
    found: dict[tuple[object, ...], Figure] = {}
    for clause, carried in with_carried_subjects(discourse):
        for figure in _figures(discourse, clause, carried):
            key: tuple[object, ...] = (
                figure.subject and figure.subject.key,
                figure.value,
                figure.value_max,
                figure.bound,
                figure.unit,
            )
            known = found.get(key)
            if known is not None and known.start == figure.start:  # one sentence may count two things alike
                key = (*key, figure.what)
            if figure.what:
                found.setdefault(key, figure)
    return list(found.values())


def _figures(discourse: Discourse, clause: Clause, carried: Named | None) -> Iterator[Figure]:
    text = discourse.text
    taken = {place for mention in clause.mentions for place in range(mention.start, mention.end)}
    for match in _figure().finditer(text, clause.start, clause.end):
        start, end = match.span()
        value, unit, factor = _amount(match)
        if value is None or start in taken or not _is_figure(discourse, clause, match, value):
            continue
        top = number_value(plain_number(match["high"])) if match["high"] else None
        low, high = comma_clause(text, clause, start)
        doers = _respectively(text, low, start, subjects(discourse, clause, start, carried))
        planned = (discourse.is_order or is_planned(discourse.unnamed, clause.start, start)) and not _DONE.search(
            text, max(clause.start, low - 30), end + 12
        )
        yield Figure(
            doers[0] if doers else discourse.main,  # what all unions of a body did is its figure
            round(value * factor, 4),
            unit,
            _what(text, low, start, end, high) or _what_before(text, clause, low),
            "target" if planned else "result",
            clause.start,
            clause.end,
            "figure",
            0.75,
            value_max=round(top * factor, 4) if top is not None else None,
            bound=bound_of(text, low, start, end, high),
            beneficiary=beneficiary(text, clause, (low, high), (start, end), unit),
            period=_period(discourse, clause, start, planned=planned),
            programme=_programme(clause, low, start, end),
        )


def _respectively(text: str, low: int, start: int, doers: list[Named]) -> list[Named]:
    """Return the doers, or of several the one that a figure of a list belongs to (甲、乙分别投入300万元、180万元)."""
    apart = text.find("分别", low, start)
    place = text.count("、", apart, start) if apart >= 0 else 0
    return doers[place : place + 1] if 0 < place < len(doers) else doers


def _amount(match: re.Match[str]) -> tuple[float | None, str, float]:
    """Return the value of a figure as it is written, its unit, and by what the unit multiplies."""
    if match["tenths"]:
        return _tenths(match), "%", 1.0
    if match["hundredths"]:
        return number_value(match["hundredths"]), "%", 1.0
    return number_value(plain_number(match["value"] or match["low"])), *_units()[match["unit"] or match["unit2"]]


def _tenths(match: re.Match[str]) -> float:
    """Return the per cent that 九成, 八成七, 三成半 stand for."""
    ones = 5 if match["tenth"] == "半" else DIGITS.get(match["tenth"] or "零", 0)
    return float(DIGITS[match["tenths"]] * 10 + ones)


def _is_figure(discourse: Discourse, clause: Clause, match: re.Match[str], value: float) -> bool:
    """False for what the rules leave out: bare small numerals, rates, durations, attendance, denied statements."""
    text = discourse.text
    start, end = match.span()
    if not any(character.isdigit() for character in match.group()) and value < _LEAST_IN_WORDS:
        return False
    low, high = comma_clause(text, clause, start)
    if value < _LEAST_COUNTED and not match.group()[0].isdigit() and _SPOKEN.search(text, low, start):
        return False
    if _FINED.search(text, low, high):
        return False
    if match["tenths"] and _opens_part().fullmatch(text, low, start):
        return False  # 三成学员已经就业: a share, and nobody's rate
    left_out = _LEFT_OUT.search(text, low, start) or _NO_ACT.match(text, end) or _ATTENDANCE.search(text, low, high)
    return not left_out and not is_denied(discourse.unnamed, low, high)


def _programme(clause: Clause, low: int, start: int, end: int) -> Named | None:
    """Return the programme that a figure belongs to: the last in its part of the sentence, else the last before it."""
    programmes = clause.of_type("PROGRAMME")
    here = [mention for mention in programmes if low <= mention.start and mention.end <= end]
    before = [mention for mention in programmes if mention.end <= start]
    chosen = here or before
    return chosen[-1].entity if chosen else None


def _what(text: str, low: int, start: int, end: int, high: int) -> str:
    """Return the part of the sentence around a figure without the figure: what is counted."""
    before = _without_lead(text[low:start], text[start])
    after = text[end:high].removeprefix(trailing(text[end:high]))
    what = (before + after).strip(" 、。")
    return what if what.count("“") == what.count("”") else what.replace("“", "").replace("”", "")


def _what_before(text: str, clause: Clause, low: int) -> str:
    """Return the part of the sentence before the one of a figure that stands alone (建制率提高3.1个百分点,达到94.7%)."""
    if low <= clause.start:
        return ""
    start, end = comma_clause(text, clause, low - 2)
    return _without_lead(text[start:end]).strip(" 、。")


def _without_lead(text: str, number: str = "") -> str:
    """Return what stands before a figure without the numbering of the line and without the words that lead to it."""
    plain = _NUMBERING.sub("", text)
    return plain.removesuffix(leading(plain, number))


def _period(discourse: Discourse, clause: Clause, start: int, *, planned: bool) -> str | None:
    """Return the period that the sentence of a figure states for it; 全年 in a report is the year reported on."""
    sentence = discourse.unnamed[clause.start : clause.end]
    return find_period(sentence, start - clause.start, discourse.date, None if planned else discourse.year)
