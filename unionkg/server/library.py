"""What is looked up in a graph that is being served, arranged once when it is loaded: no request goes through the whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple, cast
from urllib.parse import unquote

from unionkg.exports.iri import document_name, evidence_name
from unionkg.graph.attributes import (
    ConflictAttributes,
    DocumentAttributes,
    NodeAttributes,
    OutcomeAttributes,
    PossibleAttributes,
)
from unionkg.graph.links import Edge
from unionkg.graph.readable import readable
from unionkg.graph.regions import provinces_of
from unionkg.graph.survey import Survey, survey
from unionkg.graph.text_survey import TextSurvey, text_survey
from unionkg.graph.texts import NAME as TEXTS
from unionkg.graph.texts import DocumentText, TextFile
from unionkg.kg import KG
from unionkg.matching.names import folded
from unionkg.matching.parts import Parts
from unionkg.reconciliation.catalogue import Catalogue

KEPT_TEXTS = 256  # texts that stay decoded


class Sort(NamedTuple):
    """What entities are browsed by; the province is the first two digits of its code."""

    type: str
    subtype: str | None
    province: str | None


class Library:
    """A graph with its indexes.

    `documents` has them by the names in their IRIs, the latest first, `titles` their folded titles in the same order;
    `papers` are the same as a list, `position_of` and `by_id` by their ids. `ranked` has the entities, those that more documents name first, and
    `places` where in it those of each sort stand; `named` has them by their very names, `coded` by their division codes. `facts` has where each fact is, `figures` each figure, by their ids.
    `facts_within`, by programme, has the facts that carry it beside their ends. `figures_of`, `possible_of`, `wide_of` and `narrow_of` are by entity, `facts_in` and `figures_in` by the id of a
    document, `conflicts_of` by that of a fact or figure. `province_of` is as `regions.provinces_of` gives it;
    `facts_of_province` counts the facts by the province of their subject, else of their object.
    """

    def __init__(self, kg: KG, catalogue: Catalogue) -> None:
        """Go some times through the graph. Raises NotAKnowledgeGraph if the texts cannot be read."""
        self.kg = kg
        self.base = kg.manifest.base
        self.graph = kg.graph
        self.catalogue = catalogue
        self.source = readable(kg.graph)
        self.catalogue.prefixes.starting("")  # these are arranged now, and not for the first who asks
        self.source.named_in("")
        self.source.evidence_in("")
        self._texts = TextFile(kg.folder / TEXTS) if (kg.folder / TEXTS).is_file() else None
        self.text = lru_cache(KEPT_TEXTS)(self._text)
        papers = sorted(self.source.documents(), key=lambda one: one["id"])
        papers.sort(key=lambda one: one.get("date", ""), reverse=True)
        self.papers = papers
        self.documents = {unquote(document_name(one["id"])): one for one in papers}
        self.titles = Parts([folded(one.get("title", "")) for one in papers])
        self.position_of = {one["id"]: number for number, one in enumerate(papers)}
        self.by_id: dict[str, DocumentAttributes] = {one["id"]: one for one in papers}
        self.copies: dict[str, list[str]] = defaultdict(list)
        for one in papers:
            self.copies[one["cluster"]].append(one["id"])
        self._arrange_facts()
        self._arrange_entities()

    def _arrange_facts(self) -> None:
        self.facts: dict[str, Edge] = {}
        self.facts_in: dict[str, list[Edge]] = defaultdict(list)
        self.facts_within: dict[str, list[Edge]] = defaultdict(list)
        for subject, end, key, fact in self.source.edges():
            self.facts[key] = subject, end, key
            for document in _documents(fact):
                self.facts_in[document].append((subject, end, key))
            programme = fact.get("programme")
            if programme is not None and programme not in (subject, end):
                self.facts_within[programme].append((subject, end, key))
        self.figures: dict[str, OutcomeAttributes] = {}
        self.figures_of: dict[str, list[OutcomeAttributes]] = defaultdict(list)
        self.figures_in: dict[str, list[OutcomeAttributes]] = defaultdict(list)
        for figure in self.source.outcomes():
            self.figures[figure["id"]] = figure
            for node in sorted(ends_of(figure)):
                self.figures_of[node].append(figure)
            for document in _documents(figure):
                self.figures_in[document].append(figure)
        self.conflicts_of: dict[str, list[ConflictAttributes]] = defaultdict(list)
        for conflict in self.source.conflicts():
            for key in conflict["facts"]:
                self.conflicts_of[key].append(conflict)

    def _arrange_entities(self) -> None:
        graph = self.graph
        self.province_of = provinces_of(graph)
        self.ranked = sorted(
            graph, key=lambda node: (-len(graph.nodes[node]["documents"]), -int(graph.degree(node)), node)
        )
        self.places: dict[Sort, list[int]] = defaultdict(list)
        for place, node in enumerate(self.ranked):
            self.places[self._sort(node)].append(place)
        self.named: dict[str, list[str]] = defaultdict(list)
        self.coded: dict[str, list[str]] = defaultdict(list)
        for node in self.ranked:
            entity = self.entity(node)
            self.named[entity["name"]].append(node)
            if "code" in entity:
                self.coded[entity["code"]].append(node)
        self.facts_of_province = Counter(
            self.province_of.get(subject) or self.province_of.get(end) for subject, end, _ in self.facts.values()
        )
        self.wide_of = {edition["narrow"]: edition["wide"] for edition in self.source.editions()}
        self.narrow_of: dict[str, list[str]] = defaultdict(list)
        for narrow, wide in self.wide_of.items():
            self.narrow_of[wide].append(narrow)
        self.possible_of: dict[str, list[PossibleAttributes]] = defaultdict(list)
        for possible in self.source.possible():
            for node in possible["nodes"]:
                self.possible_of[node].append(possible)

    def _sort(self, node: str) -> Sort:
        entity = self.entity(node)
        return Sort(entity["type"], entity.get("subtype"), self.province_of.get(node))

    @cached_property
    def survey(self) -> Survey:
        """What a report says of the graph, counted when it is first asked for."""
        return survey(self.source)

    @cached_property
    def text_survey(self) -> TextSurvey:
        """What a report says of the texts, counted when it is first asked for."""
        return text_survey(self.kg.texts())

    def entity(self, node: str) -> NodeAttributes:
        """Return what the graph holds of an entity."""
        return cast(NodeAttributes, self.graph.nodes[node])

    def _text(self, document: str) -> DocumentText | None:
        return self._texts[document] if self._texts is not None and document in self._texts else None

    def document_of(self, evidence: str) -> str | None:
        """Return the name of the document that a sentence with this name stands in; None if there is no such sentence."""
        parts = evidence.removeprefix("ev-").split("-")
        for length in range(1, len(parts) - 1):
            name = "doc-" + "-".join(parts[:length])
            document = self.documents.get(name)
            if document and any(evidence_name(one) == evidence for one in self.source.evidence_in(document["id"])):
                return name
        return None


def ends_of(figure: OutcomeAttributes) -> set[str]:
    """Return the entities that a figure is of: its subject, its programme and whom it is for."""
    return {end for end in (figure.get("subject"), figure.get("programme"), figure.get("beneficiary")) if end}


def _documents(owner: object) -> Iterable[str]:
    pieces = cast(OutcomeAttributes, owner)["evidence"]
    return sorted({piece["document"] for piece in pieces})
