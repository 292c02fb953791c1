"""The extractions of earlier builds, by what they are a function of: a file's bytes, its suffix and `fingerprint`.

The cache lies in the KG folder. A build writes a new one, taking over what it uses of the old, so that nothing outlives
its document.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Self

NAME = "cache.sqlite"
COMMIT_S = 1.0  # what a killed build loses at most

_TABLE = "CREATE TABLE IF NOT EXISTS extraction (key TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID"


class Cache:
    """A cache that is being written to, with an older one to look into.

    `path` may hold what a killed build left. An older file that is no cache is passed over: all it held can be found
    again.
    """

    def __init__(self, path: Path, older: Path, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._used: set[str] = set()
        self._passing: dict[str, bytes] = {}
        if not _is_sound(path):
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(_TABLE)
        self._older = sqlite3.connect(f"{older.absolute().as_uri()}?mode=ro", uri=True) if _is_sound(older) else None
        self._committed = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._database.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._database.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            self._database.execute("DELETE FROM extraction WHERE key NOT IN (SELECT key FROM used)")
        self._database.commit()
        self._database.execute("PRAGMA journal_mode = DELETE")  # one file, without its write-ahead log
        self._database.close()
        if self._older is not None:
            self._older.close()

    def get(self, sha256: str, suffix: str) -> bytes | None:
        """Return the packed extractions of the file with these bytes and this suffix, None if they are not known."""
        key = self._key(sha256, suffix)
        packed = _look_up(self._database, key)
        if packed is None and self._older is not None:
            packed = _look_up(self._older, key)
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
        """Return what `get` or `put` has had of this file in this build. Raises KeyError if neither has."""
        key = self._key(sha256, suffix)
        packed = self._passing.get(key) or _look_up(self._database, key)
        if packed is None:
            raise KeyError(key)
        return packed

    def _key(self, sha256: str, suffix: str) -> str:
        return f"{sha256}{suffix.lower()} {self._fingerprint}"

    def _write(self, key: str, packed: bytes) -> None:
        self._database.execute("INSERT OR REPLACE INTO extraction VALUES (?, ?)", (key, packed))
        if time.monotonic() - self._committed > COMMIT_S:
            self._database.commit()
            self._committed = time.monotonic()


def _look_up(database: sqlite3.Connection, key: str) -> bytes | None:
    row = database.execute("SELECT packed FROM extraction WHERE key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def _is_sound(path: Path) -> bool:
    """Return whether the file is a cache that can be read through."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            checked = database.execute("PRAGMA quick_check").fetchone()
            database.execute("SELECT key, packed FROM extraction LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(checked == ("ok",))
