"""Policies in 《》, programmes and concepts in “”, and the programmes, events, groups and concepts known by name.

Texts are folded (`layout.FOLD`). Whether a quoted phrase is a programme, a doctrine, a slogan or speech is told by what
stands before it, by the head behind it and by what it ends on; the rules follow docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from unionkg.nlp.candidates import Candidate
from unionkg.nlp.lexicon import Forms, pattern, rows

_POLICY = re.compile(r"《([^《》\n]{1,90})》")
_POLICY_NOTE = re.compile(r"\([^()]{1,16}\)$")
_QUOTED = re.compile(r"“([^“”\n]{1,60})”")
_SPEECH_BEFORE = re.compile(r"[说道称问答指出表示强调认为写:;。!?,]$")
_SENTENCE_MARK = re.compile(r"[。!?;]|[,…]$")
_HONOUR_AFTER = re.compile(r"(?:等)?(?:荣誉)?称号|奖章|奖状|获得者|奖(?![励学])|荣誉")
_THEME = re.compile(r"(?:以|围绕|紧扣)$")
_THEME_AFTER = re.compile(r"为(?:主题|题|载体|引领|抓手)")
_NUMBERED = re.compile(r"[一二三四五六七八九十两][个大][一-龥]{1,4}$")
_VERB_BEFORE = re.compile(
    r"(?:开展|打造|启动|推出|实施|建设|建成|创建|新建|建|举办|深化|叫响|擦亮|发放|推行|推广|开设|设立|建立|创办|运行|培育|用好|办好|做强|做优|上线|搭建|组织|参加|参与|依托|通过|"
    r"持续|巩固|提升|作为|叠加|整合|延伸|拓展|完善|推进|落实|承办|承接|首个|一个|个|家|场|项|的|等|了|、|”|“|和|与|及|称为|名为|叫|是|在)$"
)
_DOCTRINE_END = re.compile(r"(?:精神|理念|思想|意识|自信|维护|确立|战略布局|总体布局|价值观|蓝图|示范区|先行区)$")
_TOOL = re.compile(r"(?:管理|服务|信息)*(?:系统|平台|小程序|软件)")
_SLOGAN = re.compile(r"[,、]|^(?:不|要|让|把|以|为|听|跟|当好|做|争|敢|善|真|用)")
_GROUP_END = re.compile(r"(?:工匠|技师|技能人才|劳模|标兵|骨干|能手|师徒)$")
_COUNT_AFTER = re.compile(r"\d|[一二三四五六七八九十百千万]+名")
_SERVICE_END = re.compile(r"(?:驿站|之家|小屋|驿家|港湾|服务站|热线|暖驿|爱心站|食堂|书屋|托管班|托班|课堂|讲堂|学堂|超市|大集|夜校|家园|加油站|充电站|暖屋)$")
_PLATFORM_END = re.compile(r"(?:平台|云|通|e家|APP|App|码|在线|智慧.*|数智.*|掌上.*|福|惠|缘|卡|宝)$")
_COMPETITION_END = re.compile(r"(?:杯|赛|比武|擂台)$")
_REFORM_END = re.compile(r"改革$")
_MECHANISM_END = re.compile(r"(?:机制|制度|体系|协商|两书|工作法)$")
_PROGRAMME_END = re.compile(r"(?:行动|活动|工程|计划|竞赛|大赛|季|周|月|节|课|行|日|梦|杯|赛|助学|清凉|返乡|之声|宣讲)$")

_NUMBER = r"[一二三四五六七八九十百〇零\d]+"
_PARTY_EVENT = re.compile(
    rf"党的{_NUMBER}(?:大|届{_NUMBER}中全会)|中国工会(?:第)?{_NUMBER}(?:大|次全国代表大会)|工会{_NUMBER}大|"
    rf"(?:中共|中国共产党)第?{_NUMBER}(?:大|次全国代表大会|届{_NUMBER}中全会)|(?<![一-龥])全国两会"
)
_SESSION = re.compile(
    rf"(?:第?{_NUMBER}届(?:委员会|执委会)?)?第?{_NUMBER}次(?:全委|全体|执委|常委|委员|主席|代表|全体委员|会员代表|职工代表|常务委员会|党员代表)*"
    rf"(?:\(扩大\))?(?:会议|全会|全委会|执委会|大会)|第?{_NUMBER}届{_NUMBER}次(?:全委会|执委会|全会|常委会|职代会)(?:\(扩大\))?(?:会议)?|第?{_NUMBER}次(?:会员)?代表大会"
)
_SESSION_OPEN = re.compile(r"[一-龥]{2,14}工会$")
_MEETING_HEAD = re.compile(
    r"(?:(?:现场|工作|座谈|交流|经验交流|技术交流|研讨|学习研讨交流|学习交流|恳谈|动员|部署|动员部署|推进|现场推进|推介|发布|新闻发布|表彰|表扬|总结|总结表彰|命名|宣讲|联席|调度|论证|评审|庆祝|纪念|培训|签约|启动|电视电话|视频)+(?:大会|会议|会)(?![一-龥]?员)|"
    r"(?:启动|签约|开工|揭牌|颁奖|发布|授牌|授旗|捐赠|入会|开幕|闭幕|上线|出征|发车|首发|首映|宣誓)+仪式|高峰论坛|论坛|纪念活动|主题晚会|文艺汇演)"
)
_MEETING_OPEN = re.compile(r"(?:全国|全省|全市|全区|全州|全县|全系统|首届|第[一二三四五六七八九十\d]+届)")
_MEETING_STOP = re.compile(r"[\s,。;:!?、()《》]|召开|举行|举办|组织|出席|参加|在|的|了|日|与会|主持|开展|承办|受邀|从|到|由")
_HAN_ONLY = re.compile(r"[一-龥]+")
_GAMES = re.compile(rf"(?:第{_NUMBER}届)?(?:亚运会|奥运会|冬奥会|全运会|进博会|广交会|世博会|大运会|残运会|青运会|消博会|服贸会|亚残运会)")
_CONTEST = re.compile(
    r"(?:技能|竞赛|创新|创效|创意|技术|职业|知识|演讲|摄影|书法|歌咏|歌手|龙舟|拔河|篮球|足球|羽毛球|乒乓球|广播操|岗位|焊接|安全|工匠|建功|运动)+(?:大赛|竞赛|大比武|比武|锦标赛|挑战赛|邀请赛|比赛|总决赛|运动会)|(?:大赛|挑战赛|邀请赛|锦标赛)"
)
_ORDINAL = re.compile(rf"(?:(?:\d{{4}}年?(?:度)?)?(?:第{_NUMBER}届|首届|第{_NUMBER}季))|\d{{4}}年(?:度)?")
_CONTEST_STOP = re.compile(r"[\s,。;:!?、“”《》]|举办|举行|开展|办好|组织|参加|承办|主办|在|的|与|相比|启动|联合|共同|获|聚焦|连续|为|和")
_BARE_PROGRAMME = re.compile(
    r"(?:实施|开展|推进|启动|结合|落实|深化|推动|组织|继续|抓好)((?:[一-龥A-Za-z\d+]{2,10}?)(?:素质建设|培养|培育|提升|建设|强企|强省|惠民|圆梦|服务|攻坚|帮扶|普惠|创建|改革|暖心|关爱|维权)*(?:工程|行动计划|专项行动|行动))(?!中|力|方案)"
)
_BARE_STOP = re.compile(r"[的了在与和及、,]|一批|一项|各项|系列|重大|重点|国家|实际|具体|全面|积极")
_MODIFIED_THING = re.compile(r"(?:[和与、]?工匠)?(?:人才)?(?:精神|占|创新|工作室|故事|文化|事迹|进校园|进企业|进机关|进社区|宣讲|品质|风采|先行|疗休养|待遇|主题|数字|志愿|学院|讲堂|技术|人才|代表|评选|选树|管理|队伍建设改革|协会|联盟|之家|驿站|服务站|服务中心)")


@cache
def _named(name: str) -> Forms:
    return Forms.read(name)


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(head), subtype, place) for head, subtype, place in rows("programme_heads.tsv"))


@cache
def _policy_end() -> re.Pattern[str]:
    return re.compile(pattern(form for (form,) in rows("policy_heads.tsv")) + "$")


def find_policies(text: str) -> list[Candidate]:
    """Return the laws, plans, opinions and agreements in 《》, marks included."""
    found = []
    for match in _POLICY.finditer(text):
        title = match.group(1)
        while note := _POLICY_NOTE.search(title):
            title = title[: note.start()]
        if _policy_end().search(title):
            found.append(Candidate(match.start(), match.end(), "POLICY", rule="policy.title", confidence=0.97, rank=3))
    return found


def find_quoted(text: str) -> list[Candidate]:
    """Return the programmes, doctrines and groups in quotation marks."""
    found = [candidate for match in _QUOTED.finditer(text) if (candidate := _quoted(text, match))]
    contents = {}
    for candidate in found:
        if candidate.type == "PROGRAMME" and candidate.confidence >= 0.75:
            inner = _QUOTED.match(text, candidate.start)
            contents.setdefault(inner[1] if inner else text[candidate.start : candidate.end], candidate.subtype)
    names = {content: subtype for content, subtype in contents.items() if len(content) >= 3}
    if names:  # the same name again, with marks or without
        for start, end in Forms(dict.fromkeys(names, ())).find(text):
            found.append(Candidate(start, end, "PROGRAMME", names[text[start:end]], rule="quoted.again", confidence=0.75))
    return found


def _quoted(text: str, match: re.Match[str]) -> Candidate | None:
    content, start, end = match.group(1), match.start(), match.end()
    before, after = text[max(0, start - 8) : start], text[end : end + 24]
    if _SENTENCE_MARK.search(content) or (len(content) > 12 and _SPEECH_BEFORE.search(before)):
        return None
    if _HONOUR_AFTER.match(after) or (_THEME.search(before) and _THEME_AFTER.match(after)):
        return None
    inner = (match.start(1), match.end(1))
    if _named("concepts.tsv").find(content) == [(0, len(content))] or _NUMBERED.fullmatch(content):
        return Candidate(*inner, "CONCEPT", rule="quoted.concept", confidence=0.9)
    for head, subtype, place in _heads():
        if follows := head.match(after):
            length = follows.end()
            if place != "outside" and _TOOL.match(after, length):
                return Candidate(*inner, "PROGRAMME", _subtype(content) or "platform", rule="quoted.kind", confidence=0.8)
            if place == "outside":
                if len(content) <= 14 and not _SLOGAN.search(content):
                    kind = _subtype(content) or subtype
                    return Candidate(*inner, "PROGRAMME", kind, rule="quoted.kind", confidence=0.85)
                return None
            if text.startswith(("中", "力"), end + length) and follows.group() == "行动":
                continue
            if _MEETING_HEAD.match(after):
                return None
            return Candidate(start, end + length, "PROGRAMME", subtype, rule="quoted.head", confidence=0.92, rank=2)
    if strategy := re.match(r"[一-龥]{0,8}?(?:发展战略|战略)", after):
        return Candidate(start, end + strategy.end(), "POLICY", rule="quoted.policy", confidence=0.8, rank=2)
    if goal := re.match(r"(?:美好)?蓝图|社会|新(?=[一-龥]{2})[一-龥]{2}", after):
        if len(content) <= 8:
            return Candidate(start, end + goal.end(), "CONCEPT", rule="quoted.goal", confidence=0.75, rank=1)
    if _DOCTRINE_END.search(content):
        return Candidate(*inner, "CONCEPT", rule="quoted.doctrine", confidence=0.8)
    if _policy_end().search(content) and len(content) > 3 and content.endswith(("战略", "规划", "纲要")):
        return Candidate(*inner, "POLICY", rule="quoted.policy", confidence=0.8)
    if _GROUP_END.search(content) and _COUNT_AFTER.match(after):
        return Candidate(*inner, "GROUP", rule="quoted.group", confidence=0.8)
    subtype = _subtype(content)
    if _PROGRAMME_END.search(content) and len(content) >= 3:
        return Candidate(*inner, "PROGRAMME", subtype or "campaign", rule="quoted.name", confidence=0.85)
    if len(content) <= 10 and not _SLOGAN.search(content) and _VERB_BEFORE.search(before):
        if subtype:
            return Candidate(*inner, "PROGRAMME", subtype, rule="quoted.name", confidence=0.75)
        if 2 <= len(content) <= 6 and re.search(r"(?:开展|打造|启动|推出|实施|举办|深化|发放|推行|上线|建成|新建|”|等)$", before):
            return Candidate(*inner, "PROGRAMME", "campaign", rule="quoted.verb", confidence=0.6)
    return None


def _subtype(content: str) -> str | None:
    for ending, subtype in (
        (_SERVICE_END, "service"),
        (_COMPETITION_END, "competition"),
        (_REFORM_END, "reform"),
        (_MECHANISM_END, "mechanism"),
        (_PLATFORM_END, "platform"),
    ):
        if ending.search(content):
            return subtype
    return None


def find_known(text: str) -> list[Candidate]:
    """Return the programmes, concepts and groups that the lists know, outside and inside quotation marks."""
    found: list[Candidate] = []
    programmes = _named("programmes.tsv")
    for start, end in programmes.find(text):
        subtype, *name = programmes.meanings[text[start:end]]
        quoted = text[start - 1 : start] == "“" and text[end : end + 1] == "”"
        if text[start:end] in {"金秋助学", "夏送清凉", "春送岗位", "冬送温暖"} or quoted or len(text[start:end]) > 1:
            found.append(
                Candidate(start, end, "PROGRAMME", subtype, name=name[0] if name else "", rule="programme.known", confidence=0.85, rank=1)
            )
    concepts = _named("concepts.tsv")
    for start, end in concepts.find(text):
        found.append(Candidate(start, end, "CONCEPT", rule="concept.known", confidence=0.9))
    groups = _named("groups.tsv")
    for start, end in groups.find(text):
        form = text[start:end]
        if _MODIFIED_THING.match(text, end):
            continue
        name = groups.meanings[form]
        found.append(Candidate(start, end, "GROUP", name=name[0] if name else "", rule="group.known", confidence=0.85))
        if form == "劳模" and (match := re.match(r"(?:和|与|、)?(工匠)", text[end : end + 3])) and not _MODIFIED_THING.match(text, end + match.end()):
            found.append(Candidate(end + match.start(1), end + match.end(1), "GROUP", rule="group.beside", confidence=0.8))
    return found


def find_unquoted_programmes(text: str, place_starts: Collection[int]) -> list[Candidate]:
    """Return contests that an ordinal or a place opens, and campaigns with a head of their own behind a verb."""
    found = []
    for match in _CONTEST.finditer(text):
        start = _opening(text, match.start(), 22, _CONTEST_STOP, _ORDINAL, place_starts)
        if start is not None and match.end() - start >= 6:
            found.append(Candidate(start, match.end(), "PROGRAMME", "competition", rule="programme.contest", confidence=0.8, rank=1))
    for match in _BARE_PROGRAMME.finditer(text):
        name = match.group(1)
        if 4 <= len(name) <= 14 and not _BARE_STOP.search(name):
            found.append(Candidate(match.start(1), match.end(1), "PROGRAMME", "campaign", rule="programme.bare", confidence=0.55))
    return found


def _opening(
    text: str, end: int, reach: int, stop: re.Pattern[str], opener: re.Pattern[str], place_starts: Collection[int]
) -> int | None:
    """Return the earliest place within `reach` before `end`, behind the last stop, where an opener or a place stands."""
    low = max(0, end - reach)
    for match in stop.finditer(text, low, end):
        low = match.end()
    starts = [match.start() for match in opener.finditer(text, low, end)]
    starts += [start for start in place_starts if low <= start < end]
    return min(starts, default=None)


def find_events(text: str, institutions: Sequence[Candidate], place_starts: Collection[int]) -> list[Candidate]:
    """Return congresses, sessions, meetings and ceremonies with a name of their own, and games and fairs."""
    found: list[Candidate] = []
    for match in _PARTY_EVENT.finditer(text):
        if match.group().startswith("工会") and match.start() and "一" <= text[match.start() - 1] <= "龥":
            continue
        found.append(Candidate(match.start(), match.end(), "EVENT", rule="event.congress", confidence=0.97, rank=2))
    bodies = {candidate.end: candidate for candidate in sorted(institutions, key=lambda c: c.end - c.start) if candidate.type == "ORG"}
    for match in _SESSION.finditer(text):
        start = match.start()
        if body := bodies.get(start):
            found.append(Candidate(body.start, match.end(), "EVENT", rule="event.session", confidence=0.93, rank=2))
        elif opening := _place_union(text, start, place_starts):
            found.append(Candidate(opening, match.end(), "EVENT", rule="event.session", confidence=0.93, rank=2))
        elif "届" in match.group():
            found.append(Candidate(start, match.end(), "EVENT", rule="event.session", confidence=0.75, rank=1))
    for match in _MEETING_HEAD.finditer(text):
        start = _meeting_start(text, match.start(), bodies, place_starts)
        if start is not None and match.end() - start >= 6:
            found.append(Candidate(start, match.end(), "EVENT", rule="event.meeting", confidence=0.75, rank=1))
    for match in _GAMES.finditer(text):
        start = min((place for place in place_starts if 0 < match.start() - place <= 4 and _HAN_ONLY.fullmatch(text[place : match.start()])), default=match.start())
        if match.end() - start > 3:
            found.append(Candidate(start, match.end(), "EVENT", rule="event.games", confidence=0.8))
    return found


def _place_union(text: str, end: int, place_starts: Collection[int]) -> int | None:
    """Return where a place begins that is followed by 工会 and reaches to `end` (平江县工会 before 第十三次代表大会)."""
    if text[end - 2 : end] != "工会":
        return None
    low = max(0, end - 16)
    starts = [start for start in place_starts if low <= start < end - 2]
    return min(starts, default=None) if starts and not re.search(r"[,。、:;\s]", text[min(starts) : end]) else None


def _meeting_start(text: str, end: int, bodies: dict[int, Candidate], place_starts: Collection[int]) -> int | None:
    """Return where the name of a meeting begins whose head begins at `end`; None for a bare noun."""
    low = max(0, end - 44)
    position = end
    depth = 0
    while position > low:  # a quotation inside the name may hold what else would end it
        character = text[position - 1]
        depth += (character == "”") - (character == "“")
        if depth < 0 or (depth == 0 and character in "\n,。;:!?、《》 "):
            break
        position -= 1
    stretch = text[position:end]
    for stop in re.finditer(r"召开|举行|举办|组织|出席|参加|了|日在|在|承办|主持|由|开展|到", re.sub(r"“[^”]*”", lambda m: "■" * len(m.group()), stretch)):
        position = max(position, end - len(stretch) + stop.end())
    starts = [match.start() for match in _MEETING_OPEN.finditer(text, position, end)]
    starts += [start for start in place_starts if position <= start < end]
    quote = text.find("“", position, end)
    if quote >= 0:
        opener = re.search(r"(?:工会|全国|全省|全市)$", text[position:quote])
        starts.append(quote - len(opener.group()) if opener else quote)
    return min(starts, default=None)
