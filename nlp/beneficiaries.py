"""Whom a figure is for: the group that its classifier counts, or that is served in the same part of the sentence.

Rather none than a wrong one: a figure that several groups share (快递员、货车司机1.5万人次) has none, but a list that ends in
the group that takes all of them in (快递员等新就业形态劳动者) has this one.
"""

from __future__ import annotations

import re

from unionkg.nlp.bounds import leading, trailing
from unionkg.nlp.clauses import Clause
from unionkg.nlp.linking import Linked, Named

PERSONS = frozenset({"人次", "人", "名", "位", "户", "户次"})
"""Units that count those whom something is done for, as well as things done for them."""

_KIN = r"(?:及其|的|们)?(?:家庭)?(?:子女|家属|群体|新?会员|新?入会)?"
_PREPOSITION = (
    r"(?:(?<![作成认因称名分视])为(?!主|期|例|准|了|重点)|(?<!方)向|给(?!予|出)|对(?!接|口|标|象|照)|替|帮(?!扶|助))"
)
_SERVES = (
    r"(?:帮助|帮扶|资助|慰问|培训|轮训|救助|走访|看望|服务|惠及|覆盖|关爱|扶助|补助|援助|面向|针对|解决|用于|奖励|表彰)"
)
_FOR = re.compile(rf"(?:{_PREPOSITION}|{_SERVES})[^,。;、和与及]{{0,16}}\Z")
_FOR_LIST = re.compile(rf"(?:{_PREPOSITION}|{_SERVES})[^,。;]{{0,36}}等[一-龥]{{0,4}}\Z")
_USED_FOR = re.compile(rf"[”]?[一-龥]{{0,6}}?(?:{_PREPOSITION}|{_SERVES})[一-龥]{{0,8}}\Z")
_LISTED_BEFORE = re.compile(rf"(?:[、和与或]|(?<![惠涉普触])及)(?!{_SERVES}|{_PREPOSITION})[一-龥]{{0,4}}\Z")
_LISTED_BEHIND = re.compile(rf"{_KIN}”?(?:(?:[、和与及或]|以及)(?!\d)|等(?!级|额))")
_OTHER_THING = re.compile(
    r"(?:帮扶|服务|维权|培训|活动|法律)?(?:工会|代表|志愿|委员|干部|主席|骨干|选手|宣讲|讲师|导师|之家|驿站|站|中心|基地|协会|公寓|食堂|学校|队|"
    r"工作(?:室|站|者|先进))"
)
"""What a group before it only describes: 女职工代表, 农民工工作先进单位."""
_DESCRIBED = re.compile(rf"[“\s]*(?:(?!{_SERVES}|{_PREPOSITION})[一-龥]){{0,4}}(?<![者员师长工部生家])\Z|[“\s]*\Z")
"""What may stand between a classifier and the group that it counts: 200名返乡农民工."""
_DONE_FOR = re.compile(rf"{_KIN}(?![和与及或])[^,。;、\d]{{0,24}}\Z")


def beneficiary(text: str, clause: Clause, part: tuple[int, int], figure: tuple[int, int], unit: str) -> Named | None:
    """Return the group that a figure of this unit is for; None where none is told, or more than one.

    `part` is the part of the sentence between commas in which the figure stands.
    """
    groups = (one for one in clause.of_type("GROUP") if part[0] <= one.start and one.end <= part[1])
    found = {one.entity for one in groups if _is_for(text, part, figure, unit, one)}
    return found.pop() if len(found) == 1 else None


def _is_for(text: str, part: tuple[int, int], figure: tuple[int, int], unit: str, group: Linked) -> bool:
    (low, high), (start, end) = part, figure
    behind = text[group.end : high]
    if _OTHER_THING.match(behind) or _LISTED_BEHIND.match(behind) or _LISTED_BEFORE.search(text[low : group.start]):
        return False
    if end <= group.start:
        gap = text[end : group.start]
        gap = gap.removeprefix(trailing(gap))
        is_counted = unit in PERSONS and _DESCRIBED.match(gap)
        return bool(is_counted or (unit not in PERSONS and _USED_FOR.match(gap)))
    gap = text[group.end : start]
    gap = gap.removesuffix(leading(gap, text[start])).removesuffix("有").rstrip("”“ ")
    if unit in PERSONS and re.fullmatch(_KIN, gap):
        return True
    before = text[low : group.start]
    return bool(_DONE_FOR.match(gap) and (_FOR.search(before) or _FOR_LIST.search(before)))
