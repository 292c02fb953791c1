"""The time of the saved questions on a KG folder: `python -m benchmarks.bench_queries KG [--no-rdflib]`.

Each question is asked of our process, which is warm, of a bare `pyoxigraph.Store.read_only`, and of rdflib over the same triples, one
after the other in each round, with names that much is said of. Prints the median milliseconds of each and the ratios to
ours; of rdflib a dash where it took longer than 20 seconds. Last come the medians of all, and what a small query costs on the command line, from start to
end. rdflib needs some 1.5 GB of memory for a million triples: on a large graph leave it out.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from pyoxigraph import QuerySolutions, Store
from rdflib import Dataset, URIRef

from unionkg.exports.answers import Rows
from unionkg.exports.files import BUILT
from unionkg.exports.ontology import ONTOLOGY
from unionkg.exports.questions import bound, examples, questions
from unionkg.exports.store import STORE_FOLDER
from unionkg.graph.schema import PREFIXES
from unionkg.querying import QueryWorker

ROUNDS = 5
LIMIT_S = 20.0
NAMED = {  # what a question's example is replaced by: the name of which most of this is said
    "attendance": "?fact ukg:attends ?x",
    "bodies-under": "?fact ukg:subordinateTo ?x",
    "former-officials": "?fact ukg:status 'former' ; org:organization ?x",
    "organisation-figures": "?fact ukg:outcomeSubject ?x",
    "posts-of": "?fact org:member ?x",
    "programme-figures": "?fact ukg:concernsProgramme ?x",
    "serving-group": "?fact ukg:targets ?x",
}
OTHERS = "?fact org:organization ?x"


def main() -> None:
    """Read the arguments, and print a line for each question."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_queries")
    parser.add_argument("folder", type=Path, metavar="KG")
    parser.add_argument("--no-rdflib", action="store_true")
    given = parser.parse_args()
    worker = QueryWorker(given.folder)
    store = Store.read_only(str(given.folder / STORE_FOLDER))
    graph = None if given.no_rdflib else read_dataset(given.folder)

    print(f"{'question':30}{'rows':>8}{'ours':>10}{'bare':>10}{'rdflib':>10}{'bare/ours':>11}{'rdflib/ours':>13}")
    columns: tuple[list[float], list[float]] = ([], [])
    for question in questions():
        values = examples(question)
        if "name" in values:
            values["name"] = most_named(worker, NAMED.get(question.name, OTHERS)) or values["name"]
        if "other" in values:
            values["other"] = (
                most_named(worker, "?fact rdf:subject ?x ; rdf:predicate ukg:partnersWith") or values["other"]
            )
        if "file" in values:
            values["file"] = a_file(worker)
        sparql = bound(question, values)
        ways: list[Callable[[], int]] = [lambda: ours(worker, sparql), lambda: bare(store, sparql)]  # noqa: B023
        if graph is not None:
            ways.append(lambda: len(graph.query(sparql, initNs=PREFIXES)))  # noqa: B023
        rows, times = in_turn(ways)
        cells = [f"{each:10.1f}" if each is not None else f"{'-':>10}" for each in (*times, None)[:3]]
        ratios = [each / (times[0] or 1) if each is not None else None for each in (*times[1:], None)[:2]]
        for column, ratio in zip(columns, ratios, strict=True):
            column += [ratio] if ratio is not None else []
        told = [f"{ratio:.2f}" if ratio is not None else "-" for ratio in ratios]
        print(f"{question.name:30}{rows:>8}{''.join(cells)}{told[0]:>11}{told[1]:>13}", flush=True)
    worker.close()
    middle = [f"{median(column):.2f}" if column else "-" for column in columns]
    print(f"{'median':68}{middle[0]:>11}{middle[1]:>13}")

    command = [sys.executable, "-m", "unionkg", "query", str(given.folder), "ASK { ?union a ukg:TradeUnion }"]
    starts = [
        seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL).returncode) for _ in range(9)
    ]
    print(f"\na small query on the command line, from start to end: {1000 * median(starts):.0f} ms")


def read_dataset(folder: Path) -> Dataset:
    """Return what the store holds, as rdflib reads it."""
    dataset = Dataset()
    dataset.parse(folder / BUILT["nt"], format="nt")
    dataset.graph(URIRef(ONTOLOGY[1:-1])).parse(folder / BUILT["ontology"], format="turtle")
    return dataset


def most_named(worker: QueryWorker, pattern: str) -> str | None:
    """Return the name of which most is said by the pattern; None if nothing is."""
    answer = worker.answer(
        f"SELECT ?name (COUNT(?fact) AS ?n) {{ {pattern} . ?x skos:prefLabel ?name }}"
        " GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 1"
    )
    assert isinstance(answer, Rows)
    return str(getattr(answer.rows[0][0], "value", "")) if answer.rows else None


def a_file(worker: QueryWorker) -> str:
    """Return the name of a file that a fact rests on."""
    answer = worker.answer("SELECT ?file { ?evidence oa:hasSource/ukg:fileName ?file } ORDER BY ?file LIMIT 1")
    assert isinstance(answer, Rows)
    return str(getattr(answer.rows[0][0], "value", ""))


def in_turn(ways: list[Callable[[], int]]) -> tuple[int, list[float | None]]:
    """Return the rows found, and the median milliseconds of each way; None for one that took longer than the limit."""
    times: list[list[float] | None] = [[] for _ in ways]
    rows = ways[0]()
    for _ in range(ROUNDS):
        for number, way in enumerate(ways):
            taken = times[number]
            if taken is None:
                continue
            signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
            try:
                taken.append(1000 * seconds(way))
            except TimeoutError:
                times[number] = None
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    return rows, [None if taken is None else median(taken) for taken in times]


def seconds(way: Callable[[], int]) -> float:
    """Return what one call takes."""
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def ours(worker: QueryWorker, sparql: str) -> int:
    """Return how many rows or triples our process finds."""
    answer = worker.answer(sparql, timeout_s=600)
    return len(getattr(answer, "rows", None) or getattr(answer, "triples", ()))


def bare(store: Store, sparql: str) -> int:
    """Return how many rows or triples the store finds, all terms read."""
    found = store.query(sparql, prefixes=PREFIXES)
    return sum(1 for row in found if tuple(row)) if isinstance(found, QuerySolutions) else sum(1 for _ in found)  # type: ignore[union-attr]


def _too_long(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _too_long)
    main()
