"""What a query may mean in a graph, the best first."""

from __future__ import annotations

import re

from unionkg.graph.divisions import Division
from unionkg.matching.bodies import HOW, bodies
from unionkg.matching.candidate import Candidate, Query, Reason, settled
from unionkg.matching.context import Context, context_of
from unionkg.matching.index import UNDERTAKINGS, Entry, Index
from unionkg.matching.names import folded, is_empty, is_system, readings, spellings
from unionkg.matching.persons import persons
from unionkg.matching.territories import lies_in, places
from unionkg.matching.undertakings import undertakings

LIMIT = 5
FAINT = 30.0  # the score of what is like the name and surely another thing
_LATIN = re.compile(r"[a-z'’ -]+")
_SHORTEST_LATIN = 4
_SHORTEST_LIKE = 4  # characters of a name in which one may be a misprint: of fewer, another one makes another name
_ID = Reason(True, "标识相同", "the id is the same")
_PINYIN = Reason(True, "拼音相同", "the pinyin is the same")
_ANOTHER_PLACE = Reason(False, "地名是另一地方", "the place is another one")
_ANOTHER_SYSTEM = Reason(False, "是另一系统的组织", "it is a body of another system")
_ELSEWHERE = Reason(False, "所在与其他列不符", "the other columns tell another place")
_INITIALS = Reason(None, "拼音首字母相同", "the initials of the pinyin are the same")


def candidates(index: Index, query: Query, limit: int = LIMIT) -> list[Candidate]:
    """Return what the query may mean, at most `limit` entities, the best first; the first alone may be a match.

    A match is what the grammar of names tells, or an id; likeness of letters gives no more than something to look at.
    """
    context = context_of(query)
    if entry := index.entries.get(re.split(r"[/#:]", query.id.strip())[-1]):
        return [Candidate(entry.id, entry.name, entry.type, entry.subtype, 100.0, True, (_ID,))]
    if is_empty(query.name) and context.code is None:
        return []
    found: list[Candidate] = []
    for kinds, family in _FAMILIES:
        if context.type is None or context.type in kinds:
            found += family(index, context)
    if not found and _LATIN.fullmatch(folded(query.name)):
        found = _by_letters(index, context)
    if not found:
        found = _like(index, context)
    return settled(found, limit)


def _places(index: Index, context: Context) -> list[Candidate]:
    """Return the places that the name may mean, or that have the code of the row."""
    texts = [one.text for one in spellings(context.query.name) if not is_empty(one.text)]
    options = next((meant for text in texts if (meant := places(text, context.year))), ())
    if context.code is not None:
        (code,) = context.code.divisions
        is_of_place = any(one.lineage == code.lineage for one in options) if texts else True
        if is_of_place and (options or not texts or context.type == "PLACE"):
            return [_coded(entry, code) for entry in index.by_place.get(code.lineage, ())]
    allowed = context.allowed(options)
    found = []
    for one in options:
        reason = Reason(True, f"地名相同：{one.name}", f"the name of the place is the same: {one.name}")
        for entry in index.by_place.get(one.lineage, ()):
            sure = allowed == [one]
            candidate = Candidate(entry.id, entry.name, entry.type, entry.subtype, 98.0, sure, (reason,))
            if one not in allowed:
                candidate = candidate.doubted(55.0, _ELSEWHERE)
            elif not sure:
                count = len(allowed)
                several = Reason(None, f"同名的地方有{count}个", f"{count} places have the name")
                candidate = candidate.doubted(70.0, several)
            found.append(candidate)
    return found


def _coded(entry: Entry, code: Division) -> Candidate:
    reason = Reason(True, f"行政区划代码相同：{code.code}", f"the division code is the same: {code.code}")
    return Candidate(entry.id, entry.name, entry.type, entry.subtype, 100.0, True, (reason,))


def _others(index: Index, context: Context) -> list[Candidate]:
    """Return what has the very name, of types that have no grammar, and places that go by it and may be divisions (齐鲁)."""
    found = []
    for spelling in spellings(context.query.name):
        for entry, how in index.by_name.get(spelling.text, ()):
            is_division = entry.rule == "code" and how == "name"  # which `_places` finds, with its doubts
            if entry.type in {"ORG", "PERSON", *UNDERTAKINGS} or is_division:
                continue
            match = entry.rule == "name" and how == "name" and not spelling.is_cut
            reason = HOW[how]
            found.append(
                Candidate(entry.id, entry.name, entry.type, entry.subtype, 95.0 if match else 70.0, match, (reason,))
            )
    return found


_FAMILIES = (
    (frozenset({"ORG"}), bodies),
    (frozenset({"PERSON"}), persons),
    (UNDERTAKINGS, undertakings),
    (frozenset({"PLACE"}), _places),
    (frozenset({"PLACE", "GROUP", "CONCEPT"}), _others),
)


def _by_letters(index: Index, context: Context) -> list[Candidate]:
    """Return what has the pinyin, or its initials; sure where there is one, and the columns tell its place."""
    letters = re.sub("[^a-z]", "", folded(context.query.name))
    if len(letters) < _SHORTEST_LATIN:
        return []
    for known, reason, most in ((index.by_pinyin, _PINYIN, 90.0), (index.by_initials, _INITIALS, 60.0)):
        here = [entry for entry in known.get(letters, ()) if _is_kind(entry, context)]
        sure = [entry for entry in here if reason is _PINYIN and _is_told(entry, context)]
        if here:
            return [
                Candidate(
                    *(entry.id, entry.name, entry.type, entry.subtype, most if entry in sure else most - 10.0),
                    sure == [entry] and entry.type != "PERSON",
                    (reason, *(ground.reason(True) for ground in context.grounds if entry in sure)),
                )
                for entry in here
            ]
    return []


def _is_told(entry: Entry, context: Context) -> bool:
    """Return whether the columns tell the place of a thing."""
    territory = entry.territory
    return territory is not None and bool(context.grounds) and all(one.allows(territory) for one in context.grounds)


def _is_kind(entry: Entry, context: Context) -> bool:
    return (context.type in {None, entry.type}) and (context.subtype in {None, entry.subtype} or entry.subtype is None)


def _like(index: Index, context: Context) -> list[Candidate]:
    """Return what is called nearly so: for a misprint. Two names of real places, or systems, are two, however like they are."""
    found = []
    for spelling in spellings(context.query.name)[:1]:
        if len(spelling.text) < _SHORTEST_LIKE or readings(spelling.text, context.year)[0].level is not None:
            break
        own = next((one for one in readings(spelling.text, context.year) if one.is_full and one.territories), None)
        for name, likeness in index.misprints.near(spelling.text):
            for entry, _ in index.by_name[name]:
                if not _is_kind(entry, context) or (context.type is None and entry.type == "PERSON"):
                    continue
                reasons = (
                    Reason(False, f"名称相近而不同：{entry.name}", f"the name is like it, but another: {entry.name}"),
                )
                like = Candidate(entry.id, entry.name, entry.type, entry.subtype, 75.0 * likeness, False, reasons)
                if (
                    own
                    and entry.territory is not None
                    and not any(_touch(entry.territory, one) for one in own.territories)
                ):
                    found.append(like.doubted(FAINT, _ANOTHER_PLACE))
                elif own and entry.type == "ORG" and own.stem != entry.stem and is_system(own.stem):
                    found.append(like.doubted(FAINT, _ANOTHER_SYSTEM))
                else:
                    found.append(like)
    return found


def _touch(one: Division, other: Division) -> bool:
    return lies_in(one, other) or lies_in(other, one)
