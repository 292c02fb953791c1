"""`unionkg neighbours`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Csv, Entity, Folder, Json, Limit, OutputForm, output_form

if TYPE_CHECKING:
    from unionkg.cli.facts import Papers
    from unionkg.graph.attributes import KnowledgeGraph
    from unionkg.graph.neighbours import Group

LISTED = 10


def neighbours_command(
    folder: Folder,
    entity: Entity,
    relation: Annotated[
        str | None, typer.Option(metavar="TYPE", show_default=False, help="Only facts of this type.")
    ] = None,
    depth: Annotated[
        int, typer.Option(min=1, metavar="N", help="2 for the facts around the neighbours too, and so on.")
    ] = 1,
    limit: Limit = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Print the facts around an entity, by relation and direction, each with a sentence that says so.

    The facts with most sources come first. Of each relation and direction 10 facts are printed if no limit is given, in
    JSON and CSV all.

    \b
    Example:
      unionkg neighbours KG 江西省总工会 --relation holds_post
    """
    put(neighbours(folder, entity, relation=relation, depth=depth, limit=limit, form=output_form(as_json, as_csv)))


def neighbours(
    folder: Path, entity: str, *, relation: str | None, depth: int, limit: int | None, form: OutputForm
) -> str | bytes:
    """Return the facts around the entity in the form asked for.

    Raises UnknownEntity, AmbiguousEntity, and InvalidOption if there is no such relation.
    """
    from unionkg.cli import facts

    kg = facts.opened(folder)
    graph = kg.graph
    node = kg.node(entity)
    groups = kg.neighbours(
        node, relation=relation, depth=depth, limit=LISTED if limit is None and form == "text" else limit
    )
    papers = facts.papers(graph)
    if form == "csv":
        return facts.csv_text(_rows(graph, groups))
    if form == "json":
        records = [_record(graph, group, papers) for group in groups]
        return facts.json_text({"entity": facts.entity_record(graph, node), "groups": records})
    return "\n".join(_lines(graph, node, groups, papers))


def _lines(graph: KnowledgeGraph, node: str, groups: list[Group], papers: Papers) -> Iterator[str]:
    from unionkg.cli import facts
    from unionkg.exports.columns import one_line
    from unionkg.graph.schema import RELATION_TYPES

    entity = graph.nodes[node]
    count = len(entity["documents"])
    kind = " ".join(filter(None, (entity["type"], entity.get("subtype"))))
    yield f"{facts.name(graph, node)} ({kind}, {count} document{'' if count == 1 else 's'}) {node}"
    if entity["aliases"]:
        yield f"also: {one_line('、'.join(entity['aliases']))}"
    if not groups:
        yield "no facts"
    for group in groups:
        relation = f"{group.relation} {RELATION_TYPES[group.relation].zh}"
        centre = facts.name(graph, group.centre)
        yield ""
        yield f"{centre} -- {relation} ->" if group.is_outward else f"{centre} <- {relation} --"
        sentence = ""
        for edge in group.facts:
            other = edge[1] if group.is_outward else edge[0]
            told = facts.relation(graph, edge).removeprefix(group.relation)
            yield f"  {facts.name(graph, other)}{told}; {facts.support(graph, edge)}"
            before, sentence = sentence, facts.sentence(graph, edge, papers)
            if sentence != before:
                yield f"      {sentence}"
        if group.left_out:
            yield f"  and {group.left_out} more"


def _rows(graph: KnowledgeGraph, groups: list[Group]) -> Iterator[tuple[str | float | None, ...]]:
    from unionkg.graph.links import clearest, fact_of

    yield (
        *("distance", "id", "type", "subject", "subject_name", "object", "object_name"),
        *("role", "status", "date", "title", "programme", "programme_name", "modality"),
        *("confidence", "sources", "document", "quote"),
    )
    for group in groups:
        for edge in group.facts:
            subject, end, key = edge
            fact = fact_of(graph, edge)
            programme = fact.get("programme")
            best = clearest(fact["evidence"])
            yield (
                *(group.distance, key, fact["type"]),
                *(subject, graph.nodes[subject]["name"], end, graph.nodes[end]["name"]),
                *(fact.get("role"), fact.get("status"), fact.get("date"), fact.get("title")),
                *(programme, graph.nodes[programme]["name"] if programme else None, fact.get("modality")),
                *(fact["confidence"], fact["sources"], best["document"], best["quote"]),
            )


def _record(graph: KnowledgeGraph, group: Group, papers: Papers) -> dict[str, object]:
    from unionkg.cli import facts

    return {
        "distance": group.distance,
        "centre": facts.entity_record(graph, group.centre),
        "relation": group.relation,
        "direction": "out" if group.is_outward else "in",
        "left_out": group.left_out,
        "facts": [facts.fact_record(graph, edge, papers) for edge in group.facts],
    }
