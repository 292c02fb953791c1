"""From paths to documents: which files there are, and what text each holds.

A reader is a function from a file's bytes and its name to what is in it; it lives in its own file and is found by the
suffix. Heavy libraries are imported by the reader that needs them, when it is called. A file is read once, so that one
that changes meanwhile still gives one document or one reason.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from unionkg.errors import DocumentError, EmptyFile, MissingFile, OversizedFile, UnknownFormat, UnreadableFile
from unionkg.graph.model import Document
from unionkg.nlp import read_zip
from unionkg.nlp.read_docx import read_docx
from unionkg.nlp.read_html import read_html
from unionkg.nlp.read_markdown import read_markdown
from unionkg.nlp.read_pdf import read_pdf
from unionkg.nlp.read_records import FIELDS, Fields, read_csv, read_jsonl, read_tsv
from unionkg.nlp.read_text import read_text
from unionkg.nlp.record import Broken, Record

Reader = Callable[[bytes, str], Sequence[Record | Broken]]
RecordReader = Callable[[bytes, str, Fields], Sequence[Record | Broken]]

READERS: dict[str, Reader] = {
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".txt": read_text,
}
RECORD_READERS: dict[str, RecordReader] = {".csv": read_csv, ".jsonl": read_jsonl, ".tsv": read_tsv}
FORMATS = {".htm": "html", ".markdown": "md"}  # where the format's name is not its suffix
ACCEPTED = ", ".join(sorted((*READERS, *RECORD_READERS, read_zip.SUFFIX)))

LIMIT_BYTES = 50_000_000
"""Of one file: a hundred times a long book. What is larger is a mistake, or would need gigabytes of memory to read."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files found, and the paths that could not be followed with the reason of each; both sorted, no file twice.

    The members of archives are among the files, each with the archive's path in front.
    """

    files: tuple[Path, ...]
    failures: tuple[tuple[Path, DocumentError], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a file: its documents, at least one, and the parts that cannot be used."""

    documents: tuple[Document, ...]
    broken: tuple[Broken, ...] = ()


def find_sources(paths: Sequence[Path]) -> Sources:
    """Return the files at `paths`: folders and archives expanded to all levels without hidden files, patterns matched.

    A pattern has `*`, `?` or `[…]`, and `**` for any number of folders; a file that is named so is found all the same.
    Every file is returned, whatever its suffix, so that none goes missing silently: `read_file` says what is wrong with
    it. A path that does not exist, and a pattern that nothing matches, give MissingFile, a folder that may not be
    listed or an archive that cannot be opened UnreadableFile, one that is too large OversizedFile.
    """
    found: dict[Path, Path] = {}  # by the resolved path, so that a file given twice counts once
    failures: dict[Path, DocumentError] = {}

    def fail(error: OSError) -> None:
        folder = Path(error.filename)
        failures[folder] = UnreadableFile(f"{folder.as_posix()}: the folder cannot be listed: {error.strerror}")

    def add(file: Path) -> None:
        if file.suffix.lower() != read_zip.SUFFIX or not file.is_file():
            found.setdefault(file.resolve(), file)
            return
        try:
            archive = read_zip.open_archive(file)
        except DocumentError as error:
            failures[file] = error
            return
        for member in archive.members:
            found.setdefault(file.resolve() / member, file / member)
        for member in archive.hidden:
            failures[file / member] = UnreadableFile(f"{(file / member).as_posix()}: a second member of this name")

    for path in sorted(paths):
        matches = _matches(path)
        if not matches:
            what = "no file or folder matches" if is_pattern(path) else "there is no such file or folder"
            failures[path] = MissingFile(f"{path.as_posix()}: {what}")
        for match in matches:
            for file in _files_below(match, fail) if match.is_dir() else [match]:
                add(file)
    return Sources(tuple(sorted(found.values())), tuple(sorted(failures.items(), key=lambda item: item[0])))


def is_pattern(path: Path) -> bool:
    """True if the path is there only as a pattern."""
    return glob.has_magic(str(path)) and not path.exists()


def pattern_root(path: Path) -> Path:
    """Return the folder that all matches of a pattern lie in: the path itself if it is none."""
    while is_pattern(path):
        path = path.parent
    return path


def _matches(path: Path) -> list[Path]:
    if is_pattern(path):
        return sorted(map(Path, glob.glob(str(path), recursive=True)))
    return [path] if path.exists() or read_zip.find_archive(path) else []


def _files_below(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith((".", "~$")))


def read_documents(path: Path, *, limit_bytes: int = LIMIT_BYTES, fields: Fields = FIELDS) -> list[Document]:
    """Return the documents in the file at `path`, as `read_file` does, without its broken parts."""
    return list(read_file(path, limit_bytes=limit_bytes, fields=fields).documents)


def read_file(path: Path, *, limit_bytes: int = LIMIT_BYTES, fields: Fields = FIELDS) -> Reading:
    """Return what is in the file or archive member at `path`: one document, or as many as it has records.

    Raises MissingFile, UnreadableFile, OversizedFile, and what `read_data` raises.
    """
    return read_data(read_bytes(path, limit_bytes), path, fields=fields)


def read_data(data: bytes, path: Path, *, fields: Fields = FIELDS) -> Reading:
    """Return what is in the bytes of the file at `path`, which itself is not looked at: only its name counts.

    `fields` says which names the fields of records go by. Raises UnreadableFile, OversizedFile, EmptyFile, UnknownFormat,
    UndecodableFile; never where a part of the file can be used.
    """
    name, suffix = path.as_posix(), path.suffix.lower()
    if not data:
        raise EmptyFile(f"{name}: the file is empty, 0 bytes")
    parts: Sequence[Record | Broken]
    if suffix in READERS:
        parts = READERS[suffix](data, name)
    elif suffix in RECORD_READERS:
        parts = RECORD_READERS[suffix](data, name, fields)
    elif suffix == read_zip.SUFFIX:
        raise UnknownFormat(f"{name}: an archive inside an archive is not opened; unpack it")
    else:
        raise UnknownFormat(f"{name}: no reader for {suffix or 'a name without suffix'}; accepted: {ACCEPTED}")
    records = [part for part in parts if isinstance(part, Record) and part.text.strip()]
    broken = tuple(part for part in parts if isinstance(part, Broken))
    if not records:
        why = f"none of {len(broken)} records can be used, the first: {broken[0]}" if broken else ""
        raise EmptyFile(f"{name}: {why or f'there is no text in the file of {len(data)} bytes'}")
    digest = hashlib.sha256(data).hexdigest()
    documents = (
        Document(
            id=f"{digest}#{record.number}" if record.number else digest,
            path=name,
            format=FORMATS.get(suffix, suffix[1:]),
            text=record.text,
            encoding=record.encoding,
            body=record.is_body,
            hints=record.hints,
            warnings=record.warnings,
        )
        for record in records
    )
    return Reading(tuple(documents), broken)


def digest_of(path: Path) -> str | None:
    """Return the sha256 of the bytes of a file or archive member, None if it cannot be read: `read_file` says why."""
    try:
        if not read_zip.find_archive(path) and path.is_file():  # a named pipe would keep us waiting
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except (OSError, DocumentError):
        return None


def read_bytes(path: Path, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """Return the bytes of a file or archive member, one read of at most the limit, whatever happens to it meanwhile.

    Raises MissingFile, UnreadableFile, OversizedFile.
    """
    name = path.as_posix()
    try:
        if inside := read_zip.find_archive(path):
            return read_zip.read_member(*inside, limit_bytes)
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
