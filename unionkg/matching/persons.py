"""The candidates for the name of a person: sure only where the body of a post agrees, for many share a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from unionkg.matching.bodies import named_bodies
from unionkg.matching.candidate import Candidate, Reason
from unionkg.matching.context import Context
from unionkg.matching.index import Entry, Index
from unionkg.matching.misprints import edits
from unionkg.matching.names import folded
from unionkg.matching.territories import NATION
from unionkg.nlp.lexicon import expand, rows

SAME_BODY, OTHER_POST, MAYBE_BODY, MISPRINT = 98.0, 93.0, 75.0, 65.0
NAME_ALONE, SAME_PROVINCE, SAME_POST = 60.0, 10.0, 5.0  # what the last two add to the first
OTHER_BODY_THERE, OTHER_BODY, ELSEWHERE = 52.0, 35.0, 45.0
_NAME = Reason(True, "姓名相同", "the name is the same")
_NO_BODY = Reason(None, "图谱未载其单位", "the graph tells no body")
_TORN = Reason(False, "单位与职务所指的单位不同", "the employer and the role name two bodies")
_ALONE = Reason(None, "仅凭姓名不能认定", "a name alone does not tell")
_SHORTEST_BODY, _LONGEST_BODY = 2, 40
_BETWEEN_ROLES = re.compile(r"[、,;和兼/\s]+")
_FORMER = re.compile(r"^(?:原|前|时任|现任|曾任|兼)+")


class _Work(NamedTuple):
    """Where a row says that a person is at work: the bodies that it surely or perhaps names, and the role.

    `is_torn` is true if employer and role name two bodies, none of which is part of the other.
    """

    sure: set[str]
    possible: set[str]
    role: str
    is_told: bool
    is_torn: bool = False


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
    sure, possible = named_bodies(index, context.query, employer) if employer else (set[str](), set[str]())
    role = _FORMER.sub("", folded(context.query.role))
    for end in range(min(len(role) - 1, _LONGEST_BODY), _SHORTEST_BODY - 1, -1):
        sure_too, possible_too = named_bodies(index, context.query, role[:end])
        if sure_too or possible_too:
            rest = _FORMER.sub("", role[end:])
            if not _is_role(rest):  # it may name a body below, which the graph does not have
                sure_too, possible_too = set(), sure_too | possible_too
            is_torn = bool(sure and sure_too) and not _are_of_one(index, sure, sure_too)
            return _Work(sure | sure_too, possible | possible_too, rest, True, is_torn)
    return _Work(sure, possible, role, bool(employer))


def _is_role(text: str) -> bool:
    """Return whether a text names roles, and nothing else.

    >>> _is_role("党组书记、主席"), _is_role("干部学校学生")
    (True, False)
    """
    return all(_FORMER.sub("", one) in _roles() for one in _BETWEEN_ROLES.split(text) if one)


@cache
def _roles() -> frozenset[str]:
    return frozenset(form for pattern, *_ in rows("roles.tsv") for form in expand(pattern))


def _are_of_one(index: Index, one: set[str], other: set[str]) -> bool:
    """Return whether two bodies are one, or one has the name of the other in front of its own."""
    names = [index.entries[each].name for each in (min(one), min(other))]
    return one == other or names[0].startswith(names[1]) or names[1].startswith(names[0])


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
        match = not is_elsewhere and not work.is_torn
        body = _same_body(index, min(shared))
        if work.is_torn:
            score, places = MAYBE_BODY, [*places, _TORN]
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
