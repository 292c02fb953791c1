"""A folder that is replaced as a whole, or not at all.

The new content is made in a hidden sibling `.NAME.building` and changes places with the folder in one step where the system
has one (renameat2(2) of Linux), else by two renamings, the old content stepping aside as `.NAME.previous`. The lock `.NAME.lock` keeps other builds away. What a killed build leaves of these
is recognised and put right by the next.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from unionkg.errors import BuildInProgress

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD of fcntl.h, RENAME_EXCHANGE of linux/fs.h


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other builds away from the folder, and put right what a killed one left of it.

    Raises BuildInProgress if another live process is at it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _lock(folder.with_name(f".{folder.name}.lock"), folder):
        previous = folder.with_name(f".{folder.name}.previous")
        if previous.exists():
            if folder.exists():
                shutil.rmtree(previous)
            else:  # killed between the two renamings
                previous.rename(folder)
        yield


@contextmanager
def replacing(folder: Path, keep: str) -> Iterator[Path]:
    """Lend a folder that takes the place of `folder` when the block ends, and is thrown away if it raises.

    The caller holds the lock. The lent folder is empty, but for the file named `keep` if a killed or failed run left one;
    that file survives a failure again.
    """
    new = folder.with_name(f".{folder.name}.building")
    previous = folder.with_name(f".{folder.name}.previous")
    _clear(new, keep)
    try:
        yield new
    except BaseException:
        _clear(new, keep)
        if not any(new.iterdir()):
            new.rmdir()
        raise
    if not folder.exists():
        new.rename(folder)
    elif _exchange(new, folder):
        shutil.rmtree(new, ignore_errors=True)
    else:
        folder.rename(previous)
        new.rename(folder)
        shutil.rmtree(previous, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names at one moment; return False where the system cannot."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(function(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _clear(folder: Path, keep: str) -> None:
    folder.mkdir(exist_ok=True)
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif not entry.name.startswith(keep):  # a database's log stands beside it, named after it
            entry.unlink()


@contextmanager
def _lock(lock: Path, folder: Path) -> Iterator[None]:
    mine = json.dumps({"host": socket.gethostname(), "pid": os.getpid(), "started": _started(os.getpid())}).encode()
    while True:
        try:
            descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            _remove_stale(lock, folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(mine)
    try:
        yield
    finally:
        lock.unlink()


def _remove_stale(lock: Path, folder: Path) -> None:
    """Remove the lock if the process that it names is gone. Raises BuildInProgress if it may be alive."""
    try:
        content = lock.read_bytes()
    except FileNotFoundError:
        return
    try:
        owner = json.loads(content)
        host, pid, started = owner["host"], int(owner["pid"]), owner["started"]
    except (ValueError, KeyError, TypeError):
        raise BuildInProgress(
            f"{folder}: locked by {lock}, which names no process; remove it if no build runs"
        ) from None
    if host != socket.gethostname():
        raise BuildInProgress(f"{folder}: process {pid} on {host} is building it; remove {lock} if that one is gone")
    if _is_alive(pid) and started == _started(pid):
        raise BuildInProgress(f"{folder}: process {pid} is building it; wait for it, or name another folder")
    aside = lock.with_name(f"{lock.name}.{os.getpid()}")
    try:
        lock.rename(aside)
    except FileNotFoundError:
        return
    if aside.read_bytes() == content:
        aside.unlink()
    else:  # another process was quicker, and this is its new lock
        aside.rename(lock)


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":  # where signal 0 would end the process; better asked than assumed dead
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str | None:
    """Return when the process started, in clock ticks since the system did; None where the system does not tell.

    Process numbers are used again, so a number alone does not name a process (proc(5), field 22 of stat).
    """
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return status.rpartition(")")[2].split()[19]
