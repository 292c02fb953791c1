"""Queries in a process of their own, which ends when one takes too long, too much memory, or crashes the engine.

Nothing less ends them: Oxigraph cannot be interrupted from Python, and a deeply nested text crashes its parser. The process
is sent the folder of the graph and the limit of memory, and answers None or why it cannot open it; then query by query,
each with its answer or the error that it ended in. It stays for the next query: to start it takes some fifty times as
long as a small query. A fork of a command line's process would save 14 ms of the 60 (measured, Linux), and could not
be had in a program with threads.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from queue import Empty
from threading import TIMEOUT_MAX, Lock
from typing import TYPE_CHECKING
from weakref import finalize

from unionkg.errors import InvalidOption, QueryLost, QueryTimeout, QueryTooLarge, UnionkgError
from unionkg.process import Ended, Process, connected, set_alarm, tasks

if TYPE_CHECKING:
    from unionkg.exports.answers import Answer

TIMEOUT_S = 30.0
MEMORY_MB = 2048
START_LIMIT_S = 60.0
IDLE_LIMIT_S = 60.0  # a process that is asked nothing for so long ends, and another is started when it is
GRACE_S = 1.0  # behind the limit, after which a process whose parent is gone ends, whatever it is at

_OUT_OF_MEMORY = (-6, -9)  # an allocation that fails aborts Oxigraph; the kernel kills where there is none for anybody


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
        process, NotAKnowledgeGraph if there is no store, InvalidOption for a limit that is none.
        """
        if not 0 < timeout_s <= TIMEOUT_MAX:
            raise InvalidOption(f"a time limit of {timeout_s:g} s; accepted: more than 0")
        if max_rows is not None and max_rows < 1:
            raise InvalidOption(f"a limit of {max_rows} rows; accepted: 1 or more")
        with self._lock:
            try:
                answer = self._ask((sparql, timeout_s, max_rows), timeout_s)
            except Empty:
                raise QueryTimeout(f"the query takes longer than the limit of {timeout_s:g} s") from None
            except Ended as ended:
                raise self._meaning(ended) from ended
        if isinstance(answer, UnionkgError):
            raise answer
        return answer

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._end is not None:
            self._end()

    def _running(self) -> Process:
        # A fork of this program must not read its parent's answers, and a build that is done puts another store there.
        wanted = (os.getpid(), *_state(self._folder))
        if self._process is None or self._made_for != wanted or not self._process.is_alive():
            self.close()
            self._process, self._made_for, self._is_ready = Process(__name__, is_quiet=True), wanted, False
            self._end = finalize(self, _close, self._process, os.getpid())
            self._process.send((self._folder, self._memory_mb))
        return self._process

    def _ready(self) -> Process:
        process = self._running()
        if not self._is_ready:
            try:
                error: UnionkgError | None = process.receive(START_LIMIT_S)
            except (Empty, Ended) as fault:
                why = str(fault) or f"it takes longer than {START_LIMIT_S:g} s"
                raise QueryLost(f"no process can be started that answers queries: {why}") from fault
            if error is not None:
                process.close()
                raise error
            self._is_ready = True
        return process

    def _ask(self, message: tuple[str, float, int | None], limit_s: float) -> Answer | UnionkgError:
        while True:
            process = self._ready()
            process.send(message)
            try:
                answer: Answer | UnionkgError = process.receive(limit_s)
                return answer
            except Ended as ended:
                if ended.code:
                    raise  # else it had been idle, and ended just before it was asked

    def _meaning(self, ended: Ended) -> UnionkgError:
        if ended.code in _OUT_OF_MEMORY:
            return QueryTooLarge(_too_large(self._memory_mb))
        return QueryLost(f"the query cannot be answered: {ended}")


def _close(process: Process, owner: int) -> None:
    if os.getpid() == owner:
        process.close()


def _state(folder: Path) -> tuple[int, ...]:
    """Return what differs between a store and the one that takes its place."""
    try:
        stated = folder.stat()
    except OSError:
        return ()
    return stated.st_dev, stated.st_ino, stated.st_mtime_ns


def _too_large(memory_mb: int) -> str:
    return f"the query takes more memory than the limit of {memory_mb} MB; ask for less at a time, such as with LIMIT"


def serve() -> None:
    """Be the process: open the store, and answer until standard input ends, even if the parent was killed."""
    receive, reply = connected()
    from unionkg.exports.store import STORE_FOLDER, ask, open_store

    folder, memory_mb = receive()
    try:
        store = open_store(folder / STORE_FOLDER)
    except UnionkgError as error:
        reply(error)
        return
    _limit_memory(memory_mb)
    queue = tasks()
    reply(None)
    while True:
        try:
            sparql, timeout_s, max_rows = queue.get(timeout=IDLE_LIMIT_S)
        except Empty:
            os._exit(0)
        set_alarm(timeout_s + GRACE_S)
        try:
            reply(ask(store, sparql, max_rows))
        except UnionkgError as error:
            reply(error)
        except MemoryError:
            os.abort()  # as Oxigraph does where it has none
        set_alarm(0)


def _limit_memory(memory_mb: int) -> None:
    """Limit what this process may allocate: its data, because RocksDB maps its files, which is no memory that it takes."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
