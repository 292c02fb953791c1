"""`unionkg rank`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Csv, Folder, Json, Limit, OutputForm, Planned, output_form

Measure: TypeAlias = Literal["pagerank", "degree", "documents"]

LISTED = 20
HEADER = ("rank", "score", "name", "type", "subtype", "documents", "id")


def rank_command(
    folder: Folder,
    by: Annotated[
        Measure,
        typer.Option(
            help="PageRank, the number of entities it is linked with, or of documents that name it (copies count once)."
        ),
    ] = "pagerank",
    type: Annotated[
        str | None, typer.Option(metavar="TYPE", show_default=False, help="Only entities of this type, such as ORG.")
    ] = None,
    subtype: Annotated[
        str | None, typer.Option(metavar="SUBTYPE", show_default=False, help="Only of this subtype, such as union.")
    ] = None,
    limit: Limit = None,
    planned: Planned = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Print the entities that stand out, the highest score first.

    The first 20 are printed if no limit is given, in JSON and CSV all.

    \b
    Example:
      unionkg rank KG --by degree --type ORG --subtype union
    """
    form = output_form(as_json, as_csv)
    put(rank(folder, by, type=type, subtype=subtype, limit=limit, planned=planned, form=form))


def rank(
    folder: Path,
    by: Measure,
    *,
    type: str | None,
    subtype: str | None,
    limit: int | None,
    planned: bool,
    form: OutputForm,
) -> str | bytes:
    """Return the ranking in the form asked for. Raises InvalidOption if there is no such type or subtype."""
    from unionkg.cli import facts
    from unionkg.exports.columns import aligned

    kg = facts.opened(folder)
    ranked = kg.rank(by, type=type, subtype=subtype, planned=planned)
    ranked = ranked[: LISTED if limit is None and form == "text" else limit]
    rows = []
    for place, (node, score) in enumerate(ranked, 1):
        entity = kg.graph.nodes[node]
        kind = (entity["name"], entity["type"], entity.get("subtype"))
        rows.append((place, score if by == "pagerank" else int(score), *kind, len(entity["documents"]), node))
    if form == "csv":
        return facts.csv_text((HEADER, *rows))
    if form == "json":
        return facts.json_text([dict(zip(HEADER, row, strict=True)) for row in rows])
    return "\n".join(aligned(HEADER, ([_cell(value) for value in row] for row in rows)))


def _cell(value: str | float | None) -> str | int:
    return f"{value:.6f}" if isinstance(value, float) else "" if value is None else value
