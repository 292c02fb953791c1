"""Who was at a meeting, who was elected there, where it was held, who was honoured, and for whom a person works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, zip_longest

from unionkg.nlp.actions import subjects
from unionkg.nlp.clauses import Clause, Discourse, comma_clause, is_denied
from unionkg.nlp.lexicon import Forms, expand, pattern, rows
from unionkg.nlp.linking import Linked, Named
from unionkg.nlp.occasion import HELD, with_occasions
from unionkg.nlp.statements import Statement

_IN_PLACE = re.compile(r"(?:在|于)[一-龥]{0,6}?$")
_PLACES_GAP = re.compile("[、和与及]|以及")
_SET_UP = re.compile(
    r"(?:等地|等)?(?:[一-龥]{0,2})(?:试点|试建|建设|建成|建立|新建|设立|布设|设置|开办|开设|打造|揭牌|启用|投用|上线|落地|推行|推广|推出|建起|办起|试水|实施|开展|启动|投放|挂牌|创办|举办|成立)"
)
_TRIED = re.compile("试点|试水|推开|铺开|先行")
_NARROW = frozenset({"county", "township", "site", "prefecture"})
_SPEAKS = re.compile(
    r"讲话|致辞|致词|发言|作[^,。;]{0,12}报告|作动员|作部署|介绍(?:了)?(?:经验|[^,。;]{0,20}(?:经验|做法))|汇报|宣讲|授课|报告中指出"
)
_CHAIRS = re.compile(r"主持(?!人|工作)")
_ATTENDS = re.compile(r"出席|参加|列席|到会|莅临|到场|宣读")
_MEETING_NOUN = re.compile(r"会议|大会|仪式|全会|座谈会|推进会|现场会|活动|会上")
_ELECTING = re.compile(r"(?:选举|增补|补选|增选|选出)[^,。;]{0,40}$")
_TO_BE = re.compile(r"拟[^,。;]{0,4}$|(?:候选|人选)[^,。;]{0,4}$")
_LIST_MARKS = re.compile(r"(?:\([^()]*\)|[、,和与及兼原]|以及|常务|二级|一级)*")
_NEAR = 2
"""Sentences behind the one that names a meeting that may go on about it without its name."""
_WAS_ELECTED = re.compile(r"(?:\([^()]*\))?[^,。;]{0,4}(?:当选|为|、|和)")
_ELECTION = re.compile(r"当选|选举|补选|增补|增选|选为")
_REPORTER = re.compile(
    r"\s*(?:讯\()?(?:全媒体|首席|特约|见习)?(?:记者|特派员)\s*(?:(?![本报网]*通讯员)[一-龥·]{2,4}[\s、]+){0,4}$"
)
_OWN_REPORTER = re.compile(
    r"(?:本报|本网)(?:(?!通讯员)[^。]){0,24}记者\s*(?:(?![本报网]*通讯员)[一-龥·]+[\s、]+)*$|(?:作者|记者|撰稿|文字|文/图|图/文|文/|文:)\s*:?\s*(?:(?![本报网]*通讯员)[一-龥·]+[\s、]+)*$"
)
_OUTLETS_GAP = re.compile(r"-|—|、|\s")
_HONOURS = re.compile(r"授予|追授|命名|评选|颁发|获得|荣获|获评|被评为|获|评为|夺得")
_GIVES = frozenset({"授予", "追授", "命名", "评选", "颁发"})
_HONOUR = re.compile(
    r"“(?P<quoted>[^”]{2,24})”(?:荣誉)?(?:称号|$|[,。、;])|"
    r"(?P<plain>(?:(?![获得授予])[一-龥\d]){0,10}(?:五一)?(?:劳动奖章|劳动模范|先进工作者|五一巾帼标兵|大国工匠|最美职工|时代楷模|道德模范))(?:荣誉)?(?:称号)?"
)
_TITLE_GIVEN = re.compile(r"将“(?P<quoted>[^”]{2,24})”(?P<plain>(?:荣誉)?称号)(?:授予|颁给|授给)")
"""A title named before the person to whom it goes."""
_HAS_BELOW = re.compile(r"(?:下属|所属|下辖|管辖|旗下|下设)的?|直属的")
_BELONGS = re.compile(r"(?:是|为)?(?:隶属|直属|从属|归属)于?\Z|(?:隶属|直属|从属)于")
_IS = re.compile(r",?(?:是|为|系|作为)")
_BODY_BELOW = re.compile(r"的?(?:直属|所属|下属)(?!上级|主管)(?:[一-龥]{0,6}单位|机构|企业|医院|学校)")
_BY = re.compile(r"(?<![一-龥])被\Z|[又还曾也先后]被\Z|(?<=[一-龥])被\Z")
_NAMED_AS = re.compile(
    r"(?:评为|授予|命名为|评选为|表彰为|聘为)(?:“(?P<quoted>[^”]{2,24})”|(?P<plain>[^,。;“”]{0,10}(?:劳动奖章|劳动模范|先进工作者|标兵|工匠)))"
)
_LONGEST_BY = 20
_GIVEN_TO_THEM = re.compile(
    r"授予[他她](?:“(?P<quoted>[^”]{2,24})”|(?P<plain>[^,。;“”]{2,14}?(?:奖章|劳动模范|先进工作者|称号|标兵)))"
)
_PLACING = re.compile(
    r"(?:夺得|夺取|夺下|拿下|拿到|拿了|夺了|取得|获得|荣获|摘得|(?<![收受])获(?!悉|知|批|奖者))(?P<title>[^,。;]{0,14}?(?:第[一二三四五六]名|头名|[一二三]等奖|[金银铜]奖|冠军|亚军|季军))"
)
_LIST_GAP = re.compile(r"(?:\([^()]*\))?\s+原?")
_IN_BRACKETS = re.compile(r"\((?:[男女],|[一-龥]{1,4}族,)*")
_NO_WORKER = re.compile(r"[为给帮让对向与和同是]|(?:巡视|调研|[委议科党官成会])员")
_CALLING = re.compile(r"联系|咨询|电话|\d{3,4}-[\dX]")
_CONTACT = re.compile(r"联系人:$")
_IS_OF = re.compile(r"(?:\([^()]*\))?,?(?:就)?(?:来自|是|供职于|就职于|受雇于|效力于|[一-龥]?在)")
_OF_THEM = re.compile(r"(?:他|她)(?:也|就)?(?:来自|是|供职于|就职于|受雇于|在)$")
_RESPECTIVELY = re.compile(r"[二三四五六两]人分别来自$|分别来自$")


@cache
def _roles() -> Forms:
    return Forms.read("roles.tsv")


@cache
def _worker() -> re.Pattern[str]:
    """Return what stands between a body and a person who works there without an office."""
    trades = pattern(form for role, kind in rows("roles.tsv") if kind == "trade" for form in expand(role))
    trades = rf"(?:{trades}|[一-龥]{{1,3}}(?:员|师傅|小哥|匠))"
    return re.compile(rf"\s*(?:的|的?[一-龥]{{0,8}}?{trades}(?!长)(?:、[一-龥]{{0,6}}{trades})*)\s*")


def find_occasions(discourse: Discourse) -> list[Statement]:
    """Return attends, elected_at, located_in, honours and works_for statements, in order of the text."""
    statements: list[Statement] = []
    contest: Named | None = None
    last_meeting = -_NEAR
    for number, (clause, occasion) in enumerate(with_occasions(discourse)):
        statements += _held_in(discourse.text, clause)
        statements += _stands_at(discourse.text, clause)
        statements += _subordinate(discourse, clause)
        if occasion is not None:
            if any(mention.entity == occasion for mention in clause.of_type("EVENT")):
                last_meeting = number
            attending = list(_attendance(discourse.text, clause, occasion, at_hand=number - last_meeting <= _NEAR))
            if attending:
                last_meeting = number
            statements += attending
        statements += _honours(discourse, clause, contest or discourse.main_programme("competition"))
        contest = next((one.entity for one in reversed(_competitions(clause))), contest)
        statements += _works_for(discourse, clause)
    return statements


def _held_in(text: str, clause: Clause) -> Iterator[Statement]:
    """Yield where meetings and contests are held and services set up (X在Y召开, 在Y、Z试点X)."""
    held = clause.of_type("EVENT", "PROGRAMME")
    places = clause.of_type("PLACE")
    for number, mention in enumerate(places):
        if not _IN_PLACE.search(text, max(clause.start, mention.start - 8), mention.start):
            continue
        listed = [mention]
        for other in places[number + 1 :]:
            if not _PLACES_GAP.fullmatch(text, listed[-1].end, other.start):
                break
            listed.append(other)
        end = listed[-1].end
        held_here = HELD.match(text, end, clause.end)
        if not (held_here or _SET_UP.match(text, end, clause.end)):
            continue
        before = [other for other in held if other.end <= mention.start]
        behind = [other for other in held if 0 <= other.start - end <= 14]
        for what in (
            before[-1:] if held_here and before else behind[:1] or _running_subject(text, clause, before, mention.start)
        ):
            for place in listed:
                yield Statement("located_in", what.entity, place.entity, clause.start, clause.end, "verb.held_in", 0.85)


def _running_subject(text: str, clause: Clause, before: list[Linked], position: int) -> list[Linked]:
    """Return the programme that opens a sentence and goes on to be tried out at a place (X…,先在甲镇、乙镇试点)."""
    opens = before[:1] if before and before[0].start - clause.start <= 2 else []
    return opens if opens and _TRIED.search(text, position, clause.end) else []


def _stands_at(text: str, clause: Clause) -> Iterator[Statement]:
    """Yield where a body or a service stands that a place and 的 open (甲县乙镇的“暖心驿站”, 位于甲区的某公司)."""
    places = {mention.end: mention for mention in clause.of_type("PLACE")}
    for mention in clause.of_type("ORG", "PROGRAMME"):
        opening = mention.start - (text[mention.start - 1] == "“")
        place = places.get(opening - 1) if text[opening - 1 : opening] == "的" else None
        is_body = mention.entity.subtype in {"enterprise", "other", "service"}
        if place is not None and is_body and place.entity.subtype in _NARROW:
            yield Statement(
                "located_in", mention.entity, place.entity, clause.start, clause.end, "place.stands_at", 0.85
            )


def _subordinate(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    """Yield which body is said to belong to which (甲下属的乙, 隶属于甲的乙, 乙是甲的直属事业单位)."""
    text = discourse.text
    for upper, lower in pairwise(clause.of_type("ORG")):
        gap = text[upper.end : lower.start]
        if _HAS_BELOW.fullmatch(gap) or (gap == "的" and _BELONGS.search(text, clause.start, upper.start)):
            pair = (lower, upper)
        elif _BELONGS.fullmatch(gap) or (_IS.fullmatch(gap) and _BODY_BELOW.match(text, lower.end)):
            pair = (upper, lower)
        else:
            continue
        if not is_denied(discourse.unnamed, upper.start, lower.end):
            yield Statement(
                "subordinate_to", pair[0].entity, pair[1].entity, clause.start, clause.end, "verb.subordinate", 0.9
            )


def _attendance(text: str, clause: Clause, occasion: Named, *, at_hand: bool) -> Iterator[Statement]:
    """Yield who attends, speaks and presides, and who is elected; `at_hand` where the sentences before speak of the meeting."""
    persons = clause.of_type("PERSON")
    at_hand = at_hand or bool(clause.of_type("EVENT"))
    together: list[Linked] = []
    for mention, following in zip_longest(persons, persons[1:]):
        together.append(mention)
        end = following.start if following else clause.end
        if following and _is_list_gap(text, clause, mention.end, end):
            continue
        group, together = together, []
        events = [one for one in clause.of_type("EVENT") if mention.end <= one.start < end]
        where = events[0].entity if events else occasion
        stretch = text[mention.end : end]
        said = stretch if following is None else stretch.split(";")[0]
        role = _role_at(said, at_meeting=at_hand or "会上" in text[clause.start : mention.start])
        for one in group:
            around = text[max(clause.start, one.start - 30) : min(end, mention.end + 12)]
            if (
                _ELECTION.search(around)
                and (_WAS_ELECTED.match(stretch) or _ELECTING.search(text[clause.start : one.start]))
                and not _TO_BE.search(text, max(clause.start, one.start - 8), one.start)
            ):
                yield Statement("elected_at", one.entity, where, clause.start, clause.end, "verb.elected", 0.85)
            if role:
                yield Statement("attends", one.entity, where, clause.start, clause.end, "verb.attends", 0.9, role=role)


def _role_at(stretch: str, *, at_meeting: bool) -> str | None:
    """Return what the words behind a name say the person did at a meeting, None where they say nothing of one."""
    at_meeting = at_meeting or _MEETING_NOUN.search(stretch) is not None
    if _CHAIRS.match(stretch) or (at_meeting and _CHAIRS.search(stretch[:8])):
        return "chair"
    if at_meeting and _ATTENDS.search(stretch[:24]):
        return "speech" if _SPEAKS.search(stretch) else "attend"
    return "speech" if at_meeting and _SPEAKS.search(stretch[:26]) else None


def _is_list_gap(text: str, clause: Clause, start: int, end: int) -> bool:
    """True if between two persons stand only brackets, the posts of the second and marks of a list."""
    gap = list(text[start:end])
    for body in clause.of_type("ORG"):
        if start <= body.start and body.end <= end:
            gap[body.start - start : body.end - start] = "," * (body.end - body.start)
    left = "".join(gap)
    for low, high in _roles().find(left):
        left = left[:low] + "," * (high - low) + left[high:]
    return _LIST_MARKS.fullmatch(left) is not None


def _competitions(clause: Clause) -> list[Linked]:
    return [one for one in clause.of_type("PROGRAMME") if one.entity.subtype == "competition"]


def _honours(discourse: Discourse, clause: Clause, contest: Named | None) -> Iterator[Statement]:
    """Yield who was placed in a contest and whom a body honours; `contest` is the one that the text named last."""
    text = discourse.text

    def said(giver: Named, person: Named, rule: str, title: str) -> Statement:
        return Statement("honours", giver, person, clause.start, clause.end, rule, 0.85, title=title)

    competitions = _competitions(clause)
    persons = clause.of_type("PERSON")
    for mention, following in zip_longest(persons, persons[1:]):
        low, high = comma_clause(text, clause, mention.start)
        reach = min(clause.end, high + 30)
        placing = _PLACING.search(text, mention.end, min(reach, following.start) if following else reach)
        here = [one.entity for one in competitions if one.end <= reach]
        held = here[-1] if here else contest
        if placing and held is not None:
            yield said(held, mention.entity, "verb.placing", placing["title"].removeprefix("了"))
            continue
        if passive := _named_by(text, clause, mention):
            yield said(passive[0], mention.entity, "verb.honoured_by", passive[1])
            continue
        verb = _HONOURS.search(text, low, reach)
        shared = following is not None and text[mention.end : following.start] in {"、", "和", "与", "及"}
        stop = clause.end if following is None or shared else following.start
        title = _HONOUR.search(text, mention.end, min(stop, mention.end + 40)) or _TITLE_GIVEN.search(
            text, low, mention.start
        )
        if verb is None or title is None or is_denied(discourse.unnamed, low, max(verb.end(), title.start())):
            continue
        honouring = _giver(discourse, clause, verb)
        if honouring is not None:
            yield said(honouring, mention.entity, "verb.honours", title["quoted"] or title["plain"])
    for given in _GIVEN_TO_THEM.finditer(text, clause.start, clause.end):
        person = _person_before(discourse, clause, given.start()) or discourse.titled_person
        body = [one for one in clause.of_type("ORG") if 0 <= given.start() - one.end <= 2]
        if person is not None and body:
            yield said(body[-1].entity, person, "verb.honours_them", given["quoted"] or given["plain"])


def _named_by(text: str, clause: Clause, person: Linked) -> tuple[Named, str] | None:
    """Return the body by which a person has been honoured, and with what (被某某总工会评为“…”)."""
    for body in clause.of_type("ORG"):
        if body.start >= person.end and _BY.search(text, person.end, body.start):
            title = _NAMED_AS.match(text, body.end)
            if title is not None and body.start - person.end <= _LONGEST_BY:
                return body.entity, title["quoted"] or title["plain"]
    return None


def _giver(discourse: Discourse, clause: Clause, verb: re.Match[str]) -> Named | None:
    """Return the body that gives what a verb says was given or gained, else the one that the document is about."""
    if verb.group() not in _GIVES:
        return discourse.main
    doers = subjects(discourse, clause, verb.start(), discourse.main)
    bodies = [one for one in doers if one.subtype != "enterprise"]
    return bodies[0] if bodies else discourse.main


def _works_for(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    text = discourse.text
    bodies = clause.of_type("ORG")

    def said(person: Linked, body: Named, rule: str, confidence: float) -> Statement:
        return Statement("works_for", person.entity, body, clause.start, clause.end, rule, confidence)

    yield from _coming_from(discourse, clause, bodies)
    for mention in clause.of_type("PERSON"):
        before = [body for body in bodies if body.end <= mention.start]
        behind = [body for body in bodies if body.start >= mention.end]
        gap_before = text[before[-1].end : mention.start] if before else ""
        gap_behind = text[mention.end : behind[0].start] if behind else ""
        outlets = [body for body in before if body.entity.subtype == "media"]
        if outlets and outlets[-1] is before[-1] and _REPORTER.fullmatch(gap_before):
            for number in range(len(outlets) - 1, -1, -1):
                yield said(mention, outlets[number].entity, "byline.outlet", 0.9)
                if number and not _OUTLETS_GAP.fullmatch(text[outlets[number - 1].end : outlets[number].start]):
                    break
        elif (
            mention.rule == "person.byline"
            and discourse.outlet
            and _OWN_REPORTER.search(text, clause.start, mention.start)
        ):
            yield said(mention, discourse.outlet, "byline.own", 0.8)
        elif before and _is_worker_of(before[-1].entity, gap_before):
            yield said(mention, before[-1].entity, "worker.of", 0.9)
        elif behind and _IN_BRACKETS.fullmatch(gap_behind) and text[behind[0].end : behind[0].end + 1] == ")":
            yield said(mention, behind[0].entity, "worker.in_brackets", 0.9)
        elif before and gap_before and not gap_before.strip() and _CALLING.search(text, clause.start, clause.end):
            yield said(mention, before[-1].entity, "contact.of", 0.85)
        elif gap_behind == "," and _CONTACT.search(text, clause.start, mention.start):
            yield said(mention, behind[0].entity, "contact.of", 0.85)
        elif (
            mention.start == clause.start
            and _LIST_GAP.fullmatch(gap_behind)
            and _worker().match(text, behind[0].end, clause.end)
        ):
            yield said(mention, behind[0].entity, "worker.listed", 0.9)


def _is_worker_of(body: Named, gap: str) -> bool:
    """True if the words between a body and a person say that the person works there without an office."""
    if body.subtype == "media" or _NO_WORKER.search(gap) or not _worker().fullmatch(gap):
        return False
    return body.subtype in {"enterprise", "other"} or gap.strip() != "的"


def _coming_from(discourse: Discourse, clause: Clause, bodies: list[Linked]) -> Iterator[Statement]:
    """Yield for whom somebody works where a clause says it of a name: X来自Y, X是Y的骑手, X、Z二人分别来自Y和W."""
    text = discourse.text
    persons = clause.of_type("PERSON")
    employers = [body for body in bodies if body.entity.subtype in {"enterprise", "other"}]

    def said(person: Named, body: Linked) -> Statement:
        return Statement("works_for", person, body.entity, clause.start, clause.end, "worker.from", 0.9)

    for number, body in enumerate(employers):
        before = [person for person in persons if person.end <= body.start]
        opening = text[max(clause.start, body.start - 12) : body.start]
        if before and _RESPECTIVELY.search(opening):
            together = employers[number:]
            yield from (
                said(person.entity, one) for person, one in zip(before[-len(together) :], together, strict=False)
            )
            return
        is_worker = opening.endswith("自") or _worker().match(text, body.end) is not None
        if not is_worker:
            continue
        if before and _IS_OF.fullmatch(text, before[-1].end, body.start):
            yield said(before[-1].entity, body)
        elif _OF_THEM.search(opening) and (person := _person_before(discourse, clause, body.start)):
            yield said(person, body)


def _person_before(discourse: Discourse, clause: Clause, position: int) -> Named | None:
    """Return the person named last before a position, in its sentence or the one before."""
    for one in discourse.with_sentence_before(clause):
        persons = [mention.entity for mention in one.of_type("PERSON") if mention.end <= position]
        if persons:
            return persons[-1]
    return None
