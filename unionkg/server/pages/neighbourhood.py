"""An entity and its neighbours in the view of the graph, on a page of their own."""

from __future__ import annotations

from heapq import nsmallest

from unionkg.graph.subset import around, subset
from unionkg.server.library import Library, ends_of
from unionkg.viz.network import network

MOST = 150  # neighbours; to lay out thousands takes minutes


def neighbourhood(library: Library, node: str, title: str) -> str:
    """Return the page, as HTML text: of many neighbours it holds those that most documents name.

    The programmes of the entity's facts and all that its figures are of stand with the neighbours: without them these would be lost.
    """
    graph = library.graph
    others = (around(graph, node, 1) | _beside(library, node)) - {node}
    kept = nsmallest(MOST, others, key=lambda other: (-len(graph.nodes[other]["documents"]), other))
    part = subset(graph, {node, *kept})
    return network(part, title=title, base=library.base, start=f"focus={node}&depth=1").generate_html()


def _beside(library: Library, node: str) -> set[str]:
    """Return the entities that stand in the figures and facts of an entity without being an end of the latter."""
    edges = (*library.graph.out_edges(node, data=True), *library.graph.in_edges(node, data=True))
    found = {fact["programme"] for _, _, fact in edges if "programme" in fact}
    for figure in library.figures_of.get(node, ()):
        found |= ends_of(figure)
    return found
