"""How much the graph holds by type, by province and by year. Each thing is counted in one row, so the rows add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from unionkg.graph.attributes import EdgeAttributes, EvidenceAttributes, KnowledgeGraph, documents, edges, nodes
from unionkg.graph.provinces import province_code
from unionkg.graph.readable import Readable, readable


@dataclass(frozen=True, slots=True)
class TypeTally:
    """Entities of one type and subtype, and the places that mention them; `subtype` is None where there is none."""

    type: str
    subtype: str | None
    entities: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ProvinceTally:
    """What belongs to a province: `province` has the first two digits of its code, None for what belongs to none."""

    province: str | None
    documents: int
    organisations: int
    facts: int


@dataclass(frozen=True, slots=True)
class YearTally:
    """Documents and facts of a year, None for those without a date."""

    year: str | None
    documents: int
    facts: int


def by_type(graph: KnowledgeGraph) -> list[TypeTally]:
    """Return entities and mentions by type and subtype, in alphabetical order, those without subtype last of their type."""
    entities: Counter[tuple[str, str | None]] = Counter()
    mentions: Counter[tuple[str, str | None]] = Counter()
    for _, entity in nodes(graph):
        kind = (entity["type"], entity.get("subtype"))
        entities[kind] += 1
        mentions[kind] += entity["mentions"]
    kinds = sorted(entities, key=lambda kind: (kind[0], kind[1] is None, kind[1] or ""))
    return [TypeTally(*kind, entities[kind], mentions[kind]) for kind in kinds]


def by_province(graph: KnowledgeGraph) -> list[ProvinceTally]:
    """Return documents, organisations and facts by province, in order of its code, what belongs to none last.

    An organisation belongs to the province of its code, documents and facts as `Homes` says.
    """
    home = homes(readable(graph))
    papers = Counter(home.of_document.values())
    bodies = Counter(home.of_entity.get(node) for node, entity in nodes(graph) if entity["type"] == "ORG")
    facts = Counter(home.of_fact(subject, end, fact) for subject, end, _, fact in edges(graph))
    found = sorted(papers.keys() | bodies.keys() | facts.keys(), key=lambda province: province or "~")
    return [ProvinceTally(province, papers[province], bodies[province], facts[province]) for province in found]


def by_year(graph: KnowledgeGraph) -> list[YearTally]:
    """Return documents and facts by year, in order, those without a date last.

    A fact belongs to the year of its own date, of a period to the first; else to the year of the earliest of the dated
    documents that say it.
    """
    papers = Counter(year(document.get("date", "")) for document in documents(graph))
    facts = Counter(fact_years(graph).values())
    found = sorted(papers.keys() | facts.keys(), key=lambda one: one or "~")
    return [YearTally(one, papers[one], facts[one]) for one in found]


class Homes(NamedTuple):
    """The province that each thing belongs to, by the first two digits of its code; None for what belongs to none.

    An entity belongs to the province of its code; those that belong to none are left out. A document belongs to the
    province in which most of the entities lie that it mentions and that have a code; to none if two provinces have
    equally many.
    """

    of_entity: dict[str, str]
    of_document: dict[str, str | None]

    def of_fact(self, subject: str, end: str, fact: EdgeAttributes) -> str | None:
        """Return the province of the subject, else of the object, else of all documents that say it, if it is the same."""
        return self.of_entity.get(subject) or self.of_entity.get(end) or self.common(fact["evidence"])

    def common(self, evidence: Iterable[EvidenceAttributes]) -> str | None:
        """Return the province of all the documents that these sentences stand in, None if they are of several."""
        told = {self.of_document[piece["document"]] for piece in evidence}
        return told.pop() if len(told) == 1 else None


def homes(graph: Readable) -> Homes:
    """Return the province that each entity and each document belongs to."""
    of_entity: dict[str, str] = {}
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for node, entity in graph.nodes():
        if province := province_code(entity.get("code")):
            of_entity[node] = province
            for paper in entity["documents"]:
                named[paper][province] += 1
    of_document: dict[str, str | None] = {}
    for document in graph.documents():
        counts = named[document["id"]]
        most = [province for province, count in counts.items() if count == max(counts.values())]
        of_document[document["id"]] = most[0] if len(most) == 1 else None
    return Homes(of_entity, of_document)


def fact_years(graph: KnowledgeGraph) -> dict[str, str | None]:
    """Return the year that each fact belongs to, by its key, as `by_year` counts it."""
    dates = {document["id"]: document.get("date", "") for document in documents(graph)}
    return {key: year(_date(fact, dates)) for _, _, key, fact in edges(graph)}


def year(date: str) -> str | None:
    """Return the year of an ISO 8601 date or of the first of two, None for an empty one."""
    return date[:4] or None


def _date(fact: EdgeAttributes, dates: Mapping[str, str]) -> str:
    said = (dates[evidence["document"]] for evidence in fact["evidence"])
    return fact.get("date") or min(filter(None, said), default="")
