"""The tables of a graph: their columns with their types, and their rows, in order of ids.

CSV, XLSX, Parquet and Neo4j tables, and the attributes of nodes and edges in files for graph programs, are made of them.
The ids are the names that the RDF has under its base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from unionkg.exports.iri import document_name, name_of
from unionkg.exports.literals import plain
from unionkg.graph.attributes import EdgeAttributes, KnowledgeGraph, NodeAttributes, OutcomeAttributes
from unionkg.graph.divisions import Division, division_of, divisions, wikidata_item
from unionkg.graph.readable import Readable, readable

Kind: TypeAlias = Literal["text", "texts", "integer", "number"]
Value: TypeAlias = str | int | float | list[str] | None
Row: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are, the type of each column by its name, in order, and what makes its rows of a graph."""

    name: str
    description: str
    columns: Mapping[str, Kind]
    _rows: Callable[[Readable], Iterator[Row]]

    def rows(self, graph: KnowledgeGraph | Readable) -> Iterator[Row]:
        """Yield the rows, with text as it fits every format (`literals.plain`). None is not stated."""
        return (tuple(map(_fit, row)) for row in self._rows(readable(graph)))


def stated(table: Table, row: Row) -> dict[str, Value]:
    """Return what a row states, by column."""
    return {column: value for column, value in zip(table.columns, row, strict=True) if value is not None}


def _fit(value: Value) -> Value:
    if isinstance(value, str):
        return plain(value)
    return list(map(plain, value)) if isinstance(value, list) else value


def _entities(graph: Readable) -> Iterator[Row]:
    for node, entity in graph.nodes():
        others = (entity.get("former_names", []), entity.get("traditional", []))
        names = (entity["name"], entity["aliases"], *others, entity["pinyin"])
        figures = (len(entity["documents"]), entity["mentions"])
        kind = (entity["type"], entity.get("subtype"))
        links = (entity.get("exact_matches", []), entity.get("close_matches", []))
        yield name_of(node), *kind, *names, *_coded(entity), *links, *figures, entity["rule"], entity["matched"]


def _coded(entity: NodeAttributes) -> Row:
    """Return the code and what is known of the division that bears it; the division's item in Wikidata is no body's."""
    one = division_of(entity)
    if one is None:
        return entity.get("code"), None, None, [], [], None
    item = wikidata_item(one) if entity["type"] == "PLACE" else None
    others = [
        f"{_listed(each)} {each.since or ''}/{each.last_year or ''}"
        for each in divisions().succession(one)
        if each != one
    ]
    return one.code, one.since, one.last_year, others, list(map(_listed, divisions().above(one))), item


def _listed(division: Division) -> str:
    return f"{division.code} {division.name}"


def _relations(graph: Readable) -> Iterator[Row]:
    names = _names(graph)
    for subject, end, key, fact in graph.edges():
        ends = (name_of(subject), names[subject], name_of(end), names[end])
        qualifiers = (fact.get("role"), fact.get("status"), fact.get("date"), fact.get("title"))
        programme = _named(fact.get("programme"), names)
        yield name_of(key), fact["type"], *ends, *qualifiers, *programme, fact.get("modality"), *_support(fact)


def _outcomes(graph: Readable) -> Iterator[Row]:
    names = _names(graph)
    for figure in graph.outcomes():
        ends = (figure.get("subject"), figure.get("programme"), figure.get("beneficiary"))
        named = (cell for end in ends for cell in _named(end, names))
        amount = (figure["value"], figure.get("value_max"), figure.get("bound"), figure["unit"])
        counted = (figure["what"], figure["kind"], figure.get("period"))
        yield name_of(figure["id"]), *named, *amount, *counted, *_support(figure)


def _documents(graph: Readable) -> Iterator[Row]:
    for document in graph.documents():
        titles = (document.get("title"), document.get("original_title"))
        described = (*titles, document.get("date"), document.get("source"), document.get("number"), document.get("url"))
        people = (document["authors"], document.get("correspondents", []), document["editors"])
        original = document["cluster"]
        origin = (
            document.get("encoding"),
            None if original == document["id"] else document_name(original),
            document["id"],
        )
        yield document_name(document["id"]), document["name"], *described, *people, *origin


def _doubts(graph: Readable) -> Iterator[Row]:
    for possible in graph.possible():
        yield name_of(possible["id"]), "possible", list(map(name_of, possible["nodes"])), possible["reason"]
    for conflict in graph.conflicts():
        yield name_of(conflict["id"]), conflict["kind"], list(map(name_of, conflict["facts"])), conflict["reason"]
    for edition in graph.editions():
        yield name_of(edition["id"]), "edition", list(map(name_of, (edition["narrow"], edition["wide"]))), None


def _names(graph: Readable) -> dict[str, str]:
    return {node: entity["name"] for node, entity in graph.nodes()}


def _named(node: str | None, names: dict[str, str]) -> tuple[str | None, str | None]:
    return (None, None) if node is None else (name_of(node), names[node])


def _support(owner: EdgeAttributes | OutcomeAttributes) -> Row:
    first = owner["evidence"][0]
    return (
        *(owner["confidence"], owner["sources"], owner.get("first_stated"), owner.get("last_stated")),
        *(owner["rules"], len(owner["evidence"])),
        *(document_name(first["document"]), first["start"], first["end"], first["quote"]),
    )


# How well a fact or figure is supported: `evidence` counts the sentences, the first of which is told.
_SUPPORT: dict[str, Kind] = {
    "confidence": "number",
    "sources": "integer",
    "first_stated": "text",
    "last_stated": "text",
    "rules": "texts",
    "evidence": "integer",
    "document": "text",
    "start": "integer",
    "end": "integer",
    "quote": "text",
}

# `documents` counts those that mention the entity, `mentions` the places; `rule` and `matched` say by what entities of
# different documents were joined. `code_from` and `code_until` are years, empty where the oldest list has the code and the newest
# still has it; `other_codes` are those of the same place before and after it, each with its name and years, `parents` the divisions
# above it with their codes, from the province down.
ENTITIES = Table(
    "entities",
    "the entities",
    {
        "id": "text",
        "type": "text",
        "subtype": "text",
        "name": "text",
        "aliases": "texts",
        "former_names": "texts",
        "traditional": "texts",
        "pinyin": "text",
        "code": "text",
        "code_from": "integer",
        "code_until": "integer",
        "other_codes": "texts",
        "parents": "texts",
        "wikidata": "text",
        "exact_matches": "texts",
        "close_matches": "texts",
        "documents": "integer",
        "mentions": "integer",
        "rule": "text",
        "matched": "texts",
    },
    _entities,
)

# `subject`, `object` and `programme` are ids of entities, followed by their names.
RELATIONS = Table(
    "relations",
    "the facts",
    {
        "id": "text",
        "type": "text",
        "subject": "text",
        "subject_name": "text",
        "object": "text",
        "object_name": "text",
        "role": "text",
        "status": "text",
        "date": "text",
        "title": "text",
        "programme": "text",
        "programme_name": "text",
        "modality": "text",
        **_SUPPORT,
    },
    _relations,
)

OUTCOMES = Table(
    "outcomes",
    "the figures",
    {
        "id": "text",
        "subject": "text",
        "subject_name": "text",
        "programme": "text",
        "programme_name": "text",
        "beneficiary": "text",
        "beneficiary_name": "text",
        "value": "number",
        "value_max": "number",
        "bound": "text",
        "unit": "text",
        "what": "text",
        "kind": "text",
        "period": "text",
        **_SUPPORT,
    },
    _outcomes,
)

# `copy_of` is the document that stands for all copies of the article; `sha256` is the whole identity, with the record's
# number if there is one.
DOCUMENTS = Table(
    "documents",
    "the source documents",
    {
        "id": "text",
        "name": "text",
        "title": "text",
        "original_title": "text",
        "date": "text",
        "source": "text",
        "number": "text",
        "url": "text",
        "authors": "texts",
        "correspondents": "texts",
        "editors": "texts",
        "encoding": "text",
        "copy_of": "text",
        "sha256": "text",
    },
    _documents,
)

# What may be the same, what is in conflict, and which programme is an edition of which. `about` are the ids of entities,
# or of facts and figures; of an edition the narrow one and the wide one.
DOUBTS = Table(
    "doubts",
    "what may be the same or in conflict, and editions",
    {"id": "text", "kind": "text", "about": "texts", "reason": "text"},
    _doubts,
)

TABLES = (ENTITIES, RELATIONS, OUTCOMES, DOCUMENTS, DOUBTS)
