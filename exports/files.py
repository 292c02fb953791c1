"""The files that a build leaves: the graph in every format, and the SPARQL store."""

from __future__ import annotations

from pathlib import Path

from unionkg.exports.formats import FORMATS
from unionkg.exports.graph_json import write
from unionkg.exports.iri import BASE
from unionkg.exports.store import build_store
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

GRAPH_FILE = "graph.json"
STORE_FOLDER = "store"


def write_files(graph: KnowledgeGraph | Readable, folder: Path, base: str = BASE) -> None:
    """Write `graph.json`, a file for each format, and `store/` into `folder`, which is made if it is not there.

    Files of these names are replaced. All but the store's are byte-identical for equal graphs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / GRAPH_FILE).open("wb") as stream:
        write(graph, stream)
    for each in FORMATS.values():
        with (folder / each.file).open("wb") as stream:
            each.write(graph, stream, base)
    build_store(folder / FORMATS["nt"].file, folder / STORE_FOLDER)
