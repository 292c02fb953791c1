"""Time and memory of the pairs of documents that name the same entities: `python -m benchmarks.bench_shared [DOCUMENTS]`.

DOCUMENTS (10000) invented documents name up to 50 entities each. How often an entity is named falls with its rank (Zipf's law),
so that nearly every document names the first, which is the worst that a corpus of one subject comes to. Prints the pairs,
CPU seconds, and how much the peak of memory rose above that with the graph. Linux only.
"""

from __future__ import annotations

import sys
import time

import networkx as nx
import numpy as np

from benchmarks.bench_exchange import clear_peak, peak_kb
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import readable
from unionkg.graph.shared_entities import shared_entities

DOCUMENTS = 10_000
NAMED = 50
ENTITIES = 5  # for each document


def corpus(documents: int, seed: int = 1) -> KnowledgeGraph:
    """Return a graph of nothing but documents and the entities that they name."""
    random = np.random.default_rng(seed)
    often = 1 / np.arange(1, ENTITIES * documents + 1)
    naming: list[list[str]] = [[] for _ in often]
    ids = [f"{number:064x}" for number in range(documents)]
    for document in ids:
        for entity in set(random.choice(len(often), NAMED, p=often / often.sum()).tolist()):
            naming[entity].append(document)
    graph: KnowledgeGraph = nx.MultiDiGraph()
    for number, named in enumerate(naming):
        if named:
            graph.add_node(f"org-{number:016x}", type="ORG", name=str(number), documents=named)
    graph.graph["documents"] = [
        {"id": each, "name": each, "cluster": each, "authors": [], "editors": []} for each in ids
    ]
    return graph


def main(arguments: list[str]) -> None:
    """Print a line."""
    documents = int(arguments[0]) if arguments else DOCUMENTS
    graph = readable(corpus(documents))
    clear_peak()
    before, started = peak_kb(), time.process_time()
    pairs = sum(1 for _ in shared_entities(graph))
    seconds, memory = time.process_time() - started, (peak_kb() - before) / 1024
    print(f"{documents} documents, {pairs} pairs: {seconds:.1f} s, {memory:.0f} MB more")


if __name__ == "__main__":
    main(sys.argv[1:])
