"""`SHA256SUMS` in a folder whose files differ by run: what they were when they were written, as `sha256sum -c` reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Write the digests of the folder's files into it."""
    (folder / NAME).write_text(_checksums(folder), encoding="utf-8", newline="\n")


def agree(folder: Path) -> bool:
    """Return whether the folder's files are those of which the digests were taken, none more and none less."""
    try:
        return (folder / NAME).read_bytes() == _checksums(folder).encode()
    except OSError:
        return False


def _checksums(folder: Path) -> str:
    lines = []
    for path in sorted(folder.iterdir()):
        if path.name != NAME:
            with path.open("rb") as stream:
                lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)
