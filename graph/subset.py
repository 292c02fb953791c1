"""A part of a graph as a graph of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import networkx as nx

from unionkg.errors import InvalidOption, UnknownEntity
from unionkg.graph.attributes import (
    ConflictAttributes,
    EditionAttributes,
    KnowledgeGraph,
    PossibleAttributes,
    conflicts,
    documents,
    edges,
    editions,
    nodes,
    outcomes,
    possible,
)
from unionkg.graph.schema import ENTITY_TYPES

_ENDS = ("subject", "programme", "beneficiary")


def around(graph: KnowledgeGraph, node: str, depth: int) -> set[str]:
    """Return the entities at most `depth` facts from `node`, which is one of them.

    Raises UnknownEntity if `node` is no id of the graph, and InvalidOption if `depth` is below 1.
    """
    if node not in graph:
        raise UnknownEntity(f"no entity has the id {node!r}")
    if depth < 1:
        raise InvalidOption(f"depth is {depth}; accepted are whole numbers from 1")
    found = ring = {node}
    for _ in range(depth):
        ring = {other for one in ring for other in (*graph.successors(one), *graph.predecessors(one))} - found
        found = found | ring
    return found


def of_types(graph: KnowledgeGraph, types: Collection[str]) -> set[str]:
    """Return the entities of these types. Raises InvalidOption for a type that there is not."""
    for name in types:
        if name not in ENTITY_TYPES:
            raise InvalidOption(f"unknown type {name!r}; accepted: {', '.join(ENTITY_TYPES)}")
    return {node for node, entity in nodes(graph) if entity["type"] in types}


def subset(graph: KnowledgeGraph, kept: Collection[str]) -> KnowledgeGraph:
    """Return the graph of the entities `kept`, with what is said of these alone and the documents that name them.

    `graph` is left as it is; both share their records.
    """
    wanted = set(kept)
    own: KnowledgeGraph = graph.subgraph(wanted)  # a view: it goes through no more than the facts of what it holds
    part: KnowledgeGraph = nx.MultiDiGraph()
    for node, entity in nodes(own):
        part.add_node(node, **entity)
    for start, end, key, fact in edges(own):
        if fact.get("programme", end) in wanted:
            part.add_edge(start, end, key, **fact)
    figures = [
        figure
        for figure in outcomes(graph)
        if {figure[role] for role in _ENDS if role in figure} <= wanted  # type: ignore[literal-required]  # mypy: a name in a loop is no literal
    ]
    papers = {paper for _, entity in nodes(part) for paper in entity["documents"]}
    part.graph.update(documents=[paper for paper in documents(graph) if paper["id"] in papers], outcomes=figures)
    part.graph.update(beside(part, editions(graph), possible(graph), conflicts(graph)))
    return part


def beside(
    graph: KnowledgeGraph,
    editions: Iterable[EditionAttributes],
    possible: Iterable[PossibleAttributes],
    conflicts: Iterable[ConflictAttributes],
) -> dict[str, list[Mapping[str, object]]]:
    """Return by name those of the lists that stand beside the graph of a larger one that tell of what it holds."""
    stated = {key for _, _, key in graph.edges(keys=True)} | {figure["id"] for figure in outcomes(graph)}
    return {
        "editions": [one for one in editions if one["narrow"] in graph and one["wide"] in graph],
        "possible": [one for one in possible if all(node in graph for node in one["nodes"])],
        "conflicts": [one for one in conflicts if stated.issuperset(one["facts"])],
    }
