"""What a format is that a graph can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, TypeAlias

from unionkg.exports.archive import write_archive
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

Writer: TypeAlias = "Callable[[KnowledgeGraph | Readable, BinaryIO, str], None]"
"""Writes a graph to a stream; the last argument is the base IRI. The stream need not be seekable."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files with the dot, what it is, its media type, and what writes it.

    One that takes several files has a writer for each in `files`, by file name, in order; `write` then writes an archive
    of them. `extra` is the extra of unionkg that has the libraries it needs.
    """

    name: str
    suffix: str
    description: str
    media_type: str
    write: Writer
    files: Mapping[str, Writer] = field(default_factory=dict)
    extra: str | None = None


def format_of_files(name: str, description: str, files: Mapping[str, Writer], extra: str | None = None) -> Format:
    """Return a format that takes several files: a folder of them, or a zip archive."""

    def write(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
        write_archive(((file, partial(_write_to, graph, base, writer)) for file, writer in files.items()), stream)

    return Format(name, ".zip", description, "application/zip", write, files, extra)


def _write_to(graph: KnowledgeGraph | Readable, base: str, write: Writer, stream: BinaryIO) -> None:
    write(graph, stream, base)
