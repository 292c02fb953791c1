"""Time and memory of the exchange formats: `python -m benchmarks.bench_exchange [KG | DOCUMENTS]`.

KG is a folder that a build left; without it one is built of an invented corpus of so many DOCUMENTS (1000). Each writer has
a process of its own, which holds the graph; beside it NetworkX's writer of the same format, where there is one, with a graph
of the same attributes in a form that it takes; making this graph is counted, as ours makes the attributes while it writes.
Prints CPU seconds, the median of three; how much the peak of memory rose above that with the graph; megabytes written; and
how many times as long NetworkX takes. Linux only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import networkx as nx

import unionkg
from benchmarks.make_corpus import make_corpus
from unionkg.exports.elements import as_text, edges, nodes
from unionkg.exports.files import BUILT
from unionkg.exports.formats import FORMATS
from unionkg.exports.iri import BASE
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.nlp.extract import Options

ROUNDS = 3
DOCUMENTS = 1_000
RIVALS: dict[str, Callable[[Any, BinaryIO], object]] = {
    "graphml": nx.write_graphml,
    "gexf": nx.write_gexf,
    "cytoscape": lambda graph, stream: _write_json(nx.cytoscape_data(graph), stream),
    "node-link": lambda graph, stream: _write_json(nx.node_link_data(graph, edges="edges"), stream),
}


def _write_json(data: Any, stream: BinaryIO) -> None:
    stream.write(json.dumps(data, ensure_ascii=False).encode())


def _write_ours(name: str, graph: KnowledgeGraph, stream: BinaryIO) -> None:
    FORMATS[name].write(graph, stream, BASE)


def _write_theirs(name: str, graph: KnowledgeGraph, stream: BinaryIO) -> None:
    RIVALS[name](for_networkx(graph, name), stream)


def for_networkx(graph: KnowledgeGraph, name: str) -> Any:
    """Return the graph with the attributes that our writer gives, in a form that NetworkX's can write."""
    is_json = name in ("cytoscape", "node-link")
    plain: Any = nx.MultiDiGraph()
    for node in nodes(graph, BASE):
        plain.add_node(node.id, **{key: _taken(value, is_json) for key, value in node.attributes.items()})
    for edge in edges(graph, BASE):
        told = {key: _taken(value, is_json) for key, value in edge.attributes.items()}
        plain.add_edge(edge.subject, edge.object, edge.id, **told)
    return plain


def _taken(value: Any, is_json: bool) -> Any:
    return as_text(value) if isinstance(value, list) and not is_json else value


def measure(folder: Path, name: str, whose: str) -> None:
    """Print seconds, megabytes of memory and megabytes written, for one writer, in this process."""
    graph = unionkg.load(folder).graph
    write: Callable[[BinaryIO], object] = partial(_write_ours, name, graph)
    if whose != "ours":
        write = partial(_write_theirs, name, graph)
    clear_peak()
    before = peak_kb()
    seconds = []
    with TemporaryDirectory() as place:
        for _ in range(ROUNDS):
            started = time.process_time()
            with (Path(place) / "out").open("wb") as stream:
                write(stream)
            seconds.append(time.process_time() - started)
        size = (Path(place) / "out").stat().st_size
    print(median(seconds), (peak_kb() - before) / 1024, size / 1e6)


def clear_peak() -> None:
    """Make what is resident in this process now its peak of memory: proc(5)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_kb() -> int:
    """Return the most memory that was resident in this process. (ru_maxrss begins with that of the parent.)"""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def asked(folder: Path, name: str, whose: str) -> tuple[float, float, float]:
    """Return what a process of its own measures."""
    command = [sys.executable, "-m", "benchmarks.bench_exchange", str(folder), name, whose]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1]), float(said[2])


def report(folder: Path) -> None:
    """Print a line a format."""
    graph = unionkg.load(folder).graph
    counts = (
        f"{graph.number_of_nodes()} entities, {graph.number_of_edges()} facts, {len(graph.graph['outcomes'])} figures"
    )
    print(f"{counts}\n{'':11} {'s':>6} {'MB more':>8} {'MB written':>11}   NetworkX's: s, MB more, MB written, ratio")
    for name in FORMATS:
        if name not in BUILT:
            seconds, memory, size = asked(folder, name, "ours")
            line = f"{name:11} {seconds:6.2f} {memory:8.0f} {size:11.1f}"
            if name in RIVALS:
                other = asked(folder, name, "theirs")
                line += f"   {other[0]:6.2f} {other[1]:5.0f} {other[2]:6.1f} {other[0] / seconds:5.1f}"
            print(line, flush=True)


def main(arguments: list[str]) -> None:
    """Measure one writer if it is named, else all of them."""
    if len(arguments) == 3:
        measure(Path(arguments[0]), arguments[1], arguments[2])
    elif arguments and not arguments[0].isdigit():
        report(Path(arguments[0]))
    else:
        with TemporaryDirectory() as place:
            corpus, folder = Path(place) / "corpus", Path(place) / "KG"
            make_corpus(int(arguments[0]) if arguments else DOCUMENTS, corpus)
            unionkg.build([corpus / "docs"], folder, options=Options(ner="rules"))
            report(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
