"""Who holds which office where: chains of posts before a name, behind a name, in lists of appointments and in CVs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from unionkg.nlp.clauses import Clause, Discourse, is_denied
from unionkg.nlp.lexicon import Forms
from unionkg.nlp.linking import Named
from unionkg.nlp.statements import Statement

_LINK = re.compile(
    r"\([^()]{1,12}\)|[、,兼和及]|兼任|并任|以及|,?(?:同时|并)(?:担任|兼任|任)|\((?:主持[^()]*|正[^()]{1,3}级|兼)\)"
)
_BETWEEN_NAMES = re.compile(r"^(?:\([^()]*\))?(?:、|和|与|及)$")
_FORMER = re.compile(r"(?:原任?|(?<!同)时任|前|前任|曾任|曾担任|历任)$")
_FORMERLY = frozenset({"原", "前", "前任", "原任", "时任"})
_THIS_BODY = re.compile(r"该(?P<kind>联合会|总会|协会|学会|集团|公司|学院|大学|医院|中心|会|局|厅|委|院|校|厂|矿)$")
_OF_LIFE = r"(?:,(?:[一-龥]{1,4}族|[一-龥]{2,8}人|\d{4}年[^,。;]{0,8}生|[^,。;]{0,8}学历|中共党员|[男女]))*"
_GAP_TO_POST = re.compile(
    rf"^(?:\([^()]*\))?(?:同志)?(?:{_OF_LIFE},|(?:男|女)[^。;]{{0,60}}?)?\s*(?:因[^,。;]{{1,14}}?|[一二两三四五六七八九十几\d]+年前|退休前|此前|今年\d+月起|\d+月起)?"
    r"(?P<verb>再次当选为?|当选为?|当选|为|现任|现为|担任|兼任|任|系|身为|是|已是|如今已?是|成为|出任|调任|转任|挂任|不再担任|不再兼任|曾任|曾担任|历任|"
    r"已?辞去|已?卸任|(?:在[^,。;]{1,6})?被(?:任命|聘任|委任|推荐任命)为|(?:在[^,。;]{1,6})?被(?:选举|推选|选|补选|增补)为|被免去|的|已任|接任|走马上任,成为)"
    r"(?P<rest>[^。;]{0,3})$"
)
_BEFORE_RETIRING = re.compile(r"退休前|年前|此前")
_ON_PROPOSAL = re.compile(r"(?:根据|经|按照|由)[^,。;]{0,20}提名")
_TAKES_OVER = re.compile(r"由$")
_TAKEN_OVER = re.compile(r"(?:接任|继任|接替)")
_RUMOUR = re.compile(r"网传|谣言|传言|辟谣|不实")
_LISTED = re.compile(r"(?:\([^()]*\))?\s+(?P<former>原)?")
_OF_TASK_FORCE = re.compile(r"组长$")
"""Who heads a task force without a name of its own holds no post of the union that sets it up."""
_LIFE_VERB = r"(?P<verb>曾任|曾担任|先后任|历任|时任|现任|现为|现系|已?转任|调任|兼任|出任|担任|此前(?:他|她)?(?:是|为|任|担任)|如今是|眼下是|(?:今年|去年|\d{4}年)?\d{1,2}月(?:起)?(?:当选|兼任|出任|任))"
_OF_THEM = re.compile(rf"(?:^|[,、;:(“](?:他|她)?|[他她])(?:也|还|又|已)?{_LIFE_VERB}$")
_RELATIVE = re.compile(r"(?:、(?:现任|现为|兼任|曾任)[^,。;]{2,24})?的")
_LONGEST_RELATIVE = 40
_POST_NOTE = re.compile(r"\((?:主持|负责|正|副|兼|驻会|挂职|专职|兼职)[^()]{0,10}\)")
_SET_APART = re.compile(r"(?::|[ \u3000])[ \u3000]*\Z")
"""What stands between an office and a name in a list of officers."""
_PREDECESSOR = re.compile(r"前任$|原任$|(?<![一-龥])[原前]$")
_OF_UNION = re.compile(r"主席|党组|常委|理事长|经审")
"""Offices that a text goes on to name without the union whose they are."""
_REMOVES_FROM_THEM = re.compile(r"(?:免去?|任命|聘任)其")
_REMOVED_BEFORE = re.compile(r"(?:免去|同意|免)[^,;。为]{0,40}$")
_ELECTED_BEFORE = re.compile(r"(?:选举(?:产生)?|补选|增补|增选|替补|推选|改选|选出)[^。;]{0,80}$")
_APPOINTED_BEFORE = re.compile(r"(?:任命|聘任|聘请|委任|决定)[^。;,]{0,60}$")
_REMOVED = re.compile(r"免去|免|辞去|不再担任|不再兼任|卸任|离任")
_SUPPOSED = re.compile(r"如果|假如|倘若|要是|(?:^|[,。;])(?:有人)?传(?!达)")
_APPOSED = re.compile(
    r"(?:\([^()]*\))?(?:,(?:[男女]|[一-龥]{1,4}族|(?:19|20)\d{2}年[^,。;]{0,8}生))*(?:,|\(|—+|[ \u3000]+)"
)
"""What stands between a name and the post that explains it: 甲,某市总工会主席; 甲(某市总工会主席)."""
_LONGEST_ADDRESS = 16
"""Characters of a post and a trade that stand before the next person's name."""
_EXPLAINED = re.compile(r"[,。;:)\n！？—]|$|职务|一职")
_ELECTED = re.compile(r"当选|被.*(?:选|补)")
_HOLDING = re.compile(r"现任|现为|历任|曾|兼任|是|系|身为|成为|的")
"""Verbs that say that somebody has or had a post, not when it was taken up."""
_MOMENT = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?|(?=[,起初末底]))|(?<![年\d])(?P<late>\d{1,2})月(?P<on>\d{1,2})日)"
    r"(?P<other>[至到—-]|[^,。;]{0,3}(?:生|参加工作|毕业|入党|届|去世|修订))?"
)
_NOMINATED = re.compile(r"拟任|提名|候选人|拟提名|建议人选|人选")
_DECIDED = frozenset({"post.elected", "post.appointed", "post.removed"})
"""Rules of what a meeting decides, on its day where the sentence has none."""
_RUNNING = re.compile(r"[,。]")
_FOR_DAYS = re.compile(r"(?:上午|下午)?[至到—~、-]+(?:\d{1,2}月)?\d{1,2}日")
_DAY = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_COUNTED_FROM = re.compile(r"自((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起")
_DECIDED_ON = re.compile(r"经((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^。]{0,30}(?:研究|通过|决定)")
_TODAY = re.compile(r"今天|今日")
_MEETS = re.compile(r"召开|举行|会议|大会|全会|全委|选举|当选|决定|任命|免去")
_OTHER_DAY = re.compile(r"[^,。;]{0,3}(?:生|修订|通过的|去世|印发)")
_NEAR = 30
"""Sentences back in which the day of a meeting is looked for."""
_AUTHOR_NOTE = re.compile(r"\(?作者(?:为|系|是|单位:?|:)")
_CV_LINE = re.compile(
    r"^\s*(?P<from>(?:19|20)\d{2}[.年/-]\d{1,2})月?\s*(?:—|-|–|~|至|到)+\s*(?P<to>(?:19|20)\d{2}[.年/-]\d{1,2}|至今|今)?月?\s*[,:]?"
)
_TERM = re.compile(
    r"(?P<from>(?:19|20)\d{2}年(?:\d{1,2}月)?)(?:[至到—–-]+(?P<to>(?:19|20)\d{2}年(?:\d{1,2}月)?|今))?(?:起|间|期间|开始)?,?"
    r"(?=(?:先后|曾|一直|又|[他她]|[一-龥·]{2,12}?)?(?:任|担任|出任|转任|调任|升任|历任|在|到))"
)
"""The time of a post in a sentence that tells a career: 1998年7月至2003年5月任."""
_NEXT_STATION = re.compile(r"[,;](?:其?后|之后|此后|随后|现任|现为|调任|转任|接任|出任|担任|任)")
"""Where a sentence goes on to what came after the time that it gave."""
_CAREER_LINE = re.compile(r"^\s*(?:历任|曾任|先后任|现任)")
_UNIT_LEADER = re.compile(r"^长(?!期)")


@cache
def _roles() -> Forms:
    return Forms.read("roles.tsv")


@dataclass(frozen=True, slots=True)
class Post:
    """An office as a chain names it; `body` is None until the chain or the document gives one."""

    body: Named | None
    role: str
    start: int
    end: int
    former: bool = False


def find_posts(discourse: Discourse) -> list[Statement]:
    """Return holds_post and works_for statements, in order of the text."""
    statements: list[Statement] = []
    person_before: Named | None = None
    protagonist = discourse.titled_person
    for clause in discourse.clauses:
        posts = _posts(discourse, clause)
        line = discourse.text[clause.start : clause.end]
        if _AUTHOR_NOTE.search(line[:8]):
            statements.extend(_author_note(discourse, clause, posts))
        elif (cv := _CV_LINE.match(line)) and not clause.of_type("PERSON"):
            statements.extend(_curriculum(clause, posts, cv, protagonist))
            statements.extend(_trades(discourse, clause, protagonist))
        elif told := list(_terms(discourse, clause, posts, protagonist)):
            statements.extend(told)
        elif _CAREER_LINE.match(line) and not clause.of_type("PERSON"):
            statements.extend(_career_line(discourse, clause, posts, protagonist))
        else:
            statements.extend(_before_name(discourse, clause, posts))
            behind = list(_behind_name(discourse, clause, posts, person_before))
            statements.extend([*behind, *_successors(discourse, clause, behind)])
            statements.extend(_in_passing(discourse, clause, posts, person_before, statements))
        persons = clause.of_type("PERSON")
        if persons and persons[0].start == clause.start:
            protagonist = persons[0].entity
        person_before = persons[-1].entity if persons else person_before
    return [
        replace(one, denied=True) if _RUMOUR.search(discourse.text, one.start, one.end) else one
        for one in statements
        if one.subject.type == "PERSON"
    ]


def _said(
    clause: Clause, person: Named, post: Post, status: str, date: str | None, rule: str, confidence: float = 0.9
) -> Statement:
    assert post.body is not None
    if post.former and status == "current":
        status = "former"
    return Statement(
        "holds_post",
        person,
        post.body,
        clause.start,
        clause.end,
        rule,
        confidence,
        role=post.role,
        status=status,
        date=date,
    )


def _posts(discourse: Discourse, clause: Clause) -> list[Post]:
    """Return the offices that a sentence names, each with the body that its chain gives it."""
    text = discourse.text
    bodies = {mention.end: mention for mention in clause.of_type("ORG")}
    taken = {place for mention in clause.mentions for place in range(mention.start, mention.end)}
    posts: list[Post] = []
    body: Named | None = None
    last_end = -1
    spans = _roles().longest_at_each(text[clause.start : clause.end])
    stops = sorted({*bodies, *(clause.start + start for start in spans)})
    position = clause.start
    former = False
    persons = {mention.start: mention.end for mention in clause.of_type("PERSON")}
    while position < clause.end:
        if position == last_end and position in persons:  # 主席X、副主席Y: the second post is of the same body
            last_end = position = persons[position]
            continue
        if mention := bodies.get(position):
            body = mention.entity
            former = bool(_FORMER.search(text[max(clause.start, mention.start - 4) : mention.start]))
            last_end = position
            if _UNIT_LEADER.match(text[position:]) and text[position - 1] == "部" and position not in taken:
                posts.append(Post(body, "部长", position, position + 1, former))
                last_end = position = position + 1
                continue
        role_end = spans.get(position - clause.start)
        if role_end is not None and position not in taken:
            end = clause.start + role_end
            role = text[position:end]
            kind = _roles().meanings.get(role, ("office",))[0]
            gap = text[last_end:position] if last_end >= 0 else "x"
            linked = last_end >= 0 and (not gap or _LINK.fullmatch(gap) is not None)
            if last_end >= 0 and gap in _FORMERLY:
                linked = former = True
            elif gap == "的" and body is not None and (body.parent is not None or _OF_UNION.search(role)):
                linked = True  # 质量管理部的副主任
            elif not linked and (meant := _meant_by_this(discourse, clause, position)):
                body, linked, former = meant, True, False
            if kind == "office":
                posts.append(Post(body if linked else None, role, position, end, former if linked else False))
                last_end = end
                if not linked:
                    body = None
            position = end
            continue
        following = bisect_right(stops, position)
        position = stops[following] if following < len(stops) else clause.end
    return posts


def _meant_by_this(discourse: Discourse, clause: Clause, position: int) -> Named | None:
    """Return the body that 该会, 该联合会 before `position` means: the one of that kind named last."""
    this = _THIS_BODY.search(discourse.text, max(clause.start, position - 6), position)
    return discourse.last_body(this.start(), (this["kind"],)) if this else None


def _before_name(discourse: Discourse, clause: Clause, posts: list[Post]) -> Iterator[Statement]:
    """Yield the posts that stand directly before a person: 省委常委、统战部部长X."""
    text = discourse.text
    by_end = {post.end: index for index, post in enumerate(posts)}
    for number, post in enumerate(posts):
        if note := _POST_NOTE.match(text, post.end):
            by_end.setdefault(note.end(), number)
    persons = clause.of_type("PERSON")
    last: list[Post] = []
    for number, mention in enumerate(persons):
        index = by_end.get(mention.start)
        if index is None and text[mention.start - 2 : mention.start] == "同志":
            index = by_end.get(mention.start - 2)
        if index is None and (apart := _SET_APART.search(text, max(clause.start, mention.start - 4), mention.start)):
            index = by_end.get(apart.start())
        if index is None and text[mention.start - 1] == "的" and (held := by_end.get(mention.start - 1)) is not None:
            index = held if posts[held].former else None  # 曾任…主席的X
        group: list[Post] = []
        if index is not None:
            group = _chain(text, posts, index)
            if group[0].body is None and _OF_UNION.search(group[0].role):
                of_before = _PREDECESSOR.search(text, max(clause.start, group[0].start - 2), group[0].start)
                of_list = text[posts[index].end] in ": \u3000"
                body = discourse.main if of_before or of_list else _union_before(discourse, clause, group[0].start)
                group = [replace(post, body=post.body or body, former=post.former or bool(of_before)) for post in group]
            last = group[-1:]
        elif number and last and _BETWEEN_NAMES.match(text[persons[number - 1].end : mention.start]):
            group = last
        else:
            last = []
        for post in group:
            if post.body is None:
                continue
            stretch = text[max(clause.start, post.start - 12) : post.start]
            if _NOMINATED.search(stretch):
                continue
            yield _said(clause, mention.entity, post, "current", None, "post.before_name", 0.9)


def _union_before(discourse: Discourse, clause: Clause, position: int) -> Named | None:
    """Return the union whose posts go on without its name: the last before in the sentence, else in the one before it."""
    for one in discourse.with_sentence_before(clause):
        unions = [
            mention.entity
            for mention in one.of_type("ORG")
            if mention.end <= position and mention.entity.subtype == "union" and mention.entity.parent is None
        ]
        if unions:
            return unions[-1] if one is clause or len(set(unions)) == 1 else None
    return None


def _chain(text: str, posts: list[Post], index: int) -> list[Post]:
    """Return the posts linked in front of posts[index], and itself; a post without body takes that of the one before."""
    first = index
    while first and _gap_links(text, posts[first - 1], posts[first]):
        first -= 1
    chain: list[Post] = []
    for post in posts[first : index + 1]:
        if post.body is None and chain:
            post = replace(post, body=chain[-1].body)
        chain.append(post)
    return chain


def _gap_links(text: str, left: Post, right: Post) -> bool:
    gap = text[left.end : right.start]
    if right.body is not None and left.body is not right.body:
        body_free = gap.lstrip("、,兼和及")
        return (
            gap[:1] in "、,兼和及" and len(body_free) <= 30 and not re.search(r"[。;:]|[一-龥]*(?:出席|主持|表示)", gap)
        )
    return not gap or _LINK.fullmatch(gap) is not None


def _behind_name(
    discourse: Discourse, clause: Clause, posts: list[Post], person_before: Named | None
) -> Iterator[Statement]:
    """Yield the posts that a verb gives or takes: X当选为…, 任命X为…, 免去X的…职务."""
    text = discourse.text
    holders = _holders(text, clause, person_before)
    together: list[Named] = []
    for number, (start, end, person) in enumerate(holders):
        following = holders[number + 1][0] if number + 1 < len(holders) else clause.end
        together.append(person)
        if number + 1 < len(holders) and _BETWEEN_NAMES.match(text[end:following]):
            continue
        persons, together = together, []
        group = [post for post in posts if end <= post.start < following and not _is_of_next(text, post, following)]
        if not group:
            continue
        opening = _opening_of(clause, group[0], end)
        tenure = _tenure(text, clause, start, end, opening, _closing_of(text, group), following)
        if tenure is None or _NOMINATED.search(re.split("[,。;]", text[group[-1].end : group[-1].end + 8])[0]):
            continue
        date = _taken_up(discourse, clause, group[0].start, tenure) if tenure.is_dated else None
        if _OF_TASK_FORCE.search(group[0].role) and group[0].body is None:
            continue
        for post in _with_bodies(text, group, _default_body(discourse, clause, start, group[0].role)):
            for one in persons:
                yield _said(clause, one, post, tenure.status, date, tenure.rule)


def _in_passing(
    discourse: Discourse, clause: Clause, posts: list[Post], person_before: Named | None, said: list[Statement]
) -> Iterator[Statement]:
    """Yield the posts that a part of a sentence adds to a person: …说,她曾任X; 曾任X、现为Y的某某; 此前是X."""
    text = discourse.text
    known = {(one.subject.key, one.object.key, one.role) for one in said}
    persons = clause.of_type("PERSON")
    for post in posts:
        opening = _opening_of(clause, post, clause.start)
        verb = _OF_THEM.search(text, max(clause.start, opening - 14), opening)
        if post.body is None or verb is None or is_denied(text, verb.start(), post.end):
            continue
        behind = [one for one in persons if one.start >= post.end]
        before = [one for one in persons if one.end <= verb.start() and one.rule != "person.surname"]
        relative = behind and _RELATIVE.match(text, post.end) and behind[0].start - post.end <= _LONGEST_RELATIVE
        owner = behind[0].entity if relative else before[-1].entity if before else person_before
        if owner is None or (owner.key, post.body.key, post.role) in known:
            continue
        is_past = verb["verb"].startswith(("曾", "先后", "历", "时", "此前"))
        status = "former" if is_past else "elected" if verb["verb"].endswith("当选") else "current"
        yield _said(clause, owner, post, status, None, "post.in_passing", 0.85)


def _successors(discourse: Discourse, clause: Clause, said: list[Statement]) -> Iterator[Statement]:
    """Yield that somebody has the post that another of the sentence has left: A不再担任…,由B接任."""
    left = [one for one in said if one.status == "former" and one.role]
    for mention in clause.of_type("PERSON") if left else ():
        if _TAKES_OVER.search(discourse.text[: mention.start][-1:]) and _TAKEN_OVER.match(discourse.text, mention.end):
            yield replace(left[-1], subject=mention.entity, status="current", rule="post.successor")


def _is_of_next(text: str, post: Post, following: int) -> bool:
    """True if a post stands directly before the next person, behind a comma (X任组长,办公室主任Y)."""
    return text[post.end : following].strip() == "" and following < len(text) and post.end == following


def _holders(text: str, clause: Clause, person_before: Named | None) -> list[tuple[int, int, Named]]:
    """Return the persons of a sentence, and the one whom 其 in 免去其… means, in order of place.

    The title behind a family name alone (王主席) addresses a person and is no news of the post.
    """
    persons = [mention for mention in clause.of_type("PERSON") if mention.rule != "person.surname"]
    holders = [(mention.start, mention.end, mention.entity) for mention in persons]
    for match in _REMOVES_FROM_THEM.finditer(text, clause.start, clause.end):
        before = [person for _, end, person in holders if end <= match.start()]
        owner = before[-1] if before else person_before
        if owner is not None:
            holders.append((match.end() - 1, match.end(), owner))
    return sorted(holders, key=lambda holder: holder[0])


def _opening_of(clause: Clause, post: Post, low: int) -> int:
    """Return where a post begins, its body included."""
    bodies = [
        mention.start
        for mention in clause.of_type("ORG")
        if mention.entity == post.body and low <= mention.start < post.start
    ]
    return min(bodies, default=post.start)


@dataclass(frozen=True, slots=True)
class Tenure:
    """What the words around a name say of a post: its status, the rule, and whether the sentence or order dates it."""

    status: str
    rule: str
    is_dated: bool = False


def _tenure(
    text: str, clause: Clause, start: int, end: int, opening: int, closing: int, following: int
) -> Tenure | None:
    """Return what the words between a name `[start, end)` and posts `[opening, closing)` say, None where they say nothing.

    `following` is where the next person stands.
    """
    before = text[max(clause.start, text.rfind(";", clause.start, start)) : start]
    if _NOMINATED.search(_ON_PROPOSAL.sub("", before)) or _SUPPOSED.search(before):
        return None
    if text[start:end] == "其" and end == opening:
        return Tenure("former", "post.removed", is_dated=True)
    if start == clause.start and (listed := _LISTED.fullmatch(text[end:opening])):
        return Tenure("former", "post.listed") if listed["former"] else Tenure("current", "post.listed")
    is_listed_on = text[closing : closing + 1] == "、" and following - closing > _LONGEST_ADDRESS
    is_explained = is_listed_on or _EXPLAINED.match(text, closing) is not None
    if _APPOSED.fullmatch(text, end, opening):
        is_set_off = start == clause.start or text[end] != "," or text[start - 1] in "是者人:;"
        return Tenure("current", "post.apposed") if is_explained and is_set_off else None
    match = _GAP_TO_POST.match(text[end:opening])
    if match is None:
        return None
    verb = match["verb"]
    if _REMOVED.search(verb) or (verb == "的" and _REMOVED_BEFORE.search(before)):
        return Tenure("former", "post.removed", is_dated=True)
    if is_denied(text, end, opening):
        return None
    if _ELECTED.search(verb) or (verb == "为" and _ELECTED_BEFORE.search(before)):
        return Tenure("elected", "post.elected", is_dated=True)
    if (verb == "为" and _APPOINTED_BEFORE.search(before)) or "被" in verb:
        return Tenure("current", "post.appointed", is_dated=True)
    if verb.startswith(("曾", "历")) or _BEFORE_RETIRING.search(match.group()):
        return Tenure("former", "post.former")
    if verb == "的" or (verb == "为" and not (is_explained and start == clause.start)):
        return None
    return Tenure("current", "post.behind_name", is_dated=not _HOLDING.search(verb))


def _closing_of(text: str, group: list[Post]) -> int:
    """Return where the chain ends that the first of the posts opens."""
    closing = group[0].end
    for left, right in pairwise(group):
        if not _gap_links(text, left, right):
            break
        closing = right.end
    return closing


def _with_bodies(text: str, group: list[Post], default: Named | None) -> Iterator[Post]:
    """Yield the posts of a chain, each with a body: its own, that of the post before, or the default."""
    last: Post | None = None
    for post in group:
        if last is not None and not _gap_links(text, last, post):
            return
        body = post.body or (last.body if last is not None else default)
        if body is None:
            return
        last = replace(post, body=body)
        yield last


def _default_body(discourse: Discourse, clause: Clause, position: int, role: str) -> Named | None:
    """Return the body of a post that is named without one: the last union before it in the sentence, else the main one.

    A company that appoints or removes somebody does so for its own offices, other than those of its union.
    """
    before = [
        mention.entity
        for mention in clause.of_type("ORG")
        if mention.end <= position and mention.entity.subtype == "union"
    ]
    if before or role.endswith("主席"):
        return before[-1] if before else discourse.main
    doers = [mention.entity for mention in clause.of_type("ORG") if mention.end <= position]
    return doers[-1] if doers and doers[-1].subtype == "enterprise" else discourse.main


def _author_note(discourse: Discourse, clause: Clause, posts: list[Post]) -> Iterator[Statement]:
    writers = {mention.entity.name: mention.entity for one in discourse.clauses for mention in one.of_type("PERSON")}
    if discourse.authors and (person := writers.get(discourse.authors[0])):
        body: Named | None = None
        for post in posts:
            body = post.body or body
            if body is not None:
                yield _said(clause, person, replace(post, body=body), "current", None, "post.author_note", 0.92)


def _career_line(discourse: Discourse, clause: Clause, posts: list[Post], person: Named | None) -> Iterator[Statement]:
    """Yield the posts of a sentence that opens with 历任 or 现任, of the person whom the lines before it are about."""
    if person is None:
        return
    text = discourse.text
    present = text.find("现任", clause.start, clause.end)
    body: Named | None = None
    for post in posts:
        body = post.body or body
        if body is not None:
            is_present = 0 <= present < post.start
            status, rule = ("current", "post.present") if is_present else ("former", "post.career")
            yield _said(clause, person, replace(post, body=body), status, None, rule)


def _curriculum(clause: Clause, posts: list[Post], line: re.Match[str], person: Named | None) -> Iterator[Statement]:
    """Yield the posts of a line that opens with a period, of the person whom the lines before it are about."""
    if person is None:
        return
    start, end = _month(line["from"]), _month(line["to"] or "")
    body: Named | None = None
    for post in posts:
        body = post.body or body
        if body is not None:
            status = "former" if end else "current"
            yield _said(clause, person, replace(post, body=body), status, f"{start}/{end}", "post.curriculum", 0.88)


def _terms(discourse: Discourse, clause: Clause, posts: list[Post], protagonist: Named | None) -> Iterator[Statement]:
    """Yield the posts of a sentence that tells a career, with the times it gives them: 甲,2012年至2017年任…,2017年起任….

    Nothing where the sentence bounds no time.
    """
    terms = list(_TERM.finditer(discourse.text, clause.start, clause.end))
    if not any(term["to"] for term in terms):
        return
    persons = clause.of_type("PERSON")
    for number, term in enumerate(terms):
        following = terms[number + 1].start() if number + 1 < len(terms) else clause.end
        before = [one for one in persons if one.end <= term.start()]
        beside = [one for one in persons if one.start == term.end()]
        owner = before[-1].entity if before else beside[0].entity if beside else protagonist
        turn = _NEXT_STATION.search(discourse.text, term.end(), following)
        others = [one.start for one in persons if one.start > term.end()]
        stops = [following, *others, turn.start() if turn else following]
        group = [post for post in posts if term.end() <= post.start < min(stops)]
        if owner is None or not group:
            continue
        start, end = _month(term["from"]), _month(term["to"] or "")
        is_past = bool(end) or number + 1 < len(terms)
        for post in _with_bodies(discourse.text, group, None):
            said = f"{start}/{end}" if term["to"] else start
            yield _said(clause, owner, post, "former" if is_past else "current", said, "post.curriculum", 0.88)


def _trades(discourse: Discourse, clause: Clause, person: Named | None) -> Iterator[Statement]:
    """Yield for whom somebody worked without an office in a line that opens with a period (…厂钳工)."""
    text = discourse.text
    trades = _roles().longest_at_each(text[clause.start : clause.end])
    for mention in clause.of_type("ORG"):
        end = trades.get(mention.end - clause.start)
        if (
            person is not None
            and end is not None
            and _roles().meanings[text[mention.end : clause.start + end]][0] == "trade"
        ):
            yield Statement("works_for", person, mention.entity, clause.start, clause.end, "worker.curriculum", 0.9)


def _month(value: str) -> str:
    match = re.match(r"(\d{4})(?:\D(\d{1,2}))?", value)
    return "" if match is None else f"{match[1]}-{int(match[2]):02d}" if match[2] else match[1]


def _date_in(sentence: str, discourse: Discourse) -> str | None:
    """Return the one full day that a sentence states; a day without year takes the year of the document's date."""
    days = list(_DAY.finditer(sentence))
    if len(days) != 1:
        return None
    match = days[0]
    year = match["year"] or (discourse.date or "")[:4]
    return f"{year}-{int(match['month']):02d}-{int(match['day']):02d}" if year else None


def _moment_before(discourse: Discourse, clause: Clause, end: int) -> str | None:
    """Return the one day, month or year that a sentence states before `end`, as far as it is stated."""
    all_of_them = list(_MOMENT.finditer(discourse.text, clause.start, end))
    moments = [match for match in all_of_them if not match["other"]]
    if len(moments) != 1 or any(match["other"] and match["other"] in "至到—-" for match in all_of_them):
        return None
    match = moments[0]
    year = match["year"] or (discourse.date or "")[:4]
    parts = [part for part in (match["month"] or match["late"], match["day"] or match["on"]) if part]
    return "-".join([year, *(f"{int(part):02d}" for part in parts)]) if year else None


def _taken_up(discourse: Discourse, clause: Clause, end: int, tenure: Tenure) -> str | None:
    """Return when a post named at `end` was taken up, won or lost: by the sentence, the order, or the day of the meeting."""
    stated = _moment_before(discourse, clause, end)
    if tenure.rule not in _DECIDED:
        return stated or _order_date(discourse)
    sentence = discourse.text[clause.start : clause.end]
    return stated or _date_in(sentence, discourse) or _order_date(discourse) or _day_of_meeting(discourse, clause)


def _order_date(discourse: Discourse) -> str | None:
    """Return the day from which an order counts its appointments (自…起), or on which the body decided them."""
    match = _COUNTED_FROM.search(discourse.text) or _DECIDED_ON.search(discourse.text)
    return _date_in(match[1], discourse) if match else None


def _day_of_meeting(discourse: Discourse, clause: Clause) -> str | None:
    """Return the day that the text named last before a sentence, on which the meeting decided what the sentence says.

    None where the meeting lasted for days. Lines without a comma or full stop say when a page was put out; only sentences
    near by that speak of a meeting count, and no day behind the document's date.
    """
    text = discourse.text
    near = [one for one in discourse.clauses if one.start <= clause.start][-_NEAR:]
    for one in reversed(near):
        if not _RUNNING.search(text, one.start, one.end + 1) or not _MEETS.search(text, one.start, one.end):
            continue
        days = [day for day in _DAY.finditer(text, one.start, one.end) if not _OTHER_DAY.match(text, day.end())]
        if days:
            date = None if _FOR_DAYS.match(text, days[-1].end()) else _date_in(days[-1].group(), discourse)
            return date if date and (not discourse.date or date <= discourse.date) else None
        if _TODAY.search(text, one.start, one.end):
            return discourse.date
    return None
