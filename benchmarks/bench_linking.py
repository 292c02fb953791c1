"""Print how long it takes to link a table: `python -m benchmarks.bench_linking [ROWS] [--persons N]`.

A table of ROWS rows (10,000) is linked with the invented world, 50,000 entities with 41,600 persons: from file to file, in one
process. Of ten rows four have the name of a body as it is, one a short form, one with a misprint, one a name of nothing, and three are
persons with the body of their post. `memory` is the most that the process held above what it held when the index stood.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.linking.world import world
from unionkg.exports.iri import BASE
from unionkg.graph.attributes import KnowledgeGraph, edges, nodes
from unionkg.linking.link import in_graph
from unionkg.linking.run import Output, link_table
from unionkg.matching.index import Index


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int, nargs="?", default=10_000, metavar="ROWS")
    parser.add_argument("--persons", type=int, default=41_600, metavar="N")
    options = parser.parse_args()
    graph = world(options.persons)
    started = time.perf_counter()
    index = Index(graph)
    print(f"index of {len(index):,} entities: {time.perf_counter() - started:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "table.csv", Path(folder) / "linked.csv"
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("名称", "类型", "单位"), *table_rows(graph, options.rows)])
        before = _memory_mb()
        started, cpu = time.perf_counter(), time.process_time()
        found = link_table(table, in_graph(index, BASE), Output(out))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(f"{found.rows:,} rows: {seconds:.1f} s, {cpu:.1f} s of one core, {1000 * cpu / found.rows:.2f} ms a row")
    print(f"memory: {_memory_mb() - before:.0f} MB more; {dict(Counter(found.decisions))}")


def table_rows(graph: KnowledgeGraph, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield rows of name, type and body, the same for the same graph."""
    chance = random.Random(5)
    bodies = [entity["name"] for _, entity in nodes(graph) if entity["type"] == "ORG"]
    posts = [(graph.nodes[one]["name"], graph.nodes[end]["name"]) for one, end, *_ in edges(graph)]
    letters = sorted({character for name in bodies for character in name})
    for number in range(count):
        name = chance.choice(bodies)
        kind = number % 10
        if kind < 4:
            yield name, "工会" if kind % 2 else "", ""
        elif kind == 4:
            yield name.replace("总工会", "总"), "", ""
        elif kind == 5:
            place = chance.randrange(len(name))
            yield name[:place] + chance.choice(letters) + name[place + 1 :], "", ""
        elif kind == 6:
            yield "".join(chance.choices(letters, k=6)) + "工会", "", ""
        else:
            person, body = chance.choice(posts)
            yield person, "人物", body


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
