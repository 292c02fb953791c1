"""From paths to documents: which files there are, and what text each holds.

A reader is a function from a file's bytes and its name to the records in it; it lives in its own file and is found by
the suffix. Heavy libraries are imported by the reader that needs them, when it is called.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from unionkg.errors import DocumentError, EmptyFile, MissingFile, OversizedFile, UnknownFormat, UnreadableFile
from unionkg.graph.model import Document
from unionkg.nlp.read_docx import read_docx
from unionkg.nlp.read_html import read_html
from unionkg.nlp.read_text import read_text
from unionkg.nlp.record import Record

Reader = Callable[[bytes, str], list[Record]]

READERS: dict[str, Reader] = {
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".md": read_text,
    ".txt": read_text,
}
FORMATS = {".htm": "html"}  # where the format's name is not its suffix

LIMIT_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    """The files found, and the paths that could not be followed with the reason of each; both sorted, no file twice."""

    files: tuple[Path, ...]
    failures: tuple[tuple[Path, DocumentError], ...]


def find_sources(paths: Sequence[Path]) -> Sources:
    """Return the files at `paths`, folders expanded to all levels without hidden files.

    Every file is returned, whatever its suffix, so that none goes missing silently: `read_documents` says what is wrong
    with it. A path that does not exist gives MissingFile, a folder that may not be listed UnreadableFile.
    """
    found: dict[Path, Path] = {}  # by the resolved path, so that a file given twice counts once
    failures: dict[Path, DocumentError] = {}

    def fail(error: OSError) -> None:
        folder = Path(error.filename)
        failures[folder] = UnreadableFile(f"{folder.as_posix()}: the folder cannot be listed: {error.strerror}")

    for path in sorted(paths):
        if path.is_dir():
            for file in _files_below(path, fail):
                found.setdefault(file.resolve(), file)
        elif path.exists():
            found.setdefault(path.resolve(), path)
        else:
            failures[path] = MissingFile(f"{path.as_posix()}: there is no such file or folder")
    return Sources(tuple(sorted(found.values())), tuple(sorted(failures.items())))


def _files_below(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith((".", "~$")))


def read_documents(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> list[Document]:
    """Return the documents in the file at `path`: one, or as many as it has records.

    Raises MissingFile, UnreadableFile, OversizedFile, EmptyFile, UnknownFormat, UndecodableFile.
    """
    name, suffix = path.as_posix(), path.suffix.lower()
    data = _read_bytes(path, limit_bytes)
    if suffix not in READERS:
        raise UnknownFormat(
            f"{name}: no reader for {suffix or 'a name without suffix'}; accepted: {', '.join(READERS)}"
        )
    if not data:
        raise EmptyFile(f"{name}: the file is empty, 0 bytes")
    records = READERS[suffix](data, name)
    if not any(record.text.strip() for record in records):
        raise EmptyFile(f"{name}: there is no text in the file's {len(data)} bytes")
    digest = hashlib.sha256(data).hexdigest()
    return [
        Document(
            id=digest if len(records) == 1 else f"{digest}#{number}",
            path=name,
            format=FORMATS.get(suffix, suffix[1:]),
            text=record.text,
            encoding=record.encoding,
            body=record.is_body,
            hints=record.hints,
        )
        for number, record in enumerate(records, 1)
    ]


def _read_bytes(path: Path, limit_bytes: int) -> bytes:
    """Return the file's bytes, one read of at most the limit, so that a file that grows meanwhile cannot exceed it."""
    name = path.as_posix()
    try:
        if not path.is_file():
            if path.exists():
                raise UnreadableFile(f"{name}: not a regular file")
            raise MissingFile(f"{name}: there is no such file")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > limit_bytes else file.read(limit_bytes + 1)
    except OSError as error:
        raise UnreadableFile(f"{name}: the file cannot be opened: {error.strerror}") from error
    if max(size, len(data)) > limit_bytes:
        raise OversizedFile(f"{name}: {max(size, len(data)):,} bytes, more than the limit of {limit_bytes:,}")
    return data
