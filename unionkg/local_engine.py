"""Answers from processes of this machine, each with a thread here that waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias

from unionkg.answerer import Answerer, in_order
from unionkg.corpus import Answer
from unionkg.extractor import Task, Work

AHEAD = 16  # files a process may be ahead of the one that is waited for

_Asked: TypeAlias = tuple[Task, "Future[Answer]"]


def answers_from_processes(tasks: Iterable[Task], work: Work, workers: int, limit_s: float) -> Iterator[Answer]:
    """Yield the answers in the order of the tasks. Memory holds those of `AHEAD` files a process at most."""
    todo: SimpleQueue[_Asked | None] = SimpleQueue()
    answerers = [Answerer(work, limit_s) for _ in range(workers)]

    def ask(task: Task) -> Callable[[], Answer]:
        future: Future[Answer] = Future()
        todo.put((task, future))
        return future.result

    for answerer in answerers:  # threads of an executor would keep an interrupted program waiting for their documents
        Thread(target=_answer_all, args=(answerer, todo), daemon=True).start()
    try:
        yield from in_order(tasks, ask, workers * AHEAD)
    finally:
        for answerer in answerers:
            answerer.close()
            todo.put(None)


def _answer_all(answerer: Answerer, todo: SimpleQueue[_Asked | None]) -> None:
    while (asked := todo.get()) is not None:
        task, future = asked
        try:
            future.set_result(answerer.answer(task))
        except Exception as error:  # noqa: BLE001 — it is raised where the answer is waited for
            future.set_exception(error)
