"""What a server is told when it is started: what it serves, where, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A server's settings.

    `address` is the public address, without a slash at its end; `hosts` are the names by which requests may call it
    beside that of the address. `workers` processes answer queries, each within `timeout_s` seconds, `memory_mb` megabytes,
    `max_rows` rows and `max_bytes` bytes of an answer. A query that takes more than `slow_s` seconds makes room for others:
    `slow_workers` of these are answered beside, at low priority. At most `max_waiting` queries wait, none longer than
    `timeout_s`. Every `look_s` seconds the server looks whether a new build has taken
    the folder's place.

    Of a request the path with its query has at most `target_bytes`, the headers `header_bytes` and the body `body_bytes`.
    The head has `head_timeout_s` seconds to come, the body `body_timeout_s`; a client that takes nothing of its answer for
    `stall_timeout_s` seconds is dropped. At most `connections` are open at once.
    """

    folder: Path
    address: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = LOOPBACK
    workers: int = 2
    timeout_s: float = 10.0
    memory_mb: int = 1024
    max_rows: int = 100_000
    max_bytes: int = 32 << 20
    slow_s: float = 3.0
    slow_workers: int = 3
    max_waiting: int = 200
    target_bytes: int = 32 << 10
    header_bytes: int = 16 << 10
    body_bytes: int = 1 << 20
    head_timeout_s: float = 10.0
    body_timeout_s: float = 10.0
    stall_timeout_s: float = 30.0
    connections: int = 256
    look_s: float = 2.0
