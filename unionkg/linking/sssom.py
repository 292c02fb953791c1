"""Links as SSSOM, the table of mappings between vocabularies that others exchange.

Matentzoglu and others, "A Simple Standard for Sharing Ontological Mappings (SSSOM)", Database 2022,
DOI 10.1093/database/baac035; the TSV of version 1.0: a commented YAML head with the prefixes, then a row a mapping.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import BinaryIO

from unionkg.errors import InvalidOption
from unionkg.exports.iri import vocabulary
from unionkg.graph.web_address import web_address

LICENCE = "https://w3id.org/sssom/license/unspecified"
"""What stands for a licence where nobody chose one."""
EXACT, CLOSE = "skos:exactMatch", "skos:closeMatch"
BY_MACHINE, BY_HAND = "semapv:CompositeMatching", "semapv:ManualMappingCuration"

_SLOTS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"),
    *("author_label", "mapping_date", "confidence", "comment"),
)
_KNOWN = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_COMMON = {
    "wd": "http://www.wikidata.org/entity/",
    "viaf": "http://viaf.org/viaf/",
    "gnd": "https://d-nb.info/gnd/",
    "geonames": "https://sws.geonames.org/",
}
_BREAK = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A mapping of one thing to another, both by their IRIs; `confidence` runs from 0 to 1, None for what people judged."""

    subject: str
    subject_label: str
    object: str
    object_label: str
    predicate: str = EXACT
    justification: str = BY_MACHINE
    confidence: float | None = None
    author: str = ""
    date: str = ""
    comment: str = ""


@contextmanager
def writing_sssom(
    stream: BinaryIO, mapping_set: str, base: str, licence: str = LICENCE
) -> Iterator[Callable[[MappingRow], None]]:
    """Lend a function that takes a mapping; when there are no more they are written to the stream.

    `mapping_set` is the IRI of the whole, `base` opens the IRIs of the graph. Raises InvalidOption if this or the licence is no IRI.
    """
    for name, iri in (("mapping set", mapping_set), ("licence", licence)):
        if web_address(iri) is None:
            raise InvalidOption(f"the {name} {iri!r} is no IRI; accepted: one that opens with http or https")
    prefixes = {**_KNOWN, "kg": base, "row": f"{mapping_set}#"}
    with TemporaryFile("w+", encoding="utf-8", newline="") as body:

        def write(one: MappingRow) -> None:
            confidence = "" if one.confidence is None else f"{one.confidence:.2f}"
            cells = (
                *(_curie(one.subject, prefixes), one.subject_label, one.predicate, _curie(one.object, prefixes)),
                *(one.object_label, one.justification, one.author, one.date, confidence, one.comment),
            )
            body.write("\t".join(_quoted(cell) for cell in cells) + "\n")

        yield write
        body.seek(0)
        stream.writelines(f"#{line}\n".encode() for line in _head(prefixes, mapping_set, licence))
        stream.write(("\t".join(_SLOTS) + "\n").encode())
        while piece := body.read(1 << 20):
            stream.write(piece.encode())


def _head(prefixes: dict[str, str], mapping_set: str, licence: str) -> Iterator[str]:
    """Yield the lines of the head: YAML whose texts are JSON strings, which YAML has too."""
    yield "curie_map:"
    for prefix, namespace in sorted(prefixes.items()):
        yield f"  {prefix}: {json.dumps(namespace)}"
    yield f"license: {json.dumps(licence)}"
    yield f"mapping_set_id: {json.dumps(mapping_set)}"
    yield 'mapping_tool: "unionkg"'
    yield f"mapping_tool_version: {json.dumps(version('unionkg'))}"


def _curie(iri: str, prefixes: dict[str, str]) -> str:
    """Return the IRI with a prefix for what stands before its last part, which is taken up if it is new."""
    namespace = vocabulary(iri)
    prefix = next((name for name, known in prefixes.items() if known == namespace), None)
    if prefix is None:
        common = next((name for name, known in _COMMON.items() if known == namespace), None)
        prefix = common or f"ns{sum(name.startswith('ns') for name in prefixes) + 1}"
        prefixes[prefix] = namespace
    return f"{prefix}:{iri[len(namespace) :]}"


def _quoted(cell: str) -> str:
    """Return a cell on one line, in quotation marks where it has one of these."""
    text = _BREAK.sub(" ", cell)
    return '"' + text.replace('"', '""') + '"' if '"' in text else text
