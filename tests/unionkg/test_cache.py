"""What an earlier build found is found again, and nothing outlives its document."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("place", ["new", "old"])
def test_a_damaged_entry_is_none(tmp_path: Path, place: str, flips: list[tuple[float, int]]) -> None:
    for left in tmp_path.iterdir():
        left.unlink()
    right = {f"{number:02}": bytes([number]) * 999 for number in range(40)}
    with Cache(tmp_path / place, NONE, "rules") as cache:
        for sha256, packed in right.items():
            cache.put(sha256, ".txt", packed)
    data = bytearray((tmp_path / place).read_bytes())
    for where, mask in flips:
        data[int(where * len(data))] ^= mask
    (tmp_path / place).write_bytes(data)
    with Cache(tmp_path / "new", tmp_path / "old", "rules") as cache:
        for sha256, packed in right.items():
            if cache.get(sha256, ".txt") != packed:
                assert cache.get(sha256, ".txt") is None
                cache.put(sha256, ".txt", packed)
        assert {sha256: cache.read(sha256, ".txt") for sha256 in right} == right


def test_what_was_committed_survives_the_process(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new", NONE, "rules")
    cache.put("ab", ".txt", b"found")
    cache.put("cd", ".txt", b"passing", is_lasting=False)
    cache.commit()
    for path in list(tmp_path.iterdir()):  # as it is on the disk at this moment
        (tmp_path / path.name.replace("new", "left")).write_bytes(path.read_bytes())
    with Cache(tmp_path / "left", NONE, "rules") as left:
        assert left.get("ab", ".txt") == b"found"
        assert left.get("cd", ".txt") is None
    assert cache.read("cd", ".txt") == b"passing"


def test_what_nobody_put_is_not_read(tmp_path: Path) -> None:
    with Cache(tmp_path / "new", NONE, "rules") as cache, pytest.raises(sqlite3.DatabaseError, match="has lost"):
        cache.read("ab", ".txt")


def test_what_is_left_behind_is_overwritten(tmp_path: Path) -> None:
    with Cache(tmp_path / "new", NONE, "rules") as cache:
        cache.put("ab", ".txt", "岑望舒".encode() * 50)
        cache.put("cd", ".txt", b"found")
    with Cache(tmp_path / "new", NONE, "rules") as cache:
        assert cache.get("cd", ".txt") == b"found"
    assert "岑望舒".encode() not in (tmp_path / "new").read_bytes()
