"""How the alignment of two studies reads in a terminal, and as a table of one row for each thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unionkg.cli.difference_text import QUOTE_LENGTH, cut, short_id, told_value, totals_line, what
from unionkg.exports.cells import Cell
from unionkg.exports.columns import aligned
from unionkg.graph.aligned import BY_LABELS, STATE_LABELS, STATES, Alignment, Contrast, Overlap, Row
from unionkg.graph.changes import COLLECTIONS, Item, Sentence
from unionkg.graph.provinces import PROVINCES

LIMIT = 5
THINGS = 4
"""Of a row that puts many things together, so many of each study are told."""
HEADER = (
    *("kind", "state", "type", "ground", "kg1_ids", "kg1_names", "kg2_ids", "kg2_names", "reason"),
    *("province", "year", "kg1_evidence", "kg2_evidence"),
)
COPIES_BY = {
    "text": "copies of one article: by their texts",
    "title": "copies of one article: by title and date, for a folder has no texts.jsonl",
}


def alignment_text(alignment: Alignment, limit: int) -> Iterator[str]:
    """Yield the lines: how much both have, then each list with its first `limit` rows, then types, provinces and years.

    Names and quotes stand in them as they are; what steers a terminal is the caller's to remove.
    """
    yield f"KG1: {totals_line(alignment.kg1)}"
    yield f"KG2: {totals_line(alignment.kg2)}"
    yield from (
        f"built with another {one.name} {told_value(one.kg1)} / {told_value(one.kg2)}" for one in alignment.settings
    )
    yield COPIES_BY[alignment.copies_by]
    yield ""
    header = ("", "KG1", "shared", "of KG1", "KG2", "shared", "of KG2", "Jaccard")
    yield from aligned(header, [(one.collection, *_numbers(one)) for one in alignment.parts("all")])
    for state in STATES:
        for collection in COLLECTIONS:
            rows = [row for row in alignment.rows(collection) if row.state == state]
            if rows and limit:
                yield ""
                yield f"{collection}: {STATE_LABELS[state][1]} ({len(rows)})"
                for row in rows[:limit]:
                    yield from _told(row)
                if len(rows) > limit:
                    yield f"  ... {len(rows) - limit} more: --limit {len(rows)} shows them, --csv and --json have all"
    for part, title in (("type", "entities by type"), ("province", "by province"), ("year", "by year")):
        yield ""
        yield title
        yield from _table(alignment, part)


def _numbers(one: Overlap) -> tuple[int | str, ...]:
    kg1 = (one.kg1, one.kg1_shared, f"{one.kg1_share:.0%}")
    kg2 = (one.kg2, one.kg2_shared, f"{one.kg2_share:.0%}")
    return *kg1, *kg2, f"{one.jaccard:.2f}"


def _table(alignment: Alignment, part: str) -> list[str]:
    """Return the numbers of documents and facts, of types those of entities, a row for each type, province or year."""
    collections = ("entities",) if part == "type" else ("documents", "facts")
    found = {(one.collection, one.key): one for one in alignment.parts(part) if one.collection in collections}
    keys = sorted({key for _, key in found}, key=lambda key: key or "~")
    rows = []
    for key in keys:
        cells: list[str | int] = [PROVINCES[key].en if key in PROVINCES and part == "province" else key or "-"]
        for collection in collections:
            one = found.get((collection, key))
            cells += [one.kg1, one.kg1_shared, one.kg2, one.kg2_shared] if one else [0, 0, 0, 0]
        rows.append(cells)
    header = [part, *(head for each in collections for head in (f"{each} KG1", "shared", f"{each} KG2", "shared"))]
    return aligned(header, rows)


def _told(row: Row) -> Iterator[str]:
    """Yield what the row is of and why, and for what is said the first sentence of each study."""
    reason = reason_of(row)
    if row.by in ("two_holders", "two_values", "left_office"):
        line = reason
    else:
        sides = [" + ".join(f"{what(item)} [{short_id(item)}]" for item in items[:THINGS]) for items in _different(row)]
        line = " ~ ".join(filter(None, sides)) + (f": {reason}" if reason else "")
    yield f"  {line}"
    for name, items in (("KG1", row.kg1), ("KG2", row.kg2)):
        sentences = list(_first_sentences(items))
        yield from (
            f"    {name}: {sentence}" for sentence in sentences[: THINGS if row.state == "contradicting" else 1]
        )


def _different(row: Row) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return the things of both sides; of what is the same in both, those of one."""
    is_one = {item.id for item in row.kg1} == {item.id for item in row.kg2}
    return row.kg1, () if is_one else row.kg2


def reason_of(row: Row) -> str:
    """Return on what ground the things of a row are put together, and what tells them apart."""
    ground = BY_LABELS[row.by][1] if row.by and row.by != "id" else ""
    parts = (": ".join(filter(None, (ground, row.detail))), *(f"{one.name} {_contrast(one)}" for one in row.fields))
    return "; ".join(filter(None, parts))


def _contrast(one: Contrast) -> str:
    sides = (", ".join(side) if isinstance(side, tuple) else told_value(side) for side in (one.kg1, one.kg2))
    return " / ".join(sides)


def _first_sentences(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.evidence:
            yield _sentence(item.evidence[0], QUOTE_LENGTH)


def _sentence(sentence: Sentence, length: int) -> str:
    return f"{cut(' '.join(sentence.quote.split()), length)} ({sentence.document.name}:{sentence.start})"


def alignment_rows(alignment: Alignment) -> Iterator[tuple[Cell, ...]]:
    """Yield the table, its header first: a row for each row of the alignment, with the first sentence of each thing."""
    yield HEADER
    for collection in COLLECTIONS:
        for row in alignment.rows(collection):
            sides = (row.kg1, row.kg2)
            named = [cell for side in sides for cell in ([item.id for item in side], [_name(item) for item in side])]
            proofs = [[_proof(item) for item in side] for side in sides]
            yield (
                *(collection, row.state, row.lead.type, row.by, *named, reason_of(row)),
                *(row.province, row.year, *proofs),
            )


def _name(item: Item) -> str:
    return item.name if item.type == "document" or not (item.subject or item.evidence) else what(item)


def _proof(item: Item) -> str:
    """Return the first sentence that says it; the reference of a document, and the documents that name an entity."""
    if item.evidence:
        return _sentence(item.evidence[0], len(item.evidence[0].quote))
    return str(item.attributes.get("reference") or item.attributes.get("named_in", ""))
