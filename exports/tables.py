"""Entities, relations, outcomes and documents as CSV tables, one row each, in order of their ids.

The ids are the names that the RDF has under its base. The files open with a byte order mark: without it Excel reads
UTF-8 as the system's own encoding and shows Chinese as garbage, while pandas, R's readr and OpenRefine skip it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from unionkg.exports.cells import Cell, write_rows
from unionkg.exports.format import Format
from unionkg.exports.iri import document_name, name_of
from unionkg.graph.attributes import EdgeAttributes, KnowledgeGraph, OutcomeAttributes
from unionkg.graph.readable import Readable, readable

_SUPPORT = (
    "confidence",
    "sources",
    "first_stated",
    "last_stated",
    "rules",
    "evidence",
    "document",
    "start",
    "end",
    "quote",
)


def write_entities(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the entities. `documents` counts those that mention the entity, `mentions` the places.

    `rule` and `matched` say by what entities of different documents were joined.
    """

    def rows() -> Iterator[Iterable[Cell]]:
        yield "id", "type", "subtype", "name", "aliases", "pinyin", "code", "documents", "mentions", "rule", "matched"
        for node, entity in readable(graph).nodes():
            described = (entity["type"], entity.get("subtype"), entity["name"], entity["aliases"], entity["pinyin"])
            figures = (len(entity["documents"]), entity["mentions"])
            yield name_of(node), *described, entity.get("code"), *figures, entity["rule"], entity["matched"]

    write_rows(rows(), stream, mark=True)


def write_relations(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the assertions, with their first piece of evidence; `evidence` counts the pieces.

    `subject`, `object` and `programme` are ids, followed by the names.
    """

    def rows() -> Iterator[Iterable[Cell]]:
        yield (
            *("id", "type", "subject", "subject_name", "object", "object_name"),
            *("role", "status", "date", "title", "programme", "programme_name", "modality"),
            *_SUPPORT,
        )
        names = _names(graph)
        for subject, end, key, fact in readable(graph).edges():
            ends = (name_of(subject), names[subject], name_of(end), names[end])
            qualifiers = (fact.get("role"), fact.get("status"), fact.get("date"), fact.get("title"))
            programme = _named(fact.get("programme"), names)
            yield name_of(key), fact["type"], *ends, *qualifiers, *programme, fact.get("modality"), *_support(fact)

    write_rows(rows(), stream, mark=True)


def write_outcomes(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the figures, with their first piece of evidence; `evidence` counts the pieces."""

    def rows() -> Iterator[Iterable[Cell]]:
        yield (
            *("id", "subject", "subject_name", "programme", "programme_name", "beneficiary", "beneficiary_name"),
            *("value", "value_max", "bound", "unit", "what", "kind", "period"),
            *_SUPPORT,
        )
        names = _names(graph)
        for figure in readable(graph).outcomes():
            ends = (figure.get("subject"), figure.get("programme"), figure.get("beneficiary"))
            named = (cell for end in ends for cell in _named(end, names))
            amount = (figure["value"], figure.get("value_max"), figure.get("bound"), figure["unit"])
            counted = (figure["what"], figure["kind"], figure.get("period"))
            yield name_of(figure["id"]), *named, *amount, *counted, *_support(figure)

    write_rows(rows(), stream, mark=True)


def write_documents(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the source documents; `sha256` is the whole identity, with the record's number if there is one."""

    def rows() -> Iterator[Iterable[Cell]]:
        yield (
            "id",
            "name",
            "title",
            "original_title",
            "date",
            "source",
            "number",
            "url",
            "authors",
            "correspondents",
            "editors",
            "encoding",
            "sha256",
        )
        for document in readable(graph).documents():
            titles = (document.get("title"), document.get("original_title"))
            described = (
                *titles,
                document.get("date"),
                document.get("source"),
                document.get("number"),
                document.get("url"),
            )
            people = (document["authors"], document.get("correspondents", []), document["editors"])
            origin = (document.get("encoding"), document["id"])
            yield document_name(document["id"]), document["name"], *described, *people, *origin

    write_rows(rows(), stream, mark=True)


def write_doubts(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write what may be the same, what is in conflict, and which programme is an edition of which, a row each.

    `about` are the ids of entities, or of facts and figures; of an edition the narrow one and the wide one.
    """
    source = readable(graph)

    def rows() -> Iterator[Iterable[Cell]]:
        yield "id", "kind", "about", "reason"
        for possible in source.possible():
            yield name_of(possible["id"]), "possible", map(name_of, possible["nodes"]), possible["reason"]
        for conflict in source.conflicts():
            yield name_of(conflict["id"]), conflict["kind"], map(name_of, conflict["facts"]), conflict["reason"]
        for edition in source.editions():
            yield name_of(edition["id"]), "edition", map(name_of, (edition["narrow"], edition["wide"])), None

    write_rows(rows(), stream, mark=True)


def _names(graph: KnowledgeGraph | Readable) -> dict[str, str]:
    return {node: entity["name"] for node, entity in readable(graph).nodes()}


def _named(node: str | None, names: dict[str, str]) -> tuple[str | None, str | None]:
    return (None, None) if node is None else (name_of(node), names[node])


def _support(owner: EdgeAttributes | OutcomeAttributes) -> tuple[Cell, ...]:
    first = owner["evidence"][0]
    return (
        *(owner["confidence"], owner["sources"], owner.get("first_stated"), owner.get("last_stated")),
        *(owner["rules"], len(owner["evidence"])),
        *(document_name(first["document"]), first["start"], first["end"], first["quote"]),
    )


def _format(name: str, description: str, write: Callable[[KnowledgeGraph | Readable, BinaryIO], None]) -> Format:
    return Format(name, ".csv", description, "text/csv", lambda graph, stream, base: write(graph, stream))


FORMATS = (
    _format("entities", "the entities as a table", write_entities),
    _format("relations", "the facts as a table", write_relations),
    _format("outcomes", "the figures as a table", write_outcomes),
    _format("documents", "the source documents as a table", write_documents),
    _format("doubts", "what may be the same or in conflict, and editions, as a table", write_doubts),
)
