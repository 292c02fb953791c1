"""Warm processes that answer queries, each one query at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from unionkg.exports.answers import Answer
from unionkg.querying import QueryWorker
from unionkg.server.settings import Settings

T = TypeVar("T")


class Pool:
    """The processes that answer queries on the graph in one folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._settings = settings
        self._workers = [QueryWorker(folder, memory_mb=settings.memory_mb) for _ in range(settings.workers)]
        self._free = list(self._workers)
        self._turn = anyio.Semaphore(settings.workers)

    def start(self) -> None:
        """Start the processes without waiting for them."""
        for worker in self._workers:
            worker.start()

    async def answer(self, sparql: str, *, max_rows: int | None = None) -> Answer:
        """Return the answer, as `QueryWorker.answer` does, within the settings' limits; and raise what it raises."""
        rows = min(max_rows or self._settings.max_rows, self._settings.max_rows)
        return await self.with_worker(
            lambda worker: worker.answer(sparql, timeout_s=self._settings.timeout_s, max_rows=rows)
        )

    async def with_worker(self, work: Callable[[QueryWorker], T]) -> T:
        """Return what a function returns that is given a worker of its own, and runs in a thread."""
        async with self._turn:
            worker = self._free.pop()
            try:
                return await run_sync(work, worker)
            finally:
                self._free.append(worker)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            with suppress(OSError):
                worker.close()
