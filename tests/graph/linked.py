"""Small graphs of nothing but who is linked with whom, written in the tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from unionkg.graph.attributes import EvidenceAttributes, KnowledgeGraph

PAPER = "a" * 64


def sentence(quote: str = "有人这样说。", document: str = PAPER, start: int = 0, **more: Any) -> EvidenceAttributes:
    """Return evidence for a fact."""
    whole = {"document": document, "start": start, "end": start + len(quote), "quote": quote, "parts": []}
    return EvidenceAttributes(**{**whole, "restored": False, **more})  # type: ignore[typeddict-item]  # made of parts


def linked(
    facts: Iterable[tuple[str, str] | tuple[str, str, dict[str, Any]]], lone: Iterable[str] = ()
) -> KnowledgeGraph:
    """Return the graph in which these pairs are linked, each by a fact of its own; ids serve as names.

    `lone` are entities without a fact. What a pair says beside its ends overrides what facts hold here.
    """
    graph: KnowledgeGraph = nx.MultiDiGraph(
        documents=[{"id": PAPER, "name": "paper.txt", "cluster": PAPER, "authors": [], "editors": []}], outcomes=[]
    )
    rows = [(*fact, {}) if len(fact) == 2 else fact for fact in facts]
    for node in dict.fromkeys((*(end for row in rows for end in row[:2]), *lone)):
        graph.add_node(
            node, type="ORG", subtype="union", name=node, aliases=[], pinyin=node, documents=[PAPER], mentions=1
        )
    for number, (subject, end, more) in enumerate(rows):
        held = {"type": "partners_with", "confidence": 0.9, "rules": ["test"], "sources": 1, "evidence": [sentence()]}
        graph.add_edge(subject, end, key=f"fact-{number:016x}", **{**held, **more})
    return graph
