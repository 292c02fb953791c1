"""Queries in a process of their own, which ends when one takes too long, too much memory, or crashes the engine.

Nothing less ends them: Oxigraph cannot be interrupted from Python, and a deeply nested text crashes its parser. The process
is sent the folder of the graph and the limit of memory, and answers None or why it cannot open it; then query by query,
each with its answer, as terms or written, or the error that it ended in. It stays for the next query: to start it takes some fifty times as
long as a small query. A fork of a command line's process would save 14 ms of the 60 (measured, Linux), and could not
be had in a program with threads.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from weakref import finalize

from unionkg import checksums
from unionkg.errors import (
    InvalidOption,
    NotAKnowledgeGraph,
    QueryCrash,
    QueryLost,
    QueryTimeout,
    QueryTooLarge,
    UnionkgError,
)
from unionkg.process import Ended, Process, connected, set_alarm, tasks

if TYPE_CHECKING:
    from pyoxigraph import Store

    from unionkg.exports.answers import Answer, Wanted, Written
    from unionkg.exports.store import Graphs

    Reply: TypeAlias = Answer | Written | UnionkgError

TIMEOUT_S = 30.0
LONGEST_S = 604_800.0  # a week, which every system can wait and set its alarm for
MEMORY_MB = 2048
MAX_BYTES = 32 << 20
START_LIMIT_S = 60.0
GRACE_S = 1.0  # behind the limit, after which a process whose parent is gone ends, whatever it is at

_CLOSED = "the query cannot be answered: its worker was closed meanwhile"
_OUT_OF_MEMORY = -signal.SIGABRT  # by which Oxigraph ends when an allocation fails
_ENDED_BY_OTHERS = (0, -signal.SIGTERM, -9)  # idle for long, or killed: no fault of the query's that was asked
_CRASHED = -signal.SIGSEGV  # as where its stack overflows
_LOW_PRIORITY = 10  # a tenth of the time where others want it all


class _Task(NamedTuple):
    sparql: str
    timeout_s: float
    max_rows: int | None
    base: str | None
    graphs: Graphs | None
    wanted: Wanted | None
    max_bytes: int


class QueryWorker:
    """A process that answers queries on the graph in a KG folder, one after another; from any thread.

    It is started with the first query, and anew when it was ended, was idle for long, or the store is another one. `close`
    ends it, and so does the end of this object. `memory_mb` is what a query may take, its answer included; only Linux
    keeps to it.
    """

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB) -> None:
        if memory_mb < 1:
            raise InvalidOption(f"a limit of {memory_mb} MB of memory; accepted: 1 or more")
        self._folder = folder
        self._memory_mb = memory_mb
        self._lock = Lock()
        self._process: Process | None = None
        self._is_ready = False
        self._made_for: tuple[int, ...] = ()
        self._end: finalize[..., QueryWorker] | None = None

    def start(self) -> None:
        """Start the process without waiting for it, so that the first query waits less."""
        with self._lock:
            self._running()

    def answer(self, sparql: str, *, timeout_s: float = TIMEOUT_S, max_rows: int | None = None) -> Answer:
        """Return the answer, cut behind `max_rows` rows or triples.

        Raises what `unionkg.exports.store.ask` raises, QueryTimeout, QueryTooLarge, QueryLost if the query crashes its
        process or somebody ends that twice, NotAKnowledgeGraph if there is no store or a damaged one, InvalidOption for a
        limit that is none.
        """
        answer: Answer = self._told(_Task(sparql, timeout_s, max_rows, None, None, None, MAX_BYTES))
        return answer

    def written(
        self,
        sparql: str,
        wanted: Wanted,
        *,
        timeout_s: float = TIMEOUT_S,
        max_rows: int | None = None,
        max_bytes: int = MAX_BYTES,
        base: str | None = None,
        graphs: Graphs | None = None,
    ) -> Written:
        """Return the answer written by the process, so that this one has nothing to do with it but to pass it on.

        `base` and `graphs` are those of `unionkg.exports.store.ask`. Raises what `answer` and
        `unionkg.exports.answers.written` raise, and QueryTooLarge if the answer has more than `max_bytes` bytes.
        """
        written: Written = self._told(_Task(sparql, timeout_s, max_rows, base, graphs, wanted, max_bytes))
        return written

    def give_way(self) -> None:
        """Let every other process go before this one's for the rest of its life, where the system has priorities."""
        process = self._process
        if process is not None and sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _LOW_PRIORITY)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._end is not None:
            self._end()

    def _told(self, task: _Task) -> Any:
        check_limits(task.timeout_s, task.max_rows)
        with self._lock:
            try:
                reply = self._ask(task)
            except Empty:
                reply = QueryTimeout(f"the query takes longer than the limit of {task.timeout_s:g} s")
            except Ended as ended:
                reply = self._meaning(ended)
        if isinstance(reply, (QueryTimeout, QueryTooLarge, QueryLost)):
            self._refuse_damaged()
        if isinstance(reply, UnionkgError):
            raise reply
        return reply

    def _running(self) -> Process:
        # A fork of this program must not read its parent's answers, and a build that is done puts another store there.
        wanted = (os.getpid(), *state_of(self._folder))
        if self._process is None or self._made_for != wanted or not self._process.is_alive():
            self.close()
            self._process, self._made_for, self._is_ready = Process(__name__, is_quiet=True), wanted, False
            self._end = finalize(self, _close, self._process, os.getpid())
            self._process.send((self._folder, self._memory_mb))
        return self._process

    def _ready(self, limit_s: float) -> Process:
        process = self._running()
        if not self._is_ready:
            try:
                error: UnionkgError | None = process.receive(limit_s)
            except (Empty, Ended) as fault:
                why = str(fault) or f"it takes longer than {limit_s:g} s"
                what = _CLOSED if self._is_closed() else f"no process can be started that answers queries: {why}"
                raise QueryLost(what) from fault
            if error is not None:
                process.close()
                raise error
            self._is_ready = True
        return process

    def _ask(self, task: _Task) -> Reply:
        """Return what the process replies. If others had ended it, also in the midst of the query, another is asked.

        That one has the time that is left, its start included.
        """
        process = self._ready(START_LIMIT_S)
        deadline = time.monotonic() + task.timeout_s
        process.send(task)
        try:
            reply: Reply = process.receive(task.timeout_s)
        except Ended as ended:
            left_s = deadline - time.monotonic()
            if ended.code not in _ENDED_BY_OTHERS or self._is_closed() or left_s <= 0:
                raise
            process = self._ready(min(START_LIMIT_S, left_s))
            left_s = max(deadline - time.monotonic(), 0)
            process.send(task._replace(timeout_s=left_s))
            reply = process.receive(left_s)
        return reply

    def _meaning(self, ended: Ended) -> UnionkgError:
        if self._is_closed():
            return QueryLost(_CLOSED)
        if ended.code == _OUT_OF_MEMORY:
            return QueryTooLarge(
                f"the query takes more memory than the limit of {self._memory_mb} MB; ask for less at a time, such as"
                " with LIMIT"
            )
        kind = QueryCrash if ended.code == _CRASHED else QueryLost
        return kind(f"the query cannot be answered: {ended}")

    def _is_closed(self) -> bool:
        return self._end is not None and not self._end.alive

    def _refuse_damaged(self) -> None:
        """Raise NotAKnowledgeGraph if the store is not as it was made: Oxigraph reads some damaged blocks for ever."""
        from unionkg.exports.store import BUILD_AGAIN, STORE_FOLDER

        store = self._folder / STORE_FOLDER
        if (store / checksums.NAME).is_file() and not checksums.agree(store):
            raise NotAKnowledgeGraph(f"{store}: the SPARQL store is not what the build wrote; {BUILD_AGAIN}")


def check_limits(timeout_s: float, max_rows: int | None) -> None:
    """Raise InvalidOption for a limit that is none."""
    if not 0 < timeout_s <= LONGEST_S:
        raise InvalidOption(f"a time limit of {timeout_s:g} s; accepted: more than 0 and at most {LONGEST_S:g}")
    if max_rows is not None and max_rows < 1:
        raise InvalidOption(f"a limit of {max_rows} rows; accepted: 1 or more")


def state_of(folder: Path) -> tuple[int, ...]:
    """Return what differs between a store and the one that takes its place."""
    try:
        stated = folder.stat()
    except OSError:
        return ()
    return stated.st_dev, stated.st_ino, stated.st_mtime_ns


def _close(process: Process, owner: int) -> None:
    if os.getpid() == owner:
        process.close()


def serve() -> None:
    """Be the process: open the store, and answer until standard input ends, even if the parent was killed."""
    receive, reply = connected()
    from unionkg.exports.store import STORE_FOLDER, open_store

    folder, memory_mb = receive()
    try:
        store = open_store(folder / STORE_FOLDER)
    except UnionkgError as error:
        reply(error)
        return
    _limit_memory(memory_mb)
    reply(None)
    for task in tasks():
        set_alarm(task.timeout_s + GRACE_S)
        try:
            reply(_reply(store, task))
        except UnionkgError as error:
            reply(error)
        except MemoryError:
            os.abort()  # as Oxigraph does where it has none
        except BaseException as error:  # noqa: BLE001 — also a panic of Oxigraph's; it is raised where the query was asked
            reply(QueryLost(f"the query cannot be answered: {type(error).__name__}: {' '.join(str(error).split())}"))


def _reply(store: Store, task: _Task) -> Answer | Written:
    from unionkg.exports.answers import written
    from unionkg.exports.store import ask

    answer = ask(store, task.sparql, task.max_rows, base=task.base, graphs=task.graphs)
    if task.wanted is None:
        return answer
    told = written(answer, task.wanted)
    if len(told.data) > task.max_bytes:
        raise QueryTooLarge(
            f"the answer has more bytes than the limit of {task.max_bytes:,}; ask for less at a time, such as with LIMIT"
        )
    return told


def _limit_memory(memory_mb: int) -> None:
    """Limit what this process may allocate: its data, because RocksDB maps its files, which is no memory that it takes."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
