"""What stands in 《》 and “”: policies, programmes, doctrines and groups.

Whether a quoted phrase is a programme, a doctrine, a slogan or speech is told by what stands before it, by the head behind
it and by what it ends on (docs/annotation.md). Texts are folded (`layout.FOLD`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.events import MEETING_HEAD
from unionkg.nlp.lexicon import Forms, find_words, pattern, rows
from unionkg.nlp.short_forms import short_forms

_POLICY = re.compile(r"《([^《》\n]{1,90})》")
_POLICY_NOTE = re.compile(r"\([^()]{1,16}\)$")
_ISSUED = re.compile(r"(?:制定出台|研究出台|出台|印发|制定|制订|下发|颁布)(?:了)?(?P<titles>[^,。;:!?《》\n]{8,90})")
_TITLE_END = re.compile(
    r"(?:实施方案|工作方案|行动方案|行动纲要|工作规划|发展规划|实施意见|指导意见|若干意见|若干举措|若干措施|\d+条措施|操作指引|操作规范|管理办法|实施办法|行动计划)$"
)
_NO_TITLE = re.compile(r"了|系列|相关|一批|多项|等|的(?:政策|文件|通知)$")
_QUOTED = re.compile(r"“([^“”\n]{1,60})”")
_SPEECH_BEFORE = re.compile(r"[说道称问答指出表示强调认为写:;。!?,]$")
_SPEECH = re.compile(r"[。!?;]|[,…]$")
_REST_OF_SERIES = re.compile(r"(?:[、和与及]?“[^“”\n]{1,40}”)+")
_SERIES_BEFORE = re.compile(r"”[、和与及]?$")
_HONOUR_AFTER = re.compile(r"等?(?:荣誉)?称号|奖章|奖状|获得者|奖(?![励学])|荣誉")
_THEME_BEFORE = re.compile(r"(?:以|围绕|紧扣)$")
_THEME_AFTER = re.compile(r"为(?:主题|题|载体|引领|抓手)")
_TOOL_AFTER = re.compile(r"(?:管理|服务|信息)*(?:系统|平台|小程序|软件)")
_STRATEGY_AFTER = re.compile(r"[一-龥]{0,8}?战略")
_GOAL_AFTER = re.compile(r"(?:美好)?蓝图|社会")
_UNION_GOAL = re.compile(r"[一-龥]{2,4}工会")
_CHOSEN_BEFORE = re.compile(r"(?:选树|命名|评选|推选|认定|评出|产生)(?:了|表彰)?$")
_NUMBERED = re.compile(r"[一二三四五六七八九十两][个大][一-龥]{1,4}$")
_DOCTRINE_END = re.compile(r"(?:精神|理念|思想|意识|自信|维护|确立|战略布局|总体布局|价值观|蓝图|示范区|先行区)$")
_IDEA_AFTER = re.compile(r"的?(?:发展|工作|服务|安全|管理)?(?:理念|思想|宗旨)")
_PLAN_END = re.compile(r"..(?:战略|规划|纲要)$")
_GROUP_END = re.compile(r"(?:工匠|技师|技能人才|劳模|标兵|骨干|能手)$")
_COUNT_AFTER = re.compile(r"\d|[一二三四五六七八九十百千万]+名")
_LEAST_FORUM = 4
_SERIES_GAP = re.compile("[、和与及]?")
_SHORTEST_OF_SERIES, _LONGEST_OF_SERIES = 3, 8
_SEASON = re.compile("[季月周](?!度|初|末|底|前|内)")
_PLACES_AFTER = re.compile(r"\d+(?:余|多)?[个家处所座间站]")
_SLOGAN = re.compile(r"[,、]|^(?:不|要|让|把|以|为|听|跟|当好|做|争|敢|善|真|用)")
_PROGRAMME_END = re.compile(
    r"(?:行动|活动|工程|计划|竞赛|大赛|季|周|月|节|课|(?<!先)行|日|梦|杯|赛|助学|清凉|返乡|之声|宣讲)$"
)
_CARRIED_OUT = re.compile(
    r"(?:开展|打造|启动|推出|实施|举办|深化|发放|推行|上线|建成|新建|设立|开设|建立|组建|开办|共建的|开出|发起|起办|合办的?|联办的?|共办的?|共建|搭起|办起|建起|首创|试办|辟出|推开|”|等)$"
)
_NAMED_BEFORE = re.compile(
    r"(?:开展|打造|启动|推出|实施|建设|建成|创建|新建|建|举办|深化|叫响|擦亮|发放|推行|推广|开设|设立|建立|创办|运行|培育|开出|发起|起办|合办|联办|共办|共建|搭起|办起|建起|首创|试办|辟出|推开|科室|做法叫|做法|用好|办好|"
    r"做强|做优|上线|搭建|组织|参加|参与|依托|通过|持续|巩固|提升|作为|整合|延伸|拓展|完善|推进|落实|承办|承接|个|家|场|项|的|等|了|"
    r"、|”|“|和|与|及|称为|名为|叫|是|在|平台|品牌|项目|小程序|系统)$"
)
_SUBTYPES = (
    (
        re.compile(
            r"(?:驿站|之家|小屋|小憩|小院|小站|小栈|议事会|议事厅|云堂|学社|书房|客厅|驿家|港湾|服务站|热线|暖驿|爱心站|食堂|书屋|托管班|托班|课堂|讲堂|学堂|超市|大集|夜校|家园|讲台|擂台|加油站|充电站|暖屋|"
            r"心港|暖巢|书吧|茶吧|岗亭|门诊|..坊)$"
        ),
        "service",
        True,
    ),
    (re.compile(r"(?:杯|赛|比武|擂台)$"), "competition", True),
    (re.compile(r"改革$"), "reform", True),
    (re.compile(r"(?:机制|制度|体系|协商|两书|工作法)$"), "mechanism", True),
    (re.compile(r"..[商解决议调管]法$"), "mechanism", False),
    (re.compile(r"..进(?:校园|企业|工地|社区|车间|机关|园区|家庭|班组|一线|基层)$"), "campaign", True),
    (re.compile(r"..[圈铺厅角台柜点屋室站吧]$"), "service", False),
    (re.compile(r"(?:平台|e家|APP|App|在线)$|^(?:智慧|数智|掌上)"), "platform", True),
    (re.compile(r"(?:云|通|码|福|惠|缘|卡|宝|坊|港|驿)$"), "platform", False),
)
"""Endings of names, the subtype they give, and whether the ending alone makes a name."""


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Return each head behind a quoted name, the subtype it gives, and whether it belongs to the name."""
    return tuple(
        (re.compile(head), subtype, place != "outside") for head, subtype, place in rows("programme_heads.tsv")
    )


@cache
def _policy_end() -> re.Pattern[str]:
    return re.compile(pattern(form for (form,) in rows("policy_heads.tsv")) + "$")


@cache
def _concepts() -> Forms:
    return Forms.read("concepts.tsv")


def find_policies(text: str) -> list[Candidate]:
    """Return the laws, plans, opinions and agreements in 《》, marks included, and titles of what is issued."""
    found = []
    for match in _POLICY.finditer(text):
        title = match[1]
        while note := _POLICY_NOTE.search(title):
            title = title[: note.start()]
        if _policy_end().search(title):
            found.append(Candidate(match.start(), match.end(), "POLICY", rule="policy.title", confidence=0.97, rank=3))
    return found + _issued_titles(text)


def _issued_titles(text: str) -> list[Candidate]:
    """Return the titles without 《》 of what is issued (出台…实施方案、…工作规划), each item of a list."""
    found = []
    for match in _ISSUED.finditer(text):
        for title in re.finditer(r"[^、]+(?:、[^、]+建设|(?=、|$))", match["titles"]):
            start = match.start("titles") + title.start()
            if len(title.group()) >= 8 and _TITLE_END.search(title.group()) and not _NO_TITLE.search(title.group()):
                end = start + len(title.group())
                found.append(Candidate(start, end, "POLICY", rule="policy.issued", confidence=0.65, rank=2))
    return found


def find_quoted(text: str) -> list[Candidate]:
    """Return the programmes, doctrines, plans and groups in quotation marks, and where a programme is named again."""
    quotations = list(_QUOTED.finditer(text))
    found = [candidate for match in quotations if (candidate := _read(text, match))]
    found += _beside(text, quotations, found)
    return found + _named_again(text, found)


def _beside(text: str, quotations: list[re.Match[str]], found: list[Candidate]) -> list[Candidate]:
    """Return the quotations that stand in a series with a programme, and say by themselves nothing of their kind."""
    known = {one.start: one for one in found}
    beside = []
    for one, other in pairwise(quotations):
        if not _SERIES_GAP.fullmatch(text, one.end(), other.start()):
            continue
        for read, unread in ((one, other), (other, one)):
            programme = known.get(read.start(1))
            is_short = _SHORTEST_OF_SERIES <= len(unread[1]) <= _LONGEST_OF_SERIES and not _SLOGAN.search(unread[1])
            if programme and programme.type == "PROGRAMME" and unread.start(1) not in known and is_short:
                subtype = programme.subtype
                beside.append(Candidate(*unread.span(1), "PROGRAMME", subtype, rule="quoted.series", confidence=0.6))
    return beside


_ORDINAL_BEFORE = re.compile(r"(?:第[一二三四五六七八九十\d]+届|首届)$")
_PLACE_BEFORE_HEAD = re.compile(r"(?:[一-龥]{2,4}[省市县区州]|全[省市县区州国])(?=职工|劳动|技能|职业)")


def _read(text: str, match: re.Match[str]) -> Candidate | None:
    """Return what a quotation names, None for speech, slogans, honours and themes."""
    content, before = match[1], text[max(0, match.start() - 8) : match.start()]
    series = _REST_OF_SERIES.match(text, match.end())
    end = series.end() if series else match.end()
    after = text[end : end + 24]
    is_one_of_several = series is not None or _SERIES_BEFORE.search(before) is not None
    if _SPEECH.search(content) or (len(content) > 12 and _SPEECH_BEFORE.search(before)):
        return None
    if _HONOUR_AFTER.match(after) or (_THEME_BEFORE.search(before) and _THEME_AFTER.match(after)):
        return None

    def inside(kind: str, rule: str, confidence: float, subtype: str | None = None) -> Candidate:
        return Candidate(match.start(1), match.end(1), kind, subtype, rule=f"quoted.{rule}", confidence=confidence)

    def with_head(length: int, kind: str, rule: str, confidence: float, subtype: str | None = None) -> Candidate:
        if is_one_of_several:  # “A”“B”主题活动: the head is that of all, and of none alone
            return inside(kind, rule, confidence, subtype)
        ordinal = _ORDINAL_BEFORE.search(before) if subtype == "competition" else None
        start = match.start() - (len(ordinal.group()) if ordinal else 0)
        return Candidate(
            start, match.end() + length, kind, subtype, rule=f"quoted.{rule}", confidence=confidence, rank=2
        )

    subtype, is_name = _subtype(content)
    if len(content) >= _LEAST_FORUM and content.endswith(("论坛", "峰会")):
        return inside("EVENT", "forum", 0.75)
    if _NUMBERED.fullmatch(content) and _PROGRAMME_END.search(content):
        return inside("PROGRAMME", "name", 0.85, subtype or "campaign")
    if (
        _concepts().find(content) == [(0, len(content))]
        or _NUMBERED.fullmatch(content)
        or (_UNION_GOAL.fullmatch(content) and not before.endswith(("称", "称:")))
    ):
        return inside("CONCEPT", "concept", 0.9)
    for head, head_subtype, belongs in _heads():
        placed = _PLACE_BEFORE_HEAD.match(after) if head_subtype == "competition" else None
        follows = head.match(after, placed.end() if placed else 0)
        if follows is None:
            continue
        length = follows.end() + (_SEASON.match(after, follows.end()) is not None)
        if belongs and MEETING_HEAD.match(after):
            return None
        if belongs and not _TOOL_AFTER.match(after, follows.end()):
            return with_head(length, "PROGRAMME", "head", 0.92, head_subtype)
        if len(content) <= 14 and not _SLOGAN.search(content):
            return inside("PROGRAMME", "kind", 0.85, subtype or ("platform" if belongs else head_subtype))
        return None
    if strategy := _STRATEGY_AFTER.match(after):
        return with_head(strategy.end(), "POLICY", "policy", 0.8)
    if len(content) <= 8 and (goal := _GOAL_AFTER.match(after)):
        return with_head(goal.end(), "CONCEPT", "goal", 0.75)
    if _DOCTRINE_END.search(content) or (len(content) <= 16 and _IDEA_AFTER.match(after)):
        return inside("CONCEPT", "doctrine", 0.8)
    if _PLAN_END.search(content):
        return inside("POLICY", "policy", 0.8)
    if _COUNT_AFTER.match(after) and (_GROUP_END.search(content) or _CHOSEN_BEFORE.search(before)):
        return inside("GROUP", "group", 0.8)
    if _PROGRAMME_END.search(content) and len(content) >= 3:
        return inside("PROGRAMME", "name", 0.85, subtype or "campaign")
    if 3 <= len(content) <= 8 and _PLACES_AFTER.match(after) and not _SLOGAN.search(content):
        return inside("PROGRAMME", "counted", 0.7, subtype or "service")
    if len(content) <= 10 and not _SLOGAN.search(content):
        if subtype and (is_name or _NAMED_BEFORE.search(before)):
            return inside("PROGRAMME", "name", 0.75, subtype)
        if 3 <= len(content) <= 6 and _CARRIED_OUT.search(before):
            return inside("PROGRAMME", "carried_out", 0.6, "campaign")
    return None


def _subtype(content: str) -> tuple[str | None, bool]:
    """Return the subtype that the end of a name gives, and whether that end alone makes it a name."""
    return next(((subtype, is_name) for ending, subtype, is_name in _SUBTYPES if ending.search(content)), (None, False))


def _named_again(text: str, found: list[Candidate]) -> list[Candidate]:
    """Return the other places, with marks or without, where a name stands that was read in quotation marks."""
    names: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.type in {"PROGRAMME", "CONCEPT"} and candidate.confidence >= 0.75:
            marked = _QUOTED.match(text, candidate.start)
            name = marked[1] if marked else text[candidate.start : candidate.end]
            if len(name) >= 3:
                names.setdefault(name, candidate)
    return [*_again(text, names, "quoted.again"), *_introduced(text)]


def _again(text: str, names: dict[str, Candidate], rule: str) -> list[Candidate]:
    return [
        replace(names[text[start:end]], start=start, end=end, rule=rule, confidence=0.75, rank=0)
        for start, end in find_words(text, names)
    ]


def _introduced(text: str) -> list[Candidate]:
    """Return the short forms that 以下简称 gives a programme without quotation marks, wherever they stand."""
    forms = {
        one.name: Candidate(one.start, one.end, "PROGRAMME", "campaign")
        for one in short_forms(text)
        if _PROGRAMME_END.search(one.name)
    }
    return _again(text, forms, "programme.introduced")
