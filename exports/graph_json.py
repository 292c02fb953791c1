"""The graph itself as JSON, from which it comes back exactly: what `unionkg.load` reads.

    {"attributes": {"documents": […], …}, "nodes": [[id, {…}], …], "edges": [[subject, object, key, {…}], …]}

A record a line, keys sorted, nodes in order of their ids, edges of their keys: equal graphs give equal bytes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec
from networkx import MultiDiGraph

from unionkg.errors import NotAKnowledgeGraph
from unionkg.exports.records import encode, write_list
from unionkg.graph.attributes import DocumentAttributes, KnowledgeGraph
from unionkg.graph.readable import Readable, readable

_T = TypeVar("_T")


class _DocumentsAlone(msgspec.Struct):
    documents: list[DocumentAttributes]


class _StoredDocuments(msgspec.Struct):
    attributes: _DocumentsAlone


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    attributes: dict[str, Any]
    nodes: list[tuple[str, dict[str, Any]]]
    edges: list[tuple[str, str, str, dict[str, Any]]]


def write(graph: KnowledgeGraph | Readable, stream: BinaryIO) -> None:
    """Write the graph as JSON, a line each for every node, edge, document and figure."""
    source = readable(graph)
    stream.write(b'{"attributes":{')
    for number, (name, value) in enumerate(sorted(_about(graph).items())):
        stream.write((b",\n" if number else b"\n") + encode(name) + b":")
        if isinstance(value, (list, Iterator)):
            write_list(value, stream)
        else:
            stream.write(encode(value))
    stream.write(b'},\n"nodes":')
    write_list(source.nodes(), stream)
    stream.write(b',\n"edges":')
    write_list(source.edges(), stream)
    stream.write(b"}\n")


def _about(graph: KnowledgeGraph | Readable) -> dict[str, object]:
    """Return what the graph holds beside nodes and edges, by name."""
    if isinstance(graph, MultiDiGraph):
        return graph.graph
    return {
        "conflicts": graph.conflicts(),
        "documents": graph.documents(),
        "editions": graph.editions(),
        "outcomes": graph.outcomes(),
        "possible": graph.possible(),
    }


def read(path: Path) -> KnowledgeGraph:
    """Return the graph in the file `path`. Raises NotAKnowledgeGraph."""
    with _uncollected():
        return _read(path)


def read_documents(path: Path) -> list[DocumentAttributes]:
    """Return the documents of the graph in the file `path`, in order of ids; all else in it is skipped.

    Raises NotAKnowledgeGraph.
    """
    return _decoded(path, _StoredDocuments).attributes.documents


def _decoded(path: Path, type: type[_T]) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type)
    except OSError as error:
        raise NotAKnowledgeGraph(f"{path}: the graph cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise NotAKnowledgeGraph(f"{path}: not a graph as `unionkg build` writes it: {error}") from error


def _read(path: Path) -> KnowledgeGraph:
    stored = _decoded(path, _Stored)
    graph: KnowledgeGraph = MultiDiGraph()
    graph.graph.update(stored.attributes)
    for node, attributes in stored.nodes:
        graph.add_node(node)
        graph.nodes[node].update(attributes)
    for subject, end, key, attributes in stored.edges:
        graph.add_edge(subject, end, key)
        graph.edges[subject, end, key].update(attributes)
    return graph


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the collector, which would walk all that was read so far time and again: reading takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
