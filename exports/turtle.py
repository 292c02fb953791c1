"""Turtle: written as a stream, the triples of one subject together, with the prefixes of the schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat, Triple, serialize

from unionkg.exports.iri import BASE
from unionkg.exports.triples import triples
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

BASE_PREFIX = "kg"


def write_turtle(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph, its subjects by kind and then by name; `kg:` stands for the base. Raises what `triples` raises."""
    write_triples(triples(graph, base), stream, {BASE_PREFIX: base})


def write_triples(found: Iterable[Triple], stream: BinaryIO, prefixes: dict[str, str] | None = None) -> None:
    """Write the triples in the order given, with the schema's prefixes and further ones."""
    declared = dict(sorted((PREFIXES | (prefixes or {})).items()))
    stream.writelines(f"@prefix {name}: <{iri}> .\n".encode() for name, iri in declared.items())
    stream.write(b"\n")
    serialize(found, cast(BinaryIO, _WithoutHeader(stream)), RdfFormat.TURTLE, prefixes=declared)


class _WithoutHeader:
    """Passes on what is written after the declarations: pyoxigraph writes those in an order that differs by run."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._waiting: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._waiting is None:
            self._stream.write(data)
            return len(data)
        self._waiting += data
        *lines, rest = self._waiting.split(b"\n")
        body = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), None)
        if body is None:
            self._waiting = rest
        else:
            self._stream.write(b"\n".join([*lines[body:], rest]))
            self._waiting = None
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
