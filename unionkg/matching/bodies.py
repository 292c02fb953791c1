"""The candidates for the name of a body, by the parts of the name: territory, level and system must agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from unionkg.graph.divisions import Division
from unionkg.matching.candidate import Candidate, Query, Reason, settled
from unionkg.matching.context import Context, Ground, context_of
from unionkg.matching.index import Entry, Index, Named
from unionkg.matching.names import (
    Reading,
    Spelling,
    folded,
    is_anyones_committee,
    is_empty,
    is_generic,
    is_organ,
    readings,
    spellings,
)
from unionkg.matching.territories import NATION, bearers, division_by_lineage, lies_in

SURE = {"name": 100.0, "alias": 96.0, "former": 95.0}
SHORT, FROM_COLUMN = 2.0, 4.0  # what a short name of the territory costs, and one that a column must tell
OPEN = 40.0  # the score of what a bare name could mean, which is too little to look at
_MOST_MEANT, _LEAST_MEANT = 20, 60.0  # bodies that one name may mean, and the score from which on
_DISTINCT = 5  # characters of a name that may be known by itself, without a territory

HOW = {
    "name": Reason(True, "名称相同", "the name is the same"),
    "alias": Reason(True, "与别名相同", "it is another name of it"),
    "former": Reason(True, "与曾用名相同", "it is a former name of it"),
}
_CUT = Reason(None, "名称括号中另有说明", "the name has a remark in brackets")
_COMPOSED = Reason(True, "与上级单位合称后相同", "it is the name together with the organisation above")
_BARE = Reason(None, "名称未说明是哪一地或哪一单位的", "the name leaves open whose it is")
_NOT_IN_NAME = Reason(None, "名称本身不带地名", "the name itself has no place in it")
_LOOSE = Reason(None, "地名简称常作他用", "the short name of the place means other things too")
_NO_PROVINCE = Reason(None, "图谱中此名称并非独一", "the graph has several of that name")
_NOT_TOLD_UNDER = Reason(
    None, "图谱未说明其上级为该单位", "the graph does not tell that it is of the organisation above"
)
_DISTRICT = Reason(None, "“区”或指自治区，或指所在城市的一区", "区 may mean the region, or a district of the place")
_WHOSE_COMMITTEE = Reason(None, "未说明是哪一组织的委员会", "nothing says whose committee it is")
_ORGAN = Reason(True, "是该地某单位的此机构", "it is that organ of a body there")
_UNTOLD = Reason(None, "图谱未说明它在其他列所说之处", "the graph does not tell that it is where the columns say")
_UNSURE = Reason(None, "名称不带地名，其他列也未说明所在", "neither the name nor a column says where it is")


def bodies(index: Index, context: Context) -> list[Candidate]:
    """Return what the name of the query may mean among the bodies of the graph."""
    for spelling, notes in _spelt(context):
        found = [_under(index, context, spelling, one) for one in _read(index, context, spelling, notes)]
        if found:
            return found
    return []


def named_bodies(index: Index, asked: Query, name: str) -> tuple[set[str], set[str]]:
    """Return the ids of the body that a name beside the query's own surely means, or else of those that it may mean."""
    query = Query(name=name, province=asked.province, place=asked.place, year=asked.year)
    found = settled(bodies(index, context_of(query)), _MOST_MEANT)
    if found and found[0].match:
        return {found[0].id}, set()
    return set(), {one.id for one in found if one.score > _LEAST_MEANT}


def is_under(index: Index, asked: Query, candidate: str) -> bool:
    """Return whether the graph tells that an entity is of the organisation above that the query names."""
    return not index.above.get(candidate, set()).isdisjoint(named_bodies(index, asked, asked.parent)[0])


def _under(index: Index, context: Context, spelling: Spelling, one: Candidate) -> Candidate:
    """Return the candidate, doubted where the name says not whose it is, and neither the columns nor the graph do.

    A territory says nothing of an organ, which each of its bodies may have, nor does an organisation above tell where a
    federation is that is none of its own.
    """
    if not one.match or not _is_open(context, spelling.text):
        return one
    is_told = bool(context.query.parent.strip()) and is_under(index, context.query, one.id)
    return one if is_told else one.doubted(70.0, _NOT_TOLD_UNDER if context.parent else _BARE)


def _is_open(context: Context, text: str) -> bool:
    """Return whether a name, and what the columns say of places, leave open whose the body is."""
    reading = readings(text, context.year)[0]
    if reading.territories:
        return False
    if reading.level is None:
        return is_organ(text)
    is_placed = any(ground is not context.parent for ground in context.grounds)
    return not is_placed or not _is_of_one_system(context, reading)


def _is_of_one_system(context: Context, reading: Reading) -> bool:
    """Return whether a body may be under the organisation above: both are unions, or one's stem opens with the other's."""
    parent = folded(context.query.parent)
    if is_empty(parent):
        return True
    above = readings(parent, context.year)[0].stem
    return (
        ("工会" in above and "工会" in reading.stem) or above.startswith(reading.stem) or reading.stem.startswith(above)
    )


def _spelt(context: Context) -> Iterator[tuple[Spelling, tuple[Reason, ...]]]:
    """Yield the spellings of the name, of a generic one first that with the organisation above in front."""
    for spelling in spellings(context.query.name):
        if context.query.parent.strip() and is_generic(spelling.text):
            yield Spelling(folded(context.query.parent) + spelling.text, spelling.is_cut), (_COMPOSED,)
    for spelling in spellings(context.query.name):
        yield spelling, ()


def _read(index: Index, context: Context, spelling: Spelling, notes: tuple[Reason, ...]) -> Iterator[Candidate]:
    """Yield the candidates by the likeliest reading of a spelling that has any, and those of the very name."""
    seen: set[str] = set()
    is_open = False
    for reading in readings(spelling.text, context.year):
        is_open = reading.level is not None
        found = [one for one in _by_reading(index, context, reading, spelling.text) if one.id not in seen]
        seen.update(one.id for one in found)
        yield from (_finished(one, spelling, notes) for one in found)
        if found:
            break
    same = [named for named in index.by_name.get(spelling.text, ()) if named.entry.type == "ORG"]
    for named in same:
        if named.entry.id not in seen:
            seen.add(named.entry.id)
            is_sure = (
                not is_open and len(same) == 1 and named.how == "name" and _tells(named.entry, spelling.text, context)
            )
            one = _candidate(named, SURE[named.how], (HOW[named.how],), context, match=is_sure)
            if is_open:
                one = one.doubted(OPEN, _BARE)
            elif not is_sure:
                one = one.doubted(75.0, _UNTOLD if context.grounds else _UNSURE)
            yield _finished(one, spelling, notes)


def _tells(entry: Entry, text: str, context: Context) -> bool:
    """Return whether the very name of a body is enough: one has it alone, its name tells the place, or a column does."""
    if context.grounds:
        return _agrees(entry, context)
    if entry.territory is None or entry.is_home:
        return entry.rule == "name"
    place = entry.territory.name
    return place in text and len(bearers(place, context.year)) == 1


def _finished(one: Candidate, spelling: Spelling, notes: tuple[Reason, ...]) -> Candidate:
    if notes:
        one = replace(one, score=one.score - SHORT, reasons=(*notes, *one.reasons))
    return one.doubted(75.0, _CUT) if spelling.is_cut else one


def _by_reading(index: Index, context: Context, reading: Reading, text: str) -> list[Candidate]:
    if reading.level is not None:
        return _of_territories(index, context, reading, tuple(context.meant(reading.level)), text)
    if reading.territories:
        return _of_territories(index, context, reading, reading.territories, text)
    return _without_territory(index, context, reading)


def _is_within(place: Ground | None, one: Division) -> bool:
    """Return whether a column names a place that lies in a division, and is not that."""
    return place is not None and all(each.lineage != one.lineage and lies_in(each, one) for each in place.divisions)


def _is_own_name(named: Named, text: str) -> bool:
    """Return whether the name is a company's very own: no other has it, whatever the place is that opens it."""
    return named.entry.subtype not in {"union", "party_state", None} and folded(named.entry.name) == text


def _of_territories(
    index: Index, context: Context, reading: Reading, territories: Sequence[Division], text: str
) -> list[Candidate]:
    """Return the bodies of this stem in the territories that the name may mean; one alone may be sure."""
    allowed = {one.lineage for one in context.allowed(tuple(territories))}
    found = []
    for one in territories:
        here = index.by_key.get((reading.stem, one.lineage), ())
        for named in here:
            reasons = (HOW[named.how], *_where(context, reading, one, len(territories)))
            score = SURE[named.how]
            score -= 0.0 if reading.is_full else SHORT
            score -= FROM_COLUMN if len(territories) > 1 or reading.level is not None else 0.0
            candidate = _candidate(named, score, reasons, context, match=True)
            if one.lineage not in allowed:
                candidate = candidate.doubted(60.0 if len(territories) == 1 else OPEN, _apart(context, one))
            elif len(here) > 1:
                candidate = candidate.doubted(80.0, _NO_PROVINCE)
            elif is_anyones_committee(text):
                candidate = candidate.doubted(75.0, _WHOSE_COMMITTEE)
            elif reading.level == "区" and one.level == "province" and _is_within(context.place, one):
                candidate = candidate.doubted(70.0, _DISTRICT)
            elif not _is_own_name(named, text):
                if len(allowed) > 1:
                    candidate = candidate.doubted(70.0, _several(reading, one, len(allowed)))
                elif reading.is_loose and not context.grounds:
                    candidate = candidate.doubted(75.0, _LOOSE)
            found.append(candidate)
    return found


def _without_territory(index: Index, context: Context, reading: Reading) -> list[Candidate]:
    """Return the bodies of a name that has no territory in it: sure if it is the only one, or the columns leave one."""
    here = index.by_key.get((reading.stem, ""), ())
    if not here:
        return list(_of_columns(index, context, reading))
    agreeing = [named for named in here if _agrees(named.entry, context)]
    found = []
    for named in here:
        is_free = named.entry.territory is None or named.entry.is_home or named.entry.territory is NATION
        is_sure = len(reading.stem) >= _DISTINCT and (
            agreeing == [named] if context.grounds or not is_free else len(here) == 1
        )
        is_sure = is_sure or (named.entry.rule == "name" and named.how == "name" and len(here) == 1)
        candidate = _candidate(named, SURE[named.how], (HOW[named.how],), context, match=is_sure)
        if context.grounds and named.entry.territory is not None and named not in agreeing:
            candidate = candidate.doubted(60.0, _apart(context, named.entry.territory))
        elif not is_sure:
            candidate = candidate.doubted(
                70.0, _NO_PROVINCE if len(here) > 1 else _UNTOLD if context.grounds else _UNSURE
            )
        elif context.grounds:
            candidate = replace(candidate, reasons=(*candidate.reasons, *_agreeing(named.entry, context)))
        found.append(candidate)
    return found


def _of_columns(index: Index, context: Context, reading: Reading) -> Iterator[Candidate]:
    """Yield the bodies of this stem in the territories that the columns name (教育工会 of 浙江省), for somebody to look at."""
    for one in context.meant(""):
        for named in index.by_key.get((reading.stem, one.lineage), ()):
            reasons = (HOW[named.how], *_where(context, reading, one, 2))
            yield _candidate(named, SURE[named.how], reasons, context, match=False).doubted(70.0, _NOT_IN_NAME)
        for entry in index.by_territory.get(one.lineage, ()) if is_organ(reading.stem) else ():
            if entry.stem.endswith(reading.stem) and entry.stem != reading.stem:
                reasons = (_ORGAN, *_where(context, reading, one, 2))
                candidate = _candidate(Named(entry, "name"), SURE["name"], reasons, context, match=False)
                yield candidate.doubted(60.0, _BARE)


def _agrees(entry: Entry, context: Context) -> bool:
    """Return whether the columns tell the place of a body, and it is that; of a company they need tell its province only."""
    if entry.territory is None or not context.grounds:
        return False
    if entry.is_home:
        return all(
            any(one is NATION or one.code[:2] == entry.territory.code[:2] for one in ground.divisions)
            for ground in context.grounds
        )
    return all(ground.allows(entry.territory) for ground in context.grounds)


def _agreeing(entry: Entry, context: Context) -> Iterator[Reason]:
    """Yield that the columns agree; with a body of which the graph tells the province alone, as far as that."""
    if entry.territory is not None and entry.is_home:
        name = entry.territory.name
        yield Reason(True, f"所在省份相符：{name}", f"the province is the same: {name}")
    elif entry.territory is not None:
        yield from (ground.reason(True) for ground in context.grounds)


def _candidate(named: Named, score: float, reasons: tuple[Reason, ...], context: Context, *, match: bool) -> Candidate:
    entry = named.entry
    one = Candidate(entry.id, entry.name, entry.type, entry.subtype, score, match, reasons)
    if context.subtype and entry.subtype and context.subtype != entry.subtype:
        kind = Reason(False, f"类型不符：{entry.subtype}", f"the type does not agree: {entry.subtype}")
        return one.doubted(55.0, kind)
    return one


def _where(context: Context, reading: Reading, one: Division, count: int) -> Iterator[Reason]:
    if reading.level is not None or count > 1:
        for ground in context.grounds:
            if ground.allows(one):
                yield ground.reason(True)
    elif one is not NATION:
        today = division_by_lineage(one.lineage)
        is_old = today is not None and today.name != one.name
        zh, en = (f"（今{today.name}）", f", today {today.name}") if today and is_old else ("", "")
        yield Reason(True, f"辖区相同：{one.name}{zh}", f"the territory is the same: {one.name}{en}")
        yield from (ground.reason(True) for ground in context.grounds if ground.allows(one))


def _apart(context: Context, one: Division) -> Reason:
    told = [ground.text for ground in context.grounds if not ground.allows(one)]
    joined = "、".join(dict.fromkeys(told))
    return Reason(False, f"所在与其他列不符：{joined}", f"the place does not agree with the other columns: {joined}")


def _several(reading: Reading, one: Division, count: int) -> Reason:
    if reading.level is not None:
        return Reason(None, f"符合的地方有{count}个", f"{count} places fit")
    name = one.name if reading.is_full else one.short
    return Reason(None, f"称“{name}”的地方有{count}个", f"{count} places are called {name}")
