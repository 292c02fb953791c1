"""What a document says of organisations, programmes, policies and events, by verb frames over its mentions.

A frame (`data/verbs.tsv`) says which verbs tie a subject to which types of object. The subject is the last organisation
named before the verb in the sentence; a sentence without one takes the subject of the paragraph, else the union that
the document is about. What a kind of body does (各级工会) is no fact of a named one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unionkg.nlp.clauses import KIND_SUBJECT, Clause, Discourse, comma_clause, is_denied, is_planned
from unionkg.nlp.lexicon import pattern, rows
from unionkg.nlp.linking import Linked, Named
from unionkg.nlp.statements import Statement

_TOGETHER = re.compile(
    r"^(?:\([^()]*\))?(?:、|和|与|及|以及|联合|会同|携手|协同|同|,)$|^(?:、|和|与|及)?(?:联合|会同|携手|协同)$"
)
_JOINT = re.compile(r"联合|会同|携手|共同|共建|协同|合作|双方|签署|签订|签约|结伙")
_SIDE = re.compile(r"^(?:承办|协办|具体承办|主办|支持)")
_BY = re.compile(r"由$")
_HELD_AT = re.compile(r"(?:在|于)(?:[一-龥]{0,6}?)$")
_HELD = re.compile(r"^[^,。;]{0,14}?(?:召开|举行|举办|开幕|闭幕|落幕|落下帷幕|开赛|启动|落地|举行)")
_INSIDE = re.compile(r"^(?:的)?$")
_NOT_THE_OCCASION = re.compile(r"(?:学习|贯彻|传达|落实|迎接|喜迎|自|宣传|宣讲|系|按照|根据)[^,。;]{0,10}$")
_CONVENES = re.compile(r"(?:召开|举行|举办)(?:了|的)?$")
_SPEAKS = re.compile(
    r"讲话|致辞|致词|发言|作[^,。;]{0,12}报告|作动员|作部署|介绍(?:了)?(?:经验|做法|训戒)|汇报|宣讲|授课|报告中指出"
)
_CHAIRS = re.compile(r"主持(?!人)(?:了)?(?:会议|大会|仪式|座谈会|活动|召开)?")
_ATTENDS = re.compile(r"出席|参加|列席|到会|莅临|到场")
_MEETING_NOUN = re.compile(r"会议|大会|仪式|全会|座谈会|推进会|现场会|活动|会上")
_ELECTED = re.compile(r"当选|选举|补选|增补|增选|选为")
_REPORTER = re.compile(r"(?:全媒体|首席|特约|见习)?(?:记者|特派员)\s*$")
_HONOUR = re.compile(
    r"“(?P<quoted>[^”]{2,24}(?:奖章|奖状|称号|工匠|模范|标兵|先锋|能手|[一-龥]))”(?:荣誉)?(?:称号)?|(?P<plain>[一-龥\d]{0,10}(?:五一)?(?:劳动奖章|劳动模范|先进工作者|五一巾帼标兵|大国工匠|最美职工|时代楷模|道德模范|[一-龥]{2}工匠))(?:荣誉)?(?:称号)?"
)
_HONOURS = re.compile(r"授予|获得|荣获|获评|被评为|获|当选|评为|被授予|选树")
_WORKER = re.compile(
    r"^(?:的)?(?:[一-龥]{0,8}?)(?:职工|员工|工人|焊工|钳工|电工|车工|司机|骑手|快递员|驾驶员|技师|高级技师|工程师|高级工程师|教授|副教授|研究员|代表|护士|医生|教师|律师|记者|编辑|技术员|[一-龥]工|[一-龥]员)?(?:、[一-龥]{2,8})?$"
)
_TARGET_VERB = re.compile(
    r"关爱|关心|服务|帮扶|面向|为|向|针对|慰问|惠及|吸纳|维护|保障|覆盖|聚焦|帮助|对|让|资助|走访|给予|支持|关注|组织|吸收|吸引|追回|保护|重点"
)
_PROMOTE_BAR = re.compile(r"在|按照|根据|符合|推动|为")
_PLAN_SPEECH = re.compile(r"^(?:会议|大会|报告|[一-龥·]{2,8})?(?:强调|要求|提出|号召|希望|指出|表示)")
_PARTICIPATES = re.compile(
    r"参与制定|参与起草|积极参与|踊跃参与|参加|配合|落实|贯彻|执行|依据|根据|按照|围绕|学习|通过(?=“)"
)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]:
    return tuple(
        (re.compile(pattern(verbs.split("|"))), relation, frozenset(types.split()))
        for verbs, relation, types in rows("verbs.tsv")
    )


def relations_of_names(discourse: Discourse) -> list[Statement]:
    """Return what names themselves say: governs, subordinate_to, and place chains as located_in."""
    statements: list[Statement] = []
    territories: dict[str, Named] = {}
    bodies: dict[tuple[str, str], Named] = {}
    for clause in discourse.clauses:
        for mention in clause.mentions:
            if mention.entity.type == "PLACE" and mention.entity.code:
                territories.setdefault(mention.entity.code, mention.entity)
            if mention.entity.type == "ORG":
                bodies.setdefault(mention.entity.key, mention.entity)
    seen: set[tuple[str, str]] = set()
    for clause in discourse.clauses:
        for mention in clause.of_type("ORG"):
            entity = mention.entity
            if entity.key in seen:
                continue
            seen.add(entity.key)
            ruled = entity.subtype in {"union", "party_state"} and not mention.rule.endswith("company_union")
            if ruled and entity.code and (place := territories.get(entity.code)):
                statements.append(Statement("governs", entity, place, clause.start, clause.end, "name.territory", 0.95))
            if entity.parent and (parent := bodies.get(entity.parent)) and parent.key != entity.key:
                statements.append(
                    Statement("subordinate_to", entity, parent, clause.start, clause.end, "name.department", 0.9)
                )
            if mention.rule == "org.company_union":
                company = next(
                    (
                        other
                        for other in bodies.values()
                        if other.subtype == "enterprise" and entity.name.startswith(other.name)
                    ),
                    None,
                )
                if company is not None and not entity.parent:
                    statements.append(
                        Statement("subordinate_to", entity, company, clause.start, clause.end, "name.company", 0.85)
                    )
        statements.extend(_place_chains(discourse, clause))
    return statements


def _place_chains(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    """Yield an inner place in the outer one that is written directly before it."""
    places = clause.of_type("PLACE")
    for outer, inner in zip(places, places[1:], strict=False):
        if outer.end == inner.start and outer.entity.key != inner.entity.key:
            yield Statement("located_in", inner.entity, outer.entity, clause.start, clause.end, "place.chain", 0.9)


def relations_of_verbs(discourse: Discourse) -> list[Statement]:
    """Return what verbs say: organises, issues, promotes, targets, partners_with, attends, elected_at and the rest."""
    statements: list[Statement] = []
    subject: Named | None = None
    event: Named | None = None
    paragraph = -1
    for clause in discourse.clauses:
        if clause.paragraph != paragraph:
            paragraph = clause.paragraph
            subject = discourse.main
        leading = _leading_subject(discourse, clause)
        if leading is not None:
            subject = leading
        statements.extend(_frames_of(discourse, clause, subject))
        statements.extend(_targets(discourse, clause, subject))
        statements.extend(_joint(discourse, clause))
        statements.extend(_places(discourse, clause))
        event = _current_event(discourse, clause, event)
        statements.extend(_attendance(discourse, clause, event))
        statements.extend(_honours(discourse, clause, subject))
        statements.extend(_works_for(discourse, clause))
    return statements


def _current_event(discourse: Discourse, clause: Clause, event: Named | None) -> Named | None:
    """Return the meeting that 会议 and 会上 mean from here on: the last that the text says is held, else the first named."""
    for mention in clause.of_type("EVENT"):
        if _NOT_THE_OCCASION.search(discourse.text[max(clause.start, mention.start - 12) : mention.start]):
            continue
        held = _HELD.match(discourse.text[mention.end : clause.end]) or _CONVENES.search(
            discourse.text[max(clause.start, mention.start - 8) : mention.start]
        )
        if event is None or held:
            event = mention.entity
    return event


def _leading_subject(discourse: Discourse, clause: Clause) -> Named | None:
    """Return the union that opens the sentence, or the first in it that a verb follows."""
    for mention in clause.of_type("ORG"):
        if mention.entity.subtype == "union" and not re.match(
            r"[^,。;]{0,4}(?:主席|书记|部长)", discourse.text[mention.end : mention.end + 10]
        ):
            return mention.entity
    return None


def _subjects(discourse: Discourse, clause: Clause, verb: int, fallback: Named | None) -> list[Named]:
    """Return the organisations that do what the verb at `verb` says, the first-named first."""
    text = discourse.text
    before = [mention for mention in clause.of_type("ORG") if mention.end <= verb and mention.entity.subtype != "media"]
    before = [mention for mention in before if not _is_in_post(text, clause, mention)]
    kinds = [match for match in KIND_SUBJECT.finditer(text, clause.start, verb)]
    if before:
        last = before[-1]
        if (
            kinds
            and kinds[-1].start() > last.end
            and not re.match(r"(?:领导班子)?(?:和|及|与|、)", text[last.end : kinds[-1].start()])
        ):
            return []
        group = [last]
        for mention in reversed(before[:-1]):
            if not _TOGETHER.match(text[mention.end : group[0].start]):
                break
            group.insert(0, mention)
        return [mention.entity for mention in group]
    if kinds:
        return []
    return [fallback] if fallback is not None else []


def _is_in_post(text: str, clause: Clause, mention: Linked) -> bool:
    """True if the organisation only says where a person holds office (省总工会主席X)."""
    return bool(
        re.match(
            r"(?:党组|党委|机关)?(?:成员|常务|专职|兼职|第一|副|原)*(?:主席|书记|主任|部长|委员|常委|成员|局长|厅长|巡视员|秘书长|长[一-龥])",
            text[mention.end : mention.end + 12],
        )
    )


def _frames_of(discourse: Discourse, clause: Clause, fallback: Named | None) -> Iterator[Statement]:
    text = discourse.text
    for number, mention in enumerate(clause.mentions):
        for verbs, relation, types in _frames():
            if mention.entity.type not in types or mention.rule in {"event.session", "event.congress"}:
                continue
            verb = _governing_verb(text, clause, mention, verbs, types, number)
            if verb is None:
                continue
            start, passive = verb
            low, _ = comma_clause(text, clause, start)
            if _PARTICIPATES.search(text[max(low, start - 6) : mention.start]) and relation != "promotes":
                continue
            subjects = _subjects(discourse, clause, mention.end + 12 if passive else start, fallback)
            if passive:
                subjects = _agents(discourse, clause, mention) or subjects
            denied = is_denied(text, low, mention.end) or (
                is_denied(text, mention.end, comma_clause(text, clause, mention.end)[1])
            )
            planned = relation in {"organises", "issues"} and (
                is_planned(text, low, mention.start)
                or _PLAN_SPEECH.match(text[clause.start : clause.end]) is not None
                or _plan_carries(text, clause, low)
            )
            for subject in subjects:
                if relation == "issues" and subject.subtype == "enterprise" and len(subjects) == 1:
                    continue
                yield Statement(
                    relation,
                    subject,
                    mention.entity,
                    clause.start,
                    clause.end,
                    f"verb.{relation}",
                    0.7,
                    modality="planned" if planned else None,
                    denied=denied,
                )
            if relation in {"organises", "issues"} and len(subjects) > 1 and not denied:
                for other in subjects[1:]:
                    programme = mention.entity if mention.entity.type == "PROGRAMME" else None
                    yield Statement(
                        "partners_with",
                        subjects[0],
                        other,
                        clause.start,
                        clause.end,
                        "verb.together",
                        0.75,
                        programme=programme,
                    )
            break


def _plan_carries(text: str, clause: Clause, low: int) -> bool:
    """True if an earlier clause of the sentence opens a plan that this one continues (…将A,B)."""
    return is_planned(text, clause.start, low) and not re.search(r"已|了|截至|累计|共", text[low : low + 12])


def _governing_verb(
    text: str, clause: Clause, mention: Linked, verbs: re.Pattern[str], types: frozenset[str], number: int
) -> tuple[int, bool] | None:
    """Return where the verb stands that governs a mention, and whether it stands behind it (X由…主办)."""
    low = max(text.rfind(mark, clause.start, mention.start) for mark in ",;。:") + 1
    low = max(low, clause.start)
    stretch = text[low : mention.start]
    found = list(verbs.finditer(stretch))
    others = [m for m in clause.mentions[:number] if m.start >= low]
    for match in reversed(found):
        place = low + match.start()
        if any(other.start <= place < other.end for other in others):
            continue
        between = text[low + match.end() : mention.start]
        if len(between) <= 40:
            return place, False
    for other in reversed(others):  # a list: the verb of the item before governs this one too
        if other.entity.type in types and re.fullmatch(
            r"[”\"]?(?:等)?[、和及与“”]{1,2}", text[other.end : mention.start]
        ):
            return None if not found else (low + found[-1].start(), False)
    if mention.start - low <= 2 or not found:
        previous = max(text.rfind(mark, clause.start, max(low - 1, clause.start)) for mark in ",;。:") + 1
        after = text[mention.end : comma_clause(text, clause, mention.end)[1]]
        match = verbs.search(after)
        if match and match.start() <= 40 and mention.entity.type in {"PROGRAMME", "EVENT", "POLICY"}:
            return mention.end + match.start(), True
        if previous < low and text[low - 1 : low] == "、":
            return None
    return None


def _agents(discourse: Discourse, clause: Clause, mention: Linked) -> list[Named]:
    """Return the organisations that 由 names behind a programme (X由A、B主办,C承办)."""
    text = discourse.text
    behind = [other for other in clause.of_type("ORG") if other.start >= mention.end]
    agents: list[Named] = []
    for other in behind:
        gap = text[(agents and behind[len(agents) - 1].end) or mention.end : other.start]
        if not agents and not _BY.search(gap):
            break
        if agents and not re.fullmatch(r"、|和|与|及|(?:联合|共同)?(?:主办|承办|举办),(?:由)?|,", gap):
            break
        agents.append(other.entity)
    return agents


def _targets(discourse: Discourse, clause: Clause, fallback: Named | None) -> Iterator[Statement]:
    text = discourse.text
    for mention in clause.of_type("GROUP"):
        low, high = comma_clause(text, clause, mention.start)
        if not _TARGET_VERB.search(text, low, mention.start) or is_denied(text, low, high):
            continue
        programmes = [other for other in clause.of_type("PROGRAMME") if low <= other.start and other.end <= high + 1]
        before = [other for other in programmes if other.end <= mention.start]
        if before and text[before[-1].end : mention.start].lstrip("”")[:1] not in "、":
            yield Statement("targets", before[-1].entity, mention.entity, clause.start, clause.end, "verb.targets", 0.6)
            continue
        for subject in _subjects(discourse, clause, mention.start, fallback)[:1]:
            yield Statement("targets", subject, mention.entity, clause.start, clause.end, "verb.targets", 0.6)


def _joint(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    """Yield partners where a sentence ties organisations by 与…签署, 会同, 联合 and names no programme for it."""
    text = discourse.text
    bodies = [
        mention
        for mention in clause.of_type("ORG")
        if mention.entity.subtype != "media" and not _is_in_post(text, clause, mention)
    ]
    if len(bodies) < 2 or not _JOINT.search(text, clause.start, clause.end):
        return
    first = bodies[0]
    opened = False
    last = first
    for mention in bodies[1:]:
        gap = text[last.end : mention.start]
        if re.fullmatch(r"(?:[^,。;]{0,6}?)(?:联合|会同|携手|与|和|同)", gap) and (
            opened or _JOINT.search(text, last.end, min(clause.end, mention.end + 60))
        ):
            opened = True
        elif not (opened and re.fullmatch(r"、|和|与|及", gap)):
            if opened:
                break
            first = mention
            last = mention
            continue
        last = mention
        if mention.entity.key != first.entity.key:
            yield Statement("partners_with", first.entity, mention.entity, clause.start, clause.end, "verb.joint", 0.65)


def _places(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    """Yield where meetings and contests are held (X在Y召开)."""
    text = discourse.text
    for mention in clause.of_type("PLACE"):
        if not _HELD_AT.search(text[max(clause.start, mention.start - 8) : mention.start]) or not _HELD.match(
            text[mention.end : clause.end]
        ):
            continue
        held = [other for other in clause.of_type("EVENT", "PROGRAMME") if other.end <= mention.start]
        behind = [
            other
            for other in clause.of_type("EVENT", "PROGRAMME")
            if other.start >= mention.end and other.start - mention.end <= 12
        ]
        for other in held[-1:] or behind[:1]:
            yield Statement("located_in", other.entity, mention.entity, clause.start, clause.end, "verb.held_in", 0.8)


def _attendance(discourse: Discourse, clause: Clause, event: Named | None) -> Iterator[Statement]:
    text = discourse.text
    persons = clause.of_type("PERSON")
    here = clause.of_type("EVENT")
    for number, mention in enumerate(persons):
        following = persons[number + 1].start if number + 1 < len(persons) else clause.end
        stretch = text[mention.end : following]
        stretch = re.split(r"[;。]", stretch)[0]
        where = next((other.entity for other in here if mention.end <= other.start < following), None) or event
        if where is None:
            continue
        noun = _MEETING_NOUN.search(stretch) is not None or any(
            mention.end <= other.start < following for other in here
        )
        if _ELECTED.search(text[max(clause.start, mention.start - 30) : min(following, mention.end + 12)]):
            if re.match(r"(?:\([^()]*\))?[^,。;]{0,4}(?:当选|为|、|和)", stretch) or re.search(
                r"(?:选举|增补|补选|增选)[^,。;]{0,40}$", text[clause.start : mention.start]
            ):
                yield Statement("elected_at", mention.entity, where, clause.start, clause.end, "verb.elected", 0.75)
        role = None
        if _CHAIRS.match(stretch) or (_CHAIRS.search(stretch[:8]) and noun):
            role = "chair"
        elif _ATTENDS.search(stretch[:24]) and noun:
            role = "speech" if _SPEAKS.search(stretch) else "attend"
        elif _SPEAKS.search(stretch[:26]) and (
            noun or "在会上" in stretch or "会上" in text[clause.start : mention.start]
        ):
            role = "speech"
        if role is not None:
            yield Statement("attends", mention.entity, where, clause.start, clause.end, "verb.attends", 0.75, role=role)


def _honours(discourse: Discourse, clause: Clause, fallback: Named | None) -> Iterator[Statement]:
    text = discourse.text
    if not _HONOURS.search(text, clause.start, clause.end):
        return
    for mention in clause.of_type("PERSON"):
        low, high = comma_clause(text, clause, mention.start)
        around = text[low : min(clause.end, high + 30)]
        if not (verb := _HONOURS.search(around)) or not (
            title := _HONOUR.search(text, mention.end, min(clause.end, mention.end + 40))
        ):
            continue
        if verb.group() in {"选树", "当选"}:
            continue
        subjects = _subjects(discourse, clause, low + verb.start(), fallback)
        name = title["quoted"] or title["plain"]
        for subject in subjects[:1]:
            if subject.subtype == "enterprise":
                subject = fallback or subject
            yield Statement(
                "honours",
                subject,
                mention.entity,
                clause.start,
                clause.end,
                "verb.honours",
                0.65,
                title=name.strip("的"),
            )


def _works_for(discourse: Discourse, clause: Clause) -> Iterator[Statement]:
    text = discourse.text
    bodies = clause.of_type("ORG")
    for mention in clause.of_type("PERSON"):
        before = [body for body in bodies if body.end <= mention.start]
        if not before:
            continue
        gap = text[before[-1].end : mention.start]
        if before[-1].entity.subtype == "media" and _REPORTER.search(gap) and len(gap) <= 8:
            group = [before[-1]]
            for body in reversed(before[:-1]):
                if not re.fullmatch(r"-|—|、|\s", text[body.end : group[0].start]):
                    break
                group.insert(0, body)
            for body in group:
                yield Statement(
                    "works_for", mention.entity, body.entity, clause.start, clause.end, "byline.outlet", 0.9
                )
        elif (
            before[-1].entity.subtype in {"enterprise", "other"}
            and len(gap) <= 14
            and _WORKER.match(gap)
            and gap not in {"、", "和", "与", ",", "。", ""}
        ):
            yield Statement("works_for", mention.entity, before[-1].entity, clause.start, clause.end, "worker.of", 0.7)
