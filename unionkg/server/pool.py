"""Warm processes that answer queries, each one query at a time; those that take long make room for the others.

A query that takes long goes on in its process at low priority, and another process takes that one's place. Of
these only so many are answered at a time: where one more would keep others waiting, it is ended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import anyio
from anyio.abc import TaskGroup
from anyio.to_thread import run_sync

from unionkg.errors import QueryLost, TooManyQueries
from unionkg.exports.answers import Answer, Wanted, Written
from unionkg.exports.store import Graphs
from unionkg.querying import QueryWorker
from unionkg.server.settings import Settings

T = TypeVar("T")

LOOK_S = 0.1
GRACE_S = 0.2  # for a query that nobody waits for any more: to start a process costs more than to let a small one end


@dataclass(slots=True)
class _Run:
    """One query: its process when it has one, and whether that has got a substitute, or is ended for the others' sake.

    When it `is_over` the process is another's, and a task that wakes too late must leave it alone.
    """

    worker: QueryWorker | None = None
    is_slow: bool = False
    is_refused: bool = False
    is_over: bool = False


class Pool:
    """The processes that answer queries on the graph in one folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._workers: set[QueryWorker] = set()
        self._free = [self._another() for _ in range(settings.workers)]
        self._turn = anyio.Semaphore(settings.workers)
        self._waiting = 0
        self._slow = 0

    def start(self) -> None:
        """Start the processes without waiting for them."""
        for worker in self._free:
            worker.start()

    async def answer(self, sparql: str, *, max_rows: int | None = None) -> Answer:
        """Return the answer, as `QueryWorker.answer` does, within the settings' limits; and raise what it raises."""
        rows = min(max_rows or self._settings.max_rows, self._settings.max_rows)
        return await self.with_worker(
            lambda worker: worker.answer(sparql, timeout_s=self._settings.timeout_s, max_rows=rows)
        )

    async def written(
        self,
        sparql: str,
        wanted: Wanted,
        *,
        base: str | None = None,
        graphs: Graphs | None = None,
        gone: Callable[[], Awaitable[None]] | None = None,
    ) -> Written:
        """Return the answer, as `QueryWorker.written` does, within the settings' limits; and raise what it raises."""
        limits = self._settings
        return await self.with_worker(
            lambda worker: worker.written(
                sparql,
                wanted,
                timeout_s=limits.timeout_s,
                max_rows=limits.max_rows,
                max_bytes=limits.max_bytes,
                base=base,
                graphs=graphs,
            ),
            gone=gone,
        )

    async def with_worker(
        self, work: Callable[[QueryWorker], T], *, gone: Callable[[], Awaitable[None]] | None = None
    ) -> T:
        """Return what a function returns that is given a worker of its own, and runs in a thread.

        `gone` returns when nobody waits for the answer any more; its process is then ended, and QueryLost is raised.
        Raises TooManyQueries if too many wait already, it waits too long, or takes long and would keep others waiting.
        """
        run = _Run()
        outcome: T | Exception = QueryLost("the query is given up: nobody waits for its answer")
        async with anyio.create_task_group() as tasks:
            if gone is not None:
                tasks.start_soon(_give_up, gone, run, tasks.cancel_scope)
            outcome = await self._outcome(work, run, tasks)
            tasks.cancel_scope.cancel()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            with suppress(OSError):
                worker.close()

    def _another(self) -> QueryWorker:
        worker = QueryWorker(self._folder, memory_mb=self._settings.memory_mb)
        self._workers.add(worker)
        return worker

    async def _outcome(self, work: Callable[[QueryWorker], T], run: _Run, tasks: TaskGroup) -> T | Exception:
        if not await self._has_turn():
            return TooManyQueries("the server has as many queries as it can answer; try again in a moment")
        worker = run.worker = self._free.pop()
        try:
            tasks.start_soon(self._make_room, worker, run)
            outcome = await run_sync(_tried, work, worker)
        finally:
            run.is_over = True
            if run.is_slow:
                self._slow -= 1
                self._workers.discard(worker)
                worker.close()
            else:
                self._free.append(worker)
                self._turn.release()
        if run.is_refused and isinstance(outcome, QueryLost):
            return TooManyQueries(
                f"the query takes longer than {self._settings.slow_s:g} s, and the server has as many of these as it can"
                " answer beside the others; try again later, or ask for less at a time"
            )
        return outcome

    async def _has_turn(self) -> bool:
        """Wait for a free worker. False if too many wait already, or it takes too long."""
        with suppress(anyio.WouldBlock):
            self._turn.acquire_nowait()
            return True
        if self._waiting >= self._settings.max_waiting:
            return False
        self._waiting += 1
        try:
            with anyio.move_on_after(self._settings.timeout_s):
                await self._turn.acquire()
                return True
        finally:
            self._waiting -= 1
        return False

    async def _make_room(self, worker: QueryWorker, run: _Run) -> None:
        """Put another worker in the place of one that is at work for long; or end it if there is no room, and others wait."""
        await anyio.sleep(self._settings.slow_s)
        while self._slow >= self._settings.slow_workers:
            if self._waiting:
                run.is_refused = True
                await _keep_closed(worker, run)
            await anyio.sleep(LOOK_S)
        if run.is_over:
            return
        run.is_slow = True
        self._slow += 1
        substitute = self._another()
        self._free.append(substitute)
        self._turn.release()
        worker.give_way()
        await run_sync(substitute.start)


def _tried(work: Callable[[QueryWorker], T], worker: QueryWorker) -> T | Exception:
    try:
        return work(worker)
    except Exception as error:  # noqa: BLE001 — it is raised where nothing wraps it in a group of errors
        return error


async def _give_up(gone: Callable[[], Awaitable[None]], run: _Run, waiting: anyio.CancelScope) -> None:
    """Wait until nobody waits for the answer, and end the query then, or its waiting for a worker."""
    await gone()
    if run.worker is None:
        waiting.cancel()
    else:
        await anyio.sleep(GRACE_S)
        await _keep_closed(run.worker, run)


async def _keep_closed(worker: QueryWorker, run: _Run) -> None:
    """End the process of a query, again if it is just being started, until the query is over."""
    while not run.is_over:
        worker.close()
        await anyio.sleep(LOOK_S)
