"""`unionkg stats`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import printable, put
from unionkg.cli.options import Folder, Json

if TYPE_CHECKING:
    from unionkg.graph.attributes import KnowledgeGraph
    from unionkg.manifest import Counts

Table: TypeAlias = Literal["type", "province", "year"]
Row: TypeAlias = tuple[str | int | None, ...]

TABLES: tuple[Table, ...] = ("type", "province", "year")
HEADERS: dict[Table, tuple[str, ...]] = {
    "type": ("type", "subtype", "zh", "en", "entities", "mentions"),
    "province": ("province", "zh", "en", "documents", "organisations", "facts"),
    "year": ("year", "documents", "facts"),
}


def stats_command(
    folder: Folder,
    by: Annotated[
        Table | None, typer.Option(show_default=False, help="One table only, in place of the counts and all tables.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print how much a knowledge graph holds, by type, province and year, and which sources could not be used.

    \b
    Example:
      unionkg stats KG --by province
    """
    put(stats(folder, by, as_json))


def stats(folder: Path, by: Table | None, as_json: bool) -> str:
    """Return the figures as text or as JSON: one table, or without `by` the counts, the failures and all tables."""
    import msgspec

    from unionkg.cli.facts import json_text, opened
    from unionkg.exports.columns import aligned

    kg = opened(folder)
    chosen: tuple[Table, ...] = (by,) if by else TABLES
    tables: dict[Table, list[Row]] = {table: _rows(kg.graph, table) for table in chosen}
    failures = {source.path: source.reason for source in kg.manifest.sources if source.state == "failed"}
    if as_json:
        whole = {} if by else {**msgspec.to_builtins(kg.manifest.counts), "failures": failures}
        for table, rows in tables.items():
            whole[f"by_{table}"] = [dict(zip(HEADERS[table], row, strict=True)) for row in rows]
        return json_text(whole)
    blocks = [aligned(HEADERS[table], map(_cells, rows)) for table, rows in tables.items()]
    if not by:
        blocks.insert(0, [*_count_lines(kg.manifest.counts)])
        blocks.append([f"failed: {printable(str(reason))}" for reason in failures.values()])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _count_lines(counts: Counts) -> Iterator[str]:
    import msgspec

    for what, figure in msgspec.to_builtins(counts).items():
        by_kind = figure if isinstance(figure, dict) else {}
        yield f"{what:24} {sum(by_kind.values()) if isinstance(figure, dict) else figure:>8}"
        yield from (f"  {kind:22} {number:>8}" for kind, number in by_kind.items())


def _rows(graph: KnowledgeGraph, table: Table) -> list[Row]:
    """Return the rows of a table, in the order of its header; None for what has no subtype, province or year."""
    from unionkg.graph import tallies
    from unionkg.graph.provinces import PROVINCES

    if table == "type":
        return [
            (row.type, row.subtype, *_labels(row.type, row.subtype), row.entities, row.mentions)
            for row in tallies.by_type(graph)
        ]
    if table == "province":
        return [
            (
                row.province,
                *(PROVINCES[row.province] if row.province else (None, None)),
                *(row.documents, row.organisations, row.facts),
            )
            for row in tallies.by_province(graph)
        ]
    return [(row.year, row.documents, row.facts) for row in tallies.by_year(graph)]


def _labels(type: str, subtype: str | None) -> tuple[str, str]:
    from unionkg.graph.schema import ENTITY_TYPES

    kind = ENTITY_TYPES[type]
    narrower = next((each for each in kind.subtypes if each.name == subtype), kind)
    return narrower.zh, narrower.en


def _cells(row: Row) -> list[str | int]:
    """Return what stands in a table for the eye: a dash for what there is none of."""
    return ["-" if value is None else value for value in row]
