"""What is done with one file, wherever it is done: reading it and extracting from each of its documents.

The result comes in pieces, so that whoever waits for them knows how far the work was if its process ends.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

from unionkg.corpus import ENCODER, Answer, legible, pack, pack_text
from unionkg.errors import DocumentError, DocumentFault, MissingFile
from unionkg.fingerprint import fingerprint
from unionkg.graph.exchange import check
from unionkg.graph.model import Document
from unionkg.graph.texts import ReadText
from unionkg.nlp.reading import Reading, read_data, read_file

if TYPE_CHECKING:
    from unionkg.nlp.extract import Options

LONGEST_REASON = 300  # characters; an error may quote the whole document


@dataclass(frozen=True, slots=True)
class Task:
    """A file to extract from: its bytes, or None if they are to be read from its path, and the number of pieces that
    are there already and need not come again.
    """

    path: Path
    data: bytes | None = None
    known: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """The first piece of a file that can be read: its digest, the places of its documents and its broken parts."""

    sha256: str
    places: tuple[str, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's extraction, its text with its edits as `pack_text` packs it, and the text where it is not the file's own."""

    packed: bytes
    text: bytes
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a document cannot be used; as the first piece, why the file cannot.

    It is lasting if the fault is the file's: another run would find the same.
    """

    reason: str
    is_lasting: bool = False


Piece: TypeAlias = Opened | Extracted | Unusable


class Work(Hashable, Protocol):
    """What a process is there for. It comes to the process pickled."""

    def load(self) -> None:
        """Load what is needed, so that the first task does not wait for it; what is missing is raised."""

    def fingerprint(self) -> str:
        """Return a digest of everything but the file that the pieces depend on."""
        ...

    def __call__(self, task: Task) -> Iterator[Piece]:
        """Yield the pieces of a file, from `task.known` on: `Opened` and a piece for each document, or one `Unusable`."""
        ...


@dataclass(frozen=True, slots=True)
class Extractor:
    """The work of all engines: extraction with these options. Bodies are kept on request."""

    options: Options
    keep_bodies: bool = False

    def load(self) -> None:
        """Load the models, by extracting from a document of one word."""
        from unionkg.nlp.extract import extract

        extract(Document(id="", path="", format="txt", text="工会"), self.options)

    def fingerprint(self) -> str:
        """Return the digest of the options and the program."""
        return fingerprint(self.options)

    def __call__(self, task: Task) -> Iterator[Piece]:
        """Yield the pieces of a file."""
        try:
            reading = self._read(task)
        except DocumentError as error:
            yield Unusable(legible(str(error)), is_lasting=is_lasting(error))
            return
        if task.known == 0:
            places = tuple(_place(document) for document in reading.documents)
            yield Opened(_digest(reading.documents[0]), places, tuple(map(str, reading.broken)))
        for document in reading.documents[max(task.known - 1, 0) :]:
            try:
                yield self._extract(document, legible(task.path))
            except DocumentFault as error:
                yield Unusable(str(error))

    def _read(self, task: Task) -> Reading:
        fields = self.options.fields
        try:
            if task.data is None:
                return read_file(task.path, fields=fields)
            return read_data(task.data, task.path, fields=fields)
        except DocumentError:
            raise
        except Exception as error:  # whatever a hostile file brings about, it is this file that fails, and is named
            raise DocumentFault(f"{legible(task.path)}: {_fault(error)}") from error

    def _extract(self, document: Document, name: str) -> Extracted:
        from unionkg.nlp.extract import extract_with_edits

        try:
            extraction, edits = extract_with_edits(msgspec.structs.replace(document, path=name), self.options)
            check(extraction, document.text, name)
            packed = ENCODER.encode(msgspec.structs.replace(extraction, doc=""))  # equal bytes are equal under any name
            text = pack_text(ReadText(document.text, edits))
        except Exception as error:  # as above; a broken contract is a fault of the program as well
            raise DocumentFault(_fault(error)) from error
        return Extracted(packed, text, document.text if self.keep_bodies and document.body else None)


def is_lasting(error: DocumentError) -> bool:
    """True if another run would find the same: the fault is the file's own, not the program's and not the disk's."""
    return not isinstance(error, (DocumentFault, MissingFile)) and not isinstance(error.__cause__, OSError)


def answer_of(path: Path, pieces: Sequence[Piece]) -> Answer:
    """Return the answer that all pieces of a file make. If no document can be used, that is why the file cannot."""
    opened, *found = pieces
    if not isinstance(opened, Opened):
        if isinstance(opened, Unusable):
            return Answer(path, None, failure=opened.reason, is_lasting=opened.is_lasting)
        return Answer(path, None, failure="it was never opened", is_lasting=False)
    extracted = [piece for piece in found if isinstance(piece, Extracted)]
    unusable = [
        (place, piece) for place, piece in zip(opened.places, found, strict=True) if isinstance(piece, Unusable)
    ]
    broken = [*opened.broken, *(f"{place}: {piece.reason}" for place, piece in unusable)]
    if not extracted:
        place, first = unusable[0]
        why = f"none of {len(broken)} records can be used, the first: {broken[0]}" if place else first.reason
        return Answer(path, None, failure=f"{legible(path)}: {why}", is_lasting=False)
    return Answer(
        path,
        opened.sha256,
        pack((piece.packed for piece in extracted), broken, (piece.text for piece in extracted)),
        tuple(piece.body for piece in extracted),
        is_lasting=not unusable,
    )


def _place(document: Document) -> str:
    _, _, number = document.id.partition("#")
    return f"record {number}" if number else ""


def _digest(document: Document) -> str:
    return document.id.partition("#")[0]


def _fault(error: Exception) -> str:
    message = str(error).encode("utf-8", "backslashreplace").decode()[:LONGEST_REASON]
    return f"a fault of unionkg, not of the file: {type(error).__name__}" + (f": {message}" if message else "")
