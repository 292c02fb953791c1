"""`unionkg path`"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from unionkg.cli.console import put
from unionkg.cli.options import Entity, Folder, Json, Planned

if TYPE_CHECKING:
    from unionkg.cli.facts import Papers
    from unionkg.graph import paths
    from unionkg.graph.attributes import KnowledgeGraph


def path_command(
    folder: Folder,
    start: Entity,
    end: Entity,
    count: Annotated[
        int, typer.Option("--paths", min=1, metavar="N", help="How many paths to print, the best first.")
    ] = 1,
    max_length: Annotated[int, typer.Option(min=1, metavar="N", help="The most steps that a path may have.")] = 6,
    shortest: Annotated[
        bool, typer.Option("--shortest", help="Prefer fewer steps, also through what everything is linked with.")
    ] = False,
    planned: Planned = False,
    as_json: Json = False,
) -> None:
    """Print how two entities are linked, each step with a sentence that says so.

    Facts are followed either way. Passing an entity that is linked with many others makes a path worse. If there is no
    path, the exit code is 1.

    \b
    Example:
      unionkg path KG 宁仲斐 辽宁省总工会 --paths 3
    """
    text, found = path(
        folder, start, end, count=count, max_length=max_length, shortest=shortest, planned=planned, as_json=as_json
    )
    put(text)
    if not found:
        raise typer.Exit(1)


def path(
    folder: Path, start: str, end: str, *, count: int, max_length: int, shortest: bool, planned: bool, as_json: bool
) -> tuple[str, int]:
    """Return what there is to print, as text or JSON, and how many paths were found.

    Raises UnknownEntity, AmbiguousEntity, InvalidOption.
    """
    from unionkg.cli import facts

    kg = facts.opened(folder)
    graph = kg.graph
    ends = kg.node(start), kg.node(end)
    found = kg.paths(*ends, count=count, max_length=max_length, shortest=shortest, planned=planned)
    papers = facts.papers(graph)
    if as_json:
        records = [_record(graph, one, papers) for one in found]
        content = {"from": facts.entity_record(graph, ends[0]), "to": facts.entity_record(graph, ends[1])}
        return facts.json_text({**content, "paths": records}), len(found)
    names = " and ".join(facts.name(graph, node) for node in ends)
    if not found:
        return f"no path of at most {max_length} steps between {names}", 0
    return "\n\n".join("\n".join(_lines(graph, one, papers)) for one in found), len(found)


def _lines(graph: KnowledgeGraph, one: paths.Path, papers: Papers) -> list[str]:
    """Return a line for the path, for each step one, and for each of its facts one with a sentence below."""
    from unionkg.cli import facts

    lines = [" - ".join(facts.name(graph, node) for node in one.nodes)]
    for number, ((here, there), step) in enumerate(zip(pairwise(one.nodes), one.steps, strict=True), 1):
        for place, edge in enumerate(step):
            told = facts.relation(graph, edge)
            arrow = f"-- {told} ->" if edge[0] == here else f"<- {told} --"
            head = f"{number:2}." if place == 0 else "   "
            lines.append(f"{head} {facts.name(graph, here)} {arrow} {facts.name(graph, there)}")
            if place == 0:
                lines += [f"      {line}" for line in (facts.sentence(graph, edge, papers), facts.support(graph, edge))]
    return lines


def _record(graph: KnowledgeGraph, one: paths.Path, papers: Papers) -> dict[str, object]:
    from unionkg.cli import facts

    return {
        "length": len(one.steps),
        "nodes": [facts.entity_record(graph, node) for node in one.nodes],
        "steps": [[facts.fact_record(graph, edge, papers) for edge in step] for step in one.steps],
    }
