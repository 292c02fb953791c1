"""RDF read back by others: rdflib, and Debian's rapper and serdi where they are installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
import rdflib

from unionkg.exports.answers import Answer
from unionkg.exports.iri import BASE
from unionkg.exports.jsonld import write_jsonld
from unionkg.exports.ntriples import write_nquads, write_ntriples
from unionkg.exports.rdfxml import write_rdfxml
from unionkg.exports.store import ask, open_store
from unionkg.exports.triples import descriptions
from unionkg.exports.turtle import Triple, write_trig, write_turtle
from unionkg.graph.attributes import KnowledgeGraph

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")
WRITERS: dict[str, Callable[[KnowledgeGraph, BinaryIO, str], None]] = {
    "nt": write_ntriples,
    "turtle": write_turtle,
    "xml": write_rdfxml,
    "json-ld": write_jsonld,
    "nquads": write_nquads,
    "trig": write_trig,
}


def written(write: Callable[[BinaryIO], None]) -> bytes:
    """Return what `write` writes."""
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def rdf(graph: KnowledgeGraph, form: str = "turtle") -> bytes:
    """Return the graph in one of the forms of WRITERS, which go by rdflib's names."""
    return written(lambda stream: WRITERS[form](graph, stream, BASE))


def triples(graph: KnowledgeGraph, base: str = BASE) -> list[Triple]:
    """Return the triples of the graph, in order."""
    return [(subject, *pair) for subject, pairs in descriptions(graph, base) for pair in pairs]


def parsed(data: bytes, form: str = "turtle") -> rdflib.Graph:
    """Return what rdflib reads."""
    return rdflib.Graph().parse(data=data, format=form)


def ukg(name: str) -> rdflib.URIRef:
    """Return a term of our ontology."""
    return rdflib.URIRef(f"https://w3id.org/unionkg/ontology#{name}")


def node(name: str) -> rdflib.URIRef:
    """Return a node under the default base."""
    return rdflib.URIRef(f"https://w3id.org/unionkg/id/{name}")


def asked(store: Path, sparql: str, max_rows: int | None = None) -> Answer:
    """Return the answer of the store in a folder, in this process."""
    return ask(open_store(store), sparql, max_rows)


def installed(command: list[str]) -> list[str]:
    """Return the command. Skips the test if its program is not installed."""
    if shutil.which(command[0]) is None:
        reason = f"{command[0]} is not installed (Debian packages raptor2-utils and serdi)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return command
