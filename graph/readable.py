"""What exporters read of a graph, whether it is in memory or on disk: everything in order, one thing at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol, TypeAlias

import networkx as nx

from unionkg.graph import attributes
from unionkg.graph.attributes import (
    ConflictAttributes,
    DocumentAttributes,
    EdgeAttributes,
    EditionAttributes,
    EvidenceAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    PossibleAttributes,
)

Edge: TypeAlias = tuple[str, str, str, EdgeAttributes]


class Readable(Protocol):
    """A graph that can be read; each method may be called any number of times."""

    def documents(self) -> Iterable[DocumentAttributes]:
        """Return the documents, in order of their ids."""
        ...

    def nodes(self) -> Iterable[tuple[str, NodeAttributes]]:
        """Return the entities, in order of their ids."""
        ...

    def edges(self) -> Iterable[Edge]:
        """Return the assertions as (subject, object, key, attributes), in order of their keys."""
        ...

    def outcomes(self) -> Iterable[OutcomeAttributes]:
        """Return the figures, in order of their ids."""
        ...

    def editions(self) -> Sequence[EditionAttributes]:
        """Return which programme is an edition of which, in order of ids."""
        ...

    def possible(self) -> Sequence[PossibleAttributes]:
        """Return the groups of nodes that may be the same thing, in order of ids."""
        ...

    def conflicts(self) -> Sequence[ConflictAttributes]:
        """Return the conflicts between facts, in order of ids."""
        ...

    def named_in(self, document: str) -> Sequence[str]:
        """Return the ids of the entities that a document mentions, in order."""
        ...

    def edges_from(self, node: str) -> Sequence[Edge]:
        """Return the assertions whose subject is this entity, in order of their keys."""
        ...

    def evidence(self) -> Iterable[EvidenceAttributes]:
        """Return every sentence that says something, once, in order of documents and places."""
        ...

    def evidence_in(self, document: str) -> Sequence[EvidenceAttributes]:
        """Return the sentences of one document that say something, each once, in order of places."""
        ...


def readable(graph: KnowledgeGraph | Readable) -> Readable:
    """Return the graph as one that can be read."""
    return _InMemory(graph) if isinstance(graph, nx.MultiDiGraph) else graph


class _InMemory:
    """A NetworkX graph, read."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    def documents(self) -> list[DocumentAttributes]:
        return attributes.documents(self._graph)

    def nodes(self) -> list[tuple[str, NodeAttributes]]:
        return attributes.nodes(self._graph)

    def edges(self) -> list[Edge]:
        return attributes.edges(self._graph)

    def outcomes(self) -> list[OutcomeAttributes]:
        return attributes.outcomes(self._graph)

    def editions(self) -> list[EditionAttributes]:
        return attributes.editions(self._graph)

    def possible(self) -> list[PossibleAttributes]:
        return attributes.possible(self._graph)

    def conflicts(self) -> list[ConflictAttributes]:
        return attributes.conflicts(self._graph)

    def named_in(self, document: str) -> list[str]:
        return self._named.get(document, [])

    def edges_from(self, node: str) -> list[Edge]:
        return self._from.get(node, [])

    def evidence(self) -> Iterable[EvidenceAttributes]:
        return (piece for document in sorted(self._evidence) for piece in self._evidence[document])

    def evidence_in(self, document: str) -> list[EvidenceAttributes]:
        return self._evidence.get(document, [])

    @cached_property
    def _evidence(self) -> dict[str, list[EvidenceAttributes]]:
        owners = [*(edge[3] for edge in self.edges()), *self.outcomes()]
        pieces = sorted((piece for owner in owners for piece in owner["evidence"]), key=_place)
        found: dict[str, list[EvidenceAttributes]] = defaultdict(list)
        for piece in pieces:
            known = found[piece["document"]]
            if not known or known[-1] != piece:
                known.append(piece)
        return found

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        named = defaultdict(list)
        for node, entity in self.nodes():
            for document in entity["documents"]:
                named[document].append(node)
        return named

    @cached_property
    def _from(self) -> dict[str, list[Edge]]:
        found = defaultdict(list)
        for edge in self.edges():
            found[edge[0]].append(edge)
        return found


def _place(piece: EvidenceAttributes) -> tuple[str, int, int, list[list[int]], bool]:
    return piece["document"], piece["start"], piece["end"], piece["parts"], piece["restored"]
