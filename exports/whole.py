"""What is written to a place, such as a graph in a format: whole, or not at all.

It is written beside, under a hidden name, and then takes its place in one step.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import combinations
from pathlib import Path
from typing import BinaryIO

from unionkg.errors import InvalidOption, UnwritableFolder
from unionkg.exports.format import Format
from unionkg.exports.iri import BASE
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable

STDOUT = Path("-")
"""What stands for standard output where a file is asked for."""


def write_whole(graph: KnowledgeGraph | Readable, format: Format, place: Path, base: str = BASE) -> None:
    """Write the graph to `place`, a file that is replaced or, for a format of several files, a folder that is made.

    Such a format makes an archive of a place that ends in `.zip`. Raises UnwritableFolder if the folder is there, an
    OSError that names the place if it cannot be written, and what the format's writer raises.
    """
    if format.files and place.suffix.lower() != ".zip":
        with naming(place), _whole_folder(place) as folder:
            for name, write in format.files.items():
                with (folder / name).open("wb") as stream:
                    write(graph, stream, base)
    else:
        with whole_file(place) as stream:
            format.write(graph, stream, base)


def check_apart(**places: Path | None) -> None:
    """Raise InvalidOption if two of these files, by what they are for, are one, in whatever way their paths are written.

    `-` is standard output, which `out` and `sheet` alone may be. What is no plain file, such as /dev/null, may take several.
    """
    named = [(what, path) for what, path in places.items() if path is not None]
    for what, path in named:
        if path == STDOUT and what not in {"out", "sheet"}:
            raise InvalidOption(f"{what} is -, which stands for standard output; accepted: a file")
    for (one, path), (other, second) in combinations(named, 2):
        is_device = path.exists() and not path.is_file()
        if STDOUT not in {path, second} and not is_device and _is_one(path, second):
            raise InvalidOption(f"{one} and {other} are one file, {path}; accepted: a file for each")


def _is_one(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other) or (one.exists() and other.exists() and one.samefile(other))


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a stream to write a file with, which is replaced in the end; after an error it is left as it was.

    Raises an OSError that names the file if it cannot be written.
    """
    with naming(path), _stream_beside(path) as stream:
        yield stream


@contextmanager
def _stream_beside(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():  # a device or a pipe, which stays where it is, or a folder
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()  # what a link leads to is replaced, not the link
    beside = _beside(path)
    try:
        with beside.open("wb") as stream:
            yield stream
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


@contextmanager
def _whole_folder(path: Path) -> Iterator[Path]:
    if os.path.lexists(path):
        raise UnwritableFolder(
            f"{path}: it is there already; accepted: a folder to be made, or a file that ends in .zip"
        )
    beside = _beside(path)
    try:
        beside.mkdir()
        yield beside
        beside.rename(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(path: Path) -> Path:
    """Return a hidden name, as short for a long one: eighty Chinese characters leave no room for more in most systems."""
    short = blake2b(os.fsencode(path.name), digest_size=8).hexdigest()
    return path.with_name(f".{short}.{os.getpid()}.writing")


@contextmanager
def naming(place: Path) -> Iterator[None]:
    """Let errors of the disk name the place that was asked for where they name what is beside it, or nothing."""
    try:
        yield
    except OSError as error:
        if error.errno is None or isinstance(error, BrokenPipeError):
            raise
        if error.filename is not None and not _is_at(Path(os.fsdecode(error.filename)), place):
            raise
        raise OSError(error.errno, error.strerror, str(place)) from error


def _is_at(named: Path, place: Path) -> bool:
    """Return whether a path is that of a place, or of what is written beside it."""
    ours = {place, _beside(place), _beside(Path(os.path.realpath(place)))}
    return not ours.isdisjoint((named, *named.parents))
