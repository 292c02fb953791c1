"""What organisations do: programmes they carry out, policies they issue, concepts they promote, groups they serve, partners.

A frame (`data/verbs.tsv`) says which verbs tie a subject to which types of object. The subject is the organisation that
opens the part of the sentence in which the verb stands, or the last that did; a sentence without one takes the union
of the sentence before it in the paragraph, else the one that the document is about. What a kind of body does (各级工会)
is no fact of a named one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unionkg.nlp.clauses import KIND_SUBJECT, Clause, Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.lexicon import pattern, rows
from unionkg.nlp.linking import Linked, Named
from unionkg.nlp.occasion import with_occasions
from unionkg.nlp.statements import Statement

_TOGETHER = re.compile(
    r"[^,。;、]{0,8}(?:联合|会同|携手|协同)|(?:\([^()]*\))?(?:、|和|与|及|以及|联合|会同|携手|协同|同|拉上|,)|(?:、|和|与|及)?(?:联合|会同|携手|协同)|"
    r"(?:\([^()]*\))?(?:联合|共同)?(?:主办|承办|协办|牵头)[、,]"
)
_JOINT = re.compile(
    r"联合(?!会)|联手|联袂|会同|携手|共同|共建|共享|互派|合署|轮流|结对|协同|合作|双方|签署|签订|签约|续签|主办|承办|协办|合办|联办|一道|牵头|拉上|(?<=[会局厅总院委])[与同]"
)
_NOT_SUBJECT_BEFORE = re.compile(
    r"依托|借助|委托|按照|根据|依据|落实|贯彻|遵照|受|在|于|对|向|为|给|从|成立|组建|设立|指导|支持|配合|参与|关于|加入|授予|表彰|命名|评选|来自|报|经|深入|走进|赴|到"
)
_IN_POST = re.compile(
    r"(?:党组|党委|机关)?(?:成员|常务|专职|兼职|第一|副|原)*"
    r"(?:主席|书记|主任|部长|委员(?!会)|常委(?!会)|成员|局长|厅长|巡视员|秘书长|长[一-龥])"
)
_PARTICIPATES = re.compile(
    r"参与制[定订]|参与起草|积极参与|踊跃参与|参加|配合|贯彻|执行|依据|根据|按照|围绕|学习|通过(?=“)|赋予|违反|衔接"
)
_PLAN_OPENING = re.compile(r"(?:会议|大会|报告|[一-龥·]{2,8})?(?:强调|要求|提出|号召|希望|指出|表示)")
_DONE = re.compile(r"已|了|截至|累计|共")
_MEETING_PASSES = re.compile(r"(?:会议|大会|全会|会上)?[^,。;]{0,8}?(?:审议|表决|讨论|审查)(?:并)?(?:通过|批准)")
_ALONGSIDE = re.compile(r"[^,。;、“”]{0,6}(?:与|同|和)")
_JOINTLY = re.compile(
    r"[^,。;]{0,12}?(?:联合|联手|联袂|共同|共建|共办|共享|合办|联办|合作|签[署订约了下]|会签|协同|携手|轮流|一道|一起|举办|开展|推出|主办|打造|建立|启动)"
)
"""Behind a companion (A还将与B共建X): what both do."""
_WITH = re.compile(r"(?:与|和|同|联合|会同|携手|协同|拉上)$")
_JOINING = re.compile(r"(?:并|还|已|也|则|是|要|先后|近日|将|拟|计划)*(?:联合|会同|携手|协同|拉上|与|同)")
_JOINS = re.compile("联合|会同|携手|协同|拉上")
_CAUSING = re.compile(r"(?:要求|推动|指导|引导|组织|号召|鼓励|督促|支持|动员|部署|带领|让|使|帮助)$")
_LISTED = re.compile("[、和与及]")
_SHORT_FORM = re.compile(r"称:?“?$")
_COMPOSED = re.compile("(?:组成|构成)的")
_MOVED = re.compile(r"”?(?:搬|送|建|办|开|带|摆|设)(?:到|进|在|上|向|入)")
_BARE_BODY = re.compile(
    r"(?:今年|去年|目前|同时|此外|随后|“)*(?P<kind>公司|集团|学校|医院|工作室)(?!工会|党委|团委|纪委|职工|员工|代表|[一-龥]{0,6}(?:部|处|科|室)[^一-龥]?)"
)
_BODY_ENDS = {
    "公司": ("公司", "集团"),
    "集团": ("集团", "公司"),
    "学校": ("大学", "学院", "学校"),
    "医院": ("医院",),
    "工作室": ("工作室",),
}
_CONFIDENCE = {"organises": 0.82, "issues": 0.88, "promotes": 0.8}
"""How often a frame's facts are right (`python -m benchmarks.measure_facts`), a little lowered for unlike documents."""
_SPEAKING = re.compile(
    r"[^,。;:“”]{0,12}?(?:介绍|说|表示|透露|坦言|告诉|算|回忆|补充|解释|强调|指出|通报|汇报|报告说|证实|反映|认为)"
)
_ALL_OF_THEM = re.compile(r"双方|两家|[两三四五](?:方|家工会|家单位|地工会|家|部门)")
_SEPARATELY = re.compile(r"[^,。;]{0,4}分别(?!签|介绍|简称)")
_OF_ITSELF = frozenset({"举行", "召开"})
"""Verbs with which a meeting or contest is its own subject: X在杭州举行."""
_MEETING_SPEAKS = re.compile(r"(?:会议|大会|全会|通知|意见)(?:要求|强调|指出|提出|号召|明确)")
_SALUTATION = re.compile(r"各.*:$")
_POLICY_SAYS = re.compile(r"(?:明确)?(?:要求|提出|明确|强调|规定|指出)")
_STRIVES = re.compile(r"”?(?:[^,。;“”]{2,6},)?(?:旨在|着力|大力|并)*(?:弘扬|传承|践行|倡导|厚植|宣传|发扬|赓续)")
_LIST_GAP = re.compile(r"[”\"]?等?[、和及与“”]{1,2}|")
_AGENT_GAP = re.compile(
    r"、|和|与|及|联合|会同|携手|(?:联合|共同)?(?:主办|承办|协办|举办|牵头|发起|指导)?[,、](?:由)?|(?:联合|共同)?(?:主办|承办),"
)
_AGENT_OPENS = re.compile(r"[^。;“”]{0,16}?由")
_ALONGSIDE_OPENS = re.compile(r"(?:项目|活动|[一-龥]{0,4})?(?:则|也|就)?是?(?:与|同)")
_TARGET_VERB = re.compile(
    r"关爱|关心|服务|帮扶|面向|为|向|针对|慰问|惠及|吸纳|维护|保障|覆盖|聚焦|帮助|对|让|资助|走访|给予|支持|关注|组织|吸收|吸引|追回|保护|重点"
)
_LONGEST_POST = 16
_NAMED_HELD = frozenset({"event.session", "event.congress"})
"""Meetings that belong to the body in their name: that it holds them is no fact of its own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Verbs and what they say of their subject and an object of one of `types`."""

    verbs: re.Pattern[str]
    attributive: re.Pattern[str]
    """The verbs with 的 directly before the object: 印发的《…》."""
    relation: str
    types: frozenset[str]


@cache
def frames() -> tuple[Frame, ...]:
    """Return the frames of `data/verbs.tsv`, in the order of the file."""
    return tuple(
        Frame(
            re.compile(pattern(verbs.split("|")) + "(?!的)"),
            re.compile(pattern(verbs.split("|")) + "的“?\\Z"),
            relation,
            frozenset(types.split()),
        )
        for verbs, relation, types in rows("verbs.tsv")
    )


def find_actions(discourse: Discourse) -> list[Statement]:
    """Return what organisations do, in order of the text."""
    statements: list[Statement] = []
    occasions = {clause.number: occasion for clause, occasion in with_occasions(discourse)}
    for clause, carried in with_carried_subjects(discourse):
        statements += _framed(discourse, clause, carried, occasions[clause.number])
        statements += _targets(discourse, clause, carried)
        statements += _partners(discourse, clause)
        statements += _partners_of_unnamed(discourse, clause, carried)
    return statements


def with_carried_subjects(discourse: Discourse) -> Iterator[tuple[Clause, Named | None]]:
    """Yield each sentence with the union that it speaks of if it names none: that of the sentence before, else the main one."""
    carried: Named | None = None
    paragraph = -1
    for clause in discourse.clauses:
        if clause.paragraph != paragraph:
            paragraph, carried = clause.paragraph, discourse.main
        named = [one for one in _subject_mentions(discourse.text, clause, clause.end) if one.entity.subtype == "union"]
        if _MEETING_SPEAKS.match(discourse.text, clause.start):
            carried = discourse.main
        if speaker := _speaker_of(discourse, clause):
            yield clause, speaker
            continue
        if named and not _SALUTATION.match(discourse.text[clause.start : clause.end]):
            carried = named[0].entity
        yield clause, carried


def _speaker_of(discourse: Discourse, clause: Clause) -> Named | None:
    """Return the union for which the person speaks who opens a sentence (某市总工会主席某某介绍), None if nobody does.

    Who heads a union's department speaks for the union.
    """
    text = discourse.text
    first = clause.of_type("PERSON")[:1]
    if not first or not _SPEAKING.match(text, first[0].end):
        return None
    posts = [one for one in clause.of_type("ORG") if one.end <= first[0].start]
    opens = posts and posts[0].start - clause.start <= 2 and _IN_POST.match(text, posts[-1].end)
    if not opens or first[0].start - posts[-1].end > _LONGEST_POST:
        return None
    unions = [one.entity for one in posts if one.entity.subtype == "union"]
    if not unions:
        return None
    bodies = (one for one in discourse.entities if one.key == unions[-1].parent and one.subtype == "union")
    return next(bodies, unions[-1])


def _subject_mentions(text: str, clause: Clause, before: int) -> list[Linked]:
    """Return the organisations up to `before` that stand where a subject stands, in order."""
    found: list[Linked] = []
    companion: Linked | None = None
    for mention in clause.of_type("ORG"):
        if mention.end > before:
            break
        if _SHORT_FORM.search(text, max(clause.start, mention.start - 4), mention.start):
            continue
        if mention.entity.subtype == "media" or _IN_POST.match(text, mention.end):
            continue
        low, _ = comma_clause(text, clause, mention.start)
        joined = bool(found) and _stand_together(text, found[-1].end, mention)
        opening = text[max(low, mention.start - 16) : mention.start]
        is_companion = _WITH.search(opening) is not None or (
            companion is not None and _LISTED.fullmatch(text, companion.end, mention.start) is not None
        )
        companion = mention if is_companion else None
        if joined or opening.endswith("由") or not (is_companion or _NOT_SUBJECT_BEFORE.search(opening)):
            found.append(mention)
    return found


def _stand_together(text: str, end: int, mention: Linked) -> bool:
    """True if a body stands in one list with the one that ends at `end`, or beside it in what both do (A还将与B共建)."""
    gap = text[end : mention.start]
    if _TOGETHER.fullmatch(gap):
        return True
    return _ALONGSIDE.fullmatch(gap) is not None and _JOINTLY.match(text, mention.end) is not None


def subjects(discourse: Discourse, clause: Clause, verb: int, carried: Named | None) -> list[Named]:
    """Return the organisations that do what the verb at `verb` says, the first-named first; none for a kind of body."""
    text = discourse.text
    before = _subject_mentions(text, clause, verb)
    helped = _helpers_of_unnamed(text, clause, verb)
    if helped:  # 投入80万元,联合A、B上线…: the first-named is the subject of the clause before
        first = [mention for mention in before if mention.end <= helped[0].start]
        doer = first[0].entity if first else carried
        return [one for one in (doer, *(mention.entity for mention in helped)) if one is not None]
    if bare := _bare_body(discourse, clause, verb, before):
        return [bare]
    kinds = [
        kind
        for kind in KIND_SUBJECT.finditer(text, clause.start, verb)
        if kind.start() - comma_clause(text, clause, kind.start())[0] <= 2
        or _CAUSING.search(text, clause.start, kind.start())
    ]
    if not before:
        return [carried] if carried is not None and not kinds else []
    last = before[-1]
    if kinds and kinds[-1].start() > last.end and not re.match(r"(?:领导班子)?[和及与、]", text[last.end :]):
        return []
    group = [last]
    for mention in reversed(before[:-1]):
        if not _stand_together(text, mention.end, group[0]):
            break
        group.insert(0, mention)
    return [mention.entity for mention in group]


def _bare_body(discourse: Discourse, clause: Clause, verb: int, before: list[Linked]) -> Named | None:
    """Return what 公司, 学校, 工作室 mean where they open the part of the sentence of a verb: the one named last."""
    text = discourse.text
    low, _ = comma_clause(text, clause, verb)
    bare = _BARE_BODY.match(text, low)
    if bare is None or bare.end() > verb or any(one.start >= low for one in before):
        return None
    return discourse.last_body(low, _BODY_ENDS[bare["kind"]])


def _helpers_of_unnamed(text: str, clause: Clause, verb: int) -> list[Linked]:
    """Return the bodies that 联合 or 会同 lists at the opening of the part of the sentence in which a verb stands."""
    low, _ = comma_clause(text, clause, verb)
    opening = _JOINING.match(text, low)
    if opening is None or (not _JOINS.search(opening.group()) and not _JOINTLY.search(text, low, verb + 8)):
        return []
    helpers: list[Linked] = []
    position = opening.end()
    for mention in clause.of_type("ORG"):
        if mention.start < position or mention.end > verb:
            continue
        if text[position : mention.start] not in {"", "、", "和", "与", "及"}:
            break
        helpers.append(mention)
        position = mention.end
    return helpers


def _framed(discourse: Discourse, clause: Clause, carried: Named | None, occasion: Named | None) -> Iterator[Statement]:
    text = discourse.text
    for mention in clause.mentions:
        for frame in frames():
            if mention.entity.type not in frame.types or mention.rule in _NAMED_HELD:
                continue
            verb = _verb_before(text, clause, mention, frame)
            agents = [] if verb is not None else _agents(discourse, clause, mention, carried)
            if verb is None and agents:
                verb = _verb_of_agents(text, clause, agents, frame)
            if verb is None and (agents or mention.entity.type in {"PROGRAMME", "EVENT", "POLICY"}):
                verb = _verb_behind(text, clause, mention, frame)
            if (
                verb is None
                and frame.relation == "organises"
                and text[mention.start - 2 : mention.start].strip("“")[-1:] == "把"
            ):
                verb = mention.start if _MOVED.match(text, mention.end) else None
            if verb is None:
                continue
            if (
                _COMPOSED.search(text, max(clause.start, verb), min(clause.end, mention.end + 60))
                and "由" in text[verb : mention.start]
            ):
                continue
            if not agents and verb >= mention.end and _is_its_own_subject(text, clause, mention, verb):
                continue
            doers = agents or subjects(discourse, clause, verb, carried)
            if not agents and (all_of_them := _meant_by_all(discourse, clause, verb)):
                doers = all_of_them
            if frame.relation == "issues" and occasion is not None and _passed_by_meeting(text, clause, verb):
                doers = [occasion]
            elif frame.relation == "issues" and (meeting := _meeting_before(text, clause, verb)):
                doers = [meeting]
            if frame.relation == "promotes":
                doers = _policy_speaking(text, clause, mention) or doers
            yield from _done(discourse, clause, mention, frame, verb, doers)
            break


def _done(
    discourse: Discourse, clause: Clause, mention: Linked, frame: Frame, verb: int, doers: list[Named]
) -> Iterator[Statement]:
    """Yield what the doers do to a mention, and that they are partners in it."""
    text = discourse.text
    low, _ = comma_clause(text, clause, min(verb, mention.start))
    if frame.relation != "promotes" and _PARTICIPATES.search(text, max(low, verb - 6), mention.start):
        return
    denied = is_denied(discourse.unnamed, low, mention.end) or is_denied(
        discourse.unnamed, mention.end, _end_of_statement(text, clause, mention)
    )
    planned = frame.relation != "promotes" and (
        discourse.is_order
        or is_planned(discourse.unnamed, low, mention.start)
        or _PLAN_OPENING.match(text, clause.start) is not None
        or (is_planned(discourse.unnamed, clause.start, low) and not _DONE.search(text[low : low + 12]))
    )
    modality = "planned" if planned else None
    for doer in doers:
        yield Statement(
            frame.relation,
            doer,
            mention.entity,
            clause.start,
            clause.end,
            f"verb.{frame.relation}",
            _CONFIDENCE[frame.relation],
            modality=modality,
            denied=denied,
        )
    apart = _SEPARATELY.search(text, max(clause.start, verb - 16), verb) is not None
    if frame.relation != "promotes" and not denied and not apart and _JOINT.search(text, clause.start, clause.end):
        programme = mention.entity if mention.entity.type == "PROGRAMME" else None
        for other in doers[1:]:
            yield Statement(
                "partners_with", doers[0], other, clause.start, clause.end, "verb.together", 0.9, programme=programme
            )


def _end_of_statement(text: str, clause: Clause, mention: Linked) -> int:
    """Return where the statement about a mention ends: before the next organisation, programme or policy, or a semicolon."""
    following = [one.start for one in clause.of_type("ORG", "PROGRAMME", "POLICY", "EVENT") if one.start >= mention.end]
    stop = text.find(";", mention.end, clause.end)
    return min([*following, clause.end if stop < 0 else stop])


def _verb_before(text: str, clause: Clause, mention: Linked, frame: Frame) -> int | None:
    """Return where the frame's verb stands before a mention, in its own part of the sentence or before its list."""
    low, _ = comma_clause(text, clause, mention.start)
    inside = {place for other in clause.mentions for place in range(other.start, other.end)}
    verbs = [low + match.start() for match in frame.verbs.finditer(text[low : mention.start])]
    made = frame.attributive.search(text, low, mention.start)
    if made and any(low <= body.start and body.end <= made.start() for body in clause.of_type("ORG")):
        verbs.append(made.start())
    verbs = [verb for verb in verbs if verb not in inside]
    return verbs[-1] if verbs and mention.start - verbs[-1] <= 60 else None


def _verb_behind(text: str, clause: Clause, mention: Linked, frame: Frame) -> int | None:
    """Return where the frame's verb stands behind a mention in its part of the sentence (X由…主办, X启动)."""
    _, high = comma_clause(text, clause, mention.end)
    match = frame.verbs.search(text, mention.end, min(high, mention.end + 60))
    return match.start() if match else None


def _agents(discourse: Discourse, clause: Clause, mention: Linked, carried: Named | None) -> list[Named]:
    """Return the organisations that 由 names behind a programme (X由A、B主办,C承办), or 同 beside the one carried (X是同A合办的)."""
    text = discourse.text
    agents: list[Named] = []
    position = mention.end
    for other in clause.of_type("ORG"):
        if other.start < mention.end:
            continue
        gap = text[position : other.start]
        if not (
            _AGENT_GAP.fullmatch(gap) if agents else _AGENT_OPENS.fullmatch(gap) or _ALONGSIDE_OPENS.fullmatch(gap)
        ):
            break
        if not agents and gap.endswith(("与", "同")):
            if carried is None or not _JOINTLY.match(text, other.end):
                break
            agents.append(carried)
        agents.append(other.entity)
        position = other.end
    return agents


def _is_its_own_subject(text: str, clause: Clause, mention: Linked, verb: int) -> bool:
    """True for what is held, or amended, without a word of who does so: X在杭州举行, 《X》修改后."""
    said = text[verb : verb + 2]
    if said not in _OF_ITSELF and not (mention.entity.type == "POLICY" and said in {"修改", "修订"}):
        return False
    return not any(mention.end <= body.start < verb for body in clause.of_type("ORG"))


def _meant_by_all(discourse: Discourse, clause: Clause, verb: int) -> list[Named]:
    """Return the bodies that 双方, 四家工会 before a verb mean: the last list of so many that are named together."""
    text = discourse.text
    said = _ALL_OF_THEM.search(text, clause.start, verb)
    if said is None or any(said.end() <= body.start < verb for body in clause.of_type("ORG")):
        return []
    count = 2 if said.group() in {"双方", "两家"} else "两三四五".index(said.group()[0]) + 2
    groups: list[list[Linked]] = []
    for one in discourse.clauses:
        last = -1
        for body in one.of_type("ORG"):
            if body.start >= said.start() or _IN_POST.match(text, body.end):
                continue
            if last >= 0 and _stand_together(text, last, body) and groups:
                groups[-1].append(body)
            else:
                groups.append([body])
            last = body.end
    fitting = [group for group in groups if len({body.entity.key for body in group}) == count]
    return [body.entity for body in fitting[-1]] if fitting else []


def _meeting_before(text: str, clause: Clause, verb: int) -> Named | None:
    """Return the meeting that passes what a verb says, named directly before it (某届某次会议表决通过《…》)."""
    meetings = [one for one in clause.of_type("EVENT") if 0 <= verb - one.end <= 4]
    return meetings[-1].entity if meetings and "通过" in text[verb : verb + 4] else None


def _verb_of_agents(text: str, clause: Clause, agents: list[Named], frame: Frame) -> int | None:
    """Return where the verb stands behind the last of the bodies that 由 names (《X》,由A、B和C三家共同制定)."""
    last = [mention for mention in clause.of_type("ORG") if mention.entity == agents[-1]][-1:]
    match = frame.verbs.search(text, last[0].end, min(clause.end, last[0].end + 16)) if last else None
    return match.start() if match else None


def _passed_by_meeting(text: str, clause: Clause, verb: int) -> bool:
    """True if it is a meeting that passes what the verb says (会议审议通过《…》)."""
    low, _ = comma_clause(text, clause, verb)
    return _MEETING_PASSES.match(text, low) is not None


def _policy_speaking(text: str, clause: Clause, mention: Linked) -> list[Named]:
    """Return the policy or programme that opens the sentence and promotes (《决定》要求,弘扬…; “微光”行动弘扬…)."""
    first = clause.mentions[0]
    opens = first.entity.type in {"PROGRAMME", "POLICY"} and first.start - clause.start <= 2
    if opens and first is not mention and _STRIVES.fullmatch(text, first.end, mention.start):
        return [first.entity]
    if first.entity.type == "POLICY" and first.start - clause.start <= 2 and _POLICY_SAYS.match(text, first.end):
        return [first.entity] if first is not mention else []
    return []


def _targets(discourse: Discourse, clause: Clause, carried: Named | None) -> Iterator[Statement]:
    """Yield whom a programme serves that is named shortly before a group, else whom the subject serves."""
    text = discourse.text
    for mention in clause.of_type("GROUP"):
        low, high = comma_clause(text, clause, mention.start)
        if not _TARGET_VERB.search(text, low, mention.start) or is_denied(discourse.unnamed, low, high):
            continue
        previous, _ = comma_clause(text, clause, max(low - 1, clause.start))
        if text[low - 1 : low] == ";":
            previous = low
        programmes = [
            other for other in clause.of_type("PROGRAMME") if previous <= other.start and other.end <= mention.start
        ]
        served: list[Named] = [programmes[-1].entity] if programmes else []
        for one, following in zip(programmes[-2::-1], programmes[:0:-1], strict=False):
            if not _LIST_GAP.fullmatch(text[one.end : following.start]):
                break
            served.append(one.entity)
        unions = [one for one in subjects(discourse, clause, mention.start, carried) if one.subtype == "union"]
        for server in served or unions[:1]:
            yield Statement("targets", server, mention.entity, clause.start, clause.end, "verb.targets", 0.62)


def _partners_of_unnamed(discourse: Discourse, clause: Clause, carried: Named | None) -> Iterator[Statement]:
    """Yield the partners of a subject that the part of the sentence leaves out: …,会同B、C开展巡讲."""
    text = discourse.text
    low = clause.start
    while low < clause.end:
        _, high = comma_clause(text, clause, low)
        helpers = _helpers_of_unnamed(text, clause, high)
        if helpers and helpers[0].start < high and not is_denied(discourse.unnamed, low, high):
            before = _subject_mentions(text, clause, low)
            doer = before[-1].entity if before else carried
            for helper in helpers:
                if doer is not None and helper.entity.key != doer.key:
                    yield Statement(
                        "partners_with", doer, helper.entity, clause.start, clause.end, "verb.joint_unnamed", 0.9
                    )
        low = high + 1


def _partners(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    """Yield partners where a sentence ties organisations by 与…签署, 会同 or 联合."""
    text = discourse.text
    bodies = [
        one for one in clause.of_type("ORG") if one.entity.subtype != "media" and not _IN_POST.match(text, one.end)
    ]
    if (
        len(bodies) < 2
        or not _JOINT.search(text, clause.start, clause.end)
        or is_denied(discourse.unnamed, clause.start, clause.end)
    ):
        return
    first = last = bodies[0]
    is_open = False
    for mention in bodies[1:]:
        gap = text[last.end : mention.start]
        tied = re.fullmatch(r"[^,。;]{0,6}?(?:联合|会同|携手|与|和|同)", gap) and _JOINT.search(
            text, last.end, mention.end + 60
        )
        if not is_open and _SEPARATELY.match(text, mention.end):
            first = last = mention
            continue
        if tied or (is_open and re.fullmatch(r"、|和|与|及", gap)):
            is_open = True
            if mention.entity.key != first.entity.key:
                yield Statement(
                    "partners_with", first.entity, mention.entity, clause.start, clause.end, "verb.joint", 0.85
                )
        elif is_open:
            return
        else:
            first = mention
        last = mention
