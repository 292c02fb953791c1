"""A process that is sent messages and answers them, and can be ended whatever it is doing.

It is started with a command, not as a copy of the caller: the caller's script is not imported, its threads and locks are
not inherited, and a Dask worker, which may have no children of multiprocessing, can have it. Messages are pickles.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

IDLE_LIMIT_S = 60.0  # a process that is asked nothing for so long ends, and another is started when it is
EXIT_LIMIT_S = 5.0  # from the end of what a process says to its own end, which tells what it died of

_GONE = object()


class Ended(Exception):
    """The process ended before it answered; `code` is its exit code, negative for a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(f"its process ended {_manner(code)}")
        self.code = code


class Process:
    """A process that runs the function `serve` of a module. After Ended or a limit it is of no more use.

    What it prints to standard error is seen, unless it `is_quiet`.
    """

    def __init__(self, module: str, *, is_quiet: bool = False) -> None:
        path = os.pathsep.join(
            map(os.path.abspath, sys.path)
        )  # also "", which is the folder of one who works in a shell
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from {module} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if is_quiet else None,
            env={**os.environ, "PYTHONPATH": path},
            process_group=0,  # Ctrl-C is for the parent
        )
        assert self._process.stdin is not None
        self._tasks = self._process.stdin
        self._messages: SimpleQueue[Any] = SimpleQueue()
        threading.Thread(target=_listen, args=(self._process, self._messages), daemon=True).start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, message: object) -> None:
        """Send a message. That the process has ended, or was closed, is seen when its answer is waited for."""
        data = pickle.dumps(message)
        with suppress(BrokenPipeError, ValueError):  # the latter where another thread has closed it
            self._tasks.write(data)
            self._tasks.flush()

    def receive(self, limit_s: float) -> Any:
        """Return the next message. Raises Ended, or queue.Empty if none comes in time; the process is then ended."""
        try:
            message = self._messages.get(timeout=limit_s)
        except BaseException:  # also Ctrl-C: nothing may go on that nobody waits for
            self.close()
            raise
        if message is _GONE:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(EXIT_LIMIT_S)
            self.close()
            raise Ended(self._process.returncode or 0)
        return message

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


def _listen(process: subprocess.Popen[bytes], messages: SimpleQueue[Any]) -> None:
    """Pass on what the process says: a queue can be waited for with a limit, a pipe not on every system."""
    assert process.stdout is not None
    with process.stdout as stream, suppress(EOFError, pickle.UnpicklingError, OSError):
        while True:
            messages.put(pickle.load(stream))
    messages.put(_GONE)
    process.wait()  # one that ended because it was idle would stay a zombie until the next query


def _manner(code: int) -> str:
    if code == -9:
        return "by SIGKILL, most often for want of memory"
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"


def connected() -> tuple[Callable[[], Any], Callable[[object], None]]:
    """Be the process: return what reads one message, and what sends one back. Where the parent is gone, it ends.

    A message that cannot be sent raises what keeps it from being a pickle, and nothing of it is sent.
    """
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not come between the messages

    def reply(message: object) -> None:
        data = pickle.dumps(message)
        try:
            pipe.write(data)
            pipe.flush()
        except BrokenPipeError:
            os._exit(0)

    return lambda: pickle.load(sys.stdin.buffer), reply


def tasks() -> Iterator[Any]:
    """Yield the messages that are still to come, as long as none lets wait for IDLE_LIMIT_S.

    When the parent is gone the process ends, even in the midst of one.
    """
    queue: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(queue,), daemon=True).start()
    while True:
        try:
            task = queue.get(timeout=IDLE_LIMIT_S)
        except Empty:
            os._exit(0)
        yield task
        set_alarm(0)


def set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds, should nobody wait for it any more; 0 is never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _receive(queue: SimpleQueue[Any]) -> None:
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            queue.put(pickle.load(sys.stdin.buffer))
    os._exit(0)
