"""CSV files for `neo4j-admin database import`: entities, documents and figures as nodes, facts as relationships.

The headers say the types of the columns. Labels are classes of the ontology, types of relationships the names of the
relations in capitals. Times stay text, as documents state them. Nothing is done against formulas: a database runs none.
https://neo4j.com/docs/operations-manual/current/import/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO, cast

from unionkg.exports.cells import write_csv
from unionkg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, edges, nodes
from unionkg.exports.format import format_of_files
from unionkg.exports.iri import document_name, name_of
from unionkg.exports.literals import digits
from unionkg.exports.rows import DOCUMENTS, OUTCOMES, Kind, Table, Value
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable, readable
from unionkg.graph.schema import ENTITY_TYPES

ARRAY_SEPARATOR = ";"
README = f"""\
A knowledge graph by unionkg, for Neo4j 5 and later. In this folder:

    neo4j-admin database import full neo4j \\
        --nodes=entities.csv --nodes=documents.csv --nodes=outcomes.csv \\
        --relationships=facts.csv --relationships=links.csv \\
        --multiline-fields=true --array-delimiter="{ARRAY_SEPARATOR}"

The database, here neo4j, must be stopped and new. These are in it:

    (:Entity)                               also with the labels of its type and subtype, as :Organisation:TradeUnion
    (:Document)                             a source document
    (:Outcome)                              a figure that documents state
    (:Entity)-[:HOLDS_POST …]->(:Entity)    a fact, of the type of its relation
    (:Entity)-[:MENTIONED_IN]->(:Document)
    (:Entity)-[:HAS_OUTCOME]->(:Outcome)    whose figure it is
    (:Outcome)-[:OF_PROGRAMME]->(:Entity)   what it was counted in
    (:Outcome)-[:FOR_GROUP]->(:Entity)      for whom it is
"""

_TYPES: dict[Kind, str] = {"text": "string", "texts": "string[]", "integer": "long", "number": "double"}
_LINK = (":START_ID", ":END_ID", ":TYPE")


def _header(columns: Mapping[str, Kind]) -> list[str]:
    return [f"{name}:{_TYPES[kind]}" for name, kind in columns.items()]


def _without(columns: Mapping[str, Kind], *names: str) -> dict[str, Kind]:
    return {name: kind for name, kind in columns.items() if name not in names}


def _write_readme(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    stream.write(README.encode())


def _write_entities(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    columns = _without(NODE_ATTRIBUTES, "label", "colour")
    rows = ([node.id, _labels(node.attributes), *map(node.attributes.get, columns)] for node in nodes(graph, base))
    _write(["id:ID", ":LABEL", *_header(columns)], rows, stream)


def _labels(entity: Mapping[str, Value]) -> list[str]:
    kind = ENTITY_TYPES[cast(str, entity["type"])]
    narrow = [subtype.rdf_class for subtype in kind.subtypes if subtype.name == entity.get("subtype")]
    return ["Entity", *(name.removeprefix("ukg:") for name in (kind.rdf_class, *narrow))]


def _write_documents(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    _write_nodes(DOCUMENTS, "Document", graph, stream)


def _write_outcomes(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    _write_nodes(OUTCOMES, "Outcome", graph, stream)


def _write_nodes(table: Table, label: str, graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the rows of a table, whose first column is the id, as nodes."""
    name, *header = _header(table.columns)
    rows = ([row[0], label, *row[1:]] for row in table.rows(graph))
    _write([f"{name.partition(':')[0]}:ID", ":LABEL", *header], rows, stream)


def _write_facts(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    columns = _without(EDGE_ATTRIBUTES, "type")
    rows = (
        [edge.subject, edge.object, edge.type.upper(), edge.id, *map(edge.attributes.get, columns)]
        for edge in edges(graph, base)
    )
    _write([*_LINK, "id:string", *_header(columns)], rows, stream)


def _write_links(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    def rows() -> Iterator[list[Value]]:
        for node, entity in readable(graph).nodes():
            for document in entity["documents"]:
                yield [name_of(node), document_name(document), "MENTIONED_IN"]
        for figure in readable(graph).outcomes():
            name = name_of(figure["id"])
            if "subject" in figure:
                yield [name_of(figure["subject"]), name, "HAS_OUTCOME"]
            if "programme" in figure:
                yield [name, name_of(figure["programme"]), "OF_PROGRAMME"]
            if "beneficiary" in figure:
                yield [name, name_of(figure["beneficiary"]), "FOR_GROUP"]

    _write([*_LINK], rows(), stream)


def _write(header: list[str], rows: Iterable[list[Value]], stream: BinaryIO) -> None:
    write_csv(chain([header], (map(_cell, row) for row in rows)), stream)


def _cell(value: Value) -> str:
    """Return what stands for a value; a separator inside an item of a list becomes a full-width one."""
    if isinstance(value, list):
        return ARRAY_SEPARATOR.join(item.replace(ARRAY_SEPARATOR, "；") for item in value)
    if isinstance(value, str):
        return value
    return "" if value is None else digits(value)


FORMAT = format_of_files(
    "neo4j",
    "entities, facts, figures and documents for neo4j-admin's import",
    {
        "README.txt": _write_readme,
        "entities.csv": _write_entities,
        "documents.csv": _write_documents,
        "outcomes.csv": _write_outcomes,
        "facts.csv": _write_facts,
        "links.csv": _write_links,
    },
)
