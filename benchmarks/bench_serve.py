"""The server under load, beside `oxigraph serve-read-only` on the same store: `python -m benchmarks.bench_serve [KG] …`.

Without a KG folder a graph of `--facts` invented facts (100,000 unless given) is made in a folder that is dropped at the
end. `--clients` (50) ask on connections that stay open, each its next query when it has the answer to the last, for
`--seconds` (60) a phase, in four parts that take turns. The phases are saved questions about one thing, with things that
they have an answer about (`unionkg`); the same of Oxigraph (`oxigraph`; `pip install oxigraph`, left out if it is not there); pages
of entities, if the server has any (`entities`); the questions while a worker is killed in each part (`killed`), and while one
client more asks what never ends (`runaway`). `--phases` names some of them. Prints how many were answered and what
else came, requests a second, and the median and 95th percentile in milliseconds. The clients are a process of their own
on the same processors, which takes its share from both servers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from benchmarks.bench_rdf import invented
from unionkg.checksums import write_checksums
from unionkg.errors import QueryTimeout
from unionkg.exports.answers import Rows
from unionkg.exports.files import write_files
from unionkg.exports.iri import BASE
from unionkg.exports.questions import bound, examples, questions
from unionkg.exports.store import STORE_FOLDER
from unionkg.graph.readable import readable
from unionkg.graph.schema import PREFIXES
from unionkg.manifest import Manifest, Times, count
from unionkg.manifest import write as write_manifest
from unionkg.querying import QueryWorker

THINGS = 40  # that questions are asked about
MOST_OF_A_QUESTION = 20
ALONE_S = 0.25
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMIT_S = 10
ROUNDS = 4
PHASES = ("unionkg", "oxigraph", "entities", "killed", "runaway")
ACCEPT = "application/sparql-results+json, text/turtle"


@dataclass
class Tally:
    """What came of the requests of a phase: seconds of those that were answered, and how many ended how."""

    seconds: list[float] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take in what came of more requests."""
        self.seconds += other.seconds
        self.ends += other.ends

    def line(self, name: str, duration_s: float) -> str:
        """Return the figures as a line of the table."""
        others = ", ".join(f"{number} × {end}" for end, number in sorted(self.ends.items()) if end != "200") or "none"
        if len(self.seconds) < 2:
            return f"{name:20} no answers; others: {others}"
        middle, late = 1000 * median(self.seconds), 1000 * quantiles(self.seconds, n=20)[-1]
        return f"{name:20}{len(self.seconds):>9}{len(self.seconds) / duration_s:>9.0f}{middle:>10.1f}{late:>10.1f}   {others}"


def main() -> None:
    """Read the arguments, and print a line a phase."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_serve")
    parser.add_argument("folder", type=Path, nargs="?", metavar="KG")
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--phases", nargs="+", choices=PHASES, default=PHASES)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or make(Path(made) / "KG", given.facts)
        report(folder, given.clients, given.seconds, given.phases)


def make(folder: Path, facts: int) -> Path:
    """Make a folder of an invented graph."""
    graph = invented(facts)
    write_files(graph, folder)
    write_checksums(folder / STORE_FOLDER)
    times = Times(started="2024-01-01T00:00:00Z", seconds=0, from_cache=0)
    counts = count(readable(graph), ())
    write_manifest(
        Manifest(base=BASE, options={}, versions={}, counts=counts, sources=(), outputs={}, times=times), folder
    )
    return folder


def report(folder: Path, clients: int, seconds: float, phases: Sequence[str]) -> None:
    """Print a line a phase. They take turns, so that what else the machine has to do is shared by all."""
    queries, entities = asked(folder)
    print(f"{len(queries)} queries of saved questions; {clients} clients, {seconds:g} s a phase\n")
    ours, theirs = [request("/sparql", query) for query in queries], [request("/query", query) for query in queries]
    pages = [get(f"/entity/{quote(each)}") for each in entities]
    with ExitStack() as servers:
        port, pid = servers.enter_context(unionkg(folder))
        known: dict[str, Callable[[float], Tally]] = {
            "unionkg": lambda s: load(port, ours, clients, s),
            "killed": lambda s: load(port, ours, clients, s, killing=pid),
            "runaway": lambda s: load(port, ours, clients, s, runaway=request("/sparql", RUNAWAY)),
        }
        if load(port, pages[:1], 1, 1).ends.keys() == {"200"}:
            known["entities"] = lambda s: load(port, pages, clients, s)
        if command := shutil.which("oxigraph"):
            other = servers.enter_context(oxigraph(command, folder))
            known["oxigraph"] = lambda s: load(other, theirs, clients, s)
        tallies = {name: Tally() for name in phases if name in known}
        for name in tallies:
            known[name](min(2, seconds))  # to warm up
        for _ in range(ROUNDS):
            for name, tally in tallies.items():
                tally.add(known[name](seconds / ROUNDS))
    print(f"{'':20}{'answered':>9}{'a second':>9}{'median':>10}{'95 %':>10}   other ends")
    for name, tally in tallies.items():
        print(tally.line(name, seconds))


def asked(folder: Path) -> tuple[list[str], list[str]]:
    """Return queries that have an answer, their prefixes declared as Oxigraph's server needs it; and ids of entities.

    A question that takes longer than ALONE_S when nothing else is asked is left out, and told.
    """
    worker = QueryWorker(folder)
    found = worker.answer(
        "SELECT ?entity ?name { ?entity ukg:mentionCount ?n ; skos:prefLabel ?name"
        " FILTER(LANGMATCHES(LANG(?name), 'zh-Hans')) }",
        timeout_s=300,
    )
    assert isinstance(found, Rows)
    rows = sorted(tuple(str(getattr(term, "value", "")) for term in row) for row in found.rows)
    things = random.Random(0).sample(rows, min(THINGS, len(rows)))
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
    queries: list[str] = []
    for question in questions():
        if "name" not in question.parameters:
            continue
        answered: list[str] = []
        try:
            for _, name in things:
                sparql = prologue + bound(question, {**examples(question), "name": name})
                answer = worker.answer(sparql, timeout_s=ALONE_S)
                answered += [sparql] if getattr(answer, "rows", None) or getattr(answer, "triples", None) else []
        except QueryTimeout:
            print(f"{question.name} takes longer than {ALONE_S:g} s, and is not asked")
            continue
        queries += answered[:MOST_OF_A_QUESTION]
    worker.close()
    return queries, [iri.removeprefix(BASE) for iri, _ in things]


def request(path: str, query: str) -> bytes:
    """Return the bytes of a request that asks a query."""
    body = query.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {ACCEPT}\r\nContent-Type: application/sparql-query\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path: str) -> bytes:
    """Return the bytes of a request as a browser makes it."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n".encode()


def load(
    port: int,
    requests: Sequence[bytes],
    clients: int,
    seconds: float,
    *,
    killing: int | None = None,
    runaway: bytes | None = None,
) -> Tally:
    """Return what comes of the requests, asked by so many clients for so long.

    Meanwhile a worker of the process `killing` is killed, or one client more asks `runaway`, which is not counted.
    """
    tally = Tally()

    async def phase() -> None:
        until = time.monotonic() + seconds
        endless = asyncio.create_task(
            client(port, [runaway or b""], until if runaway else 0, Tally(), random.Random(0))
        )
        async with asyncio.TaskGroup() as tasks:
            for number in range(clients):
                tasks.create_task(client(port, requests, until, tally, random.Random(number)))
            if killing is not None:
                await asyncio.sleep(seconds / 2)
                os.kill(workers_of(killing)[0], signal.SIGKILL)
        endless.cancel()

    asyncio.run(phase())
    return tally


async def client(port: int, requests: Sequence[bytes], until: float, tally: Tally, chance: random.Random) -> None:
    """Ask one request after the other."""
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    try:
        while time.monotonic() < until:
            started = time.monotonic()
            try:
                if streams is None:
                    streams = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
                streams[1].write(chance.choice(requests))
                async with asyncio.timeout(2 * LIMIT_S):
                    end = await answered(streams[0])
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                end = type(error).__name__
                if streams is not None:
                    streams[1].close()
                streams = None
            tally.ends[end] += 1
            if end == "200":
                tally.seconds.append(time.monotonic() - started)
    finally:
        if streams is not None:
            streams[1].close()


async def answered(stream: asyncio.StreamReader) -> str:
    """Read an answer to its end, and return its status."""
    head = (await stream.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
    if "content-length" in headers:
        await stream.readexactly(int(headers["content-length"]))
    else:
        while size := int((await stream.readuntil(b"\r\n")).split(b";")[0], 16):
            await stream.readexactly(size + 2)
        await stream.readuntil(b"\r\n")
    return head.split(" ", 2)[1]


@contextmanager
def unionkg(folder: Path) -> Iterator[tuple[int, int]]:
    """Give the port and the process of our server."""
    port = free_port()
    command = [sys.executable, "-m", "unionkg", "serve", str(folder), "--port", str(port)]
    with running(command, port, "/health") as pid:
        yield port, pid


@contextmanager
def oxigraph(command: str, folder: Path) -> Iterator[int]:
    """Give the port of Oxigraph's server.

    It has no time limit: with one it starts a thread for each query that lives as long as the limit, and of thousands of
    these it ends.
    """
    port = free_port()
    store = ["--location", str(folder / STORE_FOLDER), "--bind", f"127.0.0.1:{port}"]
    with running([command, "serve-read-only", *store], port, "/"):
        yield port


@contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[int]:
    """Give the number of the process when it answers, and end it behind."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 300
        while not load(port, [get(path)], 1, 0.1).seconds:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{json.dumps(command)} does not answer")
            time.sleep(0.5)
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def workers_of(pid: int) -> list[int]:
    """Return the processes of a server that answer queries."""
    children = [
        int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()
    ]
    return [each for each in children if b"unionkg.querying" in Path(f"/proc/{each}/cmdline").read_bytes()]


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
