"""N-Triples: canonical lines, sorted, so that equal graphs give equal bytes and a diff shows what changed.

N-Quads are the same lines with the document that says each; those that no single document says are in the default graph.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from unionkg.exports.iri import BASE
from unionkg.exports.triples import Description, datasets, descriptions
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


def write_ntriples(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph's triples, one a line, in order of their bytes. Raises what `descriptions` raises."""
    stream.writelines(lines(each) for each in descriptions(graph, base))


def write_nquads(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the default graph and then each document's, the lines of a graph in order. Raises what `datasets` raises."""
    for name, said in datasets(graph, base):
        stream.writelines(lines(each, name) for each in said)


def lines(description: Description, graph: str | None = None) -> bytes:
    """Return the lines of one subject, in order."""
    subject, pairs = description
    end = f" {graph} .\n" if graph else " .\n"
    found = [f"{subject} {predicate} {value}{end}" for predicate, value in pairs]
    found.sort()
    return "".join(found).encode()


def read_graph(path: Path) -> Graph:
    """Return the triples of an N-Triples file as an rdflib Graph with the schema's prefixes bound."""
    from rdflib import Graph

    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(path, format="nt")
