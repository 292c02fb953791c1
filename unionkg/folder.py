"""A folder that is replaced as a whole, or not at all.

The new content is made in a hidden sibling `.NAME.building`, brought to the disk, and changes places with the folder in
one step where the system has one (renameat2(2) of Linux), else by two renamings, the old content stepping aside as
`.NAME.previous`. What a killed writer leaves of these is recognised and put right by the next.

Who writes holds a lock on the file `.NAME.lock`. It is the system's (flock(2)), which frees it when its holder ends, however
it does; the file's content only says who that is.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from unionkg.errors import BuildInProgress, UnwritableFolder

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD of fcntl.h, RENAME_EXCHANGE of linux/fs.h
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, None}  # None is pyoxigraph's


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers away from the folder, and put right what a killed one left of it.

    Folders above it are made. Raises BuildInProgress if somebody else is writing it, UnwritableFolder if it cannot be
    replaced, and also if the disk is full or fails within the block.
    """
    if not folder.name or os.path.ismount(folder):
        raise UnwritableFolder(
            f"{folder}: a file system begins there, so it cannot be replaced; name a folder below it"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = _acquire(folder)
    except OSError as error:
        raise UnwritableFolder(f"{folder}: it cannot be written: {error.filename}: {error.strerror}") from error
    try:
        previous = _previous_of(folder)
        if previous.exists():
            if folder.exists():
                shutil.rmtree(previous)
            else:  # killed between the two renamings
                previous.rename(folder)
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        if isinstance(error, OSError) and error.errno not in _OF_THE_DISK:
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        raise UnwritableFolder(f"{folder}: it cannot be written, and is left as it was: {reason}") from error
    finally:
        with suppress(OSError):
            _lock_of(folder).unlink()
        os.close(lock)


@contextmanager
def replacing(folder: Path, keep: str) -> Iterator[Path]:
    """Lend a folder that takes the place of `folder` when the block ends, and is thrown away if it raises.

    The caller holds the lock. The lent folder is empty, but for the file named `keep` if a killed or failed run left one;
    that file survives a failure again.
    """
    new = _new_of(folder)
    previous = _previous_of(folder)
    _clear(new, keep)
    try:
        yield new
        _bring_to_disk(new)
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


def discard(folder: Path) -> None:
    """Remove what a killed or failed run was making in the folder's place. The caller holds the lock."""
    shutil.rmtree(_new_of(folder), ignore_errors=True)


def _new_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.building")


def _previous_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.previous")


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.lock")


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


def _bring_to_disk(folder: Path) -> None:
    """Wait until all of the folder is on the disk: the old content, which is there, is about to go."""
    if sys.platform == "win32":  # where only who writes a file can wait for it
        return
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _acquire(folder: Path) -> int:
    """Return the open lock file, locked. Raises BuildInProgress if another has it, OSError if there can be none."""
    path = _lock_of(folder)
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not lock_now(lock):
                owner = os.read(lock, 200).decode("utf-8", "replace") or "another process"
                raise BuildInProgress(f"{folder}: {owner} is writing it; wait for it, or name another folder")
            if _is_at(path, lock):
                with suppress(OSError):  # a full disk: the lock holds without a word
                    os.ftruncate(lock, 0)
                    os.write(lock, f"process {os.getpid()} on {socket.gethostname()}".encode())
                return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)  # the one who had it has ended meanwhile, and removed the file


def _is_at(path: Path, descriptor: int) -> bool:
    """Return whether the open file is the one at the path."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def lock_now(descriptor: int) -> bool:
        """Lock the open file, at a place behind what can be read in it; return False if another process has."""
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def lock_now(descriptor: int) -> bool:
        """Lock the open file; return False if another has: a process, or a thread of this one."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
