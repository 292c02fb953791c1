"""Paragraphs and tables of a word processor's document in their order, without headers and footers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from unionkg.errors import OversizedFile, UndecodableFile
from unionkg.nlp.record import Record

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

UNPACKED_LIMIT_BYTES = 200_000_000  # a DOCX is an archive: what it claims to unpack to is checked before it is opened


def read_docx(data: bytes, name: str) -> list[Record]:
    """Return the body as the one record: a paragraph a line, a table row a line with its cells parted by tabs.

    Raises UndecodableFile if the bytes are not a DOCX, OversizedFile if it would unpack to too much.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > UNPACKED_LIMIT_BYTES:
            raise OversizedFile(f"{name}: unpacks to {size:,} bytes, more than the limit of {UNPACKED_LIMIT_BYTES:,}")
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, XMLSyntaxError, KeyError, ValueError) as error:
        raise UndecodableFile(f"{name}: not a DOCX, or protected by a password: {error}") from error
    return [Record("\n".join(_lines(document)), is_body=True, hints=_hints(document))]


def _lines(container: WordDocument | _Cell) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for item in container.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        else:
            yield from _rows(item)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}  # a merged cell stands once for each column it covers
        yield "\t".join(" ".join(filter(None, _lines(cell))) for cell in cells.values())


def _hints(document: WordDocument) -> dict[str, str]:
    """The title, if one was set. The author property is whoever installed the word processor, its dates are the file's."""
    title = document.core_properties.title.strip()
    return {"title": title} if title and title.lower() != "word document" else {}
