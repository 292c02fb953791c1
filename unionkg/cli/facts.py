"""Facts as the analysis commands tell them: as lines to read, with their best sentence, and as records for JSON.

Lines hold text from documents, so nothing in them steers a terminal or ends the line.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from unionkg.exports.cells import Cell, write_rows
from unionkg.exports.columns import one_line
from unionkg.graph.attributes import DocumentAttributes, KnowledgeGraph, documents
from unionkg.graph.links import Edge, clearest, fact_of
from unionkg.kg import KG, load

Papers: TypeAlias = Mapping[str, DocumentAttributes]

_QUALIFIERS = ("modality", "role", "status", "title", "date")  # in the order in which they read well
_OF_A_DOCUMENT = ("name", "title", "date", "source")


def opened(folder: Path) -> KG:
    """Return the knowledge graph in the folder, with its graph read.

    What was read is kept from the collector, which would look through all of it once more for each further part of the
    answer: the process ends with that. Raises NotAKnowledgeGraph.
    """
    kg = load(folder)
    if kg.graph:
        gc.freeze()
    return kg


def papers(graph: KnowledgeGraph) -> Papers:
    """Return the documents by id."""
    return {document["id"]: document for document in documents(graph)}


def name(graph: KnowledgeGraph, node: str) -> str:
    """Return the entity's name on one line."""
    return one_line(graph.nodes[node]["name"])


def relation(graph: KnowledgeGraph, edge: Edge) -> str:
    """Return the fact's relation and qualifiers on one line, such as `holds_post (主席, elected, 2024-12)`."""
    fact = fact_of(graph, edge)
    stated = [str(value) for value in map(fact.get, _QUALIFIERS) if value is not None]
    if "programme" in fact:
        stated.append(name(graph, fact["programme"]))
    return one_line(fact["type"] + (f" ({', '.join(stated)})" if stated else ""))


def support(graph: KnowledgeGraph, edge: Edge) -> str:
    """Return how sure the fact is, such as `2 sources, confidence 0.95`."""
    fact = fact_of(graph, edge)
    return f"{fact['sources']} source{'' if fact['sources'] == 1 else 's'}, confidence {fact['confidence']:.2f}"


def sentence(graph: KnowledgeGraph, edge: Edge, papers: Papers) -> str:
    """Return on one line the clearest sentence that says the fact, and its document's title (or file name) and date.

    Foreign text that splits the sentence is left out.
    """
    evidence = clearest(fact_of(graph, edge)["evidence"])
    start = evidence["start"]
    pieces = [evidence["quote"][first - start : last - start] for first, last in evidence["parts"]]
    quote = " … ".join(pieces) or evidence["quote"]
    paper = papers[evidence["document"]]
    where = ", ".join(filter(None, (paper.get("title", paper["name"]), paper.get("date"))))
    return one_line(f"{quote} [{where}]")


def entity_record(graph: KnowledgeGraph, node: str) -> dict[str, Any]:
    """Return the entity's id, name, type and, if it has one, subtype."""
    entity = graph.nodes[node]
    return {"id": node} | {field: entity[field] for field in ("name", "type", "subtype") if field in entity}


def fact_record(graph: KnowledgeGraph, edge: Edge, papers: Papers) -> dict[str, Any]:
    """Return all that the graph holds of the fact; entities with their names, evidence with what its document is."""
    subject, end, key = edge
    fact = fact_of(graph, edge)
    record: dict[str, Any] = {"id": key, **fact}
    record |= {"subject": entity_record(graph, subject), "object": entity_record(graph, end)}
    if "programme" in fact:
        record["programme"] = entity_record(graph, fact["programme"])
    record["evidence"] = [{**one, **_described(papers[one["document"]])} for one in fact["evidence"]]
    return record


def json_text(content: object) -> str:
    """Return the content as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1).decode()


def csv_text(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return the rows as CSV, cells that a spreadsheet would run as a formula made harmless; no byte order mark."""
    stream = BytesIO()
    write_rows(rows, stream, mark=False)
    return stream.getvalue()


def _described(paper: DocumentAttributes) -> dict[str, object]:
    return {field: value for field, value in paper.items() if field in _OF_A_DOCUMENT}
