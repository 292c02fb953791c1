"""The graph itself as JSON, from which it comes back exactly: what `unionkg.load` reads.

    {"attributes": {…}, "nodes": [[id, {…}], …], "edges": [[subject, object, key, {…}], …]}

Compact, keys sorted, nodes in order of their ids, edges of their keys: equal graphs give equal bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from unionkg.errors import NotAKnowledgeGraph
from unionkg.graph.attributes import KnowledgeGraph, edges, nodes


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    attributes: dict[str, Any]
    nodes: list[tuple[str, dict[str, Any]]]
    edges: list[tuple[str, str, str, dict[str, Any]]]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write the graph as JSON."""
    content = {"attributes": graph.graph, "nodes": nodes(graph), "edges": edges(graph)}
    stream.write(msgspec.json.encode(content, order="sorted") + b"\n")


def read(path: Path) -> KnowledgeGraph:
    """Return the graph in the file `path`. Raises NotAKnowledgeGraph."""
    from networkx import MultiDiGraph

    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
    except OSError as error:
        raise NotAKnowledgeGraph(f"{path}: the graph cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise NotAKnowledgeGraph(f"{path}: not a graph as `unionkg build` writes it: {error}") from error
    graph: KnowledgeGraph = MultiDiGraph()
    graph.graph.update(stored.attributes)
    for node, attributes in stored.nodes:
        graph.add_node(node)
        graph.nodes[node].update(attributes)
    for subject, end, key, attributes in stored.edges:
        graph.add_edge(subject, end, key)
        graph.edges[subject, end, key].update(attributes)
    return graph
