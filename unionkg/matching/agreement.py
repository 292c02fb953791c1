"""Whether two names are surely of one thing, where nothing else is known of one of them.

What a graph would only have looked at is not sure here either: of the other thing there is a name, and neither its place nor
whether it is the only one.
"""

from __future__ import annotations

import re

from unionkg.graph.divisions import Division
from unionkg.matching.candidate import Query
from unionkg.matching.context import Context, context_of
from unionkg.matching.index import UNDERTAKINGS
from unionkg.matching.names import Reading, folded, is_anyones_committee, readings, spellings
from unionkg.matching.territories import division_by_lineage, places
from unionkg.nlp.name_parts import name_parts

_DISTINCT = 5  # characters of a name without a territory that are enough, where it is of a kind that needs none
_COMPANY = re.compile(r"(?:(?:股份|集团)?(?:有限)?(?:责任)?公司|集团)(?:工会)?(?:委员会)?$")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")
_OWN = 4  # characters of a company's name before its legal form
_KNOWN_BY_NAME = frozenset({"GROUP", "CONCEPT"})


def agree(query: Query, name: str) -> bool:
    """Return whether a name says the same as the query: territory, level and what is left agree, and no place is open.

    A name without a territory is enough for media, groups and concepts, and for a company or its union if no column tells a
    place, of which such a name says nothing. Persons never agree by name.

    >>> agree(Query(name="杭州市总"), "浙江省杭州市總工會"), agree(Query(name="白云区总工会"), "白云区总工会")
    (True, False)
    >>> agree(Query(name="“暖汤”行动", type="项目"), "暖汤行动")
    False
    """
    context = context_of(query)
    return any(_agree(context, one.text, folded(name)) for one in spellings(query.name) if not one.is_cut)


def _agree(context: Context, one: str, other: str) -> bool:
    if context.type == "PERSON":
        return False
    if context.type == "PLACE":
        return _are_one(context, places(one, context.year), places(other, context.year))
    if context.type in UNDERTAKINGS:
        return _are_one_undertaking(context, one, other)
    said, meant = readings(one, context.year)[:1], readings(other, context.year)[:1]
    if not said or not meant:
        return False
    (first,), (second,) = said, meant
    if first.stem != second.stem or is_anyones_committee(one) or is_anyones_committee(other):
        return False
    if first.territories or first.level is not None:
        is_firm = bool(context.grounds) or not (first.is_loose or second.is_loose)
        return is_firm and _are_one(context, _territories(context, first), second.territories)
    is_bare = not second.territories and second.level is None
    return is_bare and len(first.stem) >= _DISTINCT and _needs_no_territory(context, one, other)


def _territories(context: Context, reading: Reading) -> tuple[Division, ...]:
    return reading.territories if reading.level is None else tuple(context.meant(reading.level))


def _are_one(context: Context, said: tuple[Division, ...], meant: tuple[Division, ...]) -> bool:
    """Return whether both may mean one place alone, the same, and no column speaks against it."""
    lineages = [{place.lineage for place in context.allowed(options)} for options in (said, meant)]
    return len(lineages[0]) == 1 and lineages[0] == lineages[1]


def _are_one_undertaking(context: Context, one: str, other: str) -> bool:
    """Return whether territory, edition and stem of two programmes, meetings or documents are the same, and all are told."""
    first, second = (name_parts(str(context.type), None, text, None) for text in (one, other))
    if first != second or first.is_open or first.territory is None:
        return False
    is_numbered = first.edition is not None or any(map(str.isdigit, first.stem))
    territory = division_by_lineage(first.territory)
    is_allowed = territory is not None and bool(context.allowed((territory,)))
    return is_allowed and (is_numbered or context.type != "EVENT")  # a meeting without number is another one each year


def _needs_no_territory(context: Context, one: str, other: str) -> bool:
    if context.type in _KNOWN_BY_NAME or context.subtype == "media":
        return True
    is_company = context.type == "ORG" and all(len(_COMPANY.sub("", text)) >= _OWN for text in (one, other))
    is_company = is_company and any(map(_COMPANY.search, (one, other))) and not any(map(_ORDINAL.match, (one, other)))
    return is_company and not context.grounds
