"""Queries share the processes: the long ones make room, those that nobody waits for are ended, and no queue is endless."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import anyio
import anyio.lowlevel
import httpx
import pytest

from tests.unionkg.server.sparql_serving import RUNAWAY, knowledge_graph, served, until
from unionkg.errors import QueryLost, QueryTimeout, TooManyQueries, UnionkgError
from unionkg.exports.answers import Truth, Wanted
from unionkg.querying import QueryWorker
from unionkg.server.pool import Pool
from unionkg.server.settings import Settings

T = TypeVar("T")

TRUE = "ASK { ?union a ukg:TradeUnion }"
WANTED = Wanted(rows="csv", truth="json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge_graph(tmp_path_factory.mktemp("kg") / "KG")


def run(folder: Path, work: Callable[[Pool], Awaitable[T]], **limits: float) -> T:
    """Return what a coroutine returns that is given a warm pool."""
    settings = Settings(folder=folder, **limits)  # type: ignore[arg-type]

    async def main() -> T:
        pool = Pool(folder, settings)
        for worker in pool._free:
            worker.answer(TRUE)
        try:
            return await work(pool)
        finally:
            pool.close()

    return anyio.run(main)


async def kinds(pool: Pool, queries: list[str]) -> list[str]:
    """Return what becomes of queries that are asked at the same time: True, or the name of an error."""
    outcomes = [""] * len(queries)

    async def one(number: int) -> None:
        try:
            outcomes[number] = str(await pool.answer(queries[number]) == Truth(True))
        except UnionkgError as error:
            outcomes[number] = type(error).__name__

    async with anyio.create_task_group() as tasks:
        for number in range(len(queries)):
            tasks.start_soon(one, number)
    return outcomes


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(pool: Pool) -> set[int]:
    return {worker._process.pid for worker in pool._workers if worker._process is not None}


def test_queries_are_answered_at_the_same_time(folder: Path) -> None:
    assert run(folder, lambda pool: kinds(pool, [TRUE] * 30), workers=2) == ["True"] * 30


def test_long_queries_make_room_for_the_others(folder: Path) -> None:
    """Two runaway queries hold the only two processes for a tenth of a second, and not until their limit."""

    async def work(pool: Pool) -> list[str]:
        outcomes: list[str] = []

        async def runaways() -> None:
            outcomes.extend(await kinds(pool, [RUNAWAY] * 2))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(runaways)
            await anyio.sleep(0.3)
            assert await kinds(pool, [TRUE] * 20) == ["True"] * 20
            assert (pool._slow, outcomes) == (2, [])
        assert (pool._slow, len(pool._free), len(pool._workers)) == (0, 2, 2)
        return outcomes

    assert run(folder, work, workers=2, slow_workers=2, slow_s=0.1, timeout_s=10) == ["QueryTimeout"] * 2


def test_a_long_query_that_ends_is_answered(folder: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"

    async def work(pool: Pool) -> tuple[bytes, int]:
        return (await pool.written(query, WANTED)).data, len(pool._workers)

    data, number = run(folder, work, workers=1, slow_s=0.01)
    assert int(data.split()[1]) > 10_000
    assert number == 1


@pytest.mark.skipif(sys.platform == "win32", reason="priorities are POSIX")
def test_long_queries_have_a_low_priority(folder: Path) -> None:
    async def work(pool: Pool) -> list[int]:
        found: list[int] = []
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(kinds, pool, [RUNAWAY])
            await anyio.sleep(0.5)
            found = sorted(os.getpriority(os.PRIO_PROCESS, pid) for pid in pids(pool))
        return found

    assert run(folder, work, workers=1, slow_s=0.1, timeout_s=2) == [0, 10]


def test_one_long_query_too_many_is_ended_if_others_wait_and_only_then(folder: Path) -> None:
    limits = {"workers": 1, "slow_workers": 0, "slow_s": 0.1, "timeout_s": 2}
    assert run(folder, lambda pool: kinds(pool, [RUNAWAY]), **limits) == ["QueryTimeout"]
    assert run(folder, lambda pool: kinds(pool, [RUNAWAY, TRUE]), **limits) == ["TooManyQueries", "True"]


def test_no_more_wait_than_may(folder: Path) -> None:
    outcomes = run(folder, lambda pool: kinds(pool, [TRUE] * 10), workers=1, max_waiting=3)
    assert sorted(outcomes) == ["TooManyQueries"] * 6 + ["True"] * 4


def test_nobody_waits_for_ever(folder: Path) -> None:
    async def work(pool: Pool) -> float:
        took = 0.0
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pool.with_worker, lambda worker: time.sleep(2))
            await anyio.sleep(0.1)
            started = time.monotonic()
            with pytest.raises(TooManyQueries):
                await pool.answer(TRUE)
            took = time.monotonic() - started
        return took

    assert 0.5 <= run(folder, work, workers=1, timeout_s=0.5, slow_s=60) < 1.8


def test_a_query_that_nobody_waits_for_is_ended(folder: Path) -> None:
    async def work(pool: Pool) -> float:
        started = time.monotonic()
        with pytest.raises(QueryLost):
            await pool.written(RUNAWAY, WANTED, gone=lambda: anyio.sleep(0.1))
        took = time.monotonic() - started
        assert await pool.answer(TRUE) == Truth(True)
        return took

    assert run(folder, work, workers=1, timeout_s=20) < 10


def test_a_small_query_that_nobody_waits_for_keeps_its_process(folder: Path) -> None:
    async def work(pool: Pool) -> bool:
        before = pids(pool)
        for _ in range(5):
            await pool.written(TRUE, WANTED, gone=anyio.lowlevel.checkpoint)
        return pids(pool) == before

    assert run(folder, work, workers=1)


def test_who_goes_while_waiting_has_never_asked(folder: Path) -> None:
    async def work(pool: Pool) -> list[str]:
        asked = []

        def noted(worker: QueryWorker) -> None:
            asked.append("asked")

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pool.with_worker, lambda worker: time.sleep(0.5))
            await anyio.sleep(0.1)
            with pytest.raises(QueryLost, match="nobody waits"):
                await pool.with_worker(noted, gone=lambda: anyio.sleep(0.1))
        await pool.with_worker(noted)
        return asked

    assert run(folder, work, workers=1) == ["asked"]


def test_what_watches_a_query_leaves_the_next_one_alone(folder: Path) -> None:
    """Queries end in the moment in which they would have made room, or were given up."""

    async def work(pool: Pool) -> tuple[int, int, int]:
        for _ in range(60):
            await pool.with_worker(lambda worker: time.sleep(0.01), gone=lambda: anyio.sleep(0.01))
            assert await pool.answer(TRUE) == Truth(True)
        await anyio.sleep(0.1)
        return pool._slow, len(pool._free), len(pool._workers)

    assert run(folder, work, workers=1, slow_s=0.01) == (0, 1, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_process_that_is_killed_costs_no_answer(folder: Path) -> None:
    async def work(pool: Pool) -> list[str]:
        outcomes: list[str] = []
        for _ in range(5):
            for pid in pids(pool):
                if is_there(pid):
                    os.kill(pid, signal.SIGKILL)
            outcomes += await kinds(pool, [TRUE] * 4)
        return outcomes

    assert run(folder, work, workers=2) == ["True"] * 20


def test_an_error_comes_as_it_is(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(QueryTimeout):
            await pool.answer(RUNAWAY)
        with pytest.raises(ZeroDivisionError):
            await pool.with_worker(lambda worker: 1 / 0)
        assert await pool.answer(TRUE) == Truth(True)

    run(folder, work, workers=1, timeout_s=0.5)


def test_a_client_that_goes_frees_the_server(folder: Path) -> None:
    with served(folder, workers=1, slow_workers=0, timeout_s=30) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{address}/sparql", params={"query": RUNAWAY}, timeout=0.5)
        started = time.monotonic()
        assert httpx.get(f"{address}/sparql", params={"query": TRUE}, timeout=25).json()["boolean"] is True
        assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the processes of the server")
def test_a_process_that_is_killed_under_load_costs_nothing_at_all(folder: Path) -> None:
    children = Path(f"/proc/{os.getpid()}/task")
    with served(folder, workers=2, timeout_s=10) as address:
        assert httpx.get(f"{address}/sparql", params={"query": TRUE}).status_code == 200
        found = [int(pid) for task in children.iterdir() for pid in (task / "children").read_text().split()]
        workers = [pid for pid in found if b"unionkg.querying" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        assert workers
        statuses = []
        for number in range(40):
            if number == 20:
                for pid in workers:
                    os.kill(pid, signal.SIGKILL)
            statuses.append(httpx.get(f"{address}/sparql", params={"query": TRUE}, timeout=20).status_code)
        until(lambda: not any(b"unionkg" in _command(pid) for pid in workers))
    assert statuses == [200] * 40


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
