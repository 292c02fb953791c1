"""The files of a corpus, and what came of each.

A file's answer depends on its bytes, its name's suffix, the options and the program alone, so it may be computed in any
process, and kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from unionkg.graph.model import Extraction
from unionkg.graph.texts import ReadText
from unionkg.manifest import complaint
from unionkg.nlp.reading import find_sources, pattern_root

ENCODER = msgspec.msgpack.Encoder()


class _Found(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a file: the extractions of its records, what is wrong with those that cannot be used, and the
    records' texts, which stay packed until they are asked for.
    """

    extractions: tuple[Extraction, ...]
    broken: tuple[str, ...]
    texts: tuple[bytes, ...]


class _Named(msgspec.Struct, frozen=True):
    """The document of an extraction, all else of it passed over."""

    document: str


class _Texts(msgspec.Struct, frozen=True, array_like=True):
    """As `_Found`, for who wants the texts alone."""

    extractions: tuple[_Named, ...]
    broken: msgspec.Raw
    texts: tuple[bytes, ...]


_DECODER = msgspec.msgpack.Decoder(_Found)
_TEXTS_DECODER = msgspec.msgpack.Decoder(_Texts)
_TEXT_DECODER = msgspec.msgpack.Decoder(ReadText)


def pack(extractions: Iterable[bytes], broken: Iterable[str], texts: Iterable[bytes]) -> bytes:
    """Return what is kept of a file: of each of its records the extraction as `ENCODER` and the text as `pack_text` has it."""
    return ENCODER.encode((tuple(map(msgspec.Raw, extractions)), tuple(broken), tuple(texts)))


def pack_text(text: ReadText) -> bytes:
    """Return a record's text, compressed."""
    return zlib.compress(ENCODER.encode(text))


def unpack_text(packed: bytes) -> ReadText:
    """Return the text that `pack_text` packed."""
    return _TEXT_DECODER.decode(zlib.decompress(packed))


def texts_in(packed: bytes) -> dict[str, bytes]:
    """Return the texts of what `pack` packed, still packed, by their documents."""
    found = _TEXTS_DECODER.decode(packed)
    return {one.document: text for one, text in zip(found.extractions, found.texts, strict=True)}


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
    are there on request only. An answer is not lasting if the program failed on some record: another run may find more.
    """

    path: Path
    sha256: str | None
    packed: bytes = pack((), (), ())
    bodies: tuple[str | None, ...] = ()
    failure: str | None = None
    is_lasting: bool = True

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
