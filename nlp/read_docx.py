"""Paragraphs with their numbers, tables, text boxes and notes of a word processor's document, without headers and footers.

The package is opened by python-docx; the body is walked here, since its paragraphs leave out what stands in content
controls, tracked insertions and text boxes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from unionkg.errors import DocumentError, OversizedFile, UnreadableFile
from unionkg.nlp.numbering import Numbering
from unionkg.nlp.read_zip import METHODS, UNSOUND, check_size
from unionkg.nlp.record import Record, compact

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

UNPACKED_LIMIT_BYTES = 200_000_000  # a DOCX is an archive: what it claims to unpack to is checked before it is opened
XML_LIMIT_BYTES = 40_000_000  # of one part: a tree takes ten times its XML, and a book has 5 MB
OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")  # a compound file: .doc, or a DOCX behind a password

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box once more
_UNSEEN = {_FALLBACK, *(_W + tag for tag in ("del", "moveFrom", "rt", "txbxContent", "pPr", "instrText", "delText"))}
_CHARACTERS = {_W + "tab": "\t", _W + "cr": "\n", _W + "br": "\n", _W + "noBreakHyphen": "-"}
_NOTES = ("/footnotes", "/endnotes")


def read_docx(data: bytes, name: str) -> list[Record]:
    """Return the body as the one record: a paragraph a line, a table row a line with its cells parted by tabs.

    Notes follow at the end. Raises UnreadableFile if the bytes are not a DOCX, OversizedFile if it would unpack to too
    much.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    if data.startswith(OLD_FORMAT):
        raise UnreadableFile(f"{name}: not a DOCX but an older Word file, or protected by a password")
    try:
        _check(data)
        document = Document(io.BytesIO(data))
        body = document.element.find(_W + "body")
        numbering = Numbering(_part(document, "/numbering"), _part(document, "/styles"))
        lines = [*_lines(() if body is None else body, numbering), *_notes(document, numbering)]
        title = document.core_properties.title.strip()
    except DocumentError as error:
        raise type(error)(f"{name}: {error}") from error
    except (*UNSOUND, OpcError, XMLSyntaxError, LookupError, AttributeError, TypeError) as error:
        raise UnreadableFile(f"{name}: not a DOCX that can be opened: {error or type(error).__name__}") from error
    text = "\n".join(lines)
    # the author property is whoever installed the word processor, the dates are the file's, many titles the template's
    hints = {"title": title} if title and compact(title) in compact(text) else {}
    return [Record(text, is_body=True, hints=hints)]


def _check(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    check_size(infos, UNPACKED_LIMIT_BYTES)
    if {info.filename for info in infos}.isdisjoint(("word/document.xml", "[Content_Types].xml")):
        first = infos[0].filename[:80] if infos else "nothing"
        raise UnreadableFile(f"not a DOCX but an archive of something else, of {first} for one")
    for info in infos:
        if info.compress_type not in METHODS:
            raise UnreadableFile(f"not a DOCX: {info.filename[:80]} is packed by method {info.compress_type}")
        if info.file_size > XML_LIMIT_BYTES and info.filename.lower().endswith((".xml", ".rels")):
            raise OversizedFile(
                f"{info.filename[:80]} unpacks to {info.file_size:,} bytes, more than the limit of {XML_LIMIT_BYTES:,}"
            )


def _part(document: WordDocument, kind: str) -> Element | None:
    """Return the root of the first part whose relation to the document ends so, None if there is none."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(kind) and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _notes(document: WordDocument, numbering: Numbering) -> Iterator[str]:
    for kind in _NOTES:
        notes = _part(document, kind)
        for note in () if notes is None else notes:
            if note.get(_W + "type") in {None, "normal"}:
                yield from filter(None, (line.strip() for line in _lines(note, numbering)))


def _lines(container: Iterable[Element], numbering: Numbering) -> Iterator[str]:
    """Yield the lines of the blocks in a container, through all that may wrap them."""
    for block in container:
        if block.tag == _W + "p":
            yield from _paragraph(block, numbering)
        elif block.tag == _W + "tbl":
            for row in block.iter(_W + "tr"):
                if next(row.iterancestors(_W + "tbl")) is block:
                    cells = (cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row)
                    yield "\t".join(" ".join(filter(None, map(str.strip, _lines(cell, numbering)))) for cell in cells)
        elif block.tag not in _UNSEEN:
            yield from _lines(block, numbering)


def _paragraph(paragraph: Element, numbering: Numbering) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[Element] = []
    _collect(paragraph, pieces, boxes)
    text, number = "".join(pieces), numbering.number(paragraph)
    yield number + text.lstrip() if number else text
    for box in boxes:
        yield from _lines(box, numbering)


def _collect(element: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in element:
        if child.tag == _W + "t":
            pieces.append(child.text or "")
        elif child.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[child.tag])
        elif child.tag == _W + "txbxContent":
            boxes.append(child)
        elif child.tag == _W + "r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        elif child.tag not in _UNSEEN:
            _collect(child, pieces, boxes)
