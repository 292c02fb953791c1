"""Answers for files that may end the process that reads them, or keep it for ever; and answers in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from unionkg.corpus import Answer, legible
from unionkg.errors import DocumentError, DocumentLost, DocumentTimeout, WorkerLost
from unionkg.extractor import Opened, Piece, Task, Unusable, Work, answer_of
from unionkg.worker import Worker

MOST_LOST = 3  # documents of one file that may end or hold up a process; the others are then left out


def in_order(tasks: Iterable[Task], ask: Callable[[Task], Callable[[], Answer]], ahead: int) -> Iterator[Answer]:
    """Yield the answer for each task, in order. `ask` begins the work and returns a function that waits for its end; it
    is called for at most `ahead` tasks whose answers are not yielded.
    """
    waiting: deque[Callable[[], Answer]] = deque()
    for task in tasks:
        waiting.append(ask(task))
        if len(waiting) >= ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


class Answerer:
    """Answers one file at a time, in a process that is replaced when a document has ended it. For one thread."""

    def __init__(self, work: Work, limit_s: float) -> None:
        self._work = work
        self._limit_s = limit_s
        self._worker: Worker | None = None
        self._is_closed = False

    def answer(self, task: Task) -> Answer:
        """Return the answer for a file, whatever its documents do to the process.

        A process that ends may have been killed from outside; so its document is tried once more, in a new one. The
        documents before it are not. Raises WorkerLost if no process can be started.
        """
        pieces: list[Piece] = []
        suspect, lost = -1, 0
        while not _is_whole(pieces):
            try:
                for piece in self._running().run(replace(task, known=len(pieces))):
                    pieces.append(piece)  # noqa: PERF402 — what came before an error must be kept
            except DocumentLost as error:
                if suspect == len(pieces):
                    lost += 1
                    pieces += _given_up(task, pieces, error, lost)
                suspect = len(pieces)
            except DocumentTimeout as error:
                lost += 1
                pieces += _given_up(task, pieces, error, lost)
        return answer_of(task.path, pieces)

    def close(self) -> None:
        """End the process, whatever it is doing; no other is started."""
        self._is_closed = True
        if self._worker is not None:
            self._worker.close()

    def _running(self) -> Worker:
        if self._worker is None or not self._worker.is_alive():
            self._worker = Worker(self._work, self._limit_s)
        if self._is_closed:
            self._worker.close()
            raise WorkerLost("the work was given up")
        return self._worker


def _is_whole(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and (not isinstance(pieces[0], Opened) or len(pieces) > len(pieces[0].places))


def _given_up(task: Task, pieces: Sequence[Piece], error: DocumentError, lost: int) -> list[Piece]:
    """Return the piece that stands for the document at which the process ended, or for the file if none was begun; if
    it is one too many, also what stands for each behind it.
    """
    if not pieces or not isinstance(pieces[0], Opened):
        return [Unusable(f"{legible(task.path)}: {error}")]
    missing = len(pieces[0].places) - len(pieces)
    left_out = Unusable(f"left out, because {lost} before it took too long or ended the process")
    return [Unusable(str(error)), *([left_out] * missing if lost == MOST_LOST else [])]
