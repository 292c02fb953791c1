"""What a reader finds in a file: texts, and parts that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Record:
    """A text, the encoding it was decoded from, and what the format itself says of it.

    `is_body` is true where the text was taken out of a richer format, false where it is the file's own text.
    `hints` has the keys title, date (as the format gives it), source, author and url, each only where it is known.
    `number` counts the records of a file of records from 1, broken ones too; it is 0 where the file is one text.
    `warnings` say what could not be read as it should.
    """

    text: str
    encoding: str | None = None
    is_body: bool = False
    hints: dict[str, str] = field(default_factory=dict)
    number: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a file that cannot be used: where it stands, and why. The rest of the file is read."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def compact(text: str) -> str:
    """Return the text without white space, to compare what two places of a file say."""
    return _SPACE.sub("", text)


def with_title(title: str, text: str) -> str:
    """Return the text with its title as the first line, as it is where it begins with it already."""
    title = " ".join(title.split())
    return text if not title or compact(text).startswith(compact(title)) else f"{title}\n{text}"
