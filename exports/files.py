"""The files that a build leaves: the graph in its formats, and the SPARQL store."""

from __future__ import annotations

from pathlib import Path

from unionkg.exports.formats import FORMATS
from unionkg.exports.graph_json import write
from unionkg.exports.iri import BASE
from unionkg.exports.rdf import write_together
from unionkg.exports.store import STORE_FOLDER, build_store
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

GRAPH_FILE = "graph.json"

# The formats that a build writes, each with the name of its file; the others are written on request.
BUILT = {
    "nt": "graph.nt",
    "ttl": "graph.ttl",
    "void": "void.ttl",
    "ontology": "ontology.ttl",
    "shapes": "shapes.ttl",
    "entities": "entities.csv",
    "relations": "relations.csv",
    "outcomes": "outcomes.csv",
    "documents": "documents.csv",
    "doubts": "doubts.csv",
}
TOGETHER = ("nt", "ttl", "void")


def write_files(graph: KnowledgeGraph | Readable, folder: Path, base: str = BASE) -> None:
    """Write `graph.json`, the files of `BUILT`, and `store/` into `folder`, which is made if it is not there.

    Files of these names are replaced. All but the store's are byte-identical for equal graphs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / GRAPH_FILE).open("wb") as stream:
        write(graph, stream)
    files = [folder / BUILT[name] for name in TOGETHER]
    with files[0].open("wb") as ntriples, files[1].open("wb") as turtle, files[2].open("wb") as void:
        write_together(graph, ntriples, turtle, void, base)
    for name, file in BUILT.items():
        if name not in TOGETHER:
            with (folder / file).open("wb") as stream:
                FORMATS[name].write(graph, stream, base)
    build_store(folder / BUILT["nt"], folder / STORE_FOLDER)
