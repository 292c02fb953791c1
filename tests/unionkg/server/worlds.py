"""KG folders for servers, as a build leaves them, but for what no server reads."""

from __future__ import annotations

from pathlib import Path

from unionkg import manifest
from unionkg.checksums import write_checksums
from unionkg.exports.files import write_files
from unionkg.exports.iri import BASE
from unionkg.exports.store import STORE_FOLDER
from unionkg.graph.attributes import KnowledgeGraph, documents
from unionkg.graph.readable import readable
from unionkg.graph.texts import NAME as TEXTS
from unionkg.graph.texts import DocumentText, write_texts


def build(folder: Path, graph: KnowledgeGraph, base: str = BASE, *, text: str = "") -> None:
    """Write the folder of a graph, all of whose documents have this text."""
    write_files(graph, folder, base)
    write_checksums(folder / STORE_FOLDER)
    ids = sorted(document["id"] for document in documents(graph))
    write_texts((DocumentText(document=one, text=text) for one in ids), folder / TEXTS)
    stated = manifest.Manifest(
        base=base,
        options={},
        versions={},
        counts=manifest.count(readable(graph), ()),
        sources=(),
        outputs=manifest.outputs_of(folder),
        times=manifest.Times(started="2024-01-01T00:00:00Z", seconds=0, from_cache=0),
    )
    manifest.write(stated, folder)
