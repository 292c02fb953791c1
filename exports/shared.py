"""The map of a corpus as a table: which documents name the same entities, and which of these tell most.

It is a format of its own and no file of the KG folder, nor one of its tables: it takes time with the square of the
documents that name one entity, which a build should not, and follows from what the folder holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from unionkg.exports.format import Format
from unionkg.exports.iri import document_name
from unionkg.exports.rows import Row, Table
from unionkg.exports.tables import write_table
from unionkg.graph.attributes import DocumentAttributes, KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.shared_entities import shared_entities

TELLING = 5
DIGITS = 4


def _rows(graph: Readable) -> Iterator[Row]:
    names = {node: entity["name"] for node, entity in graph.nodes()}
    for pair in shared_entities(graph):
        telling = [names[node] for node in pair.entities[:TELLING]]
        counted = (len(pair.entities), round(pair.weight, DIGITS))
        yield *_named(pair.document), *_named(pair.other), *counted, telling


def _named(document: DocumentAttributes) -> tuple[str, str]:
    return document_name(document["id"]), document.get("title") or document["name"]


# `shared` counts the entities that both name, `weight` is the sum of their weights, `entities` are the names of the
# TELLING weightiest of them.
SHARED = Table(
    "shared",
    "which documents name the same entities",
    {
        "document": "text",
        "title": "text",
        "other": "text",
        "other_title": "text",
        "shared": "integer",
        "weight": "number",
        "entities": "texts",
    },
    _rows,
)


def _write(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    write_table(SHARED, graph, stream)


FORMAT = Format(SHARED.name, ".csv", f"a table of {SHARED.description}", "text/csv", _write)
