"""The registry of what a graph can be written as: name, file suffix, media type and writer of each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from unionkg.errors import UnknownFormatName
from unionkg.exports.ntriples import write_ntriples
from unionkg.exports.ontology import write_ontology
from unionkg.exports.shapes import write_shapes
from unionkg.exports.tables import write_documents, write_doubts, write_entities, write_outcomes, write_relations
from unionkg.exports.turtle import write_turtle
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

Writer: TypeAlias = "Callable[[KnowledgeGraph | Readable, BinaryIO, str], None]"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `file` is the name that `build` gives it in the KG folder; `write` takes graph, stream and base IRI."""

    name: str
    file: str
    description: str
    media_type: str
    write: Writer

    @property
    def suffix(self) -> str:
        """The file name's suffix, with its dot."""
        return "." + self.file.rpartition(".")[2]


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("nt", "graph.nt", "the graph as N-Triples, lines sorted", "application/n-triples", write_ntriples),
        Format("ttl", "graph.ttl", "the graph as Turtle", "text/turtle", write_turtle),
        Format(
            "ontology",
            "ontology.ttl",
            "the classes and properties, as Turtle",
            "text/turtle",
            lambda graph, stream, base: write_ontology(stream),
        ),
        Format(
            "shapes",
            "shapes.ttl",
            "the SHACL shapes that the graph conforms to",
            "text/turtle",
            lambda graph, stream, base: write_shapes(stream),
        ),
        Format(
            "entities",
            "entities.csv",
            "the entities as a table",
            "text/csv",
            lambda graph, stream, base: write_entities(graph, stream),
        ),
        Format(
            "relations",
            "relations.csv",
            "the facts as a table",
            "text/csv",
            lambda graph, stream, base: write_relations(graph, stream),
        ),
        Format(
            "outcomes",
            "outcomes.csv",
            "the figures as a table",
            "text/csv",
            lambda graph, stream, base: write_outcomes(graph, stream),
        ),
        Format(
            "documents",
            "documents.csv",
            "the source documents as a table",
            "text/csv",
            lambda graph, stream, base: write_documents(graph, stream),
        ),
        Format(
            "doubts",
            "doubts.csv",
            "what may be the same or in conflict, and editions, as a table",
            "text/csv",
            lambda graph, stream, base: write_doubts(graph, stream),
        ),
    )
}


def format_named(name: str) -> Format:
    """Return the format of this name. Raises UnknownFormatName."""
    if name not in FORMATS:
        raise UnknownFormatName(f"unknown export format {name!r}; accepted: {', '.join(FORMATS)}")
    return FORMATS[name]
