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
_WITHIN = Reason(None, "在所说地域之内，未说明是哪一地的", "it lies within the place told, which may have others")
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
        text = text if parts.edition is None else parts.stem  # the territory stands behind the edition
        for chain in chains(text, context.year):
            if chain.end < len(text) - 2:
                rest = name_parts(kind, None, text[chain.end :], None)
                if rest.territory is None:
                    yield replace(rest, edition=parts.edition or rest.edition), chain.meant


def _weighed(
    index: Index, context: Context, kind: str, parts: NameParts, territories: tuple[Division, ...]
) -> Iterator[Candidate]:
    parent = context.query.parent
    here = index.by_stem.get((kind, folded(parts.stem)), [])
    fitting = [entry for entry in here if _is_edition(entry.edition, parts.edition or "", context.year)]
    held = {entry.id for entry in fitting if not is_empty(parent) and is_under(index, context.query, entry.id)}
    placed = [
        entry for entry in fitting if _is_there(entry, territories, context) or (entry.id in held and not territories)
    ]
    for entry in here:
        where = entry.territory.name if entry.territory else "?"
        score = SURE["name"] - (0.0 if territories else FROM_COLUMN)
        one = Candidate(entry.id, entry.name, entry.type, entry.subtype, score, entry in placed, (_SAME,))
        if entry not in fitting:
            yield one.doubted(55.0 if _is_there(entry, territories, context) else OPEN, _OTHER_EDITION)
        elif entry in placed:
            same = Reason(True, f"属于同一地域：{where}", f"it is of the same territory: {where}")
            one = replace(one, reasons=(_SAME, same))
            against = [ground for ground in context.grounds if entry.territory and not ground.allows(entry.territory)]
            if against and entry.id not in held:
                one = replace(one.doubted(60.0, against[0].reason(False)), reasons=(_SAME, against[0].reason(False)))
            elif entry.id not in held and not _may_be_held(index, context, entry):
                one = one.doubted(75.0, _NOT_TOLD_BY)
            elif entry.id not in held and not territories and not _is_exact(entry, context):
                one = one.doubted(75.0, _WITHIN)
            elif len(placed) > 1:
                one = one.doubted(75.0, Reason(None, f"符合的有{len(placed)}项", f"{len(placed)} fit"))
            yield one
        elif territories or context.grounds:
            yield one.doubted(OPEN, Reason(False, f"地域不同：{where}", f"the territory is another: {where}"))
        else:
            yield one.doubted(70.0, _NOWHERE)


def _may_be_held(index: Index, context: Context, entry: Entry) -> bool:
    """Return whether the query names no organisation, or the territory's federation where the graph tells of no other."""
    parent = folded(context.query.parent)
    if is_empty(parent):
        return True
    reading = readings(parent, context.year)[0]
    is_federation = reading.stem in _FEDERATIONS and {one.lineage for one in reading.territories} == {
        entry.territory.lineage if entry.territory else ""
    }
    holders = [index.entries[one].stem for one in index.above.get(entry.id, ())]
    return is_federation and (not holders or any(one.startswith(reading.stem) for one in holders))


def _is_edition(own: str, asked: str, year: int | None) -> bool:
    """Return whether an edition is the one asked for; a year counts where the name has no number."""
    return own == asked or (not asked and year is not None and own == str(year))


def _is_there(entry: Entry, territories: tuple[Division, ...], context: Context) -> bool:
    """Return whether an undertaking is of the territory that its name has, or else that the columns tell."""
    if entry.territory is None:
        return False
    if territories:
        return len(territories) == 1 and territories[0].lineage == entry.territory.lineage
    exact = [ground for ground in (context.parent, context.place, context.code) if ground is not None]
    if exact:
        return all(
            len(ground.divisions) == 1 and ground.divisions[0].lineage == entry.territory.lineage for ground in exact
        )
    if context.province is None or entry.territory is NATION:
        return False
    return any(lies_in(entry.territory, one) for one in context.province.divisions)


def _is_exact(entry: Entry, context: Context) -> bool:
    """Return whether a column names the very territory of an undertaking, and not only one in which that lies."""
    return any(
        entry.territory is not None and entry.territory.lineage == one.lineage
        for ground in context.grounds
        for one in ground.divisions
    )
