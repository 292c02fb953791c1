"""The candidates for the name of a person: sure only where the body of a post agrees, for many share a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from unionkg.matching.bodies import bodies
from unionkg.matching.candidate import Candidate, Query, Reason, settled
from unionkg.matching.context import Context, context_of
from unionkg.matching.index import Entry, Index
from unionkg.matching.misprints import edits
from unionkg.matching.names import folded
from unionkg.matching.territories import NATION

SAME_BODY, OTHER_POST, MAYBE_BODY, MISPRINT = 98.0, 93.0, 75.0, 65.0
NAME_ALONE, SAME_PROVINCE, SAME_POST = 60.0, 10.0, 5.0  # what the last two add to the first
OTHER_BODY_THERE, OTHER_BODY, ELSEWHERE = 52.0, 35.0, 45.0
_NAME = Reason(True, "姓名相同", "the name is the same")
_NO_BODY = Reason(None, "图谱未载其单位", "the graph tells no body")
_ALONE = Reason(None, "仅凭姓名不能认定", "a name alone does not tell")
_SHORTEST_BODY = 2
_MOST_BODIES = 20
_FORMER = re.compile(r"^(?:原|前|时任|现任|曾任|兼)+")


class _Work(NamedTuple):
    """Where a row says that a person is at work: the bodies that it surely or perhaps names, and the role."""

    sure: set[str]
    possible: set[str]
    role: str
    is_told: bool


def persons(index: Index, context: Context) -> list[Candidate]:
    """Return what the name of the query may mean among the persons of the graph."""
    name = folded(context.query.name)
    work = _work(index, context)
    namesakes = [named.entry for named in index.by_name.get(name, ()) if named.entry.type == "PERSON"]
    found = [_weighed(index, context, entry, work) for entry in namesakes]
    if not any(one.match for one in found):
        found += _misprinted(index, name, work.sure, namesakes)
    return found


def _work(index: Index, context: Context) -> _Work:
    """Return where the employer and the role, which may have a body in front (杭州市总工会主席), say that a person is."""
    employer = context.query.parent.strip()
    sure, possible = _bodies(index, context, employer) if employer else (set[str](), set[str]())
    role = _FORMER.sub("", folded(context.query.role))
    for end in range(len(role) - 1, _SHORTEST_BODY - 1, -1):
        more = _bodies(index, context, role[:end])
        if any(more):
            return _Work(sure | more[0], possible | more[1], _FORMER.sub("", role[end:]), True)
    return _Work(sure, possible, role, bool(employer))


def _bodies(index: Index, context: Context, name: str) -> tuple[set[str], set[str]]:
    """Return the body that a name surely means, or else those that it may mean."""
    asked = context.query
    query = Query(name=name, province=asked.province, place=asked.place, year=asked.year)
    found = settled(bodies(index, context_of(query)), _MOST_BODIES)
    if found and found[0].match:
        return {found[0].id}, set()
    return set(), {one.id for one in found if one.score > NAME_ALONE}


def _weighed(index: Index, context: Context, entry: Entry, work: _Work) -> Candidate:
    """Return a person of the name with what speaks for it and against it."""
    at = {post.body for post in index.posts.get(entry.id, ())}
    places = list(_of_places(index, context, at))
    is_elsewhere = any(reason.agrees is False for reason in places)
    post = _of_post(index, entry, work.role)
    has_role = post is not None and post.agrees is True
    match = False
    if shared := at & work.sure:
        score = SAME_BODY if has_role or not work.role else OTHER_POST
        match = not is_elsewhere
        body = _same_body(index, min(shared))
    elif shared := at & work.possible:
        score = MAYBE_BODY
        name = index.entries[min(shared)].name
        body = Reason(None, f"单位可能相同：{name}", f"the body may be the same: {name}")
    elif work.is_told:
        score = OTHER_BODY_THERE if places and not is_elsewhere else OTHER_BODY
        told = "、".join(index.entries[one].name for one in sorted(at)[:2])
        body = Reason(False, f"单位不同：{told}", f"the body is another: {told}") if told else _NO_BODY
    else:
        score = NAME_ALONE + SAME_PROVINCE * bool(places) + SAME_POST * has_role
        body = _ALONE
    if is_elsewhere:
        score = min(score, ELSEWHERE if not shared else MISPRINT)
    reasons = (_NAME, *places, *((post,) if post else ()), body)
    return Candidate(entry.id, entry.name, entry.type, entry.subtype, score, match, reasons)


def _of_places(index: Index, context: Context, at: Iterable[str]) -> Iterator[Reason]:
    """Yield whether the province and the place are those of the bodies at which a person is, if these have any."""
    known = [territory for body in sorted(at) if (territory := index.entries[body].territory) not in {None, NATION}]
    for ground in (context.province, context.place):
        if ground is not None and known:
            yield ground.reason(any(one is not None and ground.allows(one) for one in known))


def _of_post(index: Index, entry: Entry, role: str) -> Reason | None:
    """Return whether the role is one that the person has, None where one of the two is not told."""
    roles = {_FORMER.sub("", folded(post.role)) for post in index.posts.get(entry.id, ()) if post.role}
    if not role or not roles:
        return None
    if role in roles:
        return Reason(True, f"职务相同：{role}", f"the post is the same: {role}")
    told = "、".join(sorted(roles))
    return Reason(None, f"职务不同：{told}", f"the post is another: {told}")


def _same_body(index: Index, body: str) -> Reason:
    name = index.entries[body].name
    return Reason(True, f"单位相同：{name}", f"the body is the same: {name}")


def _misprinted(index: Index, name: str, sure: Iterable[str], seen: Iterable[Entry]) -> Iterator[Candidate]:
    """Yield persons of the same body whose name differs in one character."""
    known = {entry.id for entry in seen}
    for body in sorted(sure):
        for entry in index.staff.get(body, {}).values():
            if entry.id not in known and len(name) > 1 and edits(name, folded(entry.name), 1) == 1:
                differs = Reason(False, f"姓名差一字：{entry.name}", f"the name differs in one character: {entry.name}")
                reasons = (differs, _same_body(index, body))
                yield Candidate(entry.id, entry.name, entry.type, entry.subtype, MISPRINT, False, reasons)
