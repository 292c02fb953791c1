"""Who is linked with whom: the facts between each two entities, and the plain graphs that are made of them.

A planned fact is no link yet: it counts only where `planned` is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, cast, overload

import networkx as nx

from unionkg.graph.attributes import EdgeAttributes, EvidenceAttributes, KnowledgeGraph, nodes

Edge: TypeAlias = tuple[str, str, str]
"""A fact of the graph: subject, object, key."""

SEPARATOR = "|"


def fact_of(graph: KnowledgeGraph, edge: Edge) -> EdgeAttributes:
    """Return what the graph holds of the fact. It is much quicker than `graph.edges[edge]`."""
    subject, end, key = edge
    return _facts_from(graph, subject, end)[key]


def facts_by_pair(graph: KnowledgeGraph, *, planned: bool = False) -> dict[tuple[str, str], list[Edge]]:
    """Return the facts between each two entities, whichever way they run, in order of their keys.

    The pairs have the lower id first and are in order.
    """
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for one in sorted(graph):
        linked = {*graph.successors(one), *graph.predecessors(one)}
        for other in sorted(node for node in linked if node > one):
            facts = [
                (subject, end, key)
                for subject, end in ((one, other), (other, one))
                for key, fact in _facts_from(graph, subject, end).items()
                if planned or fact.get("modality") != "planned"
            ]
            if facts:
                pairs[one, other] = sorted(facts, key=lambda edge: edge[2])
    return pairs


def weight(graph: KnowledgeGraph, facts: Iterable[Edge]) -> float:
    """Return how many of the facts are right, as far as their confidence tells: its sum."""
    return round(sum(fact_of(graph, edge)["confidence"] for edge in facts), 6)


def strongest_first(graph: KnowledgeGraph, facts: Iterable[Edge]) -> list[Edge]:
    """Return the facts by the number of their sources, then by confidence, then in the order in which they are said."""

    def strength(edge: Edge) -> tuple[float, float, str, int, str]:
        fact = fact_of(graph, edge)
        first = fact["evidence"][0]
        return -fact["sources"], -fact["confidence"], first["document"], first["start"], edge[2]

    return sorted(facts, key=strength)


def clearest(evidence: Iterable[EvidenceAttributes]) -> EvidenceAttributes:
    """Return the sentence that is easiest to trust and to read.

    That is one that needed no restoring and is not split, the shortest of these; of equals the first in order of
    document and place.
    """
    return min(
        evidence,
        key=lambda one: (one["restored"], bool(one["parts"]), len(one["quote"]), one["document"], one["start"]),
    )


@overload
def simple_graph(
    graph: KnowledgeGraph, *, directed: Literal[False] = False, planned: bool = False
) -> nx.Graph[str]: ...
@overload
def simple_graph(graph: KnowledgeGraph, *, directed: Literal[True], planned: bool = False) -> nx.DiGraph[str]: ...
def simple_graph(graph: KnowledgeGraph, *, directed: bool = False, planned: bool = False) -> nx.Graph[str]:
    """Return the graph with one edge at most between two entities, and texts and numbers as attributes.

    Nodes have the attributes of the graph and `label` (the name again, which Gephi and others show); `documents` is how
    many. Edges have `weight` (the sum of the facts' confidence), `facts` (how
    many), `sources` (of the fact that has most) and `types`. Lists are joined by bars. If `directed`, edges run from
    subject to object, one each way. Nodes and edges are in order of ids, and entities without a link are there too.
    """
    simple: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    for node, entity in nodes(graph):
        told_of: dict[str, Any] = {**entity, "label": entity["name"], "documents": len(entity["documents"])}
        flat = {key: SEPARATOR.join(value) if isinstance(value, list) else value for key, value in told_of.items()}
        simple.add_node(node, **flat)
    for pair, facts in facts_by_pair(graph, planned=planned).items():
        for start, end in (pair, pair[::-1]) if directed else (pair,):
            told = [edge for edge in facts if not directed or edge[0] == start]
            if told:
                simple.add_edge(
                    start,
                    end,
                    weight=weight(graph, told),
                    facts=len(told),
                    sources=max(fact_of(graph, edge)["sources"] for edge in told),
                    types=SEPARATOR.join(sorted({fact_of(graph, edge)["type"] for edge in told})),
                )
    return simple


def _facts_from(graph: KnowledgeGraph, subject: str, end: str) -> dict[str, EdgeAttributes]:
    return cast(dict[str, EdgeAttributes], graph.get_edge_data(subject, end, default={}))
