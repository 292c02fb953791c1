"""RDF read back by others: rdflib, and Debian's rapper and serdi where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

import pytest
import rdflib

from unionkg.exports.ntriples import write_ntriples
from unionkg.exports.turtle import write_turtle
from unionkg.graph.attributes import KnowledgeGraph

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")
WRITERS: dict[str, Callable[[KnowledgeGraph, BinaryIO], None]] = {"nt": write_ntriples, "turtle": write_turtle}


def written(write: Callable[[BinaryIO], None]) -> bytes:
    """Return what `write` writes."""
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def rdf(graph: KnowledgeGraph, form: str = "turtle") -> bytes:
    """Return the graph as `nt` or `turtle`."""
    return written(lambda stream: WRITERS[form](graph, stream))


def parsed(data: bytes, form: str = "turtle") -> rdflib.Graph:
    """Return what rdflib reads."""
    return rdflib.Graph().parse(data=data, format=form)


def ukg(name: str) -> rdflib.URIRef:
    """Return a term of our ontology."""
    return rdflib.URIRef(f"https://w3id.org/unionkg/ontology#{name}")


def node(name: str) -> rdflib.URIRef:
    """Return a node under the default base."""
    return rdflib.URIRef(f"https://w3id.org/unionkg/id/{name}")


def count_with(command: list[str], data: bytes) -> int:
    """Return how many triples an installed program reads; it must not complain. Skips if it is not installed."""
    if shutil.which(command[0]) is None:
        reason = f"{command[0]} is not installed (Debian packages raptor2-utils and serdi)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, [line for line in done.stderr.decode().splitlines() if "rror" in line]) == (0, [])
    return len(done.stdout.splitlines())
