"""A graph, arranged for a reconciliation service to answer from."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import cast

from unionkg.errors import UnknownEntity
from unionkg.exports.iri import BASE, name_of
from unionkg.graph.attributes import (
    DocumentAttributes,
    EdgeAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    documents,
    outcomes,
)
from unionkg.graph.divisions import Division, divisions
from unionkg.graph.links import Edge, fact_of, strongest_first
from unionkg.matching.index import Entry, Index
from unionkg.matching.territories import NATION
from unionkg.reconciliation.kinds import Kind, Language, brief, row_of
from unionkg.reconciliation.prefixes import Prefixes
from unionkg.reconciliation.request import Json, shown


class Catalogue:
    """The entities of one graph, by id, by name and by beginnings, with what is said of each.

    `base` opens the IRIs of entities, whose ids are what follows on it. Names of types and properties, descriptions and
    reasons are told in `language`. A catalogue does not change, and is made once for any number of requests.
    """

    def __init__(
        self, graph: KnowledgeGraph, base: str = BASE, *, language: Language = "en", index: Index | None = None
    ) -> None:
        """`index` is that of the graph if it is there already."""
        self.graph = graph
        self.base = base
        self.language: Language = language
        self.index = Index(graph) if index is None else index

    @cached_property
    def prefixes(self) -> Prefixes:
        """The entities by what they are called."""
        return Prefixes(self.index, self.graph)

    @cached_property
    def documents(self) -> dict[str, DocumentAttributes]:
        """The documents by id."""
        return {document["id"]: document for document in documents(self.graph)}

    @cached_property
    def figures(self) -> dict[str, list[OutcomeAttributes]]:
        """The figures of each entity that is their subject or programme, in order of their ids."""
        found: dict[str, list[OutcomeAttributes]] = defaultdict(list)
        for figure in outcomes(self.graph):
            for node in sorted({figure.get("subject", ""), figure.get("programme", "")} - {""}):
                found[node].append(figure)
        return found

    def node(self, text: str) -> str | None:
        """Return the id that an id or an IRI of the graph is; None for anything else."""
        found = text.strip().removeprefix(self.base)
        return found if found in self.index.entries else None

    def known(self, text: str) -> str:
        """Return the id that an id or an IRI of the graph is. Raises UnknownEntity."""
        found = self.node(text)
        if found is None:
            raise UnknownEntity(f"no entity has the id {shown(text)}; accepted: an id or IRI of this graph")
        return found

    def entity(self, node: str) -> NodeAttributes:
        """Return what the graph holds of an entity."""
        return cast(NodeAttributes, self.graph.nodes[node])

    def iri(self, node: str) -> str:
        """Return the IRI of an entity."""
        return self.base + name_of(node)

    def thing(self, node: str) -> Json:
        """Return an entity as the value of a property: its id and name."""
        return {"id": node, "name": self.entity(node)["name"]}

    def types(self, node: str) -> list[Json]:
        """Return the types of an entity, the narrowest first, with ids and names."""
        return [brief(kind, self.language) for kind in kinds_of(self.index.entries[node])]

    def description(self, node: str) -> str:
        """Return what tells an entity from its namesakes: what it is, where, a person's first post, and how many documents name it."""
        entry = self.index.entries[node]
        row = row_of(kinds_of(entry)[0])
        count = len(self.entity(node)["documents"])
        posts = [f"{self.entity(post.body)['name']}{post.role}" for post in self.index.posts.get(node, ())[:1]]
        told = (
            (f"{count}篇文献", row.zh) if self.language == "zh" else (f"{count} document{'s' * (count != 1)}", row.en)
        )
        return " · ".join(part for part in (told[1], where(entry.territory), *posts, told[0]) if part)

    def facts(self, node: str, relation: str, *, outward: bool) -> list[tuple[str, EdgeAttributes]]:
        """Return the facts of one relation around an entity, each with the entity at the other end, the strongest first.

        The entity is their subject if `outward`, else their object. What is only planned is left out.
        """
        edges = self.graph.out_edges(node, keys=True) if outward else self.graph.in_edges(node, keys=True)
        chosen: list[Edge] = []
        for edge in edges:
            fact = fact_of(self.graph, edge)
            if fact["type"] == relation and fact.get("modality") != "planned":
                chosen.append(edge)
        return [
            (end if outward else start, fact_of(self.graph, (start, end, key)))
            for start, end, key in strongest_first(self.graph, chosen)
        ]


def kinds_of(entry: Entry) -> list[Kind]:
    """Return the types of an entity, the narrowest first."""
    return [(entry.type, entry.subtype), (entry.type, None)] if entry.subtype else [(entry.type, None)]


def where(territory: Division | None) -> str:
    """Return a division with all above it (贵州省贵阳市白云区), "" for none.

    >>> where(divisions().by_code("330106"))
    '浙江省杭州市西湖区'
    """
    if territory is None or territory is NATION:
        return territory.name if territory else ""
    return "".join(one.name for one in divisions().chain(territory.code)) or territory.name
