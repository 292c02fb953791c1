"""One text as a reader found it in a file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Record:
    """A text, the encoding it was decoded from, and what the format itself says of it.

    `is_body` is true where the text was taken out of a richer format, false where it is the file's own text.
    `hints` has the keys title, date (as the format gives it), source and author, each only where it is known.
    """

    text: str
    encoding: str | None = None
    is_body: bool = False
    hints: dict[str, str] = field(default_factory=dict)
