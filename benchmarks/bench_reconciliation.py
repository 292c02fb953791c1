"""Print how long reconciliation requests take: `python -m benchmarks.bench_reconciliation [QUERIES] [--persons N]`.

QUERIES queries (1,000), the rows of `bench_linking`, are answered in batches of ten, as OpenRefine sends them, from the invented
world of 10,000 entities, 1,400 persons among them. Then every name is typed: the first two characters and the first three letters of
the pinyin. Last, ten columns are fetched for all entities, fifty at a time. One process, one core; JSON is read and written.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from benchmarks.bench_linking import table_rows
from benchmarks.linking.world import world
from unionkg.graph.attributes import nodes
from unionkg.matching.index import Index
from unionkg.reconciliation.catalogue import Catalogue
from unionkg.reconciliation.extend import extend
from unionkg.reconciliation.queries import answer_queries
from unionkg.reconciliation.suggest import suggest_entities

T = TypeVar("T")

BATCH, ROWS = 10, 50
COLUMNS = ("province", "place", "parent", "employer", "role", "code", "alias", "holder", "figure", "document")


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=int, nargs="?", default=1_000, metavar="QUERIES")
    parser.add_argument("--persons", type=int, default=1_400, metavar="N")
    options = parser.parse_args()
    graph = world(options.persons)
    started = time.process_time()
    catalogue = Catalogue(graph, index=Index(graph))
    print(f"index of {len(catalogue.index):,} entities: {time.process_time() - started:.1f} s")
    started = time.process_time()
    suggest_entities(catalogue, "x")
    print(f"beginnings of their names: {time.process_time() - started:.1f} s")

    queries = [
        {
            "query": name,
            **({"type": kind} if kind else {}),
            "properties": [{"pid": "employer", "v": body}] if body else [],
        }
        for name, kind, body in table_rows(graph, options.queries)
    ]
    batches = [json.dumps({f"q{at}": one for at, one in enumerate(batch)}) for batch in _batches(queries, BATCH)]
    _measure("queries, ten in a request", batches, len(queries), lambda text: answer_queries(catalogue, text))

    names = [entity for _, entity in nodes(graph)][: options.queries]
    typed = [part for one in names for part in (one["name"][:2], one["pinyin"].replace(" ", "")[:3])]
    _measure("beginnings typed", typed, len(typed), lambda prefix: suggest_entities(catalogue, prefix))

    columns = [{"id": name} for name in COLUMNS]
    requests = [json.dumps({"ids": ids, "properties": columns}) for ids in _batches(sorted(graph), ROWS)]
    _measure(f"rows of {len(COLUMNS)} columns", requests, len(graph), lambda text: extend(catalogue, text))


def _measure(what: str, requests: Sequence[str], count: int, answered: Callable[[str], object]) -> None:
    started = time.process_time()
    for request in requests:
        json.dumps(answered(request))
    seconds = time.process_time() - started
    print(f"{count:,} {what}: {seconds:.2f} s of one core, {1000 * seconds / count:.2f} ms each")


def _batches(things: Sequence[T], size: int) -> list[Sequence[T]]:
    return [things[at : at + size] for at in range(0, len(things), size)]


if __name__ == "__main__":
    main()
