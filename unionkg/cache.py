"""The extractions of earlier builds, by what they are a function of: a file's bytes, its suffix and `fingerprint`.

The cache lies in the KG folder. A build writes a new one, taking over what it uses of the old, so that nothing outlives
its document. Each entry has its digest with it, and one that does not agree with it is none: what is lost or damaged is
found again in the document.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

NAME = "cache.sqlite"
COMMIT_S = 1.0  # what a killed build loses at most

_TABLE = "CREATE TABLE extraction (key TEXT PRIMARY KEY, digest BLOB NOT NULL, packed BLOB NOT NULL) WITHOUT ROWID"


class Cache:
    """A cache that is being written to, with an older one to look into.

    `path` may hold what a killed build left. A file that is no cache, or is damaged, is passed over.
    """

    def __init__(self, path: Path, older: Path, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._used: set[str] = set()
        self._passing: dict[str, bytes] = {}
        is_new = not _is_sound(path)
        if is_new:
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        self._database = sqlite3.connect(path)
        # An unused entry of a killed build may be of a document that was taken down: it is overwritten.
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON"
        )
        if is_new:
            self._database.execute(_TABLE)
        self._older: sqlite3.Connection | None = None
        if older.is_file():
            with suppress(sqlite3.Error):  # nobody writes to it, so no lock that somebody has on it need be respected
                self._older = sqlite3.connect(f"{older.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        self._committed = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with closing(self._database):
            if self._older is not None:
                self._older.close()
            if kind is None:
                self._drop_unused()
                self._finish()
            else:
                with suppress(sqlite3.Error):  # the disk may be full; what was committed is there
                    self._finish()

    def get(self, sha256: str, suffix: str) -> bytes | None:
        """Return the packed extractions of the file with these bytes and this suffix, None if they are not known."""
        key = self._key(sha256, suffix)
        packed = _look_up(self._database, key)
        if packed is None:
            packed = self._look_up_older(key)
            if packed is not None:
                self._write(key, packed)
        if packed is not None:
            self._used.add(key)
        return packed

    def put(self, sha256: str, suffix: str, packed: bytes, *, is_lasting: bool = True) -> None:
        """Keep the packed extractions of a file; what is not lasting is there for this build alone."""
        key = self._key(sha256, suffix)
        if is_lasting:
            self._used.add(key)
            self._write(key, packed)
        else:
            self._passing[key] = packed

    def read(self, sha256: str, suffix: str) -> bytes:
        """Return what `get` or `put` has had of this file in this build.

        Raises sqlite3.DatabaseError if neither has, or if it was damaged since.
        """
        key = self._key(sha256, suffix)
        packed = self._passing.get(key) or _look_up(self._database, key)
        if packed is None:
            raise sqlite3.DatabaseError(f"{NAME} has lost what was read of {sha256}{suffix}")
        return packed

    def commit(self) -> None:
        """Have all that is there survive this process, however it ends."""
        self._database.commit()
        self._committed = time.monotonic()

    def _key(self, sha256: str, suffix: str) -> str:
        return f"{sha256}{suffix.lower()} {self._fingerprint}"

    def _write(self, key: str, packed: bytes) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO extraction VALUES (?, ?, ?)", (key, _digest(key, packed), packed)
        )
        if time.monotonic() - self._committed > COMMIT_S:
            self.commit()

    def _look_up_older(self, key: str) -> bytes | None:
        try:
            return None if self._older is None else _look_up(self._older, key)
        except sqlite3.Error:
            return None

    def _drop_unused(self) -> None:
        # By the database itself: a damaged key may be no text that Python could read.
        self._database.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
        self._database.execute("DELETE FROM extraction WHERE key NOT IN (SELECT key FROM used)")

    def _finish(self) -> None:
        """Leave one file, without its write-ahead log."""
        self._database.commit()
        self._database.execute("PRAGMA journal_mode = DELETE")


def _look_up(database: sqlite3.Connection, key: str) -> bytes | None:
    row = database.execute("SELECT digest, packed FROM extraction WHERE key = ?", (key,)).fetchone()
    if row is None or not isinstance(row[1], bytes) or row[0] != _digest(key, row[1]):
        return None
    return row[1]


def _digest(key: str, packed: bytes) -> bytes:
    return hashlib.sha256(key.encode() + packed).digest()


def _is_sound(path: Path) -> bool:
    """Return whether the file is a cache that can be written to."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path)) as database:
            checked = database.execute("PRAGMA quick_check").fetchone()
            tables = database.execute("SELECT sql FROM sqlite_master").fetchall()
    except sqlite3.Error:
        return False
    return bool(checked == ("ok",) and tables == [(_TABLE,)])
