"""The candidates for the name of a person: sure only where the body of a post agrees, for many share a name."""

from __future__ import annotations

import re
from dataclasses import replace

from unionkg.matching.bodies import bodies
from unionkg.matching.candidate import Candidate, Query, Reason, decision
from unionkg.matching.context import Context, context_of
from unionkg.matching.index import Entry, Index
from unionkg.matching.misprints import edits
from unionkg.matching.names import folded
from unionkg.matching.territories import NATION

_NAME = Reason(True, "姓名相同", "the name is the same")
_SHORTEST_BODY = 2
_FORMER = re.compile(r"^(?:原|前|时任|现任|曾任|兼)+")


def persons(index: Index, context: Context) -> list[Candidate]:
    """Return what the name of the query may mean among the persons of the graph."""
    name = folded(context.query.name)
    sure, possible, role = _employers(index, context)
    found = [
        _weighed(index, context, named.entry, sure, possible, role)
        for named in index.by_name.get(name, ())
        if named.entry.type == "PERSON"
    ]
    if not any(one.match for one in found):
        found += _misprinted(index, name, sure, {one.id for one in found})
    return found


def _employers(index: Index, context: Context) -> tuple[set[str], set[str], str]:
    """Return the bodies that the query surely names, those that it may name, and the role without the body's name."""
    role = _FORMER.sub("", folded(context.query.role))
    texts = [context.query.parent] if context.query.parent.strip() else []
    sure, possible = _bodies(index, context, texts[0]) if texts else (set[str](), set[str]())
    for end in range(len(role) - 1, _SHORTEST_BODY - 1, -1):
        found = _bodies(index, context, role[:end])
        if found[0] or found[1]:
            return sure | found[0], possible | found[1], _FORMER.sub("", role[end:])
    return sure, possible, role


def _bodies(index: Index, context: Context, name: str) -> tuple[set[str], set[str]]:
    query = Query(name=name, province=context.query.province, place=context.query.place, year=context.query.year)
    found = bodies(index, context_of(query))
    told = {one.id for one in found if one.match}
    return (
        (told, set())
        if decision(sorted(found, key=lambda one: not one.match)) == "match"
        else (set(), {one.id for one in found if one.score > 60})
    )


def _weighed(index: Index, context: Context, entry: Entry, sure: set[str], possible: set[str], role: str) -> Candidate:
    """Return a person of the name with what speaks for it and against it."""
    posts = index.posts.get(entry.id, ())
    at = {post.body for post in posts}
    reasons = [_NAME]
    one = Candidate(entry.id, entry.name, entry.type, entry.subtype, 55.0, False, ())
    territories = [index.entries[body].territory for body in sorted(at)]
    wide = [ground for ground in (context.province, context.place) if ground is not None]
    is_there = [
        any(territory is not None and territory is not NATION and ground.allows(territory) for territory in territories)
        for ground in wide
    ]
    if wide and territories:
        reasons += [ground.reason(agrees) for ground, agrees in zip(wide, is_there, strict=True)]
    is_elsewhere = bool(wide and territories) and not all(is_there)
    roles = {_FORMER.sub("", folded(post.role)) for post in posts if post.role}
    has_role = bool(role) and role in roles
    if role and roles:
        told = "、".join(sorted(roles))
        reasons.append(
            Reason(True, f"职务相同：{role}", f"the post is the same: {role}")
            if has_role
            else Reason(None, f"职务不同：{told}", f"the post is another: {told}")
        )
    if shared := sorted(at & sure):
        body = index.entries[shared[0]].name
        reasons.append(Reason(True, f"单位相同：{body}", f"the body is the same: {body}"))
        score, match = (98.0 if has_role or not role else 93.0), not is_elsewhere
    elif shared := sorted(at & possible):
        body = index.entries[shared[0]].name
        reasons.append(Reason(None, f"单位可能相同：{body}", f"the body may be the same: {body}"))
        score, match = 75.0, False
    elif sure or possible or context.query.parent.strip():
        told = "、".join(index.entries[body].name for body in sorted(at)[:2])
        reasons.append(
            Reason(False, f"单位不同：{told}", f"the body is another: {told}")
            if told
            else Reason(None, "图谱未载其单位", "the graph tells no body")
        )
        score, match = (35.0 if is_elsewhere or not (wide and territories) else 52.0), False
    else:
        score = 70.0 if wide and territories and not is_elsewhere else 60.0
        score, match = score + (5.0 if has_role else 0.0), False
        reasons.append(Reason(None, "仅凭姓名不能认定", "a name alone does not tell"))
    if is_elsewhere and not match:
        score = min(score, 45.0)
    return replace(one, score=score, match=match, reasons=tuple(reasons))


def _misprinted(index: Index, name: str, sure: set[str], seen: set[str]) -> list[Candidate]:
    """Return persons of the same body whose name differs in one character."""
    found = []
    for body in sorted(sure):
        for entry in index.staff.get(body, {}).values():
            other = folded(entry.name)
            if entry.id not in seen and edits(name, other, 1) == 1 and len(name) > 1:
                reasons = (
                    Reason(False, f"姓名差一字：{entry.name}", f"the name differs in one character: {entry.name}"),
                    Reason(
                        True,
                        f"单位相同：{index.entries[body].name}",
                        f"the body is the same: {index.entries[body].name}",
                    ),
                )
                found.append(Candidate(entry.id, entry.name, entry.type, entry.subtype, 65.0, False, reasons))
    return found
