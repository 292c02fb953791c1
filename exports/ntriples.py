"""N-Triples: canonical lines, sorted, so that equal graphs give equal bytes and a diff shows what changed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import RdfFormat, serialize

from unionkg.exports.iri import BASE
from unionkg.exports.triples import triples
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.schema import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


def write_ntriples(graph: KnowledgeGraph, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph's triples, one a line, in order of their bytes. Raises what `triples` raises."""
    found = BytesIO()
    serialize(triples(graph, base), found, RdfFormat.N_TRIPLES)
    stream.writelines(sorted(found.getvalue().splitlines(keepends=True)))


def read_graph(path: Path) -> Graph:
    """Return the triples of an N-Triples file as an rdflib Graph with the schema's prefixes bound."""
    from rdflib import Graph

    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(path, format="nt")
