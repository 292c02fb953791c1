"""All that a KG folder holds, in a form that is equal for equal graphs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import RdfFormat, Store


def content(folder: Path) -> dict[str, Any]:
    """The bytes of all files; of the store its triples, of the cache its entries, of the manifest all but its times."""
    found: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    found["manifest.json"] = msgspec.json.decode(found["manifest.json"])
    del found["manifest.json"]["times"]
    with closing(sqlite3.connect(folder / "cache.sqlite")) as database:
        found["cache.sqlite"] = database.execute("SELECT * FROM extraction ORDER BY key").fetchall()
    lines = Store.read_only(str(folder / "store")).dump(format=RdfFormat.N_QUADS) or b""
    found["store"] = sorted(lines.splitlines())
    return found
