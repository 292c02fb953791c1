"""Lists of references: the documents of a graph, or some of them, as other programs cite them.

`unionkg.graph.citations` makes the entry of a document; here are the files of them, in UTF-8 and in the order given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import filterfalse
from typing import BinaryIO

from unionkg.errors import UnknownFormatName
from unionkg.exports.format import Format
from unionkg.exports.records import encode, write_list
from unionkg.graph.attributes import DocumentAttributes, KnowledgeGraph, is_judgement
from unionkg.graph.citations import bibtex, csl, gbt7714, ris
from unionkg.graph.readable import Readable, readable

_ENTRIES: dict[str, Callable[[DocumentAttributes], str]] = {
    "gbt7714": lambda document: f"{gbt7714(document)}\n",
    "bibtex": bibtex,
    "ris": ris,
    "csl": lambda document: encode(csl(document)).decode(),
}
STYLES = tuple(_ENTRIES)


def citation(document: DocumentAttributes, style: str = "gbt7714") -> str:
    """Return the document's entry in one of STYLES, without a line end behind it; in `csl` it is JSON.

    Raises UnknownFormatName for another style.
    """
    return _entry(style)(document).rstrip("\r\n")


def write_references(documents: Iterable[DocumentAttributes], style: str, stream: BinaryIO) -> None:
    """Write the entries of the documents in one of STYLES, one by one: lines without numbers, entries, or a JSON list.

    Raises UnknownFormatName for another style.
    """
    entry = _entry(style)
    if style == "csl":
        write_list(map(csl, documents), stream)
        stream.write(b"\n")
    else:
        stream.writelines(entry(document).encode() for document in documents)


def _entry(style: str) -> Callable[[DocumentAttributes], str]:
    if style not in _ENTRIES:
        raise UnknownFormatName(f"unknown style {style!r} of citations; accepted: {', '.join(STYLES)}")
    return _ENTRIES[style]


def _write(style: str, graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str) -> None:
    write_references(filterfalse(is_judgement, readable(graph).documents()), style, stream)


def _format(style: str, suffix: str, description: str, media_type: str) -> Format:
    return Format(style, suffix, description, media_type, partial(_write, style))


FORMATS = (
    _format("gbt7714", ".txt", "the documents as references of GB/T 7714—2015, a line each", "text/plain"),
    _format("bibtex", ".bib", "the documents as BibTeX, for LaTeX and Zotero", "application/x-bibtex"),
    _format("ris", ".ris", "the documents as RIS, for EndNote and Zotero", "application/x-research-info-systems"),
    _format(
        "csl",
        ".csl.json",
        "the documents as CSL-JSON, for Zotero and Pandoc",
        "application/vnd.citationstyles.csl+json",
    ),
)
