"""The candidates for the name of a programme, a meeting or a document: stem, territory and edition must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from unionkg.graph.divisions import Division
from unionkg.matching.bodies import FROM_COLUMN, OPEN, SURE, is_under
from unionkg.matching.candidate import Candidate, Reason
from unionkg.matching.context import Context
from unionkg.matching.index import UNDERTAKINGS, Entry, Index
from unionkg.matching.names import folded, is_empty, readings, spellings
from unionkg.matching.territories import NATION, chains, division_by_lineage, lies_in
from unionkg.nlp.name_parts import NameParts, name_parts

_FEDERATIONS = frozenset({"总工会", "中华全国总工会"})
_SAME = Reason(True, "名称主体相同", "what is left of the name is the same")
_OTHER_EDITION = Reason(False, "届次或年份不同", "the edition is another")
_NOT_TOLD_BY = Reason(None, "图谱未说明由该单位举办", "the graph does not tell that the organisation above holds it")
_NOWHERE = Reason(None, "未说明由何地何单位举办", "nothing says where it is held, or by whom")


def undertakings(index: Index, context: Context) -> list[Candidate]:
    """Return what the name of the query may mean among the programmes, meetings and documents of the graph."""
    kinds = [context.type] if context.type in UNDERTAKINGS else sorted(UNDERTAKINGS)
    found: list[Candidate] = []
    for spelling in spellings(context.query.name):
        for kind in kinds:
            for parts, territories in _parts(kind, spelling.text, context):
                found += _weighed(index, context, kind, parts, territories)
        if found:
            break
    return found


def _parts(kind: str, text: str, context: Context) -> Iterator[tuple[NameParts, tuple[Division, ...]]]:
    """Yield the parts of the name, as it is and with the short name of its territory written out (浙江 for 浙江省)."""
    parts = name_parts(kind, None, text, None)
    own = division_by_lineage(parts.territory) if parts.territory else None
    yield parts, (own,) if own is not None else ()
    if own is None:
        for chain in chains(text, context.year):
            if chain.end < len(text) - 2:
                rest = name_parts(kind, None, text[chain.end :], None)
                if rest.territory is None:
                    yield rest, chain.meant


def _weighed(
    index: Index, context: Context, kind: str, parts: NameParts, territories: tuple[Division, ...]
) -> Iterator[Candidate]:
    here = index.by_stem.get((kind, folded(parts.stem)), [])
    fitting = [entry for entry in here if _is_edition(entry.edition, parts.edition or "", context.year)]
    placed = [entry for entry in fitting if _is_there(entry, territories, context)]
    for entry in here:
        where = entry.territory.name if entry.territory else "?"
        score = SURE["name"] - (0.0 if territories else FROM_COLUMN)
        one = Candidate(entry.id, entry.name, entry.type, entry.subtype, score, placed == [entry], (_SAME,))
        if entry not in fitting:
            yield one.doubted(60.0 if _is_there(entry, territories, context) else OPEN, _OTHER_EDITION)
        elif entry in placed:
            same = Reason(True, f"属于同一地域：{where}", f"it is of the same territory: {where}")
            one = replace(one, reasons=(_SAME, same))
            several = Reason(None, f"符合的有{len(placed)}项", f"{len(placed)} fit")
            if one.match and not (territories or _is_held(index, context, entry)):
                one = one.doubted(75.0, _NOT_TOLD_BY)
            yield one if len(placed) == 1 else one.doubted(75.0, several)
        elif territories or context.grounds:
            yield one.doubted(OPEN, Reason(False, f"地域不同：{where}", f"the territory is another: {where}"))
        else:
            yield one.doubted(70.0, _NOWHERE)


def _is_held(index: Index, context: Context, entry: Entry) -> bool:
    """Return whether it is held by the organisation that the query names: the graph tells, or it is the territory's federation."""
    parent = folded(context.query.parent)
    if is_empty(parent):
        return True
    reading = readings(parent, context.year)[0]
    is_federation = reading.stem in _FEDERATIONS and {one.lineage for one in reading.territories} == {
        entry.territory.lineage if entry.territory else ""
    }
    return is_federation or is_under(index, context.query, entry.id)


def _is_edition(own: str, asked: str, year: int | None) -> bool:
    """Return whether an edition is the one asked for; a year counts where the name has no number."""
    return own == asked or (not asked and year is not None and own == str(year))


def _is_there(entry: Entry, territories: tuple[Division, ...], context: Context) -> bool:
    """Return whether an undertaking is of the territory that its name has, or else that the columns tell."""
    if entry.territory is None:
        return False
    if territories:
        return len(territories) == 1 and territories[0].lineage == entry.territory.lineage
    exact = [ground for ground in (context.parent, context.place) if ground is not None]
    if exact:
        return all(
            len(ground.divisions) == 1 and ground.divisions[0].lineage == entry.territory.lineage for ground in exact
        )
    if context.province is None or entry.territory is NATION:
        return False
    return any(lies_in(entry.territory, one) for one in context.province.divisions)
