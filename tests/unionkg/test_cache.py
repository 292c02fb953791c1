"""What an earlier build found is found again, and nothing outlives its document."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from unionkg.cache import Cache

NONE = Path("nowhere")


def keys(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM extraction").fetchone()[0])


def test_what_was_put_is_got(tmp_path: Path) -> None:
    with Cache(tmp_path / "new", NONE, "rules") as cache:
        cache.put("ab", ".txt", b"found")
        assert cache.get("ab", ".TXT") == b"found"
        assert cache.get("ab", ".html") is None
        assert cache.get("cd", ".txt") is None


def test_another_fingerprint_finds_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path / "old", NONE, "rules") as cache:
        cache.put("ab", ".txt", b"found")
    with Cache(tmp_path / "new", tmp_path / "old", "lac") as cache:
        assert cache.get("ab", ".txt") is None


def test_what_is_used_is_taken_over_and_the_rest_left_behind(tmp_path: Path) -> None:
    with Cache(tmp_path / "old", NONE, "rules") as cache:
        cache.put("ab", ".txt", b"found")
        cache.put("cd", ".txt", b"gone")
    with Cache(tmp_path / "new", tmp_path / "old", "rules") as cache:
        assert cache.get("ab", ".txt") == b"found"
    assert keys(tmp_path / "new") == 1
    with Cache(tmp_path / "newer", tmp_path / "new", "rules") as cache:
        assert cache.get("ab", ".txt") == b"found"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "newer", "old"]


def test_an_interrupted_build_keeps_all_it_found(tmp_path: Path) -> None:
    def build() -> None:
        with Cache(tmp_path / "new", NONE, "rules") as cache:
            cache.put("ab", ".txt", b"found")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build()
    with Cache(tmp_path / "new", NONE, "rules") as cache:
        assert cache.get("ab", ".txt") == b"found"


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_cache_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "new").write_bytes(content)
    (tmp_path / "old").write_bytes(content)
    with Cache(tmp_path / "new", tmp_path / "old", "rules") as cache:
        assert cache.get("ab", ".txt") is None
        cache.put("ab", ".txt", b"found")
    assert keys(tmp_path / "new") == 1
