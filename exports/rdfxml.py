"""RDF/XML (W3C recommendation RDF 1.1 XML Syntax): for tools that read nothing else."""

from __future__ import annotations

import re
from functools import cache
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from unionkg.exports.iri import BASE
from unionkg.exports.literals import parts
from unionkg.exports.triples import Description, descriptions
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

_NOT_PLAIN = re.compile(r"[&<>\\\r]")
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
    properties = "".join([_property(*pair) for pair in pairs])
    return f'<rdf:Description rdf:about="{_address(subject)}">\n{properties}</rdf:Description>\n'.encode()


def _property(predicate: str, value: str) -> str:
    name = _qualified(predicate)
    if value[0] == "<":
        return f'  <{name} rdf:resource="{_address(value)}"/>\n'
    end = value.rindex('"')
    text = value[1:end]
    if _NOT_PLAIN.search(text):
        text = escape(parts(value)[0], _RETURN)
    return f"  <{name}{_attributes(value[end + 1 :])}>{text}</{name}>\n"


def _address(iri: str) -> str:
    """Return an IRI as an attribute holds it; of what has a meaning in XML an IRI can have the ampersand alone."""
    return iri[1:-1].replace("&", "&amp;")


@cache
def _attributes(mark: str) -> str:
    """Return what stands for the language or the datatype behind a literal."""
    if not mark:
        return ""
    return f' xml:lang="{mark[1:]}"' if mark[0] == "@" else f' rdf:datatype="{_address(mark[2:])}"'


@cache
def _qualified(predicate: str) -> str:
    iri = predicate[1:-1]
    return next(
        f"{name}:{iri.removeprefix(namespace)}"
        for name, namespace in PREFIXES.items()
        if iri.startswith(namespace) and _NAME.fullmatch(iri, len(namespace))
    )
