"""Node-link JSON, as `networkx.node_link_graph` reads it: nodes and edges, and the other tables as graph attributes.

networkx.node_link_graph(json.load(file), edges="edges")
"""

from __future__ import annotations

from typing import BinaryIO

from unionkg.exports.elements import edges, nodes
from unionkg.exports.format import Format
from unionkg.exports.records import encode, write_list
from unionkg.exports.rows import DOCUMENTS, DOUBTS, OUTCOMES, stated
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable


def write_node_link(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    """Write the entities and the facts in order of their ids, and in `graph` the figures, documents and doubts."""
    stream.write(b'{"directed":true,"multigraph":true,"graph":{"base":' + encode(base))
    for table in (OUTCOMES, DOCUMENTS, DOUBTS):
        stream.write(b',\n"' + table.name.encode() + b'":')
        write_list((stated(table, row) for row in table.rows(graph)), stream)
    stream.write(b'},\n"nodes":')
    write_list(({"id": node.id, **node.attributes} for node in nodes(graph, base)), stream)
    stream.write(b',\n"edges":')
    ends = (
        {"source": edge.subject, "target": edge.object, "key": edge.id, **edge.attributes}
        for edge in edges(graph, base)
    )
    write_list(ends, stream)
    stream.write(b"}\n")


FORMAT = Format(
    "node-link", ".json", "the graph as node-link JSON, for NetworkX and D3", "application/json", write_node_link
)
