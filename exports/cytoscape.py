"""Cytoscape JSON, for Cytoscape.js and for Cytoscape on the desktop, which calls it `.cyjs`.

`value` and `key` are there for `networkx.cytoscape_graph`; empty lists are left out, for the desktop cannot tell the type
of a column from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from unionkg.exports.elements import edges, nodes
from unionkg.exports.format import Format
from unionkg.exports.records import encode, write_list
from unionkg.exports.rows import Value
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable


def write_cytoscape(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    """Write the entities and the facts, in order of their ids; the `interaction` of an edge is the type of the fact."""
    stream.write(b'{"data":' + encode({"name": "unionkg", "base": base}) + b',"directed":true,"multigraph":true,')
    stream.write(b'"elements":{"nodes":')
    write_list(
        ({"data": {"id": node.id, "value": node.id, **_full(node.attributes)}} for node in nodes(graph, base)), stream
    )
    stream.write(b',\n"edges":')
    write_list(
        (
            {
                "data": {
                    "id": edge.id,
                    "key": edge.id,
                    "source": edge.subject,
                    "target": edge.object,
                    "interaction": edge.type,
                    **_full(edge.attributes),
                }
            }
            for edge in edges(graph, base)
        ),
        stream,
    )
    stream.write(b"}}\n")


def _full(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if value != []}


FORMAT = Format("cytoscape", ".cyjs", "entities and facts as Cytoscape JSON", "application/json", write_cytoscape)
