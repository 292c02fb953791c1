"""A process that works on one file at a time, and can be lost without harm.

It is sent a `Work` and then a `Task` at a time. It answers None when the work is loaded, or a text that says why it cannot
be; then the pieces of a file and None behind the last.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from queue import Empty
from typing import TYPE_CHECKING, Any

from unionkg.errors import DocumentLost, DocumentTimeout, WorkerLost
from unionkg.process import Ended, Process, connected, set_alarm, tasks

if TYPE_CHECKING:
    from unionkg.extractor import Piece, Task, Work

START_LIMIT_S = 120.0  # thirty times what it takes
GRACE_S = 10.0  # behind the limit, after which a process whose parent is gone ends, whatever it is at


class Worker:
    """A process with its work loaded. Raises WorkerLost if it cannot be started; a second try is made if it just ends.

    After DocumentLost or DocumentTimeout it is of no more use.
    """

    def __init__(self, work: Work, limit_s: float) -> None:
        self._limit_s = limit_s
        for is_last in (False, True):
            self._process = Process(__name__)
            try:
                self._process.send((work, limit_s))
                reason = self._receive(START_LIMIT_S)
            except (DocumentLost, DocumentTimeout) as error:
                if is_last:
                    raise WorkerLost(f"no process can be started that reads files: {error}") from error
                continue
            if reason is not None:
                self.close()
                raise WorkerLost(f"a process that should read files cannot begin: {reason}")
            return

    def run(self, task: Task) -> Iterator[Piece]:
        """Yield the pieces of a file.

        Raises DocumentLost if the process ends before the last of them, and DocumentTimeout, when it is ended, if one
        takes longer than the limit.
        """
        self._process.send(task)
        while (piece := self._receive(self._limit_s)) is not None:
            yield piece

    def is_alive(self) -> bool:
        """True if the process has not ended; if it has, what belonged to it is closed."""
        return self._process.is_alive()

    def close(self) -> None:
        """End the process, whatever it is doing, and those that it has started."""
        self._process.close()

    def _receive(self, limit_s: float) -> Any:
        try:
            return self._process.receive(limit_s)
        except Empty:
            raise DocumentTimeout(f"it takes longer than the limit of {limit_s:g} s") from None
        except Ended as error:
            raise DocumentLost(str(error)) from error


def serve() -> None:
    """Be the process: load the work, and do it until standard input ends, even if the parent was killed."""
    receive, reply = connected()
    gc.disable()  # modules, rules and data stay: to look among them for what is garbage takes a seventh of the start
    try:
        work, limit_s = receive()
        work.load()
    except Exception as error:  # noqa: BLE001 — it is raised where the process was started
        reply(f"{type(error).__name__}: {error}")
        return
    gc.freeze()
    gc.enable()
    reply(None)
    for task in tasks():
        set_alarm(limit_s + GRACE_S)
        for piece in work(task):
            reply(piece)
            set_alarm(limit_s + GRACE_S)
        reply(None)
