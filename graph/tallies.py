"""How much the graph holds by type, by province and by year. Each thing is counted in one row, so the rows add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from unionkg.graph.attributes import EdgeAttributes, KnowledgeGraph, documents, edges, nodes
from unionkg.graph.provinces import province_code


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

    An organisation belongs to the province of its code. A document belongs to the province in which most of the
    entities lie that it mentions and that have a code; to none if two provinces have equally many. A fact belongs to the
    province of its subject, else to that of its object, else to that of all documents that say it, if it is the same.
    """
    province_of = {node: province_code(entity.get("code")) for node, entity in nodes(graph)}
    home_of = _homes(graph, province_of)
    papers = Counter(home_of[document["id"]] for document in documents(graph))
    bodies = Counter(province_of[node] for node, entity in nodes(graph) if entity["type"] == "ORG")
    facts: Counter[str | None] = Counter()
    for subject, end, _, fact in edges(graph):
        homes = {home_of[evidence["document"]] for evidence in fact["evidence"]}
        told = homes.pop() if len(homes) == 1 else None
        facts[province_of[subject] or province_of[end] or told] += 1
    found = sorted(papers.keys() | bodies.keys() | facts.keys(), key=lambda province: province or "~")
    return [ProvinceTally(province, papers[province], bodies[province], facts[province]) for province in found]


def by_year(graph: KnowledgeGraph) -> list[YearTally]:
    """Return documents and facts by year, in order, those without a date last.

    A fact belongs to the year of its own date, of a period to the first; else to the year of the earliest of the dated
    documents that say it.
    """
    dates = {document["id"]: document.get("date", "") for document in documents(graph)}
    papers = Counter(_year(date) for date in dates.values())
    facts = Counter(_year(_date(fact, dates)) for _, _, _, fact in edges(graph))
    found = sorted(papers.keys() | facts.keys(), key=lambda year: year or "~")
    return [YearTally(year, papers[year], facts[year]) for year in found]


def _homes(graph: KnowledgeGraph, province_of: dict[str, str | None]) -> dict[str, str | None]:
    """Return the province that each document belongs to."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for node, entity in nodes(graph):
        province = province_of[node]
        if province:
            for paper in entity["documents"]:
                named[paper][province] += 1
    homes: dict[str, str | None] = {}
    for document in documents(graph):
        counts = named[document["id"]]
        most = [province for province, count in counts.items() if count == max(counts.values())]
        homes[document["id"]] = most[0] if len(most) == 1 else None
    return homes


def _date(fact: EdgeAttributes, dates: dict[str, str]) -> str:
    said = (dates[evidence["document"]] for evidence in fact["evidence"])
    return fact.get("date") or min(filter(None, said), default="")


def _year(date: str) -> str | None:
    return date[:4] or None
