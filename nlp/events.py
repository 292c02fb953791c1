"""Congresses, sessions, meetings, ceremonies and games with a name of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from unionkg.nlp.candidates import Candidate

_NUMBER = r"[一二三四五六七八九十百〇零\d]{1,8}"
_CONGRESS = re.compile(
    rf"党的{_NUMBER}(?:大|届{_NUMBER}中全会)|中国工会第?{_NUMBER}(?:大|次全国代表大会)|(?<![一-龥])工会{_NUMBER}大|"
    rf"(?:中共|中国共产党)第?{_NUMBER}(?:大|次全国代表大会|届{_NUMBER}中全会)|(?<![一-龥])全国两会"
)
_SESSION = re.compile(
    rf"(?:第?{_NUMBER}届(?:委员会|执委会)?)?第?{_NUMBER}次"
    r"(?:全委|全体|执委|常委|委员|主席|代表|全体委员|会员代表|教职工|暨|工会|职工代表|常务委员会|党员代表)*(?:\(扩大\))?(?:会议|全会|全委会|执委会|大会)|"
    rf"第?{_NUMBER}届{_NUMBER}次(?:全委会|执委会|全会|常委会|职代会)(?:\(扩大\))?(?:会议)?|第?{_NUMBER}次(?:会员)?代表大会"
)
_CONGRESS_SESSION = re.compile(
    rf"第?{_NUMBER}届(?:人大常委会|人民代表大会常务委员会|人民代表大会|人大|政协(?:常委会|委员会)?)"
    rf"第?{_NUMBER}次(?:常委会)?(?:全体)?会议"
)
MEETING_HEAD = re.compile(
    r"(?:现场|工作|座谈|交流|经验交流|技术交流|研讨|学习研讨交流|学习交流|恳谈|动员|部署|动员部署|推进|现场推进|推介|发布|新闻发布|表彰|表扬|"
    r"总结|总结表彰|命名|宣讲|联席|调度|论证|评审|颁奖|授奖|授牌|慰问|庆祝|纪念|培训|签约|启动|电视电话|视频|报告|工作报告|协作|对接|分享|观摩|成立|见面|听证|联谊|通报|点评|述职|测评|洽谈|招聘|巡回报告|先进事迹报告){1,4}(?:大会|会议|会)(?![一-龥]?员)|"
    r"(?:启动|签约|开工|揭牌|颁奖|发布|授牌|授旗|捐赠|入会|开幕|闭幕|上线|出征|发车|首发|首映|宣誓)+仪式|"
    r"高峰论坛|论坛|纪念活动|主题晚会|文艺汇演"
)
_MEETING_OPENING = re.compile(rf"全国|全省|全市|全区|全州|全县|全系统|首届|第{_NUMBER}届|(?:19|20)\d{{2}}年(?:度)?")
_MEETING_STOP = re.compile(
    r"召开|举行|举办|组织|出席|参加|了|日在|在|承办|主持|由|开展|到|探讨|商谈|[合联共]办|主任|书记|被|聘为"
)
_AND_MEETING = re.compile(r"暨[^,。;!?、《》\n]{2,20}?(?:大会|会议|典礼|仪式|年会|论坛)(?!员|代)")
"""A second meeting in the name of one (五届三次职工代表大会暨工会会员代表大会)."""
_MEETING_EDGE = "\n,。;:!?、《》 "
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度)?")
_BEFORE_QUOTE = re.compile(r"(?:工会|全国|全省|全市)$")
_REACH = 44
_HISTORY = re.compile(
    r"五四运动|五卅运动|一二九运动|省港大罢工|(?:京汉铁路)?二七大罢工|(?:(?![在的了和与发动领导组织]|当年|同年)[一-龥]){2,8}大罢工|(?:南昌|秋收|广州|百色)起义|(?:九一八|七七|西安|卢沟桥|皖南)事变|“[^”]{2,8}”(?:事变|惨案)"
)
_HISTORIC = ("罢工", "起义", "事变", "惨案", "运动")
_PLACED_CONGRESS = re.compile(
    rf"第?{_NUMBER}次(?:党代会|团代会|妇代会|工代会|劳代会|党员代表大会|工人代表大会|职工代表大会)(?!代)"
)
_GAMES = re.compile(
    rf"(?:第{_NUMBER}届)?(?:亚运会|奥运会|冬奥会|全运会|进博会|广交会|世博会|大运会|残运会|青运会|消博会|服贸会|亚残运会)"
)
_LEAST_THEME = 5
_NO_THEME = re.compile(r"[的了年月日\d]|本次|此次|这次|专题|系列|多次|相关|有关|各类|一次|工作$|专题$|集中$|视频$")
_LEAST = 6
"""Characters of the shortest meeting that counts as named."""


def find_events(text: str, institutions: Sequence[Candidate], places: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Return the events of a folded text; `institutions` and `places` (spans) may open their names."""
    body_starts = {one.end: one.start for one in sorted(institutions, key=lambda one: one.end - one.start)}
    place_starts = {end: start for start, end in reversed(places)}
    found: list[Candidate] = []

    def add(start: int, end: int, rule: str, confidence: float, rank: int) -> None:
        if second := _AND_MEETING.match(text, end):
            end = second.end()
        found.append(Candidate(start, end, "EVENT", rule=f"event.{rule}", confidence=confidence, rank=rank))

    for match in _CONGRESS.finditer(text):
        add(match.start(), match.end(), "congress", 0.97, 2)
    for match in _SESSION.finditer(text):
        start = body_starts.get(match.start(), _place_union(text, match.start(), place_starts))
        if start is not None:
            add(start, match.end(), "session", 0.93, 2)
        elif "届" in match.group():
            add(match.start(), match.end(), "session", 0.75, 1)
    for match in _CONGRESS_SESSION.finditer(text):
        add(place_starts.get(match.start(), match.start()), match.end(), "session", 0.93, 2)
    for match in MEETING_HEAD.finditer(text):
        start = _meeting_start(text, match.start(), place_starts.values(), body_starts)
        if start is not None and match.end() - start >= _LEAST:
            add(start, match.end(), "meeting", 0.75, 1)
    if any(word in text for word in _HISTORIC):
        for match in _HISTORY.finditer(text):
            add(match.start(), match.end(), "history", 0.8, 1)
    for match in _PLACED_CONGRESS.finditer(text):
        start = place_starts.get(match.start())
        if start is not None:
            add(start, match.end(), "congress", 0.9, 2)
    for match in _GAMES.finditer(text):
        start = place_starts.get(match.start(), match.start())
        if match.end() - start > 3:
            add(start, match.end(), "games", 0.8, 0)
    return found


def _place_union(text: str, end: int, place_starts: dict[int, int]) -> int | None:
    """Return where a place begins that 工会 joins to `end` (平江县工会 before 第十三次代表大会)."""
    return place_starts.get(end - 2) if text[end - 2 : end] == "工会" else None


def _meeting_start(text: str, end: int, place_starts: Collection[int], body_starts: dict[int, int]) -> int | None:
    """Return where the name of a meeting begins whose head begins at `end`; None for a bare noun.

    A quotation inside the name may hold marks and words that would else end it.
    """
    low = end
    depth = 0
    while low > max(0, end - _REACH):
        depth += (text[low - 1] == "”") - (text[low - 1] == "“")
        if depth < 0 or (depth == 0 and text[low - 1] in _MEETING_EDGE):
            break
        low -= 1
    unquoted = re.sub(r"“[^”]*”", lambda quotation: "·" * len(quotation.group()), text[low:end])
    low += max((stop.end() for stop in _MEETING_STOP.finditer(unquoted)), default=0)
    starts = [match.start() for match in _MEETING_OPENING.finditer(text, low, end)]
    starts += [start for stop, start in body_starts.items() if low <= start and _YEAR.match(text, stop)]
    starts += [start for start in place_starts if low <= start < end]
    quote = text.find("“", low, end)
    if quote >= 0:
        opener = _BEFORE_QUOTE.search(text, low, quote)
        starts.append(opener.start() if opener else quote)
    if not starts and end - low >= _LEAST_THEME and not _NO_THEME.search(text, low, end):
        return low  # named after its theme alone (产业工人队伍建设改革推进会)
    return min(starts, default=None)
