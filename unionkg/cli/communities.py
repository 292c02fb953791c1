"""`unionkg communities`"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Csv, Folder, Json, Limit, OutputForm, Planned, output_form

if TYPE_CHECKING:
    from unionkg.graph.attributes import KnowledgeGraph

LISTED = 20
NAMED = 5  # members and provinces that a line has room for


def communities_command(
    folder: Folder,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed may give other communities.")] = 0,
    resolution: Annotated[
        float, typer.Option(metavar="X", help="Above 1 more and smaller communities, below 1 fewer and larger ones.")
    ] = 1.0,
    limit: Limit = None,
    planned: Planned = False,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Print the groups of entities that are linked more among themselves than with others, the largest first.

    The first 20 are printed if no limit is given, in JSON and CSV all. CSV has a row for each entity that is linked.

    \b
    Example:
      unionkg communities KG --resolution 2
    """
    form = output_form(as_json, as_csv)
    put(communities(folder, seed=seed, resolution=resolution, limit=limit, planned=planned, form=form))


def communities(
    folder: Path, *, seed: int, resolution: float, limit: int | None, planned: bool, form: OutputForm
) -> str | bytes:
    """Return the communities in the form asked for. Raises InvalidOption for a seed or a resolution out of range."""
    from unionkg.cli import facts

    kg = facts.opened(folder)
    graph = kg.graph
    found = kg.communities(seed=seed, resolution=resolution, planned=planned)
    shown = list(enumerate(found[: LISTED if limit is None and form == "text" else limit], 1))
    if form == "csv":
        header = ("community", "id", "name", "type", "subtype")
        rows = ((number, *_cells(graph, node)) for number, members in shown for node in members)
        return facts.csv_text((header, *rows))
    if form == "json":
        return facts.json_text(
            [
                {
                    "community": number,
                    "size": len(members),
                    "types": _tally(graph.nodes[node]["type"] for node in members),
                    "provinces": _provinces(graph, members),
                    "members": [facts.entity_record(graph, node) for node in members],
                }
                for number, members in shown
            ]
        )
    lone = graph.number_of_nodes() - sum(map(len, found))
    return "\n".join((*_table(graph, shown), "", _summary(len(found), len(shown), lone)))


def _table(graph: KnowledgeGraph, shown: list[tuple[int, list[str]]]) -> list[str]:
    from unionkg.exports.columns import aligned

    rows = []
    for number, members in shown:
        types = ", ".join(
            f"{kind} {count}" for kind, count in _tally(graph.nodes[node]["type"] for node in members).items()
        )
        provinces = ", ".join(f"{place} {count}" for place, count in [*_provinces(graph, members).items()][:NAMED])
        names = "、".join(graph.nodes[node]["name"] for node in members[:NAMED])
        rows.append((number, len(members), names, types, provinces))
    return aligned(("community", "size", "best-linked members", "types", "provinces"), rows)


def _summary(found: int, shown: int, lone: int) -> str:
    more = f"{found} communities" + (f", the largest {shown} shown" if shown < found else "")
    return f"{more}; {lone} entities without a link are in none"


def _cells(graph: KnowledgeGraph, node: str) -> tuple[str | None, ...]:
    entity = graph.nodes[node]
    return node, entity["name"], entity["type"], entity.get("subtype")


def _provinces(graph: KnowledgeGraph, members: Iterable[str]) -> dict[str, int]:
    """Return how many members lie in which province, by its English name."""
    from unionkg.graph.provinces import PROVINCES, province_code

    codes = (province_code(graph.nodes[node].get("code")) for node in members)
    return _tally(PROVINCES[code].en for code in codes if code)


def _tally(values: Iterable[str]) -> dict[str, int]:
    """Return how often each value comes, the most frequent first, of equals in order."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))
