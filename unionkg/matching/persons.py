"""The candidates for the name of a person: sure only where the body of a post agrees, for many share a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from unionkg.matching.bodies import named_bodies
from unionkg.matching.candidate import Candidate, Query, Reason
from unionkg.matching.context import Context
from unionkg.matching.index import Entry, Index
from unionkg.matching.misprints import edits
from unionkg.matching.names import folded, is_empty, spellings
from unionkg.matching.territories import NATION
from unionkg.nlp.lexicon import expand, rows

SAME_BODY, OTHER_POST, MAYBE_BODY, MISPRINT = 98.0, 93.0, 75.0, 65.0
NAME_ALONE, SAME_PROVINCE, SAME_POST = 60.0, 10.0, 5.0  # what the last two add to the first
OTHER_BODY_THERE, OTHER_BODY, ELSEWHERE = 52.0, 35.0, 45.0
_NAME = Reason(True, "姓名相同", "the name is the same")
_NO_BODY = Reason(None, "图谱未载其单位", "the graph tells no body")
_TORN = Reason(None, "单位与职务所指或不是一个单位", "employer and role may name two bodies")
_ALONE = Reason(None, "仅凭姓名不能认定", "a name alone does not tell")
_SHORTEST_BODY, _LONGEST_BODY = 2, 40
_MOST_POSTS = 8  # of one cell that are read
_TITLE = re.compile(r"(?<=..)(?:同志|先生|女士)$")
_BETWEEN_ROLES = re.compile(r"[、,;和兼/\s]+")
_FORMER = re.compile(r"^(?:原|前|时任|现任|曾任|兼)+")


class _Work(NamedTuple):
    """Where a row says that a person is at work: the bodies that it surely or perhaps names, and the roles.

    `is_torn` is true if employer and role name two bodies, none of which is part of the other, or no role is a mere post.
    """

    sure: set[str]
    possible: set[str]
    roles: frozenset[str]
    is_told: bool
    is_torn: bool


def persons(index: Index, context: Context) -> list[Candidate]:
    """Return what the name of the query may mean among the persons of the graph."""
    name = _TITLE.sub("", next((one.text for one in reversed(spellings(context.query.name))), ""))
    work = _work(index, context)
    namesakes = [named.entry for named in index.by_name.get(name, ()) if named.entry.type == "PERSON"]
    found = [_weighed(index, context, entry, work) for entry in namesakes]
    if not any(one.match for one in found):
        found += _misprinted(index, name, work.sure, namesakes)
    return found


def _work(index: Index, context: Context) -> _Work:
    """Return where the employer and the role, which may have a body in front (杭州市总工会主席), say that a person is."""
    employer = "" if is_empty(context.query.parent) else context.query.parent.strip()
    sure, possible = _employer(index, context, employer) if employer else (set[str](), set[str]())
    found = [_post(index, context, one) for one in _BETWEEN_ROLES.split(folded(context.query.role))[:_MOST_POSTS]]
    sure_too = set().union(*(one.sure for one in found))
    bodies = [index.entries[one].name for one in sure_too]
    own = [index.entries[one].name for one in sure] or [folded(employer)]
    is_torn = bool(employer and bodies) and not any(map(_are_of_one, product(own, bodies)))
    return _Work(
        sure | sure_too,
        possible.union(*(one.possible for one in found)),
        frozenset(one.role for one in found if one.role),
        bool(employer or bodies or any(one.possible for one in found)),
        is_torn or not any(one.is_clear for one in found),
    )


def _employer(index: Index, context: Context, name: str) -> tuple[set[str], set[str]]:
    """Return the bodies that an employer surely means, or may mean; where the row has it elsewhere, only the latter."""
    sure, possible = named_bodies(index, context.query, name)
    if not sure and not possible:
        elsewhere, possible = named_bodies(index, Query(year=context.query.year), name)
        possible |= elsewhere
    return sure, possible


class _Post(NamedTuple):
    """What one post of a row says: its bodies, its role, and whether that is a post and names no further body."""

    sure: set[str]
    possible: set[str]
    role: str
    is_clear: bool


def _post(index: Index, context: Context, text: str) -> _Post:
    """Return a post that may have its body in front (杭州市总工会主席).

    What goes on after the body with more than a post may name a body below that the graph does not have.
    """
    text = _FORMER.sub("", text)
    if text in _offices() or not text:
        return _Post(set(), set(), text, True)
    for end in range(min(len(text) - 1, _LONGEST_BODY), _SHORTEST_BODY - 1, -1):
        sure, possible = named_bodies(index, context.query, text[:end])
        if sure or possible:
            role = _FORMER.sub("", text[end:])
            if role in _offices():
                return _Post(sure, possible, role, True)
            return _Post(set(), sure | possible, role, False)
    return _Post(set(), set(), text, False)


@cache
def _offices() -> frozenset[str]:
    """Return the posts, without trades: of a trade many of a body's people may be, also some of one name."""
    return frozenset(form for pattern, kind, *_ in rows("roles.tsv") if kind == "office" for form in expand(pattern))


def _are_of_one(names: tuple[str, str]) -> bool:
    """Return whether two bodies are one, or one has the name of the other in front of its own."""
    one, other = names
    return one.startswith(other) or other.startswith(one)


def _weighed(index: Index, context: Context, entry: Entry, work: _Work) -> Candidate:
    """Return a person of the name with what speaks for it and against it."""
    at = {post.body for post in index.posts.get(entry.id, ())}
    places = list(_of_places(index, context, at))
    is_elsewhere = any(reason.agrees is False for reason in places)
    post = _of_post(index, entry, work.roles)
    has_role = post is not None and post.agrees is True
    match = False
    if shared := at & work.sure:
        score = SAME_BODY if has_role or not work.roles else OTHER_POST
        match = not is_elsewhere and not work.is_torn
        body = _same_body(index, min(shared))
        if work.is_torn:
            score, places = MAYBE_BODY, [*places, _TORN]
    elif shared := (at & work.possible) or _near(index, at, work.sure):
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


def _near(index: Index, at: set[str], sure: set[str]) -> set[str]:
    """Return the bodies at which a person is that are part of one that a row names, or have its name in front."""
    named = [index.entries[one].name for one in sure]
    return {
        one
        for one in at
        if index.above.get(one, set()) & sure or any(index.entries[one].name.startswith(name) for name in named)
    }


def _of_places(index: Index, context: Context, at: Iterable[str]) -> Iterator[Reason]:
    """Yield whether the province and the place are those of the bodies at which a person is, if these have any."""
    known = [territory for body in sorted(at) if (territory := index.entries[body].territory) not in {None, NATION}]
    for ground in (context.province, context.place, context.code):
        if ground is not None and known:
            yield ground.reason(any(one is not None and ground.allows(one) for one in known))


def _of_post(index: Index, entry: Entry, roles: Collection[str]) -> Reason | None:
    """Return whether one of the roles is one that the person has, None where the row or the graph tells none."""
    own = {_FORMER.sub("", folded(post.role)) for post in index.posts.get(entry.id, ()) if post.role}
    if not roles or not own:
        return None
    if same := "、".join(sorted(own.intersection(roles))):
        return Reason(True, f"职务相同：{same}", f"the post is the same: {same}")
    told = "、".join(sorted(own))
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
