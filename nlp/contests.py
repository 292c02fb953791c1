"""Programmes named without quotation marks: contests that an ordinal or a place opens, campaigns behind their verb."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import find_words

_NUMBER = r"[一二三四五六七八九十百〇零\d]{1,8}"
_CONTEST = re.compile(
    r"(?:技能|竞赛|创新|创效|创意|技术|职业|知识|演讲|摄影|书法|歌咏|歌手|龙舟|拔河|篮球|足球|羽毛球|乒乓球|广播操|岗位|焊接|安全|工匠|建功|运动|冰雪|体育){1,8}(?:职工)?"
    r"(?:大赛|竞赛|大比武|比武|锦标赛|挑战赛|邀请赛|比赛|总决赛|运动会)|"
    r"(?:读书|阅读|文化|艺术|体育|技能|科技|健身|工匠)(?:节(?![能目约点拍奏])|季(?!度)|月(?![饼度])|周(?![边刊末]))|(?:大赛|挑战赛|邀请赛|锦标赛)"
)
_ORDINAL = re.compile(rf"(?:\d{{4}}年?(?:度)?)?(?:第{_NUMBER}届|首届|第{_NUMBER}季)|\d{{4}}年(?:度)?")
_STOP = re.compile(
    r"[\s,。;:!?、“”《》]|举办|举行|开展|办好|办(?=第|首)|组织|参加|因|一场|一次|承办|主办|共办|协办|联办|在|的|与|相比|启动|联合|共同|获|聚焦|连续|为|和|出席|主席|书记|观摩|走进|来到|宣布|当选|代表"
)
_REACH = 22
_LEAST = 6
"""Characters of the shortest contest that counts as named."""
_CAMPAIGN = re.compile(
    r"(?:实施|开展|推进|启动|结合|落实|深化|推动|组织|继续|抓好)"
    r"(?P<name>[一-龥A-Za-z\d+]{2,10}?"
    r"(?:素质建设|培养|培育|提升|建设|强企|强省|惠民|圆梦|服务|攻坚|帮扶|普惠|创建|改革|暖心|关爱|维权)*(?:工程|行动计划|专项行动|行动))"
    r"(?!中|力|方案)"
)
_YEARS_CAMPAIGN = re.compile(
    r"(?:在|实施|打响|打赢|推进|开展|落实|启动|投身|围绕|聚焦)(?P<name>[一-龥]{3,14}?[一二三四五六七八九]年(?:提升|攻坚|专项)?行动(?:计划)?)(?!中心|方案|纲要)"
)
_NO_CAMPAIGN = re.compile(r"[的了在与和及、,]|一批|一项|各项|系列|重大|重点|国家|实际|具体|全面|积极")


def find_contests(text: str, place_starts: Collection[int], bodies: Mapping[int, int]) -> list[Candidate]:
    """Return contests and campaigns of a folded text.

    `place_starts` are the offsets at which names of places begin, `bodies` maps the ends of names of bodies to their starts.
    """
    found = []
    for match in _CONTEST.finditer(text):
        start = _opening(text, match.start(), place_starts)
        if start is not None and match.end() - start >= _LEAST:
            start = bodies.get(start, start)  # 某公司第十二届职业技能竞赛
            found.append(
                Candidate(
                    start, match.end(), "PROGRAMME", "competition", rule="programme.contest", confidence=0.8, rank=1
                )
            )
    found += _again(text, found)
    for match in _CAMPAIGN.finditer(text):
        if 4 <= len(match["name"]) <= 14 and not _NO_CAMPAIGN.search(match["name"]):
            found.append(
                Candidate(*match.span("name"), "PROGRAMME", "campaign", rule="programme.bare", confidence=0.55)
            )
    found += [
        Candidate(*match.span("name"), "PROGRAMME", "campaign", rule="programme.years", confidence=0.6)
        for match in _YEARS_CAMPAIGN.finditer(text)
        if not _NO_CAMPAIGN.search(match["name"].replace("全面", ""))
    ]
    return found


def _again(text: str, found: list[Candidate]) -> list[Candidate]:
    """Return where the name of a contest stands again without its ordinal."""
    names = {_ORDINAL.sub("", text[one.start : one.end], count=1) for one in found}
    return [
        Candidate(start, end, "PROGRAMME", "competition", rule="programme.again", confidence=0.7)
        for start, end in find_words(text, (name for name in names if len(name) >= _LEAST))
    ]


def _opening(text: str, end: int, place_starts: Collection[int]) -> int | None:
    """Return the earliest place or ordinal within reach before `end`, behind the last word that no name holds."""
    low = max(0, end - _REACH)
    for stop in _STOP.finditer(text, low, end):
        low = stop.end()
    starts = [match.start() for match in _ORDINAL.finditer(text, low, end)]
    return min([*starts, *(start for start in place_starts if low <= start < end)], default=None)
