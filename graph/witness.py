"""What a graph tells of its entities, document by document: facts, sentences, provinces, and names for a ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

import msgspec

from unionkg.graph.attributes import (
    EvidenceAttributes,
    KnowledgeGraph,
    NodeAttributes,
    OutcomeAttributes,
    documents,
    edges,
    nodes,
    outcomes,
)
from unionkg.graph.links import clearest
from unionkg.graph.masking import MASK
from unionkg.graph.readable import Edge
from unionkg.graph.spots import short_document

TIES = frozenset({"holds_post", "works_for", "elected_at"})
"""Relations that tell a person from namesakes."""
QUOTED = 2


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence of a document, by its short id; without `text` where the document says nothing but the name."""

    document: str
    title: str
    date: str = ""
    text: str = ""


class Witness:
    """A graph that is asked; `made` are the ids of the documents that judgements stand for."""

    def __init__(self, graph: KnowledgeGraph, made: Collection[str] = ()) -> None:
        self.graph = graph
        self.made = frozenset(made)
        self.papers = {paper["id"]: paper for paper in documents(graph)}
        self.edges = edges(graph)
        self.facts = {edge[2]: edge for edge in self.edges}
        self.figures = {figure["id"]: figure for figure in outcomes(graph)}

    def entity(self, node: str) -> NodeAttributes:
        """Return what the graph holds of the entity."""
        found: NodeAttributes = self.graph.nodes[node]  # type: ignore[assignment]  # networkx types it as a dict
        return found

    @cached_property
    def about(self) -> dict[str, list[Edge]]:
        """The facts of each entity, in order of their keys."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge[0]].append(edge)
            found[edge[1]].append(edge)
        return found

    @cached_property
    def people(self) -> dict[str, set[str]]:
        """The persons whom each document names."""
        return self._named({"PERSON"})

    @cached_property
    def _bodies(self) -> dict[str, set[str]]:
        return self._named({"ORG", "PLACE"})

    def _named(self, types: Collection[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for node, entity in nodes(self.graph):
            if entity["type"] in types:
                for document in entity["documents"]:
                    found[document].add(node)
        return found

    def cluster(self, document: str) -> str:
        """Return the document that stands for the copies of this one."""
        return self.papers[document].get("cluster", document)

    def sources(self, papers: Iterable[str]) -> list[str]:
        """Return the documents, of copies the first, without what judgements say."""
        return sorted(
            {self.cluster(paper): paper for paper in sorted(papers, reverse=True) if paper not in self.made}.values()
        )

    def ties(self, person: str) -> dict[str, set[str]]:
        """Return the bodies and meetings that tell the person from namesakes, each with the documents that say so."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, end, _, fact in self.about.get(person, ()):
            if subject == person and fact["type"] in TIES:
                found[end].update(self.cluster(piece["document"]) for piece in fact["evidence"])
        return found

    def offices(self, person: str, papers: Collection[str] | None = None) -> set[tuple[str, str]]:
        """Return the offices that are told of the person, each with its body; with `papers` those that these tell."""
        return {
            (fact["role"], end)
            for subject, end, _, fact in self.about.get(person, ())
            if subject == person
            and fact["type"] == "holds_post"
            and "role" in fact
            and (papers is None or any(piece["document"] in papers for piece in fact["evidence"]))
        }

    def provinces(self, node: str) -> set[str]:
        """Return the first digits of the territories of a person's bodies; where none is known, of their documents."""
        found = {code[:2] for end in self.ties(node) if (code := self.entity(end).get("code", ""))}
        return found or {code for paper in self.entity(node)["documents"] if (code := self.province(paper))}

    def province(self, document: str) -> str:
        """Return the first two digits of the codes that the document's bodies and places carry most."""
        named = self._bodies.get(document, ())
        votes = Counter(code[:2] for node in named if (code := self.entity(node).get("code", "")))
        return min(votes, key=lambda code: (-votes[code], code), default="")

    def at(self, node: str, document: str | None = None) -> str:
        """Return how a ledger names the entity: by its name in a document, where it has one that may be written."""
        entity = self.entity(node)
        papers = [document] if document else self.sources(entity["documents"])
        if not papers or MASK in entity["name"]:
            return node
        return f"{entity['name']}@{short_document(papers[0])}"

    def quotes(self, node: str, papers: Collection[str]) -> tuple[Quote, ...]:
        """Return what these documents say of the entity, at most a few of the clearest sentences."""
        pieces = [
            piece
            for edge in self.about.get(node, ())
            for piece in edge[3]["evidence"]
            if piece["document"] in papers and self.entity(node)["name"] in piece["quote"]
        ]
        pieces = pieces or [
            piece for edge in self.about.get(node, ()) for piece in edge[3]["evidence"] if piece["document"] in papers
        ]
        if not pieces:
            return tuple(self._quote(paper) for paper in sorted(papers)[:1])
        best: dict[str, Quote] = {}
        while pieces and len(best) < QUOTED:
            piece = clearest(pieces)
            best[piece["quote"]] = self.quote(piece)
            pieces = [one for one in pieces if one["quote"] not in best]
        return tuple(best.values())

    def quote(self, piece: EvidenceAttributes) -> Quote:
        """Return a sentence with its document; foreign text that splits it is left out."""
        start = piece["start"]
        parts = [piece["quote"][first - start : last - start] for first, last in piece["parts"]]
        return self._quote(piece["document"], " … ".join(parts) or piece["quote"])

    def _quote(self, document: str, text: str = "") -> Quote:
        paper = self.papers[document]
        title = paper.get("title", paper["name"])
        return Quote(document=short_document(document), title=title, date=paper.get("date", ""), text=text)

    def said(self, owners: Iterable[Edge | OutcomeAttributes]) -> Iterator[Quote]:
        """Yield the clearest sentence of each fact or figure, each sentence once."""
        pieces = [clearest((one[3] if isinstance(one, tuple) else one)["evidence"]) for one in owners]
        yield from dict.fromkeys(map(self.quote, pieces))
