"""The texts of the documents as they may be shown: with what is named in them, what is foreign, and what was restored.

They stand beside the graph in `texts.jsonl`, a line a document in order of ids. Offsets are those of the evidence: code
points of the document's own text, intervals half open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import BinaryIO, NamedTuple

import msgspec

from unionkg.errors import NotAKnowledgeGraph
from unionkg.graph.segments import Edit, SegmentMap

NAME = "texts.jsonl"


class Named(NamedTuple):
    """A place `[start, end)` where the text names an entity, the node `entity` of the graph."""

    start: int
    end: int
    entity: str


class Foreign(NamedTuple):
    """A stretch `[start, end)` that is not the author's; `schema.NOISE_KINDS` has the kinds."""

    start: int
    end: int
    kind: str


class ReadText(NamedTuple):
    """The text of a document as it was read, with nothing hidden, and the edits that make the restored text of it, in order."""

    text: str
    edits: tuple[Edit, ...] = ()


class DocumentText(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """The text of a document, private numbers masked and names that were taken down hidden, one for one.

    `mentions` are in order of places and may lie inside one another, `foreign` stretches and `edits` neither overlap nor
    touch out of order. The `edits` make the restored text of it: what they put in is masked and hidden too. Of foreign
    stretches that lie in one another the outer one is told.
    """

    document: str
    text: str
    mentions: tuple[Named, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    edits: tuple[Edit, ...] = ()

    @cached_property
    def restored(self) -> SegmentMap:
        """How the text leads to the one its author wrote."""
        return SegmentMap.from_edits(self.text, self.edits)

    def reading(self, start: int, end: int) -> str:
        """Return the restored text of `[start, end)`."""
        low, high = self.restored.to_working(start, end)
        return self.restored.text[low:high]


class _Head(msgspec.Struct, frozen=True):
    """Whose text a line holds, the text itself passed over."""

    document: str


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(DocumentText)
_HEAD_DECODER = msgspec.json.Decoder(_Head)


def write_texts(texts: Iterable[DocumentText], out: Path | BinaryIO) -> None:
    """Write the texts into a file or a stream, a line of JSON each, as they come: they should be in order of ids."""
    if isinstance(out, Path):
        with out.open("wb") as stream:
            write_texts(texts, stream)
    else:
        out.writelines(_ENCODER.encode(text) + b"\n" for text in texts)


def read_texts(path: Path, documents: Collection[str] | None = None) -> Iterator[DocumentText]:
    """Yield the texts in the file `path`, or those of some documents, in their order there, one in memory at a time.

    What is asked for and not there is left out. Raises NotAKnowledgeGraph if the file cannot be read, or at the first
    line that `write_texts` has not written.
    """
    wanted = None if documents is None else frozenset(documents)
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                with _refused(path, f"line {number}"):
                    if wanted is None or _HEAD_DECODER.decode(line).document in wanted:
                        yield _checked(_DECODER.decode(line))
    except OSError as error:
        raise NotAKnowledgeGraph(f"{path}: the texts cannot be read: {error.strerror}") from error


class TextFile:
    """A file of texts, of which any can be had at once; from any thread, and also when another file has taken its place."""

    def __init__(self, path: Path) -> None:
        """Go once through the file. Raises NotAKnowledgeGraph as `read_texts` does."""
        self._path = path
        self._lock = Lock()
        self._spans: dict[str, tuple[int, int]] = {}
        start = 0
        try:
            self._stream = path.open("rb")
            for number, line in enumerate(self._stream, 1):
                with _refused(path, f"line {number}"):
                    self._spans[_HEAD_DECODER.decode(line).document] = start, len(line)
                start += len(line)
        except OSError as error:
            raise NotAKnowledgeGraph(f"{path}: the texts cannot be read: {error.strerror}") from error

    def __getitem__(self, document: str) -> DocumentText:
        """Return the text of the document with this id. Raises KeyError, and NotAKnowledgeGraph if it is damaged."""
        start, length = self._spans[document]
        with self._lock:
            self._stream.seek(start)
            line = self._stream.read(length)
        with _refused(self._path, document):
            return _checked(_DECODER.decode(line))

    def __contains__(self, document: str) -> bool:
        return document in self._spans


@contextmanager
def _refused(path: Path, place: str) -> Iterator[None]:
    try:
        yield
    except (msgspec.MsgspecError, ValueError) as error:
        raise NotAKnowledgeGraph(f"{path}, {place}: no text as `unionkg build` writes it: {error}") from error


def _checked(told: DocumentText) -> DocumentText:
    """Return the text. Raises ValueError if something is told of it that is not in it, or edits are not in order."""
    length, done = len(told.text), 0
    for edit in told.edits:
        if not done <= edit.start <= edit.end <= length:
            raise ValueError(f"edit {list(edit)} overlaps the one before it or leaves the text of {length} characters")
        done = edit.end
    for start, end, what in (*told.mentions, *told.foreign):
        if not 0 <= start <= end <= length:
            raise ValueError(f"{what!r} at {start}-{end} leaves the text of {length} characters")
    return told
