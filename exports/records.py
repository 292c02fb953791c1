"""Long lists in JSON, written as they come, a record a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

encode = msgspec.json.Encoder(order="sorted").encode


def write_list(records: Iterable[object], stream: BinaryIO) -> None:
    """Write the records as a JSON list, keys sorted."""
    stream.write(b"[")
    stream.writelines((b",\n" if number else b"\n") + encode(record) for number, record in enumerate(records))
    stream.write(b"]")
