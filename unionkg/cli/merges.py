"""`unionkg merges`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Csv, Folder, Json, Limit, OutputForm, output_form

if TYPE_CHECKING:
    from unionkg.graph.merges import Merge
    from unionkg.kg import KG

LISTED = 20
HEADER = ("documents", "name", "type", "rule", "matched", "names", "id")


def merges_command(
    folder: Folder,
    entity: Annotated[
        str | None, typer.Argument(metavar="[ENTITY]", show_default=False, help="Tell of this entity alone, in full.")
    ] = None,
    limit: Limit = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Print which entities were joined from several documents or names, by what rule, and what matched.

    Those of most documents come first. Of one entity each document is listed, with the name by which a ledger can part it.
    Without a limit 20 are printed, in JSON and CSV all.

    \b
    Example:
      unionkg merges KG 江西省总工会
    """
    put(merges(folder, entity, limit=limit, form=output_form(as_json, as_csv)))


def merges(folder: Path, entity: str | None, *, limit: int | None, form: OutputForm) -> str | bytes:
    """Return the merges in the form asked for. Raises UnknownEntity, AmbiguousEntity."""
    from unionkg.cli import facts
    from unionkg.exports.columns import aligned
    from unionkg.graph.merges import merges as merges_of

    kg = facts.opened(folder)
    found = merges_of(kg.graph, kg.ledger, None if entity is None else kg.node(entity))
    found = found[: LISTED if limit is None and form == "text" and entity is None else limit]
    if form == "json":
        return facts.json_text(found)
    rows = [(len(one.documents), one.name, one.type, one.rule, one.matched, one.names, one.id) for one in found]
    if form == "csv":
        return facts.csv_text([HEADER, *rows])
    if entity is not None:
        return "\n".join(line for one in found for line in _lines(kg, one))
    cells = [(*row[:4], "、".join(row[4]), "、".join(row[5]), row[6]) for row in rows]
    return "\n".join(aligned(HEADER, cells))


def _lines(kg: KG, one: Merge) -> Iterator[str]:
    from unionkg.cli import facts
    from unionkg.exports.columns import one_line
    from unionkg.graph.merges import RULES

    papers = facts.papers(kg.graph)
    yield one_line(f"{one.name} ({one.type}) {one.id}")
    if one.names:
        yield one_line(f"also: {'、'.join(one.names)}")
    yield one_line(f"{one.rule}: {RULES.get(one.rule, '')}: {'、'.join(one.matched)}")
    for line in one.judgements:
        told = ", ".join(filter(None, (line.who, line.when, line.why)))
        yield one_line(f"{line.judgement}: {line.subject} {line.object}{line.value} [{told}]")
    for document, name in zip(one.documents, one.named, strict=True):
        paper = papers[document]
        where = ", ".join(filter(None, (paper.get("title", paper["name"]), paper.get("date"))))
        yield one_line(f"  {name}  {where}")
