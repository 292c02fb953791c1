"""Whether two names are surely of one thing, where nothing else is known of one of them."""

from __future__ import annotations

from unionkg.matching.candidate import Query
from unionkg.matching.context import Context, context_of
from unionkg.matching.names import Reading, folded, readings, spellings

_DISTINCT = 5  # characters of a name without a territory that are enough


def agree(query: Query, name: str) -> bool:
    """Return whether a name says the same as the query: territory, level and what is left agree, and no place is open.

    Persons never agree by name.

    >>> agree(Query(name="杭州市总"), "浙江省杭州市總工會"), agree(Query(name="白云区总工会"), "白云区总工会")
    (True, False)
    """
    context = context_of(query)
    if context.type == "PERSON":
        return False
    return any(_agree(context, one.text, folded(name)) for one in spellings(query.name) if not one.is_cut)


def _agree(context: Context, one: str, other: str) -> bool:
    said, meant = readings(one, context.year)[:1], readings(other, context.year)[:1]
    if not said or not meant:
        return False
    (first,), (second,) = said, meant
    if first.stem != second.stem:
        return False
    lineages = _lineages(context, first)
    if first.territories or first.level is not None:
        return len(lineages) == 1 and lineages == {place.lineage for place in context.allowed(second.territories)}
    is_known = context.type is not None and len(first.stem) >= _DISTINCT
    return is_known and not second.territories and second.level is None


def _lineages(context: Context, reading: Reading) -> set[str]:
    if reading.level is not None:
        return {one.lineage for one in context.meant(reading.level)}
    return {one.lineage for one in context.allowed(reading.territories)}
