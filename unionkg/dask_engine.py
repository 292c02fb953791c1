"""Answers from a Dask cluster. A file's bytes go with its task, so the machines need not share their files.

Each thread of a Dask worker has a process of ours beside it: Dask can neither interrupt a document nor tell which of the
tasks of a lost worker has ended it, and blames them all.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from unionkg.answerer import Answerer, in_order
from unionkg.corpus import Answer, legible
from unionkg.errors import DocumentError, DocumentLost, InvalidOption, MissingExtra, UnionkgError, UnusableCluster
from unionkg.extractor import Task, Work, is_lasting
from unionkg.fingerprint import versions
from unionkg.nlp.reading import read_bytes

AHEAD = 4  # files a thread of the cluster may be ahead of the one that is waited for; their bytes are on the way
PATIENCE_S = 30.0  # with a scheduler that does not answer, and between two looks whether there are workers

_UNDISTURBED = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"  # Ctrl-C is for the parent

_here = threading.local()


def answers_from_dask(
    tasks: Iterable[Task], work: Work, workers: int, limit_s: float, scheduler: str | None
) -> Iterator[Answer]:
    """Yield the answers in the order of the tasks, from the cluster at `scheduler` or from one of so many processes here.

    Raises MissingExtra and UnusableCluster, and WorkerLost if a Dask worker cannot start its process.
    """
    expected = work.fingerprint(), versions()
    with _connected(workers, scheduler) as client:

        def ask(task: Task) -> Callable[[], Answer]:
            try:
                task = Task(task.path, read_bytes(task.path))
            except DocumentError as error:
                return partial(Answer, task.path, None, failure=legible(str(error)), is_lasting=is_lasting(error))
            future = client.submit(_answer, work, task, limit_s, expected, pure=False)
            return partial(_result, client, future, task.path)

        yield from in_order(tasks, ask, sum(client.nthreads().values()) * AHEAD)


@contextmanager
def _connected(workers: int, scheduler: str | None) -> Iterator[Any]:
    """Lend a client of the cluster at `scheduler`, or of one that is started here and ends with it."""
    try:
        import dask.config
        from distributed import Client, LocalCluster
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise MissingExtra(f'the engine dask is not installed ({error}); pip install "unionkg[dask]"') from error
    start_client: Any = Client  # these are not annotated
    start_cluster: Any = LocalCluster
    host_port_of: Any = get_address_host_port
    if scheduler is not None:
        try:
            host_port_of(scheduler, strict=True)
        except ValueError as error:
            raise InvalidOption(
                f"a scheduler at {scheduler}: {error}; accepted: such as tcp://10.0.0.1:8786"
            ) from error
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
        try:
            place = scheduler or stack.enter_context(
                start_cluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    memory_limit=0,
                    dashboard_address="127.0.0.1:0",
                    preload=_UNDISTURBED,
                    silence_logs=logging.ERROR,
                )
            )
            client = stack.enter_context(start_client(place, timeout=PATIENCE_S, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except OSError as error:
            raise UnusableCluster(f"the Dask cluster {scheduler or 'here'} cannot be used: {error}") from error
        yield client


def _result(client: Any, future: Any, path: Path) -> Answer:
    """Wait for the answer. A task whose workers are lost is given to others, until Dask gives it up."""
    from distributed import KilledWorker

    try:
        while True:
            try:
                answer: Answer = future.result(timeout=PATIENCE_S)
                return answer
            except TimeoutError:
                if not client.nthreads():
                    raise UnusableCluster("the Dask cluster has lost all its workers") from None
    except KilledWorker as error:
        lost = DocumentLost(f"{legible(path)}: {error.allowed_failures + 1} Dask workers ended while they had it")
        return Answer(path, None, failure=str(lost), is_lasting=False)
    except UnionkgError:
        raise
    except Exception as error:
        raise UnusableCluster(
            f"the Dask cluster was lost, or lacks this unionkg on some machine: {type(error).__name__}: {error}"
        ) from error


def _answer(work: Work, task: Task, limit_s: float, expected: tuple[str, dict[str, str]]) -> Answer:
    """Return the answer for a file: what a Dask worker does.

    Raises UnusableCluster if this worker would answer otherwise than the one who asks.
    """
    digest, asked = expected
    if _fingerprint(work) != digest:
        from distributed import get_worker

        here = versions()
        others = [f"{name} {here.get(name)} for {asked[name]}" for name in asked if asked[name] != here.get(name)]
        raise UnusableCluster(
            f"the Dask worker at {get_worker().address} has {', '.join(others) or 'another state of unionkg'}; "
            "it would give other answers"
        )
    key = work, limit_s
    if getattr(_here, "key", None) != key:
        if hasattr(_here, "answerer"):
            _here.answerer.close()
        _here.key, _here.answerer = key, Answerer(work, limit_s)
    answerer: Answerer = _here.answerer
    return answerer.answer(task)


@cache
def _fingerprint(work: Work) -> str:
    return work.fingerprint()
