"""Turtle and TriG: the pairs of one subject together, with the prefixes of the schema.

Both are W3C recommendations of RDF 1.1. TriG has a named graph for each document, which holds what that document says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO, TypeAlias

from unionkg.exports.iri import BASE, KEPT, term
from unionkg.exports.triples import Description, datasets, descriptions
from unionkg.graph.attributes import KnowledgeGraph
from unionkg.graph.readable import Readable
from unionkg.graph.schema import PREFIXES

Triple: TypeAlias = tuple[str, str, str]

BASE_PREFIX = "kg"

_LOCAL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_-]*"
)  # of what Turtle takes for the local part of a name, what needs no care
_NEXT, _ALSO = " ;\n    ", " ,\n        "
_TYPE = term("rdf:type")
_BARE = {
    term("xsd:boolean"): re.compile("true|false"),
    term("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    term("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
}


def write_turtle(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the graph, in order of subjects; `kg:` stands for the base. Raises what `descriptions` raises."""
    write_descriptions(descriptions(graph, base), stream, base)


def write_trig(graph: KnowledgeGraph | Readable, stream: BinaryIO, base: str = BASE) -> None:
    """Write the default graph and then each document's, which has the document's IRI. Raises what `datasets` raises."""
    turtle = Turtle(base)
    stream.write(turtle.header)
    for name, said in datasets(graph, base):
        if name is None:
            stream.writelines(map(turtle.block, said))
        else:
            stream.write(f"{turtle.short(name)} {{\n".encode())
            stream.writelines(map(turtle.block, said))
            stream.write(b"}\n")


def write_triples(found: Iterable[Triple], stream: BinaryIO) -> None:
    """Write triples, whose terms are in the syntax of N-Triples, in the order given, with the schema's prefixes."""
    grouped = groupby(found, itemgetter(0))
    write_descriptions(((subject, [(each[1], each[2]) for each in triples]) for subject, triples in grouped), stream)


def write_descriptions(found: Iterable[Description], stream: BinaryIO, base: str | None = None) -> None:
    """Write the descriptions in the order given, with the schema's prefixes and, if given, that of the base."""
    turtle = Turtle(base)
    stream.write(turtle.header)
    stream.writelines(map(turtle.block, found))


class Turtle:
    """Turtle under the schema's prefixes and, if given, that of the base: `header` and then a block for each subject."""

    def __init__(self, base: str | None = None) -> None:
        prefixes = PREFIXES | ({BASE_PREFIX: base} if base else {})
        declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items()))
        self.header = f"{declared}\n".encode()
        self._namespaces = [(f"<{iri}", name) for name, iri in prefixes.items()]
        self.short = lru_cache(KEPT)(self._shortened)

    def block(self, description: Description) -> bytes:
        """Return all that is said of one subject; the objects of a predicate stand together."""
        subject, pairs = description
        written = [self.short(subject)]
        last = None
        for predicate, value in pairs:
            if predicate == last:
                written.append(" , " if predicate == _TYPE else _ALSO)
            else:
                written.append(f"{_NEXT if last else ' '}{'a' if predicate == _TYPE else self.short(predicate)} ")
                last = predicate
            written.append(self.short(value) if value[-1] == ">" else value)
        written.append(" .\n")
        return "".join(written).encode()

    def _shortened(self, value: str) -> str:
        """Return an IRI as a prefixed name and a number or truth value without quotation marks, where they can be."""
        if value[0] == "<":
            for start, name in self._namespaces:
                if value.startswith(start) and _LOCAL.fullmatch(value, len(start), len(value) - 1):
                    return f"{name}:{value[len(start) : -1]}"
            return value
        if value.startswith("_:"):
            return value
        text, _, datatype = value.rpartition("^^")
        bare = _BARE.get(datatype)
        return text[1:-1] if bare and bare.fullmatch(text, 1, len(text) - 1) else f"{text}^^{self.short(datatype)}"
