"""GraphML, for NetworkX, igraph, Gephi, Cytoscape and yEd: every attribute of one type, lists between bars.

Brandes et al. 2002, GraphML Progress Report, https://doi.org/10.1007/3-540-45848-4_59.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from lxml import etree

from unionkg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, as_text, edges, nodes
from unionkg.exports.format import Format
from unionkg.exports.rows import Kind, Value
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

_TYPES: dict[Kind, str] = {"text": "string", "texts": "string", "integer": "long", "number": "double"}


def write_graphml(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    """Write the entities and the facts, in order of their ids."""
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: NAMESPACE}):
            for owner, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
                for name, kind in attributes.items():
                    key = {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": _TYPES[kind]}
                    file.write("\n", etree.Element("key", key))
            file.write("\n")
            with file.element("graph", {"id": "unionkg", "edgedefault": "directed"}):
                for node in nodes(graph, base):
                    _write(file, "node", {"id": node.id}, node.attributes)
                for edge in edges(graph, base):
                    ends = {"id": edge.id, "source": edge.subject, "target": edge.object}
                    _write(file, "edge", ends, edge.attributes)
    stream.write(b"\n")


def _write(
    file: etree._IncrementalFileWriter, owner: str, described: Mapping[str, str], attributes: Mapping[str, Value]
) -> None:
    file.write("\n")
    with file.element(owner, described):
        for name, value in attributes.items():
            with file.element("data", {"key": f"{owner}-{name}"}):
                file.write(as_text(value))


FORMAT = Format("graphml", ".graphml", "entities and facts as GraphML", "application/graphml+xml", write_graphml)
