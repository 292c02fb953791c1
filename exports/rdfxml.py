"""RDF/XML (W3C recommendation RDF 1.1 XML Syntax): for tools that read nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from unionkg.exports.iri import BASE, KEPT
from unionkg.exports.literals import parts
from unionkg.exports.triples import Description, descriptions
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

_RETURN = {"\r": "&#13;"}  # a parser makes a plain one a line end
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def write_rdfxml(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph, in order of subjects. Raises what `descriptions` raises."""
    names = "".join(f"\n  xmlns:{name}={quoteattr(iri)}" for name, iri in sorted(PREFIXES.items()))
    stream.write(f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{names}>\n'.encode())
    stream.writelines(map(_element, descriptions(graph, base)))
    stream.write(b"</rdf:RDF>\n")


def _element(description: Description) -> bytes:
    subject, pairs = description
    properties = "".join(_property(*pair) for pair in pairs)
    return f"<rdf:Description rdf:about={_reference(subject)}>\n{properties}</rdf:Description>\n".encode()


def _property(predicate: str, value: str) -> str:
    name = _qualified(predicate)
    if value[0] == "<":
        return f"  <{name} rdf:resource={_reference(value)}/>\n"
    text, language, datatype = parts(value)
    about = f' xml:lang="{language}"' if language else f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
    return f"  <{name}{about}>{escape(text, _RETURN)}</{name}>\n"


@lru_cache(KEPT)
def _reference(iri: str) -> str:
    return quoteattr(iri[1:-1])


@lru_cache(KEPT)
def _qualified(predicate: str) -> str:
    iri = predicate[1:-1]
    return next(
        f"{name}:{iri.removeprefix(namespace)}"
        for name, namespace in PREFIXES.items()
        if iri.startswith(namespace) and _NAME.fullmatch(iri, len(namespace))
    )
