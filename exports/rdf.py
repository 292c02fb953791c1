"""The formats of RDF."""

from __future__ import annotations

from typing import BinaryIO

from unionkg.exports.format import Format
from unionkg.exports.iri import BASE
from unionkg.exports.jsonld import write_context, write_jsonld
from unionkg.exports.ntriples import lines, write_nquads, write_ntriples
from unionkg.exports.rdfxml import write_rdfxml
from unionkg.exports.triples import descriptions
from unionkg.exports.turtle import Turtle, write_trig, write_turtle
from unionkg.exports.void import Tally, write_void
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

FORMATS = (
    Format("nt", ".nt", "the graph as N-Triples, lines sorted", "application/n-triples", write_ntriples),
    Format("ttl", ".ttl", "the graph as Turtle", "text/turtle", write_turtle),
    Format("nq", ".nq", "the graph as N-Quads, a graph for each document", "application/n-quads", write_nquads),
    Format("trig", ".trig", "the graph as TriG, a graph for each document", "application/trig", write_trig),
    Format("jsonld", ".jsonld", "the graph as JSON-LD with its context", "application/ld+json", write_jsonld),
    Format("rdfxml", ".rdf", "the graph as RDF/XML", "application/rdf+xml", write_rdfxml),
    Format("void", ".ttl", "what the dataset holds how much of, in VoID, as Turtle", "text/turtle", write_void),
    Format(
        "context",
        ".jsonld",
        "the context of the JSON-LD alone",
        "application/ld+json",
        lambda graph, stream, base: write_context(stream),
    ),
)


def write_together(
    graph: KnowledgeGraph | Readable, ntriples: BinaryIO, turtle: BinaryIO, void: BinaryIO, base: str = BASE
) -> None:
    """Write the three formats in one pass over the graph, which takes most of the time of each."""
    syntax, tally = Turtle(base), Tally()
    turtle.write(syntax.header)
    for each in descriptions(graph, base):
        ntriples.write(lines(each))
        turtle.write(syntax.block(each))
        tally.add(each)
    tally.write(void, base)
