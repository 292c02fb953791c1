"""Plain text: the offsets are those of the file."""

from __future__ import annotations

from unionkg.nlp.charset import decode
from unionkg.nlp.record import Record


def read_text(data: bytes, name: str) -> list[Record]:
    """Return the file's own text as the one record. Raises UndecodableFile."""
    text, encoding = decode(data, name)
    return [Record(text, encoding, is_body="\ufffd" in text)]  # where bytes are broken it is not quite the file's own
