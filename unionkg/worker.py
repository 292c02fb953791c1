"""A process that works on one file at a time, and can be lost without harm.

It is started with a command, not as a copy of the caller: the caller's script is not imported, and a Dask worker, which
may have no children of multiprocessing, can have it. Messages are pickles: to the process a `Work` and then a `Task` at a
time, back from it None when the work is loaded, or a text that says why it cannot be; then the pieces of a file and None
behind the last.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from unionkg.errors import DocumentLost, DocumentTimeout, WorkerLost

if TYPE_CHECKING:
    from unionkg.extractor import Piece, Task, Work

START_LIMIT_S = 120.0  # thirty times what it takes
IDLE_LIMIT_S = 60.0  # a process that has nothing to do for so long ends, and another is started when there is
EXIT_LIMIT_S = 5.0  # from the end of what a process says to its own end, which tells what it died of
GRACE_S = 10.0  # behind the limit, after which a process whose parent is gone ends, whatever it is at

_COMMAND = [sys.executable, "-P", "-c", "from unionkg.worker import serve; serve()"]
_GONE = object()


class Worker:
    """A process with its work loaded. Raises WorkerLost if it cannot be started; a second try is made if it just ends.

    After DocumentLost or DocumentTimeout it is of no more use.
    """

    def __init__(self, work: Work, limit_s: float) -> None:
        self._limit_s = limit_s
        for is_last in (False, True):
            self._start()
            try:
                self._send((work, limit_s))
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
        self._send(task)
        while (piece := self._receive(self._limit_s)) is not None:
            yield piece

    def is_alive(self) -> bool:
        """True if the process has not ended; if it has, what belonged to it is closed."""
        if self._process.poll() is not None:
            self.close()
            return False
        return True

    def close(self) -> None:
        """End the process, whatever it is doing, and those that it has started."""
        if self._process.returncode is None:
            if sys.platform == "win32":
                self._process.kill()
            else:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        with suppress(BrokenPipeError):
            self._tasks.close()

    def _start(self) -> None:
        path = os.pathsep.join(
            map(os.path.abspath, sys.path)
        )  # also "", which is the folder of one who works in a shell
        self._process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            process_group=0,  # Ctrl-C is for the parent
        )
        assert self._process.stdin is not None
        self._tasks = self._process.stdin
        self._messages: SimpleQueue[Any] = SimpleQueue()
        threading.Thread(target=self._listen, args=(self._process.stdout, self._messages), daemon=True).start()

    @staticmethod
    def _listen(stream: Any, messages: SimpleQueue[Any]) -> None:
        """Pass on what the process says: a queue can be waited for with a limit, a pipe not on every system."""
        with stream, suppress(EOFError, pickle.UnpicklingError, OSError):
            while True:
                messages.put(pickle.load(stream))
        messages.put(_GONE)

    def _send(self, message: object) -> None:
        with suppress(BrokenPipeError):  # that it has ended is seen when its answer is waited for
            pickle.dump(message, self._tasks)
            self._tasks.flush()

    def _receive(self, limit_s: float) -> Any:
        try:
            message = self._messages.get(timeout=limit_s)
        except Empty:
            self.close()
            raise DocumentTimeout(f"it takes longer than the limit of {limit_s:g} s") from None
        if message is _GONE:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(EXIT_LIMIT_S)
            self.close()
            raise DocumentLost(f"its process ended {_manner(self._process.returncode or 0)}")
        return message


def _manner(code: int) -> str:
    if code == -9:
        return "by SIGKILL, most often for want of memory"
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"


def serve() -> None:
    """Be the process: load the work, and do it until standard input ends, even if the parent was killed."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not come between the messages

    def reply(message: object) -> None:
        try:
            pickle.dump(message, pipe)
            pipe.flush()
        except BrokenPipeError:  # the parent is gone
            os._exit(0)

    try:
        work, limit_s = pickle.load(sys.stdin.buffer)
        work.load()
    except Exception as error:  # noqa: BLE001 — it is raised where the process was started
        reply(f"{type(error).__name__}: {error}")
        return
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_receive_tasks, args=(tasks,), daemon=True).start()
    reply(None)
    while True:
        try:
            task = tasks.get(timeout=IDLE_LIMIT_S)
        except Empty:
            os._exit(0)
        _set_alarm(limit_s + GRACE_S)
        for piece in work(task):
            reply(piece)
            _set_alarm(limit_s + GRACE_S)
        reply(None)
        _set_alarm(0)


def _receive_tasks(tasks: SimpleQueue[Task]) -> None:
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))
    os._exit(0)


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds, should nobody wait for it any more; 0 is never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
