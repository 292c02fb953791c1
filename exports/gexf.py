"""GEXF 1.3, for Gephi: entities in the colours of their types, facts as edges whose kind is the type of the relation.

Gephi joins edges between the same nodes unless they differ in kind, which GEXF has from version 1.3 on; Gephi 0.9.3 and
later and NetworkX read it. https://gexf.net/schema.html
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

NAMESPACE = "http://gexf.net/1.3"
VIZ = f"{NAMESPACE}/viz"

_TYPES: dict[Kind, str] = {"text": "string", "texts": "string", "integer": "long", "number": "double"}
_OWN = "label"  # has an attribute of the element itself


def write_gexf(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    """Write the entities and the facts, in order of their ids."""
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with (
            file.element("gexf", {"version": "1.3"}, nsmap={None: NAMESPACE, "viz": VIZ}),
            file.element("graph", {"defaultedgetype": "directed"}),
        ):
            for owner, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
                with file.element("attributes", {"class": owner, "mode": "static"}):
                    for name, kind in attributes.items():
                        if name != _OWN:
                            about = {"id": name, "title": name, "type": _TYPES[kind]}
                            file.write("\n", etree.Element("attribute", about))
            with file.element("nodes"):
                for node in nodes(graph, base):
                    file.write("\n")
                    with file.element("node", {"id": node.id, "label": as_text(node.attributes[_OWN])}):
                        _write_values(file, node.attributes)
                        with file.element(f"{{{VIZ}}}color", _channels(node.colour)):
                            pass
            with file.element("edges"):
                for edge in edges(graph, base):
                    ends = {"id": edge.id, "source": edge.subject, "target": edge.object}
                    file.write("\n")
                    with file.element("edge", {**ends, "kind": edge.type, "label": as_text(edge.attributes[_OWN])}):
                        _write_values(file, edge.attributes)
    stream.write(b"\n")


def _write_values(file: etree._IncrementalFileWriter, attributes: Mapping[str, Value]) -> None:
    with file.element("attvalues"):
        for name, value in attributes.items():
            if name != _OWN:
                with file.element("attvalue", {"for": name, "value": as_text(value)}):
                    pass


def _channels(colour: str) -> dict[str, str]:
    """Return the channels of a colour.

    >>> _channels("#c8442e")
    {'r': '200', 'g': '68', 'b': '46'}
    """
    return {name: str(int(colour[at : at + 2], 16)) for name, at in (("r", 1), ("g", 3), ("b", 5))}


FORMAT = Format("gexf", ".gexf", "entities and facts as GEXF, for Gephi", "application/gexf+xml", write_gexf)
