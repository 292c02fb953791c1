"""Triples for pyshacl to look at: an rdflib store with one index, read once and then only asked.

rdflib's own store keeps three indices and the contexts of each triple. To validate 850,000 triples took 79 s and 1.1 GB
with it, and takes 10 s and 0.2 GB with this one and with shapes that have their own targets
(`python -m benchmarks.bench_validation`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Literal as StoredLiteral
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store
from rdflib.term import Node

from unionkg.errors import InvalidRdf

Stored: TypeAlias = NamedNode | BlankNode | StoredLiteral | Triple
Column: TypeAlias = dict[Node, tuple[Node, ...]]
Pattern: TypeAlias = tuple[Node | None, Node | None, Node | None]

LONG = 30  # characters; longer texts seldom repeat, so they are not looked up before they are made


class TripleIndex(Store):
    """The triples by predicate and subject, and the instances by class. Graph names are ignored."""

    context_aware = True  # pyshacl takes no other store; there is one context
    graph_aware = True

    def __init__(self, quads: Iterable[Quad], predicates: Collection[str]) -> None:
        """Keep those of the quads whose predicate is one of `predicates`; equal ones are kept once; all count.

        Raises InvalidRdf for a triple about a triple (RDF 1.2).
        """
        super().__init__()
        self._context = Graph(store=self, identifier=DATASET_DEFAULT_GRAPH_ID)
        self.columns: dict[Node, Column] = {URIRef(predicate): {} for predicate in predicates}
        self.instances: dict[Node, list[Node]] = {}
        self.count = 0
        kept = {NamedNode(str(predicate)): column for predicate, column in self.columns.items()}
        known: dict[Stored, Node] = {}
        for quad in quads:
            self.count += 1
            column = kept.get(quad.predicate)
            if column is None:
                continue
            subject, value = _shared(quad.subject, known), _shared(quad.object, known)
            values = column.get(subject)
            if values is None:
                column[subject] = (value,)
            elif value not in values:
                column[subject] = (*values, value)
        for subject, classes in self.columns.get(RDF.type, {}).items():
            for each in classes:
                self.instances.setdefault(each, []).append(subject)

    def graph(self) -> Graph:
        """Return the triples as a graph of rdflib's, which cannot be changed."""
        return Graph(store=self)

    def values(self, subject: Node, predicate: Node) -> tuple[Node, ...]:
        """Return what the subject's property leads to."""
        return self.columns.get(predicate, {}).get(subject, ())

    def triples(self, triple_pattern: Pattern, context: Any = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Yield the triples that fit the pattern, None standing for anything, each with its context, as rdflib asks."""
        subject, predicate, value = triple_pattern
        for each in self.columns if predicate is None else (predicate,):
            for one, values in self._rows(subject, each, value):
                for other in values:
                    if value is None or other == value:
                        yield (one, each, other), iter((self._context,))

    def _rows(
        self, subject: Node | None, predicate: Node, value: Node | None
    ) -> Iterable[tuple[Node, tuple[Node, ...]]]:
        column = self.columns.get(predicate, {})
        if subject is not None:
            return [(subject, column[subject])] if subject in column else []
        if predicate == RDF.type and value is not None:
            return ((each, (value,)) for each in self.instances.get(value, ()))
        return column.items()

    def __len__(self, context: Any = None) -> int:
        """Return how many triples were read; rdflib asks often."""
        return self.count


def _shared(node: Stored, known: dict[Stored, Node]) -> Node:
    """Return rdflib's node for one of pyoxigraph's; those that repeat are made once and shared."""
    made = known.get(node)
    if made is None:
        made = loaded(node)
        if not isinstance(node, StoredLiteral) or len(node.value) <= LONG:
            known[node] = made
    return made


def loaded(stored: Stored) -> Node:
    """Return rdflib's node for one of pyoxigraph's. A literal keeps its digits as they are written.

    Raises InvalidRdf for a triple about a triple.
    """
    if isinstance(stored, Triple):
        raise InvalidRdf("it has a triple about a triple, which is RDF 1.2; accepted: RDF 1.1")
    if isinstance(stored, NamedNode):
        return URIRef(stored.value)
    if isinstance(stored, BlankNode):
        return BNode(stored.value)
    if stored.language is not None:
        return Literal(stored.value, lang=stored.language)
    datatype = URIRef(stored.datatype.value)
    return Literal(stored.value, datatype=None if datatype == XSD.string else datatype, normalize=False)


def stored(node: Node) -> NamedNode | BlankNode | StoredLiteral:
    """Return pyoxigraph's node for one of rdflib's."""
    if isinstance(node, URIRef):
        return NamedNode(node)
    if isinstance(node, BNode):
        return BlankNode(node)
    assert isinstance(node, Literal)  # there are no other nodes in RDF 1.1
    if node.language is not None:
        return StoredLiteral(node, language=node.language)
    return StoredLiteral(node, datatype=NamedNode(node.datatype or XSD.string))
