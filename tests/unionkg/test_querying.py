"""A query ends: by its answer, or by the end of its process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import pytest

from tests.exports.world import hostile_world, world
from unionkg import querying
from unionkg.checksums import write_checksums
from unionkg.errors import (
    InvalidOption,
    InvalidQuery,
    NotAKnowledgeGraph,
    QueryCrash,
    QueryLost,
    QueryTimeout,
    QueryTooLarge,
    UnionkgError,
    UnknownFormatName,
)
from unionkg.exports.answers import Rows, Truth, Wanted, Written
from unionkg.exports.files import write_files
from unionkg.exports.iri import BASE
from unionkg.exports.ontology import ONTOLOGY
from unionkg.exports.store import Graphs
from unionkg.graph.readable import readable
from unionkg.manifest import Manifest, Times, count
from unionkg.manifest import write as write_manifest
from unionkg.process import Ended, Process
from unionkg.querying import QueryWorker

RUNAWAY = {
    "count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!ukg:x|^!ukg:x)* ?b . ?c (!ukg:x|^!ukg:x)* ?d . ?e (!ukg:x|^!ukg:x)* ?f }",
    "stream": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "triples": "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
}
SMALL_STREAM = "SELECT * { ?a ?b ?c } ORDER BY ?a ?b ?c LIMIT 20"
TRUE = "ASK { ?union a ukg:TradeUnion }"
SLACK_S = 5.0  # for a machine with much else to do


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, graph = tmp_path_factory.mktemp("kg") / "KG", world()
    write_files(graph, folder)
    times = Times(started="2024-01-01T00:00:00Z", seconds=0, from_cache=0)
    counts = count(readable(graph), ())
    stated = Manifest(base=BASE, options={}, versions={}, counts=counts, sources=(), outputs={}, times=times)
    write_manifest(stated, folder)
    return folder


@pytest.fixture
def worker(folder: Path) -> Iterator[QueryWorker]:
    worker = QueryWorker(folder)
    yield worker
    worker.close()


def process_of(worker: QueryWorker) -> Process:
    """The worker's process."""
    assert worker._process is not None
    return worker._process


def is_there(pid: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("kind", RUNAWAY)
def test_a_runaway_query_ends_at_its_deadline_and_leaves_no_process(worker: QueryWorker, kind: str) -> None:
    assert worker.answer(TRUE) == Truth(True)
    process = process_of(worker)
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"^the query takes longer than the limit of 0\.5 s$"):
        worker.answer(RUNAWAY[kind], timeout_s=0.5)
    assert 0.5 <= time.monotonic() - start < 0.5 + SLACK_S
    assert not is_there(process.pid)


def test_the_next_query_is_answered_by_another_process(worker: QueryWorker) -> None:
    with pytest.raises(QueryTimeout):
        worker.answer(RUNAWAY["count"], timeout_s=0.2)
    assert worker.answer(TRUE) == Truth(True)


def test_a_process_answers_many_queries_and_survives_their_mistakes(worker: QueryWorker) -> None:
    assert worker.answer(TRUE) == Truth(True)
    pid = process_of(worker).pid
    with pytest.raises(InvalidQuery, match="line 1"):
        worker.answer("SELECT nothing")
    for refused in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <http://127.0.0.1:9/>"):
        with pytest.raises(InvalidQuery, match="is refused"):
            worker.answer(refused)
    assert worker.answer(TRUE) == Truth(True)
    assert process_of(worker).pid == pid


def test_a_stream_ends_at_the_rows_wanted(worker: QueryWorker) -> None:
    answer = worker.answer(RUNAWAY["stream"], max_rows=1000)
    assert isinstance(answer, Rows)
    assert (len(answer.rows), answer.is_cut) == (1000, True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit")
@pytest.mark.parametrize("kind", ["order", "stream"])
def test_a_query_that_takes_too_much_memory_is_ended_and_told_the_limit(folder: Path, kind: str) -> None:
    worker = QueryWorker(folder, memory_mb=200)
    assert worker.answer(TRUE) == Truth(True)
    process = process_of(worker)
    with pytest.raises(QueryTooLarge, match="limit of 200 MB"):
        worker.answer(RUNAWAY[kind], timeout_s=60)
    assert not is_there(process.pid)
    assert worker.answer(TRUE) == Truth(True)
    worker.close()


def test_a_query_that_crashes_the_engine_takes_nothing_else_along(worker: QueryWorker) -> None:
    with pytest.raises(QueryCrash, match="SIGSEGV"):
        worker.answer(f"ASK {{ FILTER({'(' * 200_000}1{')' * 200_000}) }}")
    assert worker.answer(TRUE) == Truth(True)


def test_a_process_that_was_ended_while_idle_is_replaced(worker: QueryWorker) -> None:
    assert worker.answer(TRUE) == Truth(True)
    process = process_of(worker)
    process._tasks.close()  # as it does itself when its time is up
    process._process.wait()
    assert worker.answer(TRUE) == Truth(True)


def test_threads_get_each_their_own_answer(worker: QueryWorker) -> None:
    def asked(number: int) -> str:
        answer = worker.answer(f"SELECT ({number} AS ?n) {{}}")
        assert isinstance(answer, Rows)
        return str(answer.rows[0][0])

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(asked, range(40)))
    assert [f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>' for number in range(40)] == answers


def test_a_graph_that_took_the_place_of_another_is_asked(tmp_path: Path) -> None:
    sparql = "SELECT (COUNT(?union) AS ?n) { ?union a ukg:Organisation }"
    write_files(world(), tmp_path / "KG")
    write_files(hostile_world(), tmp_path / "new")
    worker = QueryWorker(tmp_path / "KG")
    first = worker.answer(sparql)
    (tmp_path / "KG").rename(tmp_path / "old")
    (tmp_path / "new").rename(tmp_path / "KG")
    assert worker.answer(sparql) != first
    worker.close()


def test_a_worker_that_nobody_has_any_more_leaves_no_process(folder: Path) -> None:
    worker = QueryWorker(folder)
    worker.start()
    pid = process_of(worker).pid
    del worker
    assert not is_there(pid)


@pytest.mark.parametrize("made", [False, True])
def test_a_store_that_is_missing_is_named(tmp_path: Path, made: bool) -> None:
    if made:
        (tmp_path / "KG" / "store").mkdir(parents=True)
    worker = QueryWorker(tmp_path / "KG")
    for _ in range(2):
        with pytest.raises(NotAKnowledgeGraph, match="store") as caught:
            worker.answer(TRUE)
        assert len(str(caught.value).splitlines()) == 1


def test_a_damaged_store_is_told_as_what_it_is(tmp_path: Path) -> None:
    write_files(world(), tmp_path / "KG")
    store = tmp_path / "KG" / "store"
    next(store.glob("MANIFEST-*")).write_bytes(b"")
    with pytest.raises(NotAKnowledgeGraph, match=r"cannot be opened: Corruption: .*; build the graph again"):
        QueryWorker(tmp_path / "KG").answer(TRUE)


def test_a_query_that_is_ended_on_a_store_that_was_altered_is_not_blamed(tmp_path: Path) -> None:
    """A damaged block can make Oxigraph read on for ever."""
    write_files(world(), tmp_path / "KG")
    write_checksums(tmp_path / "KG" / "store")
    worker = QueryWorker(tmp_path / "KG")
    with pytest.raises(QueryTimeout):
        worker.answer(RUNAWAY["count"], timeout_s=0.2)
    (tmp_path / "KG" / "store" / "IDENTITY").write_bytes(b"")
    with pytest.raises(NotAKnowledgeGraph, match="store is not what the build wrote; build the graph again"):
        worker.answer(RUNAWAY["count"], timeout_s=0.2)


def test_a_process_that_has_ended_is_no_zombie_though_nobody_asks(worker: QueryWorker) -> None:
    worker.answer(TRUE)
    pid = process_of(worker).pid
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + 10
    while is_there(pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_there(pid)
    assert worker.answer(TRUE) == Truth(True)


def test_an_answer_that_cannot_be_sent_is_no_want_of_memory(worker: QueryWorker) -> None:
    nested = f"{'<<( ukg:a ukg:b ' * 700}1{' )>>' * 700}"
    with pytest.raises(QueryLost, match="RecursionError"):
        worker.answer(f"SELECT ({nested} AS ?t) {{}}")
    pid = process_of(worker).pid
    assert worker.answer(TRUE) == Truth(True)
    assert process_of(worker).pid == pid


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_process_that_somebody_kills_is_replaced_once(worker: QueryWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    send = Process.send

    def is_killed(process: Process, message: object) -> None:
        send(process, message)
        if isinstance(message, tuple) and RUNAWAY["count"] in message:
            asked.append(process.pid)
            Timer(0.3, os.kill, (process.pid, signal.SIGKILL)).start()

    monkeypatch.setattr(Process, "send", is_killed)
    with pytest.raises(QueryLost, match="by SIGKILL"):
        worker.answer(RUNAWAY["count"])
    assert len(set(asked)) == len(asked) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_query_whose_process_somebody_kills_is_answered_by_another(
    worker: QueryWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert worker.answer(TRUE) == Truth(True)
    first = process_of(worker)
    send = Process.send

    def is_killed(process: Process, message: object) -> None:
        if process is first:
            os.kill(process.pid, signal.SIGKILL)
        send(process, message)

    monkeypatch.setattr(Process, "send", is_killed)
    assert worker.answer(TRUE) == Truth(True)
    assert process_of(worker) is not first


def test_the_process_writes_the_answer_in_the_form_of_its_kind(worker: QueryWorker) -> None:
    wanted = Wanted(rows="csv", truth="json", triples="nt")
    assert worker.written("SELECT (1 AS ?n) {}", wanted) == Written(b"n\r\n1\r\n", "csv", False)
    assert json.loads(worker.written(TRUE, wanted).data)["boolean"] is True
    triple = f'<{BASE}a> <{BASE}b> "c"'
    assert worker.written(f"CONSTRUCT {{ {triple} }} {{}}", wanted) == Written(f"{triple} .\n".encode(), "nt", False)
    assert worker.written(RUNAWAY["stream"], wanted, max_rows=1000).is_cut


def test_a_kind_that_is_not_wanted_is_refused(worker: QueryWorker) -> None:
    with pytest.raises(UnknownFormatName, match="the answer is rows, and none of the formats asked for holds that"):
        worker.written("SELECT * {}", Wanted(triples="ttl"))


def test_an_answer_of_too_many_bytes_is_not_sent_and_its_process_lives(worker: QueryWorker) -> None:
    wanted = Wanted(rows="csv")
    size = len(worker.written(SMALL_STREAM, wanted).data)
    assert worker.written(SMALL_STREAM, wanted, max_bytes=size).data
    pid = process_of(worker).pid
    with pytest.raises(QueryTooLarge, match=f"more bytes than the limit of {size - 1:,}; ask for less"):
        worker.written(SMALL_STREAM, wanted, max_bytes=size - 1)
    assert process_of(worker).pid == pid


def test_other_graphs_and_a_base_are_asked_of(worker: QueryWorker) -> None:
    wanted = Wanted(truth="json", triples="nt")

    def told(sparql: str, graphs: Graphs) -> object:
        return json.loads(worker.written(sparql, wanted, graphs=graphs).data)["boolean"]

    assert told("ASK { ?x a owl:Ontology }", Graphs((ONTOLOGY[1:-1],))) is True
    assert told("ASK FROM <http://a.example/> { ?x a owl:Ontology }", Graphs((ONTOLOGY[1:-1],))) is True
    assert told("ASK { ?x a owl:Ontology }", Graphs()) is False
    assert told("ASK { GRAPH ?g { ?x a owl:Ontology } }", Graphs(named=(ONTOLOGY[1:-1],))) is True
    assert told("ASK { ?x a owl:Ontology }", Graphs(("http://a.example/none",))) is False
    with pytest.raises(InvalidQuery, match=r"the name of a graph is no IRI: .*; accepted: absolute ones"):
        told("ASK {}", Graphs(("no iri",)))
    with pytest.raises(InvalidQuery, match="line 1"):
        worker.written("CONSTRUCT { <s> <p> <o> } {}", wanted)
    written = worker.written("CONSTRUCT { <s> <p> <o> } {}", wanted, base="http://a.example/b")
    assert written.data == b"<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n"


@pytest.mark.skipif(sys.platform == "win32", reason="priorities are POSIX")
def test_a_process_can_be_told_to_give_way(worker: QueryWorker) -> None:
    worker.give_way()  # there is none yet
    worker.start()
    assert os.getpriority(os.PRIO_PROCESS, process_of(worker).pid) == os.getpriority(os.PRIO_PROCESS, 0)
    worker.give_way()
    assert os.getpriority(os.PRIO_PROCESS, process_of(worker).pid) == 10


def test_a_worker_that_another_thread_closes_says_so(worker: QueryWorker) -> None:
    assert worker.answer(TRUE) == Truth(True)
    Timer(0.3, worker.close).start()
    with pytest.raises(QueryLost, match="its worker was closed meanwhile"):
        worker.answer(RUNAWAY["count"])
    assert worker.answer(TRUE) == Truth(True)


def test_a_process_that_keeps_ending_is_asked_twice_at_most(
    worker: QueryWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    send = Process.send

    def ends(process: Process, message: object) -> None:
        send(process, message)
        if isinstance(message, tuple) and RUNAWAY["count"] in message:
            asked.append(process.pid)
            process._tasks.close()  # so that it ends of itself
            process._process.wait()

    monkeypatch.setattr(Process, "send", ends)
    with pytest.raises(QueryLost, match="exit code 0"):
        worker.answer(RUNAWAY["count"])
    assert len(set(asked)) == len(asked) == 2


def test_a_second_process_has_no_more_time_than_is_left(worker: QueryWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = []
    receive = Process.receive

    def ends_late(process: Process, limit_s: float) -> object:
        limits.append(limit_s)
        if len(limits) == 1:
            time.sleep(1)
            raise Ended(0)
        return receive(process, limit_s)

    assert worker.answer(TRUE) == Truth(True)
    monkeypatch.setattr(Process, "receive", ends_late)
    assert worker.answer(TRUE, timeout_s=20) == Truth(True)
    assert limits[0] == 20
    assert limits[1] < 19


@pytest.mark.parametrize("timeout_s", [0, -1, 604_801, 9_223_372_036, 1e300, float("nan"), float("inf")])
def test_a_limit_that_is_none_is_refused(worker: QueryWorker, timeout_s: float) -> None:
    with pytest.raises(InvalidOption, match=r"time limit of .* s; accepted: more than 0 and at most 604800"):
        worker.answer(TRUE, timeout_s=timeout_s)
    with pytest.raises(InvalidOption, match="rows"):
        worker.answer(TRUE, max_rows=0)
    with pytest.raises(InvalidOption, match="memory"):
        QueryWorker(Path("KG"), memory_mb=0)


def test_the_longest_limit_is_one(worker: QueryWorker) -> None:
    assert worker.answer(TRUE, timeout_s=querying.LONGEST_S) == Truth(True)


def test_a_process_that_cannot_start_is_an_error_of_ours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(querying, "__name__", "unionkg.no_such_module")
    with pytest.raises(QueryLost, match="no process can be started"):
        QueryWorker(folder).answer(TRUE)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_an_interrupted_command_takes_its_query_with_it(folder: Path, sign: signal.Signals, code: int) -> None:
    command = [sys.executable, "-m", "unionkg", "query", str(folder), RUNAWAY["count"]]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 30
    while not (told := children.read_text().split()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(sign)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert said == (b"unionkg: interrupted\n" if sign == signal.SIGINT else b"")
    while is_there(int(told[0])):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_errors_are_ours() -> None:
    assert all(issubclass(error, UnionkgError) for error in (QueryTimeout, QueryTooLarge, QueryLost))
