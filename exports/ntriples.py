"""N-Triples: canonical lines, sorted, so that equal graphs give equal bytes and a diff shows what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import RdfFormat, Triple, serialize

from unionkg.exports.iri import BASE
from unionkg.exports.triples import triples
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


RUN_LINES = 100_000  # sorted in memory; more are sorted in runs on disk


def write_ntriples(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph's triples, one a line, in order of their bytes. Raises what `triples` raises.

    They are sorted in files beside the one that is written, so that the room there is the only limit.
    """
    name = getattr(stream, "name", None)
    place = Path(name).parent if isinstance(name, str) and Path(name).is_file() else None
    with ExitStack() as stack:
        runs = []
        for batch in _batches(triples(graph, base)):
            run = stack.enter_context(TemporaryFile(dir=place))
            run.writelines(_sorted_lines(batch))
            run.seek(0)
            runs.append(run)
        stream.writelines(merge(*runs))


def _batches(found: Iterable[Triple]) -> Iterator[list[Triple]]:
    rest = iter(found)
    while batch := list(islice(rest, RUN_LINES)):
        yield batch


def _sorted_lines(batch: Iterable[Triple]) -> list[bytes]:
    return sorted((serialize(batch, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True))


def read_graph(path: Path) -> Graph:
    """Return the triples of an N-Triples file as an rdflib Graph with the schema's prefixes bound."""
    from rdflib import Graph

    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.parse(path, format="nt")
