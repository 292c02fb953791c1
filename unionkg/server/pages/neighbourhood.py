"""An entity and its neighbours in the view of the graph, on a page of their own."""

from __future__ import annotations

from heapq import nsmallest

from unionkg.graph.subset import around, subset
from unionkg.server.library import Library
from unionkg.viz.network import network

MOST = 150  # neighbours; to lay out thousands takes minutes


def neighbourhood(library: Library, node: str, title: str) -> str:
    """Return the page, as HTML text: of many neighbours it holds those that most documents name."""
    graph = library.graph
    others = around(graph, node, 1) - {node}
    kept = nsmallest(MOST, others, key=lambda other: (-len(graph.nodes[other]["documents"]), other))
    part = subset(graph, {node, *kept})
    return network(part, title=title, base=library.base, start=f"focus={node}&depth=1").generate_html()
