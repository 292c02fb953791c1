"""The view of a graph as one offline HTML page."""

from __future__ import annotations

from collections.abc import Iterable

from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.schema import BASE
from unionkg.graph.texts import DocumentText
from unionkg.viz.network import MAX_NODES, network


def render(
    graph: KnowledgeGraph,
    *,
    title: str = "",
    max_nodes: int = MAX_NODES,
    texts: Iterable[DocumentText] = (),
    base: str = BASE,
) -> str:
    """Return the page as HTML text, self-contained: it needs no network and no file beside it.

    Without a title the page calls itself a trade union knowledge graph. Above `max_nodes` it opens with the best-linked
    nodes. `texts` are those of the documents, which can then be read in it. The same graph gives the same text. Raises
    InvalidOption if `max_nodes` is below 1.
    """
    return network(graph, title=title, max_nodes=max_nodes, texts=texts, base=base).generate_html()
